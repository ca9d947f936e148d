"""Roles ranked for a person: three questions first, then each role with its reasons."""

import re
from datetime import date, timedelta
from itertools import product
from random import Random

import pytest
from django.urls import reverse

from careers.evidence.models.evidence import Evidence
from careers.evidence.rules.matching import Band, match
from careers.evidence.selectors.fits import published_fits
from careers.evidence.selectors.levels import levels_by_key
from careers.guide.models.choices import Degree, Frequency, Shift, WorkType
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.guide.rules.working_life import BY_DAY
from careers.matching.rules import SHIFT_ORDER
from careers.matching.selectors import FITS, first_questions, matches_of, said_of
from careers.people.models.profiles import Education, Profile
from tests.evidence.test_rules_matching import Candidate, rank
from tests.factories import make_certification, make_profile, make_role, make_skill, rate
from tests.queries import queries_of_page
from tests.sending import send

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
# What nights and days may say together.
PAIRS = [
    (nights, days)
    for nights, days in product(Frequency.values, repeat=2)
    if (nights, days) != ("never", "never") and ("always" not in (nights, days) or "never" in (nights, days))
]
OURS = {"Sec-Fetch-Site": "same-origin"}


def text(response):
    return " ".join(response.content.decode().split())


def page(client, **query):
    return text(client.get(reverse("match-list"), query))


def answer(client, ratings, **headers):
    fields = {f"skill_{skill.pk}": level for skill, level in ratings.items()}
    return send(client, reverse("match-rate"), fields, headers={**OURS, **headers})


def ranked_of(profile, today):
    matches = matches_of(profile=profile, today=today)
    return matches.shown(matches.ranked)


def ranked(profile):
    return [match.role.title for match in ranked_of(profile, TODAY)]


class TestQuestions:
    def test_visitor_is_asked_what_most_roles_hold_essential(self, client):
        often, once, helpful, never = (make_skill(name=name) for name in ("Often", "Once", "Helpful", "Never"))
        make_role(skills={often: 3})
        make_role(skills={often: 2, once: 3}).role_skills.create(skill=helpful, proficiency=2, is_essential=False)
        make_role(skills={never: 3}, status=Role.Status.DRAFT)
        assert first_questions() == [often, once, helpful]
        shown = page(client)
        assert "You do it at 4." in shown
        assert shown.index("Often") < shown.index("Once") < shown.index("Helpful")
        assert "Never" not in shown

    def test_three_are_enough_and_equal_ones_come_in_the_guides_order(self):
        last, first, middle, too_late = (make_skill(position=position) for position in (30, 10, 20, 40))
        make_role(skills={last: 3, first: 3, middle: 3, too_late: 5})
        assert first_questions() == [first, middle, last]

    def test_draft_skill_is_not_asked(self):
        make_role(skills={make_skill(status=Skill.Status.DRAFT): 3})
        assert first_questions() == []

    def test_asking_creates_nothing_and_sets_no_cookie(self, client):
        make_role(skills={make_skill(): 3})
        response = client.get(reverse("match-list"), {"only": "shift", "level": "lead"})
        assert not response.cookies
        assert response["Cache-Control"] == "public, no-cache"
        assert not Profile.objects.exists()
        assert 'name="csrfmiddlewaretoken"' not in response.text

    def test_guide_without_skills_says_so(self, client):
        make_role()
        assert "No role asks for a skill yet" in page(client)

    def test_first_answer_makes_a_guest_and_shows_the_ranking(self, client):
        skill, other = make_skill(name="Listening"), make_skill()
        make_role(title="Agent", skills={skill: 3, other: 3})
        response = answer(client, {skill: 3})
        assert (response.status_code, response.url) == (302, reverse("match-list"))
        shown = page(client)
        assert "Roles that fit you" in shown
        assert "Ranked by 1 of the 2 skills" in shown
        assert Profile.objects.get().evidence.get().proficiency == 3

    def test_without_any_answer_nothing_is_ranked_and_nobody_is_made(self, client):
        make_role(skills={make_skill(name="Listening"): 3})
        response = answer(client, {})
        assert response.status_code == 200
        assert "Rate at least one of them." in response.text
        assert "Listening" in response.text
        assert not response.cookies
        assert not Profile.objects.exists()

    @pytest.mark.parametrize("sent", ["", "9", "\0", "x" * 10_000, "🦊", "2.5"])
    def test_nonsense_is_no_answer(self, client, sent):
        skill, other = make_skill(), make_skill()
        make_role(skills={skill: 3, other: 3})
        response = answer(client, {skill: sent, other: 2 if sent else ""})
        assert response.status_code == 200
        assert not Profile.objects.exists()
        if sent:
            assert "Choose one of the five." in response.text
            assert 'value="2" checked' in response.text

    def test_twice_is_once(self, client):
        skill = make_skill()
        make_role(skills={skill: 3})
        answer(client, {skill: 3})
        answer(client, {skill: 3})
        assert Evidence.objects.get().proficiency == 3

    def test_what_another_site_sends_is_refused(self, client):
        skill = make_skill()
        make_role(skills={skill: 3})
        assert answer(client, {skill: 3}, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
        assert not Profile.objects.exists()

    def test_browser_that_says_nothing_is_asked_between(self, client):
        skill = make_skill()
        make_role(skills={skill: 3})
        response = client.post(reverse("match-rate"), {f"skill_{skill.pk}": "3"})
        assert "Rate these skills?" in response.text
        assert not Profile.objects.exists()

    def test_somebody_who_rated_only_what_no_role_asks_for_is_asked_too(self, guest):
        make_role(skills={make_skill(): 3})
        rate(guest.profile, make_skill(), 5)
        shown = page(guest)
        assert "Which roles fit you?" in shown
        assert 'name="csrfmiddlewaretoken"' in shown

    def test_the_address_of_the_answers_leads_to_the_questions(self, client):
        assert client.get(reverse("match-rate")).url == reverse("match-list")


class TestRanking:
    def test_place_comes_with_its_reasons(self, guest):
        typing, reporting, listening, unknown = (
            make_skill(name=name) for name in ("Typing", "Reporting", "Listening", "Coaching")
        )
        role = make_role(title="Agent", skills={typing: 4, reporting: 3, listening: 2})
        role.role_skills.create(skill=unknown, proficiency=2, is_essential=False)
        for skill, level in ((typing, 2), (reporting, 1), (listening, 5)):
            rate(guest.profile, skill, level)
        make_certification(title="Yellow Belt", skills={reporting: 3})
        make_certification(title="Green Belt", skills={typing: 3, reporting: 3, unknown: 1})
        shown = page(guest)
        assert "<strong>1 of 3</strong> essential skills. Missing: Typing (2 of 4), Reporting (1 of 3)." in shown
        assert ">Rate Coaching</a>" in shown
        assert "<strong>15</strong> of 29 points, 51%" in shown
        assert "6 of 12 points" in shown
        assert "3 of 9 points" in shown
        assert "towards Agent: Green Belt. Closes the gap in Reporting (from 1 →to 3). Narrows the gap in Typing" in (
            re.sub(r"<[^>]+>", "", shown)
        )
        assert "Shows Coaching (1 of 2), not rated yet." in shown
        assert "9 more points." in shown
        assert "With it, this role fits now." in shown

    def test_card_names_two_of_what_is_missing_and_counts_the_rest(self, guest):
        skills = [make_skill(name=name) for name in ("Adding", "Basics", "Calling", "Doing")]
        make_role(skills=dict.fromkeys(skills, 4) | {make_skill(): 2, make_skill(): 2})
        for skill in skills:
            rate(guest.profile, skill, 2)
        assert "Missing: Adding (2 of 4), Basics (2 of 4) and 2 more. 2 not rated." in page(guest)

    @pytest.mark.parametrize(("shows", "is_told"), [(4, True), (3, False)])
    def test_certificate_that_changes_the_band_says_so(self, guest, shows, is_told):
        skill = make_skill()
        make_role(skills={skill: 4})
        rate(guest.profile, skill, 2)
        make_certification(skills={skill: shows})
        assert ("With it, this role fits now." in page(guest)) == is_told

    @pytest.mark.parametrize(
        ("facts", "told"),
        [
            ({}, "Fee not known, hours not known."),
            (
                {"fee_amount": "422", "fee_currency": "USD", "fee_as_of": "July 2026", "steps": [("Read it", 30)]},
                "US$422 (July 2026), about 30 h to prepare.",
            ),
            ({"steps": [("Read it", 30), ("Sit the exam", None)]}, "Fee not known, at least 30 h to prepare."),
        ],
    )
    def test_certificate_comes_with_its_fee_and_hours(self, guest, facts, told):
        skill = make_skill()
        make_role(skills={skill: 4})
        rate(guest.profile, skill, 2)
        make_certification(skills={skill: 4}, **facts)
        assert told in page(guest)

    def test_certificate_that_would_lower_any_skill_one_has_is_not_named(self, guest):
        low, high, elsewhere = make_skill(), make_skill(), make_skill()
        role = make_role(skills={low: 5})
        role.role_skills.create(skill=high, proficiency=3, is_essential=False)
        for skill, level in ((low, 1), (high, 4), (elsewhere, 3)):
            rate(guest.profile, skill, level)
        make_certification(skills={low: 5, high: 3})
        make_certification(skills={low: 5, elsewhere: 2})
        assert ranked_of(guest.profile, TODAY)[0].help is None
        assert "closes or narrows a gap here without lowering a skill you have" in page(guest)
        harmless = make_certification(skills={low: 3, high: 4})
        assert ranked_of(guest.profile, TODAY)[0].help.certification == harmless

    def test_certificate_is_not_named_because_a_skill_is_not_rated(self, guest):
        known, open_ = make_skill(), make_skill(name="Process knowledge")
        make_role(skills={known: 3, open_: 4})
        rate(guest.profile, known, 3)
        make_certification(skills={open_: 4})
        shown = page(guest)
        assert "ertification that helps most" not in shown
        assert "No further certification" not in shown
        assert f'href="{reverse("profile-skills")}#id_skill_{open_.pk}">Rate Process knowledge</a>' in shown
        assert f'id="id_skill_{open_.pk}"' in guest.get(reverse("profile-skills")).text

    def test_certificate_is_named_neither_for_ones_own_role_nor_where_one_fits(self, guest):
        skill, other = make_skill(), make_skill()
        own, fitting = make_role(skills={skill: 5}), make_role(skills={other: 5})
        rate(guest.profile, skill, 2)
        rate(guest.profile, other, 4)
        make_certification(skills={skill: 5, other: 5})
        Profile.objects.update(situation="in_role", current_role=own)
        guest.profile.refresh_from_db()
        help_of = {match.role: match.help for match in ranked_of(guest.profile, TODAY)}
        assert help_of == {fitting: None, own: None}
        assert "ertificate" not in page(guest).partition('class="band-group"')[2].partition("site-foot")[0]

    def test_gap_that_holds_a_role_back_is_named(self, guest):
        weak, strong, unknown = make_skill(name="Weak"), make_skill(), make_skill(name="Open")
        make_role(skills={strong: 5, weak: 4})
        rate(guest.profile, weak, 1)
        rate(guest.profile, strong, 5)
        told = "By points alone this role is within reach. It is held back by"
        assert f"{told} Weak (3 levels too low)." in page(guest)
        make_role(skills={strong: 5, unknown: 4})
        assert f"{told} Open (not rated)." in page(guest)

    def test_lapsed_certificate_helps_again(self, guest):
        skill = make_skill()
        make_role(skills={skill: 4})
        rate(guest.profile, skill, 2)
        lapsed = make_certification(skills={skill: 4})
        guest.profile.certificates.create(
            certification=lapsed, earned_on=date(2021, 1, 1), expires_on=TODAY - timedelta(days=1)
        )
        assert ranked_of(guest.profile, TODAY)[0].help.certification == lapsed
        assert ranked_of(guest.profile, TODAY - timedelta(days=1))[0].help is None

    def test_held_and_draft_certificates_do_not_help(self, guest):
        skill = make_skill()
        make_role(skills={skill: 4})
        rate(guest.profile, skill, 2)
        held = make_certification(skills={skill: 4})
        guest.profile.certificates.create(certification=held, earned_on=date(2026, 1, 1))
        make_certification(skills={skill: 4}, status="draft")
        assert ranked_of(guest.profile, TODAY)[0].help is None
        assert "No further certification of the guide closes or narrows a gap here" in page(guest)

    def test_certificate_counts_before_a_higher_rating_of_ones_own(self, guest):
        skill = make_skill()
        make_role(skills={skill: 4})
        rate(guest.profile, skill, 3)
        make_certification(skills={skill: 2})
        assert ranked_of(guest.profile, TODAY)[0].help is None

    def test_bands_follow_each_other_and_equal_roles_show_the_higher_level_first(self, guest):
        known, low, other = make_skill(), make_skill(), make_skill()
        rate(guest.profile, known, 4)
        rate(guest.profile, low, 1)
        Profile.objects.update(situation="in_role", current_role=make_role(title="Theirs"))
        guest.profile.refresh_from_db()
        make_role(title="Far", skills={low: 5})
        make_role(title="Open", skills={other: 5})
        make_role(title="Low", skills={known: 4})
        make_role(title="Near", skills={known: 5, other: 2})
        make_role(title="High", level=3, skills={known: 4})
        assert ranked(guest.profile) == ["High", "Low", "Near", "Open", "Far"]
        bands = [match.match.band for match in ranked_of(guest.profile, TODAY)]
        assert bands == [Band.FITS_NOW, Band.FITS_NOW, Band.WITHIN_REACH, Band.CANNOT_SAY, Band.FURTHER_AWAY]
        headings = re.findall(r"<h2 [^>]*id=\"band-.*?</h2>", page(guest))
        assert [" ".join(re.sub(r"<.*?>", "", heading).split()) for heading in headings] == [
            "Fits now: 2 roles",
            "Within reach: 1 role",
            "Cannot say yet: 1 role",
            "Further away: 1 role",
        ]

    def test_heading_counts_the_roles_of_all_pages(self, guest):
        skill = make_skill()
        rate(guest.profile, skill, 5)
        for _ in range(25):
            make_role(skills={skill: 3})
        assert "25 roles</span>" in page(guest)
        assert "25 roles</span>" in page(guest, page=2)

    def test_role_that_one_rating_decides_is_called_neither_near_nor_far(self, guest):
        known, open_ = make_skill(), make_skill(name="Reporting")
        make_role(skills={known: 3, open_: 4})
        rate(guest.profile, known, 3)
        shown = page(guest)
        score = re.search(r'<p class="match-score" id="(.*?)">.*?</p>', shown)
        assert "Cannot say yet: </span>May fit now" in score[0]
        assert f'aria-describedby="{score[1]}"' in shown
        assert "With all that is not rated there as asked, this role would fit now." in shown
        rate(guest.profile, open_, 1)
        assert "Cannot say yet" not in page(guest).partition("band-group")[2]

    def test_few_ratings_are_told_to_be_too_few(self, guest):
        skills = [make_skill() for _ in range(4)]
        make_role(skills=dict.fromkeys(skills, 3))
        rate(guest.profile, skills[0], 5)
        assert "1 rating cannot show that you fit a role." in page(guest)
        rate(guest.profile, skills[1], 1)
        assert "2 ratings cannot show that you fit a role." in page(guest)
        rate(guest.profile, skills[2], 1)
        rate(guest.profile, skills[3], 1)
        assert "cannot show that you fit" not in page(guest)

    def test_role_that_asks_for_nothing_stands_apart(self, guest):
        skill = make_skill()
        make_role(title="Agent", skills={skill: 3})
        make_role(title="Empty")
        rate(guest.profile, skill, 1)
        assert ranked(guest.profile) == ["Agent"]
        shown = page(guest)
        assert shown.index("Agent</a>") < shown.index("Asks for no skills yet") < shown.index("Empty</a>")

    @pytest.mark.parametrize("status", ["draft", "archived"])
    def test_only_published_roles_and_skills_count(self, guest, status):
        skill, hidden = make_skill(), make_skill(name="Hidden skill", status=status)
        rate(guest.profile, skill, 3)
        make_role(title="Hidden role", skills={skill: 3}, status=status)
        make_role(title="Agent", skills={skill: 3, hidden: 5})
        assert ranked(guest.profile) == ["Agent"]
        assert ranked_of(guest.profile, TODAY)[0].match.percent == 100
        assert "Hidden" not in page(guest)

    def test_own_role_and_target_are_marked_and_routes_begin_at_the_own_role(self, guest):
        skill = make_skill()
        own, target = make_role(skills={skill: 1}), make_role(skills={skill: 3})
        rate(guest.profile, skill, 3)
        Profile.objects.update(situation="in_role", current_role=own, target_role=target)
        shown = page(guest)
        assert shown.count("Your role now") == shown.count("Your target") == 1
        assert f"?from={own.slug}&amp;to={target.slug}" in shown
        assert f"to={own.slug}" not in shown

    def test_routes_begin_at_the_way_in_for_who_is_in_no_role(self, guest):
        skill = make_skill()
        role = make_role(skills={skill: 1})
        rate(guest.profile, skill, 3)
        assert f"?to={role.slug}" in page(guest), "nobody knows where they start, so the planner asks"
        Profile.objects.update(situation="new")
        assert f"?from=new&amp;to={role.slug}" in page(guest)

    def test_withdrawn_evidence_does_not_count(self, guest):
        skill = make_skill()
        make_role(skills={skill: 1})
        rate(guest.profile, skill, 3)
        guest.profile.evidence.update(withdrawn_at="2026-11-22T00:00Z")
        assert "Which roles fit you?" in page(guest)

    def test_page_of_a_person_is_kept_by_no_cache(self, guest):
        skill = make_skill()
        make_role(skills={skill: 1})
        rate(guest.profile, skill, 3)
        assert guest.get(reverse("match-list"))["Cache-Control"] == "private, no-cache"

    def test_others_get_their_own(self, guest):
        skill = make_skill()
        make_role(skills={skill: 5})
        rate(guest.profile, skill, 5)
        stranger = make_profile()
        rate(stranger, skill, 1)
        assert ranked_of(guest.profile, TODAY)[0].match.percent == 100
        assert ranked_of(stranger, TODAY)[0].match.percent == 20


class TestWorkingLife:
    @pytest.fixture
    def roles(self, guest):
        """Two roles: one by day, one at night that needs a degree. The person is as able for both."""
        skill = make_skill()
        rate(guest.profile, skill, 3)
        day = make_role(title="Day role", skills={skill: 3}, work_type="voice")
        night = make_role(
            title="Night role", skills={skill: 3}, nights="always", days="never", degree="needed", level=3
        )
        return day, night

    def accept(self, **answers):
        Profile.objects.update(**answers)

    def test_conflicts_are_stated_and_change_no_score(self, guest, roles):
        before = {match.role: match.match for match in ranked_of(guest.profile, TODAY)}
        self.accept(shifts=["day"], work_types=["voice"], education="secondary")
        guest.profile.refresh_from_db()
        assert {match.role: match.match for match in ranked_of(guest.profile, TODAY)} == before
        shown = page(guest)
        assert "Nights always come: you accept day only." in shown
        assert "Degree needed: you have a school certificate." in shown
        assert "Shift: fits (nights never, days always)" in shown
        assert "Work type: fits (voice)" in shown

    def test_what_was_not_said_is_neither_a_fit_nor_a_conflict(self, guest, roles):
        shown = page(guest)
        assert "Shift: nights always, days never" in shown
        assert "Degree needed: not known what you have" in shown
        assert "fits (" not in shown
        assert 'name="only"' not in shown
        assert reverse("profile-working-life") in shown

    @pytest.mark.parametrize(
        ("answers", "only"),
        [
            ({"shifts": ["day"]}, "shift"),
            ({"work_types": ["voice"]}, "work_type"),
            ({"education": "secondary"}, "degree"),
        ],
    )
    def test_filter_leaves_only_what_goes_together(self, guest, roles, answers, only):
        self.accept(**answers)
        assert "Night role</a>" in page(guest)
        shown = page(guest, only=only)
        assert "Day role</a>" in shown
        assert "Night role</a>" not in shown
        assert '<strong>1 role</strong> <span class="quiet">of 2</span>' in shown
        assert "Remove this filter:" in shown

    def test_levels_widen_each_other(self, guest, roles):
        assert "Night role</a>" not in page(guest, level="entry")
        assert "Night role</a>" in page(guest, level=["entry", "lead"])

    def test_nothing_left_says_what_each_filter_takes_away(self, guest, roles):
        self.accept(shifts=["day"])
        shown = page(guest, only="shift", level="lead")
        assert "No role fits all of that" in shown
        assert "Without “Only shifts I accept, or can ask about”: 1 role" in shown
        assert "Without “Lead”: 1 role" in shown
        assert 'href="?level=lead"' in shown

    def test_filter_for_what_was_not_said_leaves_all(self, guest, roles):
        assert "Night role</a>" in page(guest, only="shift")

    @pytest.mark.parametrize(
        "query",
        [
            {"only": "\0"},
            {"only": ["shift", "🦊" * 5000], "level": "x" * 10_000},
            {"level": ["lead", "' OR 1=1 --"]},
            {"page": "-1"},
            {"page": "99999"},
            {"page": "x"},
            {"page": "²"},
            {"only": "", "level": "", "page": ""},
        ],
    )
    def test_nothing_in_the_address_makes_it_fail(self, guest, roles, query):
        self.accept(shifts=["day"])
        assert guest.get(reverse("match-list"), query).status_code == 200

    def test_what_the_address_asks_and_nobody_knows_is_told(self, guest, roles):
        shown = page(guest, only="luck", level="king")
        assert "We do not know: “luck”, Level “king”." in shown


@pytest.mark.parametrize("number", range(6))
def test_places_and_filters_are_as_if_every_role_were_looked_at(guest, number):
    """By the whole match of each role, and by each fact of its working life."""
    chance = Random(number)
    skills = [make_skill() for _ in range(6)]
    for _ in range(25):
        asked = {skill: chance.randint(1, 5) for skill in chance.sample(skills, chance.randint(0, 3))}
        shifts = dict(zip(("nights", "days"), chance.choice(PAIRS), strict=True))
        kinds = {"work_type": chance.choice(WorkType.values), "degree": chance.choice(Degree.values)}
        role = make_role(level=chance.randint(1, 5), position=chance.randint(1, 3), skills=asked, **kinds, **shifts)
        role.role_skills.filter(proficiency__gt=3).update(is_essential=chance.random() < 0.5)
    for skill in chance.sample(skills, 3):
        rate(guest.profile, skill, chance.randint(1, 5))
    profile = guest.profile
    profile.shifts, profile.work_types = chance.sample(Shift.values, 2), chance.sample(WorkType.values, number % 3)
    profile.education = chance.choice(["", *Education.values])
    profile.current_role_id = role.pk if number % 2 else None
    matches, levels = matches_of(profile=profile, today=TODAY), levels_by_key(profile)
    fits = published_fits(matches.facets.ids, profile=profile, levels=levels)
    order = {role.pk: place for place, role in enumerate(Role.objects.published())}
    candidates = [Candidate(fit.role.pk, fit.role.level, order[fit.role.pk], match(fit.summary.needs)) for fit in fits]
    shifts, degrees = (
        {fit.role.pk: next(fact.standing for fact in fit.work if fact.key == key) for fit in fits}
        for key in ("shift", "degree")
    )

    def place(one):
        band, reach, score, minus_level, in_guide = one.place
        if profile.current_role_id:
            return False, SHIFT_ORDER.index(shifts[one.id]), band, reach, score, minus_level, in_guide
        by_degree = SHIFT_ORDER.index(degrees[one.id]) if degrees[one.id] in SHIFT_ORDER else 0
        return one.level > 1, SHIFT_ORDER.index(shifts[one.id]), band, by_degree, reach, score, -minus_level, in_guide

    assert matches.ranked == [one.id for one in sorted(rank(candidates), key=place)]
    assert {one.id: one.match.band for one in candidates if one.match.possible} == {
        key: matches.band(key) for key in matches.ranked
    }
    for fact in (fact for fit in fits for fact in fit.work):
        assert fact.is_said == (fact.key in said_of(profile))
    for fit in fits:
        for fact in fit.work:
            row = matches.facets.having(fact.key, [FITS])
            assert matches.facets.has(row, fit.role.pk) == (not fact.is_against), fact
            assert [
                key for key, roles in matches.standings[fact.key].items() if matches.facets.has(roles, fit.role.pk)
            ] == [fact.standing]


class TestBeginner:
    """Class 12, no nights."""

    @pytest.fixture
    def found(self, guest):
        skill = make_skill()
        rate(guest.profile, skill, 3)
        Profile.objects.update(situation="new", education="secondary", shifts=["day"])
        make_role(title="Senior by day", level=5, skills={skill: 3})
        make_role(title="Nights usual", skills={skill: 3}, nights="usual", days="possible", degree="preferred")
        make_role(title="Ask, and fits", skills={skill: 3}, nights="possible", days="possible", degree="no_rule")
        make_role(title="No source", skills={skill: 5}, nights="not_known", days="not_known")
        make_role(title="By day, further away", skills={skill: 5, make_skill(): 5})
        guest.profile.refresh_from_db()
        return guest

    def test_entry_roles_without_nights_come_first_then_those_to_ask_and_a_senior_manager_last(self, found):
        assert ranked(found.profile) == [
            "By day, further away",
            "Ask, and fits",
            "No source",
            "Nights usual",
            "Senior by day",
        ]

    def test_each_part_says_what_it_is(self, found):
        headings = re.findall(r"<h2 [^>]*id=\"band-.*?</h2>", page(found))
        assert [" ".join(re.sub(r"<.*?>", "", heading).split()) for heading in headings] == [
            "Where you can start: no nights. Cannot say yet: 1 role",
            "Where you can start: ask about nights first. Fits now: 1 role",
            "Where you can start: ask about nights first. Within reach: 1 role",
            "Where you can start: nights are usual. Fits now: 1 role",
            "Later: no nights. Fits now: 1 role",
        ]

    def test_what_is_said_and_what_it_costs(self, found):
        shown = page(found)
        assert "You accept day only: 2 roles go with that. For 2 roles ask first." in shown
        assert "In 1 role many employers will say no." in shown
        assert "1 role prefers a degree: some employers will say no." in shown
        assert "Nights are possible: you accept day only; ask first." in shown
        assert "No source says whether nights come: you accept day only; ask first." in shown
        assert "Degree preferred: you have a school certificate; some employers will say no." in shown

    def test_where_no_role_is_without_nights_that_is_said_with_what_may_help(self, found):
        told = f"We know of no role where nights never come. {BY_DAY}"
        assert told not in page(found)
        Role.objects.filter(nights="never").update(nights="possible", days="possible")
        assert f"no role is sure to go with that. {told} For 4 roles ask first." in page(found)

    def test_only_what_can_be_keeps_what_one_asks_about(self, found):
        shown = page(found, only=["shift", "degree"])
        assert "Ask, and fits</a>" in shown
        assert "Nights usual</a>" not in shown

    def test_within_a_band_what_is_open_by_degree_comes_before_what_asks_for_more(self, found):
        """A beginner with class 12 is not shown first what employers give to graduates, though skills fit as well."""
        skill = found.profile.evidence.get().skill
        for title, degree in (("Graduates", "preferred"), ("No rule", "no_rule"), ("Anybody", "not_needed")):
            make_role(title=title, skills={skill: 3}, degree=degree, nights="possible", days="possible", position=1)
        assert [title for title in ranked(found.profile) if title in ("Graduates", "No rule", "Anybody")] == [
            "Anybody",
            "No rule",
            "Graduates",
        ]
        Profile.objects.update(education="bachelor")
        found.profile.refresh_from_db()
        assert ranked(found.profile).index("Graduates") < ranked(found.profile).index("No rule")

    def test_somebody_in_a_role_has_their_skills_first(self, found):
        Profile.objects.update(situation="in_role", current_role=make_role(title="Theirs"), shifts=[])
        found.profile.refresh_from_db()
        assert ranked(found.profile)[0] == "Senior by day"


def test_a_list_of_roles_that_ask_for_nothing_has_an_end(guest):
    skill = make_skill()
    make_role(skills={skill: 3})
    rate(guest.profile, skill, 3)
    for number in range(26):
        make_role(title=f"Asks nothing {number:02}")
    shown = page(guest)
    assert "Asks nothing 23" in shown
    assert "Asks nothing 24" not in shown
    assert "And 2 roles more." in shown


def test_queries_do_not_grow_with_roles_and_ratings(guest, django_assert_num_queries):
    def grow(number):
        for _ in range(number):
            skill = make_skill()
            make_role(skills={skill: 3})
            make_certification(skills={skill: 4})
            rate(guest.profile, skill, 2)

    def count():
        return queries_of_page(guest, reverse("match-list"))

    grow(1)
    count()
    few = count()
    grow(49)
    count()  # the guide changed, and is read again
    assert count() <= few
    assert "Page </span>2" in page(guest)
    ranked_of(guest.profile, TODAY)  # what the process keeps of the guide is there
    with django_assert_num_queries(6):
        assert len(ranked_of(guest.profile, TODAY)) == 50
