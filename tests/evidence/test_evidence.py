"""How skills are known: the level that counts, its history, taking it back; and a role beside what one has."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from careers.evidence.models.evidence import Evidence
from careers.evidence.selectors.fits import role_fit, target_fit
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.people.models.profiles import Profile
from tests.factories import make_certification, make_profile, make_role, make_skill, make_user, rate
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


def text(response):
    return " ".join(response.content.decode().split())


def evidence_page(client):
    return text(client.get(reverse("evidence-list")))


def hold(client, certification, day="2026-05-12"):
    client.post(reverse("profile-certificates"), {"certification": certification.pk, "earned_on": day})


def withdraw(client, row):
    return client.post(reverse("evidence-withdraw", args=[row.pk]), follow=True)


def test_page_shows_the_level_that_counts_and_the_whole_history(guest):
    skill = make_skill(name="Coaching")
    rate(guest.profile, skill, 5, on=date(2026, 6, 1))
    hold(guest, make_certification(title="Yellow Belt", skills={skill: 3}))
    page = evidence_page(guest)
    assert "<strong>3</strong> able" in page
    assert "3, from your Yellow Belt, 12 May 2026 <span" in page
    assert "5, from your own rating, 1 June 2026" in page
    assert page.count("Counts</span>") == 1


def test_who_has_nothing_is_told_how_to_begin(guest):
    page = evidence_page(guest)
    assert "Nothing is known yet" in page
    assert reverse("profile-skills") in page


def test_withdrawn_rating_is_struck_through_and_the_older_one_counts_again(guest):
    skill = make_skill()
    rate(guest.profile, skill, 2, on=date(2026, 1, 1))
    newer = rate(guest.profile, skill, 4, on=date(2026, 2, 1))
    page = text(withdraw(guest, newer))
    assert "Withdrawn." in page
    assert "<del>4, from your own rating, 1 February 2026</del>" in page
    assert "<strong>2</strong> basic" in page


def test_withdrawing_can_be_undone(guest):
    row = rate(guest.profile, make_skill(), 4)
    undo = reverse("evidence-restore", args=[row.pk])
    assert f'action="{undo}"' in text(withdraw(guest, row))
    guest.post(undo)
    row.refresh_from_db()
    assert row.withdrawn_at is None


def test_of_two_ratings_of_one_day_the_newer_stands_until_it_is_withdrawn_too(guest):
    skill = make_skill(name="Coaching")
    first = rate(guest.profile, skill, 2)
    withdraw(guest, first)
    second = rate(guest.profile, skill, 4)
    put_back = reverse("evidence-restore", args=[first.pk])
    page = guest.post(put_back, follow=True)
    told = "You rated Coaching again that day, and that rating stands. Withdraw it to put this one back."
    assert told in text(page)
    assert list(guest.profile.evidence.standing()) == [second]
    withdraw(guest, second)
    assert told not in text(guest.post(put_back, follow=True))
    assert list(guest.profile.evidence.standing()) == [first]
    assert guest.profile.evidence.count() == 2


def test_putting_back_what_stands_changes_nothing(guest):
    row = rate(guest.profile, make_skill(), 2)
    assert guest.post(reverse("evidence-restore", args=[row.pk])).status_code == 302
    assert list(guest.profile.evidence.standing()) == [row]


def test_withdrawing_twice_keeps_the_first_moment(guest):
    row = rate(guest.profile, make_skill(), 4)
    withdraw(guest, row)
    row.refresh_from_db()
    first = row.withdrawn_at
    withdraw(guest, row)
    row.refresh_from_db()
    assert row.withdrawn_at == first


def test_skill_of_a_certificate_can_be_withdrawn_and_the_certificate_stays(guest):
    skill = make_skill()
    hold(guest, make_certification(skills={skill: 3}))
    withdraw(guest, guest.profile.evidence.get())
    assert guest.profile.certificates.exists()
    assert "Not known" in evidence_page(guest)


def test_rows_of_others_are_not_found(guest):
    row = rate(make_profile(user=make_user()), make_skill(), 4)
    assert withdraw(guest, row).status_code == 403
    assert guest.post(reverse("evidence-restore", args=[row.pk])).status_code == 403
    row.refresh_from_db()
    assert row.withdrawn_at is None


def test_visitor_who_withdraws_finds_nothing_and_becomes_nobody(client):
    row = rate(make_profile(user=make_user()), make_skill(), 4)
    assert withdraw(client, row).status_code == 403
    assert Profile.objects.count() == 1


def test_what_others_verified_cannot_be_withdrawn(guest):
    row = guest.profile.evidence.create(
        skill=make_skill(), kind=Evidence.Kind.TEST, proficiency=3, shown_on=date(2026, 1, 1), source="Typing"
    )
    assert "Withdraw<" not in evidence_page(guest)
    assert withdraw(guest, row).status_code == 403


@pytest.mark.parametrize("pk", [0, 10**30])
def test_key_of_nothing_is_not_found(guest, pk):
    assert guest.post(reverse("evidence-withdraw", args=[pk])).status_code == 403


def test_withdrawing_takes_a_post(guest):
    row = rate(guest.profile, make_skill(), 4)
    assert guest.get(reverse("evidence-withdraw", args=[row.pk])).status_code == 405


@pytest.mark.parametrize("value", ["x", "\x00", "9" * 5000, "1"])
def test_any_address_of_the_page_is_answered(guest, value):
    assert guest.get(reverse("evidence-list"), {"withdrawn": value}).status_code == 200


def test_skill_that_was_archived_keeps_its_evidence(guest):
    skill = make_skill(name="Telex")
    rate(guest.profile, skill, 4)
    Skill.objects.update(status=Skill.Status.ARCHIVED)
    page = evidence_page(guest)
    assert "Telex" in page
    assert skill.get_absolute_url() not in page


# A role beside what one has


def role_page(client, role):
    return text(client.get(role.get_absolute_url()))


def test_visitor_sees_the_role_as_everybody_does(client):
    role = make_role(skills={make_skill(): 4})
    page = role_page(client, role)
    assert "You and this role" not in page
    assert "Filled: the proficiency that is asked" in page


def test_reader_sees_what_they_have_what_is_missing_and_why(guest):
    has, lacks, unknown = make_skill(), make_skill(), make_skill()
    role = make_role(skills={has: 4, lacks: 4, unknown: 3})
    rate(guest.profile, has, 5, on=date(2026, 6, 1))
    rate(guest.profile, lacks, 2, on=date(2026, 6, 1))
    page = role_page(guest, role)
    assert "You have <strong>1 of 3</strong> essential skills." in page
    assert "<strong>4</strong> asked, you have 5" in page
    assert "from 2 to 4" in page
    assert "<strong>3</strong> asked, not rated" in page
    assert "2, from your own rating, 1 June 2026" in page
    assert "1 of its skills is not rated yet." in page


def test_certificate_once_earned_counts_on_every_role_page(guest):
    skill = make_skill()
    roles = [make_role(skills={skill: 3}) for _ in range(2)]
    hold(guest, make_certification(title="Yellow Belt", skills={skill: 3}))
    assert all("3, from your Yellow Belt, 12 May 2026" in role_page(guest, role) for role in roles)


def test_facts_that_do_not_go_together_are_stated(guest):
    role = make_role(nights="always", days="never", work_type="voice", degree="needed")
    Profile.objects.update(shifts=["day"], work_types=["non_voice"], education="secondary")
    page = role_page(guest, role)
    assert "Nights always come: you accept day only." in page
    assert "Voice work: you accept non-voice only." in page
    assert "Degree needed: you have a school certificate." in page


def test_what_nobody_said_is_no_conflict(guest):
    role = make_role(nights="always", days="never", work_type="voice", degree="needed")
    assert role_fit(profile=guest.profile, role=role).conflicts == []


def test_degree_settles_it(guest):
    guest.profile.education = "bachelor"
    assert role_fit(profile=guest.profile, role=make_role(degree="needed")).conflicts == []


def test_target_names_its_gap_also_when_it_is_archived(guest):
    skill = make_skill(name="Coaching")
    Profile.objects.update(target_role=make_role(skills={skill: 4}))
    rate(guest.profile, skill, 2)
    Role.objects.update(status=Role.Status.ARCHIVED)
    guest.profile.refresh_from_db()
    fit = target_fit(profile=guest.profile)
    assert [(row.asked.skill, row.need.has, row.need.level) for row in fit.missing] == [(skill, 2, 4)]
    assert "from 2 to 4" in text(guest.get(reverse("me-dashboard")))


def test_without_a_target_there_is_no_gap(guest):
    assert target_fit(profile=guest.profile) is None


def test_role_page_costs_the_same_for_1_skill_and_for_50(guest):
    counts = []
    for number in (1, 50):
        skills = [make_skill() for _ in range(number)]
        role = make_role(skills=dict.fromkeys(skills, 4))
        for skill in skills:
            rate(guest.profile, skill, 2)
        role_page(guest, role)  # what the process keeps of the guide is there
        counts.append(queries_of(lambda role=role: role_page(guest, role)))
    assert counts[0] == counts[1]


def test_withdrawn_says_the_day(guest):
    withdraw(guest, rate(guest.profile, make_skill(), 4))
    assert f"Withdrawn {timezone.localdate().day} " in evidence_page(guest)
