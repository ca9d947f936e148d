"""The profile in five steps: each saved by itself, nothing needed, any answer can change or go."""

import re
from collections import defaultdict
from datetime import date, timedelta
from html import unescape
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone

from careers.evidence.models.evidence import HeldCertificate
from careers.guide.models.roles import Role
from careers.people.models.profiles import Profile
from careers.people.selectors.steps import STEPS as EVERY_STEP
from careers.people.selectors.steps import meter_of
from tests.factories import make_certification, make_profile, make_role, make_skill, make_user, rate
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
STEPS = [step.key for step in EVERY_STEP]
PAGES = ["profile-read", "evidence-list", *(f"profile-{step}" for step in STEPS)]
NASTY = ["\x00", "a" * 10_000, "🧑🏽‍💻", "'\"<script>", "-1", "9" * 400, "٣", "NaN", "ff\n\rgg", "role-", "role-x"]


def send(client, step, **answers):
    return client.post(reverse(f"profile-{step}"), answers)


def seen_on(page):
    """What a page carries hidden, as its form sends it."""
    seen = defaultdict(list)
    for name, value in re.findall(r'<input type="hidden" name="(initial-[^"]*)" value="([^"]*)">', text(page)):
        seen[name].append(unescape(value))
    return seen


def open_tab(client, step):
    """A tab with the step open: called with answers, it sends them from the page as it was then."""
    seen = seen_on(client.get(reverse(f"profile-{step}")))
    return lambda **answers: send(client, step, **{**seen, **answers})


def profile_of(client):
    client.profile.refresh_from_db()
    return client.profile


def text(response):
    return response.content.decode()


# Reading


@pytest.mark.parametrize("name", PAGES)
def test_visitor_may_look_and_leaves_nothing_behind(client, name):
    make_skill()
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert not Profile.objects.exists()


@pytest.mark.parametrize("step", STEPS)
def test_saving_an_empty_step_goes_on_and_makes_no_profile(client, step):
    make_skill()
    assert send(client, step).status_code == 302
    assert not Profile.objects.exists()


@pytest.mark.parametrize(("step", "following"), [*pairwise(STEPS), (STEPS[-1], "read")])
def test_each_step_goes_on_to_the_next(guest, step, following):
    response = send(guest, step)
    assert response.url == reverse(f"profile-{following}")
    assert f'href="{response.url}">Skip this step' in text(guest.get(reverse(f"profile-{step}")))


@pytest.mark.parametrize("step", STEPS)
def test_form_steps_have_no_bar_at_the_bottom(guest, step):
    assert "tab-bar" not in text(guest.get(reverse(f"profile-{step}")))


def test_overview_says_what_was_answered_and_what_is_open(guest):
    send(guest, "about", display_name="Asha", now="new", years_of_experience="1")
    page = text(guest.get(reverse("profile-read")))
    assert all(words in page for words in ("Asha", "New to BPO", "1 year<", "Done", "Open"))


def test_words_of_a_person_are_shown_as_text(guest):
    send(guest, "about", display_name="<b>Asha</b>")
    assert "&lt;b&gt;Asha&lt;/b&gt;" in text(guest.get(reverse("profile-read")))


# About


def test_first_answer_makes_the_guest(client):
    role = make_role()
    send(
        client,
        "about",
        display_name=" Asha  Rao ",
        now=f"role-{role.pk}",
        years_of_experience="0",
        education="bachelor",
    )
    profile = Profile.objects.get()
    assert (profile.display_name, profile.situation, profile.current_role) == ("Asha Rao", "in_role", role)
    assert (profile.years_of_experience, profile.education) == (0, "bachelor")


def test_only_answers_that_changed_get_their_moment(guest):
    send(guest, "about", display_name="Asha", now="new")
    before = profile_of(guest).answered_at
    send(guest, "about", display_name="Asha", now="elsewhere")
    after = profile_of(guest).answered_at
    assert after.keys() - {"time_zone"} == {"display_name", "situation"}
    assert after["display_name"] == before["display_name"]
    assert after["situation"] > before["situation"]


def test_answer_can_be_cleared(guest):
    role = make_role()
    send(guest, "about", display_name="Asha", now=f"role-{role.pk}", years_of_experience="3", education="master")
    send(guest, "about")
    profile = profile_of(guest)
    assert (profile.display_name, profile.situation, profile.current_role) == ("", "", None)
    assert (profile.years_of_experience, profile.education) == (None, "")
    asked = profile.answered_at.keys() - {"time_zone"}  # which the browser answers
    assert asked == {"display_name", "situation", "years_of_experience", "education"}


def test_number_in_letters_is_told_and_stays(guest):
    page = text(send(guest, "about", display_name="Asha", years_of_experience="fourty"))
    assert "Write a whole number from 0 to 60. You wrote “fourty”." in page
    assert "One thing to fix" in page
    assert 'value="fourty"' in page
    assert 'value="Asha"' in page
    assert profile_of(guest).display_name == ""


@pytest.mark.parametrize("years", ["61", "-1", "1.5", "1e1", "9" * 5000])
def test_years_are_whole_and_of_a_life(guest, years):
    assert "Write a whole number from 0 to 60." in text(send(guest, "about", years_of_experience=years))


def test_long_name_is_told(guest):
    assert "Write at most 80 characters. You wrote 81." in text(send(guest, "about", display_name="a" * 81))


@pytest.mark.parametrize("name", ["asha@example.org", "Asha, asha @ example.org", "Asha asha＠example.org", "a@b"])
def test_email_address_is_no_name(guest, name):
    page = text(send(guest, "about", display_name=name))
    assert "Leave out your e-mail address: this name stands on pages you share." in page
    assert f'value="{name}"' in page
    page = text(send(guest, "working-life", language_0=name, level_0="A1"))
    assert "Leave out your e-mail address: languages stand on pages you share." in page
    profile = profile_of(guest)
    assert not profile.display_name
    assert not profile.languages.exists()


@pytest.mark.parametrize("name", ["Asha @ work", "@asha", "Asha@", "Asha. Rao"])
def test_name_with_a_sign_in_it_is_a_name(guest, name):
    assert send(guest, "about", display_name=name).status_code == 302
    assert profile_of(guest).display_name == name


def test_role_that_was_archived_stays_chosen_and_says_so(guest):
    role = make_role(title="Old role")
    send(guest, "about", now=f"role-{role.pk}")
    Role.objects.update(status=Role.Status.ARCHIVED)
    page = text(guest.get(reverse("profile-about")))
    assert f'<option value="role-{role.pk}" selected>Old role, no longer published</option>' in page
    send(guest, "about", now=f"role-{role.pk}", display_name="Asha")
    assert profile_of(guest).current_role == role


def test_role_of_nobody_that_is_not_published_cannot_be_chosen(guest):
    role = make_role(status=Role.Status.DRAFT)
    assert "Choose from the list." in text(send(guest, "about", now=f"role-{role.pk}"))


@pytest.mark.parametrize("value", NASTY)
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("is_also_hidden", [True, False])
def test_any_input_gets_an_answer(guest, step, value, is_also_hidden):
    skill = make_skill()
    names = ["display_name", "now", "years_of_experience", "education", "shifts", "work_types", "places"]
    names += [f"language_{number}" for number in range(21)] + [f"level_{number}" for number in range(21)]
    names += [
        "target_role",
        "certification",
        "earned_on",
        "expires_on",
        "no_certificate",
        "then",
        f"skill_{skill.pk}",
        f"initial-skill_{skill.pk}",
    ]
    names += [f"initial-{name}" for name in names if is_also_hidden]
    assert send(guest, step, **dict.fromkeys(names, value)).status_code in (200, 302)
    assert guest.get(reverse(f"profile-{step}")).status_code == 200
    assert guest.get(reverse("profile-read")).status_code == 200


# Working life


def test_working_life_is_saved_in_the_order_of_the_lists(guest):
    send(guest, "working-life", shifts=["night", "day"], work_types=["blended"], places=["remote"])
    profile = profile_of(guest)
    assert (profile.shifts, profile.work_types, profile.places) == (["day", "night"], ["blended"], ["remote"])
    page = text(guest.get(reverse("profile-read")))
    assert "Day, night" in page


def test_languages_are_added_changed_and_taken_away(guest):
    send(guest, "working-life", language_0="Hindi", level_0="C2", language_1="English", level_1="B1")
    hindi = guest.profile.languages.get(name="Hindi")
    send(guest, "working-life", language_0="Hindi", level_0="C2", language_1="English", level_1="B2")
    assert guest.profile.languages.get(name="Hindi").answered_at == hindi.answered_at
    send(guest, "working-life", language_0="", level_0="C2", language_1="english", level_1="B2")
    assert [str(language) for language in guest.profile.languages.all()] == ["english B2"]


@pytest.mark.parametrize(("one", "other"), [("Hindi", "HINDI"), ("İngilizce", "ingilizce"), ("Straße", "STRASSE")])
def test_language_is_named_once_whatever_the_case(guest, one, other):
    page = text(send(guest, "working-life", language_0=one, level_0="C2", language_1=other, level_1="B1"))
    assert f"You have {other} already, further up. Name each language once." in page
    assert not guest.profile.languages.exists()


def test_language_and_level_go_together(guest):
    page = text(send(guest, "working-life", language_0="Tamil", level_2="B1"))
    assert "Choose a level for Tamil." in page
    assert "Write the language that this level is for." in page
    assert 'value="Tamil"' in page


def test_there_is_room_for_twenty_languages_and_no_more(guest):
    rows = {f"language_{n}": f"Language {n}" for n in range(25)} | {f"level_{n}": "A1" for n in range(25)}
    send(guest, "working-life", **rows)
    assert guest.profile.languages.count() == 20
    assert text(guest.get(reverse("profile-working-life"))).count('name="language_') == 20


def hold_languages(profile, number, *, level="A1"):
    Language = profile.languages.model
    Language.objects.bulk_create(Language(profile=profile, name=f"Tongue {n:02}", level=level) for n in range(number))


def test_more_languages_than_a_form_takes_are_all_shown_and_stay(guest):
    hold_languages(guest.profile, 25)
    page = guest.get(reverse("profile-working-life"))
    assert text(page).count('name="language_') == 25
    rows = {f"language_{n}": f"Tongue {n:02}" for n in range(25)} | {f"level_{n}": "A1" for n in range(25)}
    send(guest, "working-life", **{**seen_on(page), **rows, "level_24": "B2", "language_0": ""})
    assert guest.profile.languages.count() == 24
    assert guest.profile.languages.get(name="Tongue 24").level == "B2"


def test_page_opened_before_the_languages_came_deletes_none_of_them(guest):
    tab = open_tab(guest, "working-life")
    hold_languages(guest.profile, 25)
    tab(shifts="day", language_0="Tongue 03", level_0="C1")
    assert guest.profile.languages.count() == 25
    assert guest.profile.languages.get(name="Tongue 03").level == "C1"


def test_twenty_languages_are_the_most_also_from_two_tabs(guest):
    tab = open_tab(guest, "working-life")
    hold_languages(guest.profile, 19)
    page = text(tab(language_0="Hindi", level_0="C2", language_1="Urdu", level_1="C2"))
    assert "There is room for 20 languages, and you have 19 already. Take one away first." in page
    assert 'value="Urdu"' in page
    assert guest.profile.languages.count() == 19


# Two tabs: only what was changed on a page is written


def test_about_page_left_open_takes_no_answer_back(guest):
    role = make_role()
    send(guest, "about", display_name="Asha", now="new", years_of_experience="3")
    before = profile_of(guest).answered_at
    tab = open_tab(guest, "about")
    open_tab(guest, "about")(display_name="Asha Rao", now=f"role-{role.pk}", years_of_experience="0")
    tab(display_name="Asha", now="new", years_of_experience="3", education="master")
    profile = profile_of(guest)
    assert (profile.display_name, profile.current_role, profile.years_of_experience) == ("Asha Rao", role, 0)
    assert profile.education == "master"
    assert profile.answered_at["display_name"] > before["display_name"]


def test_what_a_page_left_open_changed_wins_once_they_know_what_it_writes_over(guest):
    send(guest, "about", display_name="Asha", years_of_experience="0")
    tab = open_tab(guest, "about")
    send(guest, "about", display_name="Asha Rao", years_of_experience="4")
    page = tab(display_name="", years_of_experience="")
    assert "“What should we call you?” is now Asha Rao, “Years of work so far” is now 4." in text(page)
    assert profile_of(guest).display_name == "Asha Rao"
    send(guest, "about", **{**seen_on(page), "display_name": "", "years_of_experience": ""})
    profile = profile_of(guest)
    assert (profile.display_name, profile.years_of_experience) == ("", None)


def test_working_life_page_left_open_takes_no_answer_back(guest):
    send(guest, "working-life", shifts=["day"], language_0="Hindi", level_0="B2")
    tab = open_tab(guest, "working-life")
    two = {"language_0": "Hindi", "level_0": "C2", "language_1": "English", "level_1": "B1"}
    open_tab(guest, "working-life")(shifts=["night"], places=["remote"], **two)
    before = guest.profile.languages.get(name="Hindi").answered_at
    tab(shifts=["day"], work_types=["voice"], language_0="Hindi", level_0="B2", language_1="Tamil", level_1="A2")
    profile = profile_of(guest)
    assert (profile.shifts, profile.work_types, profile.places) == (["night"], ["voice"], ["remote"])
    assert {str(one) for one in profile.languages.all()} == {"Hindi C2", "English B1", "Tamil A2"}
    assert profile.languages.get(name="Hindi").answered_at == before


def test_language_taken_away_on_a_page_left_open_goes_and_the_others_stay(guest):
    send(guest, "working-life", language_0="Hindi", level_0="B2")
    tab = open_tab(guest, "working-life")
    open_tab(guest, "working-life")(language_0="Hindi", level_0="B2", language_1="English", level_1="C1")
    tab(language_0="", level_0="B2")
    assert [str(one) for one in guest.profile.languages.all()] == ["English C1"]


def test_certificates_page_left_open_does_not_take_the_answer_none_back(guest):
    tab = open_tab(guest, "certificates")
    open_tab(guest, "certificates")(no_certificate="on")
    tab()
    assert "no_certificate" in profile_of(guest).answered_at
    open_tab(guest, "certificates")()
    assert "no_certificate" not in profile_of(guest).answered_at


def test_days_of_a_certificate_on_a_page_left_open_change_nothing_unless_they_were_changed(guest):
    send(guest, "certificates", certification=make_certification().pk, earned_on="2026-05-12")
    address = reverse("certificate-edit", args=[guest.profile.certificates.get().pk])
    shown = {**seen_on(guest.get(address)), "earned_on": "2026-05-12", "expires_on": ""}
    guest.post(address, {"earned_on": "2026-05-01", "expires_on": "2029-05-01"})
    guest.post(address, shown)
    held = guest.profile.certificates.get()
    assert (held.earned_on, held.expires_on) == (date(2026, 5, 1), date(2029, 5, 1))
    page = guest.post(address, {**shown, "earned_on": "2026-05-13"})
    assert "“When you earned it” is now 1 May 2026, “When it lapses” is now 1 May 2029." in text(page)
    guest.post(address, {**seen_on(page), "earned_on": "2026-05-13", "expires_on": "2029-05-01"})
    held.refresh_from_db()
    assert (held.earned_on, held.expires_on) == (date(2026, 5, 13), date(2029, 5, 1))


def test_target_page_left_open_takes_nothing_back(guest):
    first, second = make_role(), make_role()
    send(guest, "target", target_role=first.pk)
    tab = open_tab(guest, "target")
    open_tab(guest, "target")(target_role=second.pk)
    tab(target_role=first.pk)
    assert profile_of(guest).target_role == second


def test_page_with_something_to_fix_still_knows_what_it_showed(guest):
    send(guest, "about", display_name="Asha")
    tab = open_tab(guest, "about")
    send(guest, "about", display_name="Asha Rao")
    again = seen_on(tab(display_name="Asha", years_of_experience="fourty"))
    send(guest, "about", **{**again, "display_name": "Asha", "years_of_experience": "40"})
    profile = profile_of(guest)
    assert (profile.display_name, profile.years_of_experience) == ("Asha Rao", 40)


# Skills


def test_rating_is_kept_as_of_today(guest):
    skill = make_skill()
    send(guest, "skills", **{f"skill_{skill.pk}": "4"})
    row = guest.profile.evidence.get()
    assert (row.kind, row.proficiency, row.shown_on) == ("own_rating", 4, timezone.localdate())
    assert 'value="4" checked' in text(guest.get(reverse("profile-skills")))


def test_same_rating_again_writes_nothing(guest):
    skill = make_skill()
    rate(guest.profile, skill, 4, on=date(2026, 1, 1))
    send(guest, "skills", **{f"skill_{skill.pk}": "4"})
    assert guest.profile.evidence.count() == 1


def test_other_rating_of_the_same_day_replaces_it(guest):
    skill = make_skill()
    rate(guest.profile, skill, 2, on=date(2026, 1, 1))
    send(guest, "skills", **{f"skill_{skill.pk}": "4"})
    send(guest, "skills", **{f"skill_{skill.pk}": "3", f"initial-skill_{skill.pk}": "4"})
    assert sorted(guest.profile.evidence.values_list("proficiency", flat=True)) == [2, 3]


def test_rating_again_on_the_day_of_a_withdrawal_keeps_what_was_withdrawn(guest):
    skill = make_skill()
    row = rate(guest.profile, skill, 2, on=timezone.localdate())
    for value in ("5", "3"):
        guest.profile.evidence.update(withdrawn_at=timezone.now())
        send(guest, "skills", **{f"skill_{skill.pk}": value})
    rows = guest.profile.evidence.order_by("pk")
    assert [(one.proficiency, bool(one.withdrawn_at)) for one in rows] == [(2, True), (5, True), (3, False)]
    row.refresh_from_db()
    assert row.withdrawn_at


def test_page_left_open_in_another_tab_takes_nothing_back(guest):
    first, second = make_skill(), make_skill()
    rate(guest.profile, first, 2, on=timezone.localdate() - timedelta(days=3))
    send(guest, "skills", **{f"skill_{first.pk}": "5", f"initial-skill_{first.pk}": "2"})
    stale = {f"skill_{first.pk}": "2", f"initial-skill_{first.pk}": "2", f"skill_{second.pk}": "1"}
    send(guest, "skills", **stale)
    ratings = guest.profile.evidence.order_by("pk").values_list("skill", "proficiency")
    assert list(ratings) == [(first.pk, 2), (first.pk, 5), (second.pk, 1)]


def test_rating_that_is_none_of_the_five_is_told(guest):
    skill = make_skill(name="Coaching")
    page = text(send(guest, "skills", **{f"skill_{skill.pk}": "9"}))
    assert "Coaching: Choose one of the five." in page
    assert not guest.profile.evidence.exists()


def test_skills_of_the_target_come_first_then_those_of_the_current_role(guest):
    other, current, helpful, target = (make_skill(name=name, position=10) for name in "abcd")
    now, wanted = make_role(skills={current: 5}), make_role(skills={target: 1, helpful: 5})
    wanted.role_skills.filter(skill=helpful).update(is_essential=False)
    Profile.objects.update(situation="in_role", current_role=now, target_role=wanted)
    page = text(guest.get(reverse("profile-skills")))
    places = [page.index(f'id="id_skill_{skill.pk}"') for skill in (target, current, helpful, other)]
    assert places == sorted(places)


def test_skills_beyond_six_wait_behind_a_fold(guest):
    for _ in range(9):
        make_skill()
    page = text(guest.get(reverse("profile-skills")))
    assert page.index("More skills") > page.index('<fieldset class="rating"')
    assert page[: page.index("More skills")].count('<fieldset class="rating"') == 6


def test_skill_shown_by_a_certificate_says_so(guest):
    skill = make_skill()
    belt = make_certification(title="Six Sigma Yellow Belt", skills={skill: 3})
    send(guest, "certificates", certification=belt.pk, earned_on="2026-05-12")
    assert "3, from your Six Sigma Yellow Belt, 12 May 2026" in text(guest.get(reverse("profile-skills")))


# Target


def test_target_is_saved_cleared_and_stays_when_archived(guest):
    role = make_role(title="Far away")
    send(guest, "target", target_role=role.pk)
    assert profile_of(guest).target_role == role
    Role.objects.update(status=Role.Status.ARCHIVED)
    assert "Far away, no longer published" in text(guest.get(reverse("profile-target")))
    assert "Far away, no longer published" in text(guest.get(reverse("profile-read")))
    send(guest, "target", target_role="")
    assert profile_of(guest).target_role is None


def test_role_page_can_hand_over_the_target(guest):
    role = make_role()
    page = text(guest.get(reverse("profile-target"), {"role": role.slug}))
    assert f'<option value="{role.pk}" selected>' in page
    guest.post(reverse("profile-target") + f"?role={role.slug}", {"target_role": role.pk})
    assert profile_of(guest).target_role == role


# The meter


def test_meter_grows_step_by_step_to_100(guest):
    skill, role = make_skill(), make_role()
    answers = {
        "about": {"years_of_experience": "0"},
        "working-life": {"language_0": "Hindi", "level_0": "C2"},
        "skills": {f"skill_{skill.pk}": "1"},
        "certificates": {"no_certificate": "on"},
        "target": {"target_role": role.pk},
    }
    for number, (step, given) in enumerate(answers.items(), start=1):
        send(guest, step, **given)
        assert meter_of(profile_of(guest)).percent == 20 * number


def test_having_no_certificate_is_an_answer_and_can_be_taken_back(guest):
    send(guest, "certificates", no_certificate="on")
    assert "None yet" in text(guest.get(reverse("profile-read")))
    assert "checked" in text(guest.get(reverse("profile-certificates")))
    send(guest, "certificates")
    assert meter_of(profile_of(guest)).percent == 0


def test_having_none_together_with_a_certificate_is_told(guest, belt):
    page = text(send(guest, "certificates", certification=belt.pk, earned_on="2026-05-12", no_certificate="on"))
    assert "You chose a certificate above." in page
    assert not HeldCertificate.objects.exists()


def test_a_first_certificate_comes_instead_of_having_none(guest, belt):
    send(guest, "certificates", no_certificate="on")
    send(guest, "certificates", certification=belt.pk, earned_on="2026-05-12", no_certificate="on")
    assert guest.profile.certificates.exists()
    assert "no_certificate" not in text(guest.get(reverse("profile-certificates")))


# Cost and ownership


@pytest.mark.parametrize("name", PAGES)
def test_pages_cost_the_same_for_1_skill_and_for_50(guest, name):
    counts = []
    for number in (1, 49):
        skills = [make_skill() for _ in range(number)]
        role = make_role(skills=dict.fromkeys(skills, 4))
        Profile.objects.update(target_role=role)
        certification = make_certification(skills=dict.fromkeys(skills, 3))
        send(guest, "certificates", certification=certification.pk, earned_on="2026-05-12")
        for skill in skills:
            rate(guest.profile, skill, 2)
        guest.profile.languages.bulk_create(
            guest.profile.languages.model(profile=guest.profile, name=f"L{number}{n}", level="A1") for n in range(2)
        )
        guest.get(reverse(name))  # what the process keeps of the guide is there
        counts.append(queries_of_page(guest, reverse(name)))
    assert counts[0] == counts[1]


def test_two_people_never_meet(guest, client):
    other = make_profile(user=make_user())
    held = HeldCertificate.objects.create(profile=other, certification=make_certification(), earned_on=date(2026, 1, 1))
    for name in ("certificate-edit", "certificate-remove"):
        assert guest.get(reverse(name, args=[held.pk])).status_code == 403
        assert guest.post(reverse(name, args=[held.pk]), {"earned_on": "2026-02-02"}).status_code == 403
    held.refresh_from_db()
    assert held.earned_on == date(2026, 1, 1)


# Certificates


@pytest.fixture
def belt(db):
    return make_certification(title="Yellow Belt", skills={make_skill(name="Coaching"): 3, make_skill(): 2})


def test_certificate_brings_evidence_of_every_skill_it_credits(guest, belt):
    send(guest, "certificates", certification=belt.pk, earned_on="2026-05-12")
    rows = guest.profile.evidence.order_by("-proficiency")
    assert [(row.kind, row.proficiency, row.source, row.shown_on) for row in rows] == [
        ("certificate", 3, "Yellow Belt", date(2026, 5, 12)),
        ("certificate", 2, "Yellow Belt", date(2026, 5, 12)),
    ]


def test_certificate_sent_twice_is_held_once_and_opened(guest, belt):
    send(guest, "certificates", certification=belt.pk, earned_on="2026-05-12")
    response = guest.post(
        reverse("profile-certificates"), {"certification": belt.pk, "earned_on": "2026-06-12"}, follow=True
    )
    held = guest.profile.certificates.get()
    address = response.redirect_chain[0][0]
    assert address.startswith(reverse("certificate-edit", args=[held.pk]))
    assert "You have Yellow Belt on your list already. Save the days you wrote now" in text(response)
    assert held.earned_on == date(2026, 5, 12)
    assert guest.profile.evidence.count() == 2
    assert 'name="earned_on" value="12 June 2026"' in text(response)
    hidden = {"initial-": "", "initial-earned_on": "2026-05-12"}
    guest.post(address, {"earned_on": "2026-06-12", "expires_on": "", **hidden})
    held.refresh_from_db()
    assert held.earned_on == date(2026, 6, 12)


def test_certificate_sent_twice_with_the_same_days_is_opened_as_it_is(guest, belt):
    for _ in range(2):
        response = send(guest, "certificates", certification=belt.pk, earned_on="2026-05-12")
    assert response.url == reverse("certificate-edit", args=[guest.profile.certificates.get().pk])
    assert "with these days" in text(guest.get(response.url))


@pytest.mark.parametrize("day", ["soon", "\0", "9" * 10_000, '"><b>', "😀"])
def test_days_in_an_address_that_are_none_break_nothing(guest, belt, day):
    send(guest, "certificates", certification=belt.pk, earned_on="2026-05-12")
    address = reverse("certificate-edit", args=[guest.profile.certificates.get().pk])
    page = guest.get(address, {"earned_on": day, "expires_on": day, "nonsense": day})
    assert page.status_code == 200
    assert "<b>" not in text(page)


def test_expiry_follows_the_guide_unless_the_person_knows_better(guest):
    first, second = make_certification(validity_months=36), make_certification(validity_months=36)
    send(guest, "certificates", certification=first.pk, earned_on="2024-02-29")
    send(guest, "certificates", certification=second.pk, earned_on="2024-02-29", expires_on="2025-01-01")
    assert guest.profile.certificates.get(certification=first).expires_on == date(2027, 2, 28)
    assert guest.profile.certificates.get(certification=second).expires_on == date(2025, 1, 1)


@pytest.mark.parametrize(("expires_on", "words"), [("2021-03-03", "lapsed 3 March"), ("2099-03-03", "lapses 3 March")])
def test_list_says_which_lapsed(guest, belt, expires_on, words):
    send(guest, "certificates", certification=belt.pk, earned_on="2020-05-12", expires_on=expires_on)
    assert words in text(guest.get(reverse("profile-certificates")))


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({}, "Write when you earned it."),
        ({"earned_on": "2999-01-01"}, "That day is still to come."),
        ({"earned_on": "1969-12-31"}, "Write a day from 1970 on."),
        ({"earned_on": "last May"}, "Write a day like 12 May 2026, or May 2026, or 2026. You wrote “last May”."),
        (
            {"earned_on": "2026-05-12", "expires_on": "2026-05-12"},
            "It cannot lapse on that day or before.",
        ),
        (
            {"earned_on": "2026-05-12", "expires_on": "2026-05-11"},
            "It cannot lapse on that day or before.",
        ),
        ({"earned_on": "2026-05-12", "expires_on": "9999-05-12"}, "Write a day up to 2100"),
    ],
)
def test_days_that_cannot_be_are_told(guest, belt, days, sentence):
    page = text(send(guest, "certificates", certification=belt.pk, **days))
    assert sentence in page
    assert not guest.profile.certificates.exists()


def test_day_that_was_written_out_stays_when_it_is_wrong(guest, belt):
    page = text(send(guest, "certificates", certification=belt.pk, earned_on="last May"))
    assert '<input type="text" name="earned_on" value="last May"' in page


def test_day_without_a_certificate_is_told(guest):
    assert "Choose the certificate that this day is for." in text(send(guest, "certificates", earned_on="2026-05-12"))


def test_changing_the_day_moves_the_evidence(guest, belt):
    send(guest, "certificates", certification=belt.pk, earned_on="2026-05-12")
    held = guest.profile.certificates.get()
    guest.post(reverse("certificate-edit", args=[held.pk]), {"earned_on": "12 April 2026", "expires_on": ""})
    assert set(guest.profile.evidence.values_list("shown_on", flat=True)) == {date(2026, 4, 12)}


def test_removing_says_what_goes_and_takes_its_evidence_back(guest, belt):
    send(guest, "certificates", certification=belt.pk, earned_on="2026-05-12")
    address = reverse("certificate-remove", args=[guest.profile.certificates.get().pk])
    assert "Coaching 3, able" in text(guest.get(address))
    assert guest.profile.certificates.exists()
    guest.post(address)
    assert not guest.profile.certificates.exists()
    assert not guest.profile.evidence.exists()
    assert guest.post(address).status_code == 403


def test_what_hr_edits_in_the_credits_changes_nobodys_evidence(guest, belt):
    send(guest, "certificates", certification=belt.pk, earned_on="2026-05-12")
    before = list(guest.profile.evidence.values())
    belt.credits.update(proficiency=5)
    belt.credits.first().delete()
    belt.title = "Another name"
    belt.save()
    guest.get(reverse("profile-certificates"))
    send(guest, "certificates", certification=belt.pk, earned_on="2026-05-12")
    assert list(guest.profile.evidence.values()) == before


@pytest.mark.parametrize("pk", [0, 10**30])
def test_key_of_nothing_is_not_found(guest, pk):
    for name in ("certificate-edit", "certificate-remove"):
        assert guest.get(reverse(name, args=[pk])).status_code == 403
