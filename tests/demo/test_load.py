"""A made-up guide to measure with."""

import pytest
from django.core.management import CommandError, call_command

from careers.guide.models.moves import Move
from careers.guide.models.roles import Role
from careers.search.services.searching import find

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
