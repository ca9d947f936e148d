from django.apps import AppConfig
from django.core.signals import request_finished, request_started
from django.db.backends.signals import connection_created
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save


class CareersConfig(AppConfig):
    name = "careers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from careers import checks  # noqa: F401, to register them
        from careers.desk.services.due import publish_due
        from careers.fields.models.numbers import hold_to_ranges
        from careers.guide.models.triggers import guide_tables, put_up_triggers
        from careers.runtime.due import whoever_comes_by
        from careers.runtime.giving_way import give_way
        from careers.runtime.lock_timeout import wait_in_turn
        from careers.runtime.outages import begin_request, end_request, note_file, note_write
        from careers.search.models.full_text import keep_full_text
        from careers.search.services.indexing import index_after_saving

        def watch(connection, **kwargs):
            note_file(connection)
            wrappers = [give_way, note_write, *([wait_in_turn] if connection.vendor == "sqlite" else [])]
            connection.execute_wrappers += [one for one in wrappers if one not in connection.execute_wrappers]

        hold_to_ranges(self.get_models(include_auto_created=True))
        whoever_comes_by.work = publish_due
        post_migrate.connect(put_up_triggers, sender=self)
        post_migrate.connect(keep_full_text, sender=self)
        # Of the guide alone: rows whose deletion somebody hears of are all read before they are deleted.
        guide = guide_tables()
        for model in self.apps.get_models(include_auto_created=True):
            if model._meta.db_table in guide:
                for saved in (post_save, post_delete, m2m_changed):
                    saved.connect(index_after_saving, sender=model)
        connection_created.connect(watch, weak=False)
        request_started.connect(begin_request)
        request_finished.connect(end_request)
