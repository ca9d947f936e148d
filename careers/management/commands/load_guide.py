from django.core.management.base import BaseCommand, CommandError

from careers.guide.services.loading import FixtureError, load_guide
from careers.runtime.lock_timeout import DatabaseBusy


class Command(BaseCommand):
    help = (
        "Load the guide from fixtures/. Safe to run at any time: it never doubles a row or undoes an editor's change."
    )

    def handle(self, **options):
        try:
            report = load_guide()
        except (FixtureError, DatabaseBusy) as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        for line in report.kept:
            self.stdout.write(f"Kept {line}.")
        self.stdout.write(
            f"{report.added} added, {report.updated} updated, {report.removed} removed, {report.unchanged} unchanged, "
            f"{len(report.kept)} kept."
        )
