from datetime import datetime

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from careers.lib.words import counted
from careers.reminders.services.making import due_in_batches, remind
from careers.runtime.lock_timeout import DatabaseBusy, long_lock_timeout


class Command(BaseCommand):
    help = "Make the reminders that are due and hand over their mails. Run it every quarter of an hour, or as you like."

    def add_arguments(self, parser):
        parser.add_argument("--at", help="the moment to take instead of now, as 2027-03-12T09:00+08:00")
        parser.add_argument("--dry-run", action="store_true", help="only say how much would be told; write nothing")

    def handle(self, *, at, dry_run, **options):
        clock = clock_from(at)
        if dry_run:
            self.stdout.write(would_make(now=clock()))
            return
        try:
            with long_lock_timeout():
                report = remind(clock=clock)
        except DatabaseBusy as error:
            raise CommandError(f"Some reminders wait for the next run. {error}") from error
        self.stdout.write(
            f"Reminders made: {report.made}. "
            f"Mails sent: {report.sent}, failed: {report.failed}, waiting: {report.waiting}."
        )
        tell_broken(report.broken)


def tell_broken(number):
    if number:
        raise CommandError(
            f"The reminders of {counted(number, 'person,people')} could not be made. The log has their keys."
        )


def clock_from(at):
    """A clock that starts at `at` and goes on from there; without it the real one."""
    if not at:
        return timezone.now
    try:
        start = datetime.fromisoformat(at)
        start = start if timezone.is_aware(start) else timezone.make_aware(start)
        start.astimezone(timezone.get_fixed_timezone(0))
    except (ValueError, OverflowError) as error:
        raise CommandError(f"--at {at} is no moment. Write it like 2027-03-12T09:00+08:00.") from error
    begun = timezone.now()
    return lambda: start + (timezone.now() - begun)


def would_make(*, now):
    batches = list(due_in_batches(now=now, broken=set()))
    people, reminders = sum(map(len, batches)), sum(len(due) for batch in batches for due in batch.values())
    return f"Reminders to make: {reminders}, for people: {people}. Nothing was written."
