"""The CV: written once, shown from the profile, taken away as PDF and JSON Resume, private, and whole after a merge."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from jsonschema import Draft4Validator
from pypdf import PdfReader

from careers.cv import services
from careers.cv.models import CV, Job
from careers.cv.selectors import measuring
from careers.people.models.profiles import Profile
from careers.personal_data.services.claiming import claim_guest
from careers.runtime import pdfs
from tests import factories as make
from tests.paper import forget_pdfs, once_made
from tests.queries import queries_of_page

PUBLISHED = json.loads((Path(__file__).parents[1] / "data/json-resume/schema.json").read_text())
LINES = {"name": "Asha Rao", "phone": "+91 98765 43210", "email": "asha@work.example", "city": "Pune"}
EVERY_PART = list(CV().parts)
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "address": "javascript:alert(1)",
    "formula": '=HYPERLINK("http://example.org")',
    "arabic": "خدمة العملاء",
    "turned": "abc\u202edef",
    "emoji": "👩🏽‍💻 📞",
    "control": "a\x07b\x1bc",
    "template": "{{ settings.SECRET_KEY }} {% now 'Y' %}",
}


@pytest.fixture(autouse=True)
def _nothing_is_kept():
    forget_pdfs()


@pytest.fixture
def unmeasured(monkeypatch):
    """Nobody waits for a PDF where a test is not about it."""
    monkeypatch.setattr("careers.cv.views.pages.pages_of", lambda *_, **__: None)


def write(client, **fields):
    return client.post(reverse("cv-edit"), {"parts": EVERY_PART, **LINES, **fields})


def pdf_of_cv(client):
    response = once_made(lambda: client.get(reverse("cv-pdf")), lambda answer: answer.status_code)
    text = " ".join(page.extract_text().replace("\0", "") for page in PdfReader(BytesIO(response.content)).pages)
    return response, " ".join(text.split())


def resume_of(client):
    resume = json.loads(client.get(reverse("cv-download")).content)
    assert list(Draft4Validator(PUBLISHED).iter_errors(resume)) == []
    return resume


def fill_profile(profile):
    skill = make.make_skill(name="Typing")
    make.rate(profile, skill, 3)
    profile.evidence.create(skill=skill, kind="test", proficiency=4, shown_on=date(2026, 5, 12), source="Speed test")
    profile.languages.create(name="Hindi", level="C2")
    make.make_held(profile, title="ITIL Foundation", issuer="PeopleCert", earned_on=date(2026, 5, 12))
    Profile.objects.filter(pk=profile.pk).update(shifts=["day"], education="secondary", years_of_experience=2)
    profile.jobs.create(position="Clerk", employer="Acme", began_on=date(2024, 5, 1), began_precision="month")
    profile.schoolings.create(qualification="Class 12", school="City School", ended_on=date(2022, 1, 1))


@pytest.mark.django_db
class TestPage:
    def test_reading_makes_nobody_and_says_how_to_begin(self, client):
        page = client.get(reverse("cv-read")).text
        assert "Begin with your name" in page
        assert "Your CV lives in this browser until you have an account." in page
        assert not Profile.objects.exists()

    def test_the_first_words_make_a_guest_and_an_empty_form_makes_nobody(self, client, unmeasured):
        client.post(reverse("cv-edit"), {"parts": EVERY_PART})
        assert not Profile.objects.exists()
        assert write(client).url == reverse("cv-read")
        assert CV.objects.get().profile.is_guest
        page = client.get(reverse("cv-read")).text
        assert all(line in page for line in LINES.values())

    def test_says_what_the_profile_says_and_asks_for_none_of_it_again(self, guest, unmeasured):
        fill_profile(guest.profile)
        page = " ".join(guest.get(reverse("cv-read")).text.split())
        for said in (
            "2 years of experience.", "Clerk", "Acme", "May 2024 – now", "Class 12", "City School",
            "4 of 5", "Test: Speed test", "ITIL Foundation", "PeopleCert", "Earned 12 May 2026",
            "Hindi", "C2 (CEFR)", "Shifts",
        ):  # fmt: skip
            assert said in page, said

    def test_a_practice_test_says_its_speed_and_that_nobody_watched(self, guest, unmeasured):
        result, skill = make.make_timed_result(guest.profile), make.make_skill(name="Typing")
        result.evidence = guest.profile.evidence.create(
            skill=skill, kind="practice", proficiency=3, shown_on=date(2026, 5, 12), source="Typing test, 3 minutes"
        )
        result.save()
        page = " ".join(guest.get(reverse("cv-read")).text.split())
        assert "Typing test, 3 minutes" in page
        assert f"{result.speed}, taken alone" in page

    def test_asks_for_no_photo_age_religion_or_marital_status(self, client):
        page = client.get(reverse("cv-edit"))
        assert "No photo, age, religion or marital status" in page.text
        names = set(page.context["form"].fields)
        assert names == {"name", "headline", "phone", "email", "city", "summary", "parts"}

    def test_the_address_of_an_account_is_not_shown_unless_it_is_typed(self, person, unmeasured):
        write(person, email="")
        assert person.user.email not in json.dumps(resume_of(person))
        content = person.get(reverse("cv-read")).context["cv"]
        assert person.user.email not in str(content)

    def test_a_part_that_was_not_chosen_is_nowhere(self, guest, unmeasured):
        fill_profile(guest.profile)
        write(guest, parts=["summary", "education"])
        parts = guest.get(reverse("cv-read")).context["cv"].parts
        assert [part.key for part in parts] == ["summary", "education"]
        assert {"work", "skills", "certificates", "languages"}.isdisjoint(resume_of(guest))

    def test_queries_do_not_grow_with_what_stands_on_it(self, guest, unmeasured):
        fill_profile(guest.profile)
        few = queries_of_page(guest, reverse("cv-read"))
        for number in range(12):
            guest.profile.jobs.create(position=f"Clerk {number}", began_on=date(2020, 1, 1))
            make.rate(guest.profile, make.make_skill(), 2)
            make.make_held(guest.profile)
        assert queries_of_page(guest, reverse("cv-read")) <= few


@pytest.mark.django_db
class TestWriting:
    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"phone": "call me"}, "Write a phone number, like +91 98765 43210. You wrote “call me”."),
            ({"email": "javascript:alert(1)"}, "Write an e-mail address, like asha@example.org."),
            ({"headline": "x" * 10_000}, "Write at most 120 characters. You wrote 10000."),
            ({"summary": "x" * 10_000}, "Write at most 600 characters. You wrote 10000."),
            ({"parts": ["photo"]}, "Choose from the list."),
        ],
    )
    def test_what_cannot_be_is_said_and_what_was_typed_stays(self, guest, fields, said):
        page = write(guest, **fields)
        assert said in page.text
        assert "Asha Rao" in page.text
        assert not CV.objects.exists()

    def test_signs_that_nobody_sees_do_not_come_along_with_a_pasted_number(self, guest, unmeasured):
        """Whoever takes them from the file would write to nobody."""
        write(guest, phone="\u200e\u202a+91 98765\u00a043210\u202c", email="\ufeffasha@\u200bwork.example")
        cv = CV.objects.get()
        assert (cv.phone, cv.email) == ("+91 98765 43210", "asha@work.example")

    @pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
    def test_any_text_is_text(self, guest, text, unmeasured):
        write(guest, headline=text, summary=text)
        guest.post(reverse("job-add"), {"position": text, "employer": text, "began_on": "2024", "duties": text})
        page = guest.get(reverse("cv-read")).text
        assert "<script>alert" not in page
        assert 'href="javascript' not in page
        assert not set(page) & set("\x07\x1b\u202e")
        assert resume_of(guest)["work"][0]["position"] == CV.objects.get().headline

    def test_two_tabs_lose_nothing(self, guest, unmeasured):
        write(guest)
        opened = dict(guest.get(reverse("cv-edit")).context["form"].hidden_inputs)
        seen = {**opened, "initial-parts": EVERY_PART}
        write(guest, city="Mumbai")
        page = write(guest, city="Delhi", **seen)
        assert "“City” is now Mumbai" in page.text
        assert CV.objects.get().city == "Mumbai"
        assert write(guest, headline="Voice support", **seen).status_code == 302, "another field is no clash"
        assert (CV.objects.get().city, CV.objects.get().headline) == ("Mumbai", "Voice support")

    def test_a_job_is_added_changed_and_taken_off(self, guest, unmeasured):
        guest.post(reverse("job-add"), {"position": "Clerk", "began_on": "May 2024", "duties": "Sold tea.\r\nCounted."})
        job = Job.objects.get()
        assert (job.when, job.duties) == ("May 2024 – now", "Sold tea.\nCounted.")
        guest.post(
            reverse("job-edit", args=[job.pk]), {"position": "Head clerk", "began_on": "2024", "ended_on": "2024"}
        )
        job.refresh_from_db()
        assert (str(job), job.when) == ("Head clerk", "2024 – 2024")
        assert "cannot be undone" in guest.get(reverse("job-remove", args=[job.pk])).text
        guest.post(reverse("job-remove", args=[job.pk]))
        assert not Job.objects.exists()

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"position": ""}, "Write what you were."),
            ({"began_on": ""}, "Write when you began."),
            ({"began_on": "soon"}, "Write a day like 12 May 2026"),
            ({"began_on": "2999"}, "That day is still to come."),
            ({"began_on": "1850"}, "Write a day from 1950 on."),
            ({"ended_on": "2019"}, "That is before you began"),
        ],
    )
    def test_a_job_that_cannot_be_is_not_kept(self, guest, fields, said):
        page = guest.post(reverse("job-add"), {"position": "Clerk", "began_on": "May 2024", **fields})
        assert said in page.text
        assert not Job.objects.exists()

    def test_there_is_an_end_to_jobs_and_to_schools(self, guest, monkeypatch):
        monkeypatch.setattr(services, "MOST_JOBS", 1)
        monkeypatch.setattr(services, "MOST_SCHOOLINGS", 0)
        guest.post(reverse("job-add"), {"position": "Clerk", "began_on": "2024"})
        page = guest.post(reverse("job-add"), {"position": "Teller", "began_on": "2024"})
        assert "There is room for 1 jobs. Remove one first." in page.text
        page = guest.post(reverse("schooling-add"), {"qualification": "Class 12"})
        assert "There is room for 0 schools and courses." in page.text
        assert Job.objects.get().position == "Clerk"


@pytest.mark.django_db
class TestFiles:
    def test_the_pdf_says_it_in_text_on_one_page_that_nobody_caches(self, guest):
        fill_profile(guest.profile)
        write(guest, headline="Voice 👩🏽‍💻 خدمة", summary="I help people.")
        response, text = pdf_of_cv(guest)
        for said in (
            "Asha Rao",
            "Pune",
            "+91 98765 43210",
            "I help people.",
            "Clerk · Acme · May 2024 – now",
            "Typing",
        ):
            assert said in text, said
        assert response["Content-Disposition"] == 'inline; filename="cv-asha-rao.pdf"'
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Content-Type-Options"] == "nosniff"
        made = PdfReader(BytesIO(response.content))
        assert (len(made.pages), made.metadata.title) == (1, "CV of Asha Rao")
        page = once_made(lambda: guest.get(reverse("cv-read")), lambda answer: 0 if answer.context["pages"] else 202)
        assert "It fits on one page." in page.text

    def test_too_long_for_one_page_is_said_with_the_longest_part(self, guest):
        write(guest)
        for number in range(8):
            duties = "\n".join(["Answered many calls of all kinds, day by day."] * 12)
            guest.profile.jobs.create(position=f"Clerk {number}", began_on=date(2020, 1, 1), duties=duties)
        page = once_made(lambda: guest.get(reverse("cv-read")), lambda answer: 0 if answer.context["pages"] else 202)
        pages = page.context["pages"]
        assert pages > 1
        assert f"It prints on {pages} pages, and a CV has one. The longest part is “Work”." in page.text

    def test_one_page_is_measured_once_and_no_page_waits_for_it(self, guest, monkeypatch):
        write(guest)
        asked = []
        monkeypatch.setattr(measuring, "counted_in", lambda pdf: 1)
        monkeypatch.setattr(pdfs, "typeset", lambda html, sheet: asked.append(sheet) or b"%PDF- made")
        for _ in range(3):
            assert guest.get(reverse("cv-read")).context["pages"] == 1
            pdfs.MAKING.clear()
        assert asked == ["css/cv_paper.css"]

    def test_where_no_pdf_can_be_made_the_page_is_there_and_says_another_way(self, guest, monkeypatch):
        write(guest)

        def fails(html, sheet):
            raise pdfs.NoLibrary

        monkeypatch.setattr(pdfs, "typeset", fails)
        assert guest.get(reverse("cv-read")).context["pages"] is None
        answer = guest.get(reverse("cv-pdf"))
        assert answer.status_code == 501
        assert reverse("cv-print") in answer.text

    def test_what_is_no_pdf_has_no_pages(self):
        assert measuring.counted_in(b"%PDF- made") is None

    def test_json_resume_has_what_was_written_and_keeps_its_schema(self, guest):
        fill_profile(guest.profile)
        write(guest, headline="Voice support", summary="I help people.")
        answer, resume = guest.get(reverse("cv-download")), resume_of(guest)
        assert answer["Content-Disposition"] == 'attachment; filename="cv-asha-rao.json"'
        assert answer["Cache-Control"] == "private, no-store"
        assert resume["basics"] == {
            "name": "Asha Rao", "label": "Voice support", "email": "asha@work.example", "phone": "+91 98765 43210",
            "location": {"city": "Pune"}, "summary": "I help people.",
        }  # fmt: skip
        assert resume["work"] == [{"name": "Acme", "position": "Clerk", "startDate": "2024-05"}]
        assert resume["education"] == [{"institution": "City School", "studyType": "Class 12", "endDate": "2022-01-01"}]

    def test_a_visitor_has_no_file_to_take(self, client):
        for name in ("cv-pdf", "cv-print", "cv-download"):
            assert client.get(reverse(name)).url == reverse("cv-read")


@pytest.mark.django_db
class TestMerging:
    def merged(self, *, own=None, theirs=None):
        profile, guest = make.make_profile(user=make.make_user()), make.make_profile()
        for one, fields in ((profile, own), (guest, theirs)):
            if fields is not None:
                one.cvs.create(**fields)
        profile.jobs.create(position="Clerk", began_on=date(2024, 5, 1))
        guest.jobs.create(position="CLERK", began_on=date(2024, 5, 1))
        guest.jobs.create(position="Clerk", began_on=date(2020, 5, 1))
        guest.schoolings.create(qualification="Class 12")
        claim_guest(user=profile.user, guest_pk=guest.pk)
        profile.refresh_from_db()
        return profile

    def test_what_only_the_guest_has_comes_along(self):
        profile = self.merged(theirs=LINES)
        assert profile.cvs.get().name == "Asha Rao"
        assert sorted(job.began_on.year for job in profile.jobs.all()) == [2020, 2024], "the same job is there once"
        assert profile.schoolings.get().qualification == "Class 12"

    def test_of_two_the_newer_line_wins_and_nothing_is_emptied(self):
        now = timezone.now()
        own = {"name": "Asha", "phone": "+91 11111 11111", "summary": "Old.", "answered_at": now}
        theirs = {"name": "Asha Rao", "city": "Pune", "summary": "New.", "parts": ["work"]}
        cv = self.merged(own=own, theirs={**theirs, "answered_at": now + timezone.timedelta(hours=1)}).cvs.get()
        assert (cv.name, cv.phone, cv.city, cv.parts) == ("Asha Rao", "+91 11111 11111", "Pune", ["work"])
        assert cv.summary == "New.\n\nOld."

    @pytest.mark.parametrize("is_newer", [True, False])
    def test_to_merge_the_same_words_again_doubles_nothing(self, is_newer):
        """The same person wrote on two browsers, and both come into one account, one after the other."""
        profile, now = make.make_profile(user=make.make_user()), timezone.now()
        profile.cvs.create(summary="I type fast.", answered_at=now)
        role, both = make.make_role(), ("I type fast.\n\nI listen.", "Bus 12\n\nAsk about shifts")
        profile.saved_roles.create(role=role, note="Bus 12", answered_at=now)
        for hours in (1, 2, 3):
            guest, at = make.make_profile(), now + timezone.timedelta(hours=hours if is_newer else -hours)
            guest.cvs.create(summary=both[0], answered_at=at)
            guest.saved_roles.create(role=role, note=both[1], answered_at=at)
            claim_guest(user=profile.user, guest_pk=guest.pk)
        assert profile.cvs.get().summary == both[0]
        assert profile.saved_roles.get().note == both[1]
