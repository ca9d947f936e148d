import secrets

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from careers.demo.services import DEMO_PEOPLE, NotInTheGuide, make_demo_people
from careers.runtime.turns import in_turn

PASSWORD = "demo-people-only"  # noqa: S105, everybody may read it: given with DEBUG only
IN_PRODUCTION = (
    "This portal runs without DEBUG, so others may use it, and one of the demo people is a publisher. Nobody was made. "
    "--in-production makes them all the same, with a password that nobody else knows."
)


class Command(BaseCommand):
    help = "Make people to look at the portal as: a newcomer, somebody two years in, an editor and more. Twice is once."

    def add_arguments(self, parser):
        parser.add_argument("--in-production", action="store_true", help="also without DEBUG")
        parser.add_argument("--anew", action="store_true", help="delete those there are first, so that days are of now")

    def handle(self, *, in_production, anew, **options):
        if not (settings.DEBUG or in_production):
            raise CommandError(IN_PRODUCTION)
        password = PASSWORD if settings.DEBUG else secrets.token_urlsafe(16)
        with in_turn():
            try:
                made = make_demo_people(password=password, now=timezone.now(), anew=anew)
            except NotInTheGuide as error:
                raise CommandError(f"Nobody was made. {error} Load the guide: manage.py load_guide") from error
        self.say(made, password)

    def say(self, made, password):
        """Of those who were there before nobody knows whether they have the password still that they were given."""
        for person in DEMO_PEOPLE:
            there = "" if person in made else " (was there before)"
            self.stdout.write(f"  {person.email:<28}{person.about}{there}")
        if made:
            self.stdout.write(f"New ones sign in at /account/login/ with the password {password}")
        if len(made) < len(DEMO_PEOPLE):
            self.stdout.write("Others have the password that they had. --anew makes all of them again.")
