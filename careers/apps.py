from django.apps import AppConfig
from django.core.signals import request_finished, request_started
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class CareersConfig(AppConfig):
    name = "careers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from careers import checks  # noqa: F401, to register them
        from careers.guide.models.triggers import put_up_triggers
        from careers.runtime.lock_timeout import wait_in_turn
        from careers.runtime.outages import begin_request, end_request, note_file, note_write

        def watch(connection, **kwargs):
            note_file(connection)
            wrappers = [note_write, *([wait_in_turn] if connection.vendor == "sqlite" else [])]
            connection.execute_wrappers += [one for one in wrappers if one not in connection.execute_wrappers]

        post_migrate.connect(put_up_triggers, sender=self)
        connection_created.connect(watch, weak=False)
        request_started.connect(begin_request)
        request_finished.connect(end_request)
