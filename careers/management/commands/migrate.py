from django.core.management.commands import migrate

from careers.runtime.turns import in_turn


class Command(migrate.Command):
    """Django's own, one at a time: two on a new database both find no table, and the second one to make it fails."""

    def execute(self, *args, **options):
        """In its turn from the first look on: a database that is locked meanwhile looks as if it knew no JSON."""
        with in_turn():
            return super().execute(*args, **options)
