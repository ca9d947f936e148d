"""What HR takes back to work on, roles and certifications: whoever chose it keeps it, and sees nothing of the work."""

import json
from datetime import date, timedelta

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from careers.calendars.services import entries_of
from careers.cv.selectors.json_resume import whole_resume
from careers.evidence.selectors.fits import role_fit, target_fit
from careers.guide.models.certifications import Certification
from careers.guide.models.roles import Role
from careers.people.models.profiles import Profile
from careers.personal_data.selectors.own_data import own_data
from tests.factories import make_certification, make_held, make_plan, make_role, make_skill, make_user, rate

pytestmark = pytest.mark.django_db
UNNAMED = "A role that is not published"
PAGES = ["me-dashboard", "profile-read", "profile-about", "profile-skills", "profile-target"]
BEING_WORKED_ON = [Role.Status.DRAFT]


@pytest.fixture(params=BEING_WORKED_ON)
def chooser(request, guest):
    """A guest whose role and target HR took back, retitled and gave another skill, which they have too little of."""
    old, new = make_skill(name="Old skill", position=1), make_skill(name="New skill", position=2)
    role = make_role(title="Team Leader", skills={old: 3})
    Profile.objects.update(situation="in_role", current_role=role, target_role=role)
    rate(guest.profile, new, 2)
    role.role_skills.create(skill=new, proficiency=5)
    Role.objects.update(title="Secret Leader", status=request.param, nights="always", days="never")
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
    written = json.dumps([data, whole_resume(chooser.profile)], cls=DjangoJSONEncoder)
    assert "Secret" not in written
    assert "work" not in whole_resume(chooser.profile)


def test_archived_role_keeps_its_name_and_its_gap(guest):
    skill = make_skill()
    role = make_role(title="Team Leader", skills={skill: 3}, status=Role.Status.ARCHIVED)
    rate(guest.profile, skill, 1, on=date(2026, 5, 12))
    Profile.objects.update(situation="in_role", current_role=role, target_role=role)
    assert "Team Leader, no longer published" in guest.get(reverse("profile-read")).text
    assert "from 1 to 3" in guest.get(reverse("me-dashboard")).text
    guest.profile.refresh_from_db()
    assert whole_resume(guest.profile)["work"] == [{"position": "Team Leader"}]


PLAN_PAGES = ["me-dashboard", "me-print", "profile-read", "profile-certificates", "reminder-settings", "calendar-read"]


@pytest.fixture(params=BEING_WORKED_ON)
def holder(request, guest):
    """A guest who tracks a certification, holds another with its plan, and a third without one; HR took them back."""
    today = timezone.localdate()
    belt, badge, paper = (make_certification(title=title, issuer="ASQ") for title in ("Belt", "Badge", "Paper"))
    guest.plan = make_plan(guest.profile, belt)
    ends = {"earned_on": today - timedelta(days=900), "expires_on": today + timedelta(days=44)}
    guest.held = make_held(guest.profile, badge, **ends)
    make_plan(guest.profile, badge, status="passed", held_certificate=guest.held)
    guest.bare = make_held(guest.profile, paper, **ends)
    facts = {"fee_amount": 7654321, "fee_currency": "USD", "fee_as_of": "2027", "renewal_rule": "Secret rule."}
    exam = {"exam_format": "Secret form", "pass_mark": "Secret mark", "validity_months": 24}
    for one in (belt, badge, paper):
        one.steps.create(position=9, title="Secret step", hours=99)
        Certification.objects.filter(pk=one.pk).update(
            title=f"Secret {one.pk}", issuer="Secret Ltd", status=request.param, **facts, **exam
        )
    return guest


def shows_nothing(text):
    return not [word for word in ("Secret", "7654321", "7,654,321", "2 years", "99 h") if word in text]


@pytest.mark.parametrize("name", PLAN_PAGES)
def test_pages_of_certificates_show_nothing_of_a_certification_that_hr_works_on(holder, name):
    page = holder.get(reverse(name)).text
    assert shows_nothing(page)


def test_plans_and_the_calendar_keep_the_names_that_were_copied(holder):
    for plan in holder.profile.certification_plans.all():
        page = holder.get(reverse("plan-read", args=[plan.pk])).text
        assert shows_nothing(page)
        assert plan.title in page
    assert shows_nothing(holder.get(reverse("certificate-edit", args=[holder.bare.pk])).text)
    titles = {entry.title for entry in entries_of(holder.profile, site="", now=timezone.now())}
    assert titles == {"Last valid day: Badge", "Last valid day: A certification that is not published"}


def test_data_and_resume_hold_nothing_of_a_certification_that_hr_works_on(holder):
    data = own_data(holder.profile, sessions=[], now=timezone.now())
    assert shows_nothing(json.dumps([data, whole_resume(holder.profile)], cls=DjangoJSONEncoder))


def test_tracking_a_certificate_copies_nothing_of_what_hr_works_on(holder):
    holder.post(reverse("certificate-track", args=[holder.bare.pk]))
    plan = holder.profile.certification_plans.get(held_certificate=holder.bare)
    assert (plan.title, plan.issuer, plan.seen_steps) == ("A certification that is not published", "", [])
    paper = Certification.objects.filter(pk=holder.bare.certification_id)
    paper.update(title="Paper, second edition", status=Certification.Status.PUBLISHED)
    plan = holder.profile.certification_plans.get(held_certificate=holder.bare)
    assert plan.name == "Paper, second edition"


def test_a_page_has_one_name_for_a_certification_that_hr_retitled(guest):
    belt = make_certification(title="Belt")
    held = make_held(guest.profile, belt, expires_on=timezone.localdate() + timedelta(days=9))
    plan = make_plan(guest.profile, belt, status="passed", held_certificate=held)
    Certification.objects.update(title="Girdle")
    for address in (reverse("me-dashboard"), reverse("plan-read", args=[plan.pk]), reverse("me-print")):
        page = guest.get(address).text
        assert "Girdle" in page
        assert "Belt" not in page
