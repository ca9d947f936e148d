from django.core.management import BaseCommand

from careers.desk.sheets.services.imports import work_through
from careers.lib.bounds import bound
from careers.runtime.lock_timeout import long_lock_timeout

MEMORY = 2_000_000_000  # bytes of address space; 5,000 roles with 40,000 rows take 400 million of memory
SECONDS = 600  # of work


class Command(BaseCommand):
    help = "Read the sheets that wait at the HR desk, bring in those that were confirmed. The server runs it itself."
    requires_system_checks = []

    def handle(self, **options):
        bound(memory=MEMORY, seconds=SECONDS, may_write=True)
        with long_lock_timeout():
            work_through()
