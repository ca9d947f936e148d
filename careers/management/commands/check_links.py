from django.core.management import BaseCommand, CommandError

from careers.desk.models.links import LinkResult
from careers.desk.rules.links import Verdict
from careers.desk.services.asking import Asker
from careers.desk.services.links import check_links
from careers.lib.words import counted
from careers.runtime.lock_timeout import DatabaseBusy
from careers.runtime.turns import alone


class Command(BaseCommand):
    help = (
        "Try the addresses of other sites that published pages have, once a day each. Run it once a day, by cron or a "
        "timer; one that was stopped goes on where it was. The desk lists what is broken."
    )

    def add_arguments(self, parser):
        parser.add_argument("--again", action="store_true", help="try also what was tried today")

    def handle(self, *, again, **options):
        with alone("check_links") as is_alone:
            if not is_alone:
                raise CommandError("Another run is trying the links right now. Nothing was done.")
            try:
                report = check_links(asker=Asker(), again=again)
            except DatabaseBusy as error:
                raise CommandError(f"The rest waits for the next run. {error}") from error
        self.tell(report)

    def tell(self, report):
        said = ", ".join(f"{report.verdicts[verdict]:,} {verdict}" for verdict in Verdict)
        self.stdout.write(f"Tried {counted(report.tried, 'address,addresses')}: {said}.")
        self.stdout.write(f"Broken by now: {LinkResult.objects.broken().count():,}.")
        if report.removed:
            self.stdout.write(f"Forgotten, as no page has them: {report.removed:,}.")
        if report.waiting:
            self.stdout.write(f"Left for later, as their hosts wish: {report.waiting:,}.")
        if report.too_long:
            self.stdout.write(f"Too long to be tried: {report.too_long:,}.")
        if report.is_offline:
            raise CommandError("No site answered at all. Is this machine online? Nothing was noted.")
        if report.faults:
            raise CommandError(f"The links to {counted(report.faults, 'host')} could not be tried. The log says why.")
