"""People made up to look at the portal as: made once, each what they are called, never by accident where others are."""

from datetime import timedelta

import pytest
from django.core.management import CommandError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from careers.accounts.models.users import User
from careers.demo.services import DEMO_PEOPLE, LAPSES_IN
from careers.guide.models.certifications import Certification
from careers.management.commands.make_demo_people import PASSWORD
from tests.factories import make_profile, make_user
from tests.whole_person import models_of_people

NEWCOMER, TWO_YEARS_IN, ABOUT_TO_LAPSE, EDITOR, PUBLISHER = (person.email for person in DEMO_PEOPLE)
OWN_PAGES = ["me-dashboard", "profile-read", "match-list", "goal-read", "plan-list", "saved-list", "evidence-list"]


@pytest.fixture
def debug(settings):
    settings.DEBUG = True


def signed_in(email, password=PASSWORD):
    client = Client()
    answer = client.post(reverse("account_login"), {"login": email, "password": password}, follow=True)
    assert answer.wsgi_request.user.email == email
    return client


def rows_of_people():
    return {model: sorted(model._base_manager.values_list("pk", flat=True)) for model in models_of_people()}


def test_each_signs_in_by_what_is_printed_and_is_who_they_are_called(guide, debug, run_command):
    said = run_command("make_demo_people")
    assert all(person.email in said for person in DEMO_PEOPLE)
    assert said.endswith(f"with the password {PASSWORD}\n")

    today = timezone.localdate()
    newcomer = signed_in(NEWCOMER)
    assert [newcomer.get(reverse(name)).status_code for name in OWN_PAGES] == [200] * len(OWN_PAGES)
    assert "Customer Service Executive" in newcomer.get(reverse("saved-list")).content.decode()

    two_years_in = signed_in(TWO_YEARS_IN)
    profile = User.objects.get(email=TWO_YEARS_IN).profile
    plans = {plan.status: plan for plan in profile.certification_plans.all()}
    assert set(plans) == {"studying", "booked", "passed"}
    assert plans["studying"].percent not in (0, 100)
    assert timedelta(days=12) < plans["booked"].exam_at - timezone.now() < timedelta(days=14)
    assert profile.goals.get().role.slug == "team-leader"
    assert profile.goals.get().steps.count() > 3
    pages = [*map(reverse, OWN_PAGES), *(reverse("plan-read", args=[plan.pk]) for plan in plans.values())]
    assert [two_years_in.get(page).status_code for page in pages] == [200] * len(pages)

    held = User.objects.get(email=ABOUT_TO_LAPSE).profile.certificates.get()
    assert held.expires_on == today + timedelta(days=LAPSES_IN)
    assert held.expires.written in signed_in(ABOUT_TO_LAPSE).get(reverse("me-dashboard")).content.decode()

    for email, may_publish in ((EDITOR, False), (PUBLISHER, True)):
        user = signed_in(email).get(reverse("admin:index")).wsgi_request.user
        assert user.has_perm("careers.change_role")
        assert user.has_perm("careers.publish_role") is may_publish


def test_twice_is_once_and_anew_leaves_nobody_else_touched(guide, debug, run_command):
    make_profile(user=make_user(email="somebody@example.org"))
    others = rows_of_people()
    run_command("make_demo_people")
    once = rows_of_people()
    assert "Others have the password that they had" in run_command("make_demo_people")
    assert rows_of_people() == once
    run_command("make_demo_people", anew=True)
    again = rows_of_people()
    assert {model: len(keys) for model, keys in again.items()} == {model: len(keys) for model, keys in once.items()}
    assert set(again[User]) & set(once[User]) == set(others[User])


def test_where_others_may_be_they_are_made_only_when_asked_for_and_with_a_password_of_their_own(
    guide, settings, run_command
):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="--in-production"):
        run_command("make_demo_people")
    assert not User.objects.exists()
    theirs = make_user(email=PUBLISHER.title(), password="somebody's own")
    said = run_command("make_demo_people", in_production=True)
    assert PASSWORD not in said
    signed_in(NEWCOMER, said.partition("password ")[2].split()[0])
    theirs.refresh_from_db()
    assert not theirs.is_staff, "whoever had this e-mail before is not made a publisher"


def test_what_the_guide_does_not_show_is_said_and_makes_nobody(guide, debug, run_command):
    Certification.objects.filter(slug="itil-foundation").update(status="archived")
    with pytest.raises(CommandError, match=r"Nobody was made\. “itil-foundation” is not in the guide"):
        run_command("make_demo_people")
    assert not User.objects.exists()
