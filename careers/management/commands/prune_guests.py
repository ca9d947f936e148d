from datetime import timedelta

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from careers.desk.services.autosaves import prune_autosaves
from careers.desk.sheets.services.taking_back import take_back_what_was_left
from careers.people.services.guests import prune_guests
from careers.people.services.removals import prune_removals
from careers.people.services.submissions import prune_submissions
from careers.plans.files.services import prune_files
from careers.runtime.models import Count


class Command(BaseCommand):
    help = "Delete idle guests, what ran out, old autosaves and files without an owner. Run it once a day."

    def add_arguments(self, parser):
        days = settings.SESSION_COOKIE_AGE // (24 * 3600)  # what "your data" promises, and what the cookie lasts
        parser.add_argument("--days", type=int, default=days, help=f"how long a guest may stay away (default: {days})")

    def handle(self, *, days, **options):
        if not 1 <= days <= 3650:
            raise CommandError("--days goes from 1 to 3650.")
        pruned = prune_guests(idle_since=timezone.localdate() - timedelta(days=days), now=timezone.now())
        self.stdout.write(f"Deleted: {pruned.guests} idle guests, {pruned.sessions} sessions that ran out.")
        self.stdout.write(f"Deleted: {prune_submissions(now=timezone.now())} answers to forms, older than a day.")
        self.stdout.write(
            f"Deleted: {prune_removals(now=timezone.now())} things that people removed, a day ago or more."
        )
        over, _ = Count.objects.over(now=timezone.now()).delete()
        self.stdout.write(f"Deleted: {over} counts of limits that ran out.")
        self.stdout.write(f"Taken back: {take_back_what_was_left()} sheets that were brought in half.")
        autosaves = prune_autosaves(now=timezone.now())
        self.stdout.write(f"Deleted: {autosaves} drafts that saved themselves, a month ago or more.")
        self.stdout.write(f"Deleted: {prune_files(now=timezone.now())} files without an owner.")
