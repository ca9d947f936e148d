"""A made-up guide to measure with."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from careers.demo.load_people import AT_A_TIME, COPIED, made_up
from careers.guide.models.moves import Move
from careers.guide.models.roles import Role
from careers.people.models.profiles import Profile
from careers.search.services.searching import find
from tests.factories import make_profile

pytestmark = pytest.mark.django_db


def test_it_is_complete_and_twice_is_once(capsys):
    call_command("make_load", roles=20, in_production=True)
    before = Role.objects.count(), Move.objects.count()
    call_command("make_load", roles=20, in_production=True)
    assert (Role.objects.count(), Move.objects.count()) == before
    role = Role.objects.get(slug="load-role-7")
    role.full_clean()
    assert role.skills.exists() and role.industries.exists() and role.certifications.exists()  # noqa: PT018
    assert find("load role 7").entries[0].title == "Load role 7"
    assert "20 made-up roles" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("roles", "in_production", "sentence"), [(20, False, "made up"), (0, True, "number"), (10**6, True, "number")]
)
def test_it_is_refused_in_words(roles, in_production, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("make_load", roles=roles, in_production=in_production)
    assert not Role.objects.exists()


def test_people_are_copied_from_a_first_thousand_each_with_their_own(capsys):
    call_command("make_load", roles=20, people=1500, in_production=True)
    call_command("make_load", roles=20, people=2000, in_production=True)
    assert made_up().count() == 2000
    assert "2000 made-up people" in capsys.readouterr().out
    keys = made_up().order_by("pk").values_list("pk", flat=True)
    first, copy = (Profile.objects.get(pk=keys[number]) for number in (0, AT_A_TIME))
    for model in COPIED:
        rows = model.objects.count()
        assert rows % 2 == 0 and rows, model  # noqa: PT018
    assert copy.user.email == f"1-{first.user.email}"
    plans = [one.certification_plans.get() for one in (first, copy)]
    assert plans[0].uid != plans[1].uid
    assert [plan.steps.count() for plan in plans] == [2, 2]
    assert list(copy.saved_roles.values_list("role", flat=True)) == list(
        first.saved_roles.values_list("role", flat=True)
    )
    connection.check_constraints()
    make_profile().saved_roles.create(role=Role.objects.first())  # the next key is free
