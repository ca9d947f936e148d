from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from careers.demo.load import make_load
from careers.demo.load_people import made_up, make_people
from careers.runtime.turns import in_turn

IN_PRODUCTION = (
    "This portal runs without DEBUG, so others may read it, and all of this is made up. Nothing was made. "
    "--in-production makes it all the same."
)


class Command(BaseCommand):
    help = "Make a guide of many roles, and many people, to measure with. All is made up, and says so. Twice is once."

    def add_arguments(self, parser):
        parser.add_argument("--roles", type=int, default=1000, help="how many (1000)")
        parser.add_argument("--people", type=int, default=0, help="how many, rounded up to thousands (0)")
        parser.add_argument("--in-production", action="store_true", help="also without DEBUG")

    def handle(self, *, roles, people, in_production, **options):
        if not (settings.DEBUG or in_production):
            raise CommandError(IN_PRODUCTION)
        if not 1 <= roles <= 100_000:
            raise CommandError("--roles is a number from 1 to 100000. Nothing was made.")
        if not 0 <= people <= 10_000_000:
            raise CommandError("--people is a number from 0 to 10000000. Nothing was made.")
        with in_turn():
            make_load(roles=roles, today=timezone.localdate())
            make_people(people=people, now=timezone.now())
        self.stdout.write(f"There are {roles} made-up roles, with skills, certifications, industries and moves.")
        if people:
            self.stdout.write(f"There are {made_up().count()} made-up people, three in ten of them with an account.")
