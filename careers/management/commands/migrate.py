from django.core.management.commands import migrate

from careers.runtime.turns import in_turn


class Command(migrate.Command):
    """Django's own, one at a time: two on a new database both find no table, and the second one to make it fails."""

    def handle(self, *args, **options):
        with in_turn():
            super().handle(*args, **options)
