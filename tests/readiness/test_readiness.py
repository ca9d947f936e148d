"""“Ready for …”: the same list for everybody, and what a person has of it."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from careers.guide.selectors.hiring import PAPERS
from careers.people.models.profiles import Profile
from careers.personal_data.services.claiming import claim_guest
from careers.readiness.models import ReadyPaper
from careers.readiness.services import tick_paper
from tests import factories as make
from tests.queries import queries_of_page

BRING = """CV: One page.
Photo identity card: The name as on your mark sheets.
Letters from earlier jobs: The last pay slips."""
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
OURS = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}


@pytest.fixture
def role(db):
    make.make_section(slug="getting-hired", points="First talk: Speak.\nTyping test: You copy a text.")
    make.make_section(slug=PAPERS, points=BRING)
    skills = {make.make_skill(name="Typing"): 3, make.make_skill(name="English"): 2}
    return make.make_role(title="Agent", skills=skills)


def page_of(client, role):
    return client.get(reverse("role-ready", args=[role.slug]))


def tick(client, role, paper="Photo identity card", done="yes", **options):
    options = {"headers": OURS, **options}
    return client.post(reverse("paper-tick", args=[role.slug]), {"paper": paper, "done": done}, **options)


def next_of_page(client, role):
    return page_of(client, role).context["next"]["title"]


class TestPublicPage:
    def test_says_what_to_have_and_nothing_of_anybody(self, client, role):
        page = page_of(client, role)
        for said in (
            "Ready for Agent",
            "Typing",
            "Photo identity card",
            "The name as on your mark sheets.",
            "Letters from earlier jobs",
            "You copy a text.",
        ):
            assert said in page.text, said
        assert "First talk" not in page.text
        assert "public" in page["Cache-Control"]
        assert not page.cookies
        assert not Profile.objects.exists()

    def test_says_of_a_stranger_neither_what_they_have_nor_what_they_lack(self, guest, role):
        page, own = page_of(Client(), role), page_of(guest, role)
        for mark in ("Not ticked", "Ticked", "Not yet", "Practised"):
            assert mark not in page.text.partition("<main")[2], mark
        assert own.text.count("Not ticked") == 2
        assert page.text.count("I have it") == 2, "the way to begin stays"

    def test_only_entry_roles_have_one(self, client, role):
        assert page_of(client, make.make_role(level=3)).status_code == 404
        assert page_of(client, make.make_role(status="draft")).status_code == 404
        link = reverse("role-ready", args=[role.slug])
        assert link in client.get(role.get_absolute_url()).text
        assert "/ready/" not in client.get(make.make_role(level=3).get_absolute_url()).text

    def test_without_the_section_it_names_no_papers_and_no_tests(self, client, db):
        page = page_of(client, make.make_role(title="Agent"))
        assert page.status_code == 200
        assert "Papers and details" not in page.text
        assert "Tests to expect" not in page.text

    def test_what_a_person_has_is_on_nobody_elses_page(self, guest, role):
        tick(guest, role)
        assert "Take the tick back" in page_of(guest, role).text
        assert "Take the tick back" not in page_of(Client(), role).text


class TestPerson:
    def test_leads_from_step_to_step_until_all_is_there(self, guest, role):
        profile = guest.profile
        typing, english = (row.skill for row in role.role_skills.order_by("-proficiency"))
        assert next_of_page(guest, role) == "Say what you can do"
        make.rate(profile, typing, 1)
        make.rate(profile, english, 2)
        assert page_of(guest, role).context["ready"].in_words == "1 of 8"
        assert next_of_page(guest, role) == "Make your CV"
        profile.cvs.create(name="Asha Rao")
        assert next_of_page(guest, role) == "Make your CV", "nobody could answer it"
        profile.cvs.update(phone="+91 98765 43210")
        assert next_of_page(guest, role) == "Get your papers together"
        for paper in ("Photo identity card", "Letters from earlier jobs"):
            tick(guest, role, paper)
        assert next_of_page(guest, role) == "Practise: typing test"
        make.make_timed_result(profile)
        assert next_of_page(guest, role) == "Practise: data-entry test"
        make.make_timed_result(profile, kind="numbers", ended_at=NOW)
        assert next_of_page(guest, role) == "Practise: mock call"
        profile.call_scores.create(call="no-internet", played_on=date(2026, 5, 12))
        assert next_of_page(guest, role) == "Raise Typing from 1 to 3"
        profile.evidence.create(skill=typing, kind="test", proficiency=3, shown_on=date(2026, 5, 12), source="Speed")
        assert next_of_page(guest, role) == "Apply"
        assert page_of(guest, role).context["ready"].in_words == "8 of 8"

    def test_questions_count_when_enough_of_them_are_said_well(self, guest, role):
        make.make_interview_questions("What is BPO?: Say it.", "Why nights?: Say it.")
        make.make_card(guest.profile, question="What is BPO?", answer="good")
        make.make_card(guest.profile, question="Why nights?", answer="again")
        page = page_of(guest, role)
        assert "1 of 2 said well" in page.text
        guest.profile.interview_cards.update(last="easy")
        line = next(line for line in page_of(guest, role).context["ready"].practice if line.key == "questions")
        assert line.is_done

    @pytest.mark.parametrize(("work_type", "keys"), [("voice", ["typing", "call"]), ("non_voice", ["typing", "entry"])])
    def test_a_role_asks_for_the_practice_of_its_own_work(self, guest, role, work_type, keys):
        other = make.make_role(work_type=work_type)
        assert [line.key for line in page_of(guest, other).context["ready"].practice] == keys

    def test_my_plan_leads_there(self, guest, role):
        Profile.objects.update(target_role=role)
        page = guest.get(reverse("me-dashboard")).text
        assert reverse("role-ready", args=[role.slug]) in page
        assert reverse("cv-read") in page

    def test_a_certificate_that_is_held_is_marked_and_not_counted(self, guest, role):
        certification = make.make_certification()
        role.role_certifications.create(certification=certification)
        before = page_of(guest, role).context["ready"].in_words
        guest.profile.certificates.create(certification=certification, earned_on=date(2026, 5, 12))
        page = page_of(guest, role)
        assert "You hold it" in page.text
        assert page.context["ready"].in_words == before

    def test_queries_do_not_grow(self, guest, role):
        page_of(guest, role)
        few = queries_of_page(guest, reverse("role-ready", args=[role.slug]))
        for number in range(10):
            make.rate(guest.profile, make.make_skill(), 2)
            guest.profile.ready_papers.create(paper=f"Paper {number}")
        page_of(guest, role)  # a skill more is another state of the guide
        assert queries_of_page(guest, reverse("role-ready", args=[role.slug])) <= few


class TestTicks:
    def test_the_first_tick_makes_a_guest_and_twice_is_once(self, role):
        client = Client()
        client.cookies["csrftoken"] = "x" * 32
        for _ in range(2):
            assert tick(client, role).status_code == 303
        assert ReadyPaper.objects.get().profile.is_guest
        assert tick(client, role, done="").status_code == 303
        assert tick(client, role, done="").status_code == 303
        assert not ReadyPaper.objects.exists()

    def test_taking_back_what_nobody_has_makes_nobody(self, client, role):
        tick(client, role, done="")
        assert not Profile.objects.exists()

    @pytest.mark.parametrize("paper", ["", "A passport of somebody", "x" * 10_000, "Photo identity card\0<b>"])
    def test_only_papers_of_the_guide_can_be_ticked(self, guest, role, paper):
        assert tick(guest, role, paper).status_code == 404
        assert not ReadyPaper.objects.exists()

    def test_another_site_can_tick_nothing(self, role):
        client = Client(enforce_csrf_checks=True)
        assert tick(client, role, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
        assert not Profile.objects.exists()

    def test_there_is_an_end(self, guest, role, monkeypatch):
        monkeypatch.setattr("careers.readiness.services.MOST_PAPERS", 1)
        tick(guest, role)
        page = guest.get(tick(guest, role, "Letters from earlier jobs").url)
        assert "You have ticked 1 papers" in page.text
        tick(guest, role)
        assert ReadyPaper.objects.count() == 1, "what is ticked may be ticked again"

    def test_an_edit_of_the_guide_takes_no_tick_away(self, guest, role):
        tick(guest, role)
        section = make.models.Section.objects.get(slug=PAPERS)
        section.points = BRING.replace("Photo identity card", "A passport")
        section.save()
        assert "A passport" in page_of(guest, role).text
        section.points = BRING
        section.save()
        assert "Take the tick back" in page_of(guest, role).text

    def test_ticks_of_a_guest_come_along_once(self, role):
        profile, guest = make.make_profile(user=make.make_user()), make.make_profile()
        for one, paper in ((profile, "Photo ID"), (guest, "photo id"), (guest, "Letters")):
            one.ready_papers.create(paper=paper)
        claim_guest(user=profile.user, guest_pk=guest.pk)
        assert sorted(profile.ready_papers.values_list("paper", flat=True)) == ["Letters", "Photo ID"]

    def test_ticking_twice_at_the_service_is_one_row(self, guest):
        for _ in range(2):
            tick_paper(profile=guest.profile, paper="Photo ID", now=guest.profile.created_at)
        assert ReadyPaper.objects.count() == 1
