from django.core.management import BaseCommand
from django.utils import timezone

from careers.plans.files.services import prune_files


class Command(BaseCommand):
    help = (
        "Delete files older than a day that belong to nobody, as a process ended half-way. prune_guests does it, too."
    )

    def handle(self, **options):
        self.stdout.write(f"Deleted: {prune_files(now=timezone.now())} files without an owner.")
