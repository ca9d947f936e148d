from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CareersConfig(AppConfig):
    name = "careers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from careers import checks  # noqa: F401, to register them
        from careers.models.triggers import put_up_triggers

        post_migrate.connect(put_up_triggers, sender=self)
