"""A role that HR takes back to work on: whoever chose it keeps it, and sees nothing of the work."""

import json
from datetime import date, timedelta

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from careers.actions.fits import role_fit, target_fit
from careers.actions.own_data import own_data
from careers.actions.resume import resume
from careers.models import Profile, Role
from tests.factories import make_role, make_skill, make_user, rate

pytestmark = pytest.mark.django_db
UNNAMED = "A role that is not published"
PAGES = ["me-dashboard", "profile-read", "profile-about", "profile-skills", "profile-target"]
BEING_WORKED_ON = [Role.Status.DRAFT, Role.Status.IN_REVIEW]


@pytest.fixture(params=BEING_WORKED_ON)
def chooser(request, guest):
    """A guest whose role and target HR took back, retitled and gave another skill, which they have too little of."""
    old, new = make_skill(name="Old skill", position=1), make_skill(name="New skill", position=2)
    role = make_role(title="Team Leader", skills={old: 3})
    Profile.objects.update(situation="in_role", current_role=role, target_role=role)
    rate(guest.profile, new, 2)
    role.role_skills.create(skill=new, proficiency=5)
    Role.objects.update(title="Secret Leader", status=request.param, shift_day=False, shift_night=True)
    guest.profile.refresh_from_db()
    guest.role = guest.profile.target_role
    return guest


@pytest.mark.parametrize("name", PAGES)
def test_pages_show_that_it_is_not_published_and_nothing_of_it(chooser, name):
    page = chooser.get(reverse(name)).text
    assert "Secret" not in page
    assert "from 2 to 5" not in page
    assert chooser.role.slug not in page
    assert (UNNAMED in page) == (name != "profile-skills")


def test_skills_it_would_ask_for_come_in_the_order_of_the_guide(chooser):
    page = chooser.get(reverse("profile-skills")).text
    assert page.index("Old skill") < page.index("New skill")


def test_it_has_no_gap_and_no_conflict(chooser):
    Profile.objects.update(shifts=["day"])
    chooser.profile.refresh_from_db()
    for fit in (target_fit(profile=chooser.profile), role_fit(profile=chooser.profile, role=chooser.role)):
        assert (fit.rows, fit.missing, fit.unknown, fit.conflicts) == ([], [], [], [])


def test_next_step_does_not_praise_what_it_cannot_know(chooser):
    chooser.profile.languages.create(name="Hindi", level="C2")
    Profile.objects.update(answered_at={"no_certificate": timezone.now().isoformat()})
    page = chooser.get(reverse("me-dashboard"))
    assert page.context["next"]["title"] == "Your target is not published now"
    assert "You have the essential" not in page.text
    assert "You have every skill" not in page.text


def test_it_stays_chosen_when_the_steps_are_saved(chooser):
    chooser.post(reverse("profile-about"), {"now": f"role-{chooser.role.pk}", "display_name": "Asha"})
    chooser.post(reverse("profile-target"), {"target_role": chooser.role.pk})
    chooser.profile.refresh_from_db()
    assert (chooser.profile.current_role, chooser.profile.target_role) == (chooser.role, chooser.role)


def test_shared_page_and_downloads_hold_nothing_of_it(chooser):
    ends = timezone.localdate() + timedelta(days=9)
    Profile.objects.filter(pk=chooser.profile.pk).update(user=make_user())  # guests share nothing
    share = chooser.profile.shares.create(sections=["about", "target"], expires_on=ends)
    page = Client().get(share.get_absolute_url()).text
    assert page.count(UNNAMED) == 2
    assert "Secret" not in page
    data = own_data(chooser.profile, sessions=[], now=timezone.now())
    written = json.dumps([data, resume(chooser.profile)], cls=DjangoJSONEncoder)
    assert "Secret" not in written
    assert "work" not in resume(chooser.profile)


def test_archived_role_keeps_its_name_and_its_gap(guest):
    skill = make_skill()
    role = make_role(title="Team Leader", skills={skill: 3}, status=Role.Status.ARCHIVED)
    rate(guest.profile, skill, 1, on=date(2026, 5, 12))
    Profile.objects.update(situation="in_role", current_role=role, target_role=role)
    assert "Team Leader, no longer published" in guest.get(reverse("profile-read")).text
    assert "from 1 to 3" in guest.get(reverse("me-dashboard")).text
    guest.profile.refresh_from_db()
    assert resume(guest.profile)["work"] == [{"position": "Team Leader"}]
