"""What migrating does to what is there: HR's own pages stop nothing, and going back leaves nothing in the way."""

import pytest
from django.core.management import call_command
from django.db.migrations.exceptions import IrreversibleError

from careers.actions.loading import load_guide
from careers.models import CertificationPlan, HeldCertificate, Move, Role
from tests.factories import make_held, make_role

# A schema is not changed inside the transaction of a test.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def migrate_to():
    """Migrate to a state, “0003” or “” for the newest, which is where the database is at the end in any case."""

    def migrate(name=""):
        call_command("migrate", "careers", *filter(None, [name]), verbosity=0)

    yield migrate
    migrate()


def test_moves_load_again_after_going_back_before_them(migrate_to):
    load_guide()
    moves = Move.objects.count()
    migrate_to("0003")
    migrate_to()
    report = load_guide()
    assert (report.added, report.kept) == (moves, [])
    assert Move.objects.count() == moves > 0


def test_a_role_at_the_address_that_stands_for_new_to_bpo_gets_a_free_one(migrate_to):
    migrate_to("0003")
    make_role(slug="new-role")
    mine = make_role(slug="new")
    migrate_to()
    assert Role.objects.get(pk=mine.pk).slug == "new-role-2"


def test_going_back_before_certificates_of_ones_own_is_refused_while_there_are_some(migrate_to):
    held = make_held(title="Yellow Belt", issuer="ASQ")
    with pytest.raises(IrreversibleError, match="that people wrote themselves"):
        migrate_to("0005")
    assert HeldCertificate.objects.get().title == "Yellow Belt"
    assert not CertificationPlan.objects.exists()  # its table is there
    held.delete()
    migrate_to("0005")
