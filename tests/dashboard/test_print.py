""" "My plan" on paper: the page to print, and the PDF, which is read back."""

import signal
import subprocess
import sys
from datetime import date, timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from careers.lib import typesetting
from careers.lib.typesetting import NO_LIBRARY, Refusing, typeset
from careers.runtime import pdfs as pdf
from tests import factories as make
from tests.paper import forget_pdfs, pdf_for
from tests.queries import queries_of_page


@pytest.fixture(autouse=True)
def _nothing_is_kept():
    forget_pdfs()


TODAY = timezone.localdate()


def read(content):
    return PdfReader(BytesIO(content))


def rows_of(content):
    """What is read back of a font of two bytes a letter has a zero in each."""
    return [row for page in read(content).pages for row in page.extract_text().replace("\0", "").splitlines()]


def text_of(content):
    return " ".join(" ".join(rows_of(content)).split())


def fill(profile):
    """A plan with steps, an exam and a log; a certificate; one that was dropped."""
    profile.display_name = "Asha"
    profile.save()
    plan = make.make_plan(
        profile,
        title="Yellow Belt",
        issuer="ASQ",
        status="studying",
        started_on=TODAY,
        target_on=TODAY + timedelta(days=40),
        steps=[("Read the handbook", 6, date(2026, 5, 1)), ("Do one paper", 3, None)],
    )
    plan.steps.filter(title="Do one paper").update(due_on=TODAY + timedelta(days=9))
    plan.entries.create(minutes=95, studied_on=TODAY)
    make.make_held(profile, title="ITIL", earned_on=date(2026, 5, 12), credential_number="AB-12")
    make.make_plan(profile, title="Left aside", status="dropped")
    profile.goals.create(role=make.make_role(title="Team Leader"), criterion="fastest")
    return plan


SAID = [
    "Asha: My plan", "Yellow Belt", "ASQ", "Read the handbook, 6 h, done 1 May 2026", "Do one paper, 3 h, due",
    "ITIL", "number AB-12", "Earned 12 May 2026", "Left aside", "Team Leader", "1 h 35 min", "Days to keep in mind",
]  # fmt: skip


@pytest.mark.django_db
class TestPage:
    def test_has_everything(self, guest):
        fill(guest.profile)
        page = " ".join(guest.get(reverse("me-print")).text.split())
        for said in SAID:
            assert said in page, said

    def test_says_to_a_visitor_that_nothing_is_there(self, client):
        assert "Nothing stands on “My plan” yet." in client.get(reverse("me-print")).text
        assert client.get(reverse("me-pdf")).url == reverse("me-print")

    def test_time_of_an_exam_is_that_of_its_place(self, guest):
        at = timezone.now().replace(hour=22, minute=30) + timedelta(days=9)
        make.make_plan(guest.profile, status="booked", exam_at=at, exam_zone="Asia/Manila")
        assert "06:30 (Asia/Manila)" in guest.get(reverse("me-print")).text

    def test_queries_do_not_grow_with_certificates(self, guest):
        make.make_held(guest.profile)
        few = queries_of_page(guest, reverse("me-print"))
        for _ in range(20):
            make.make_held(guest.profile)
        assert queries_of_page(guest, reverse("me-print")) <= few


@pytest.mark.django_db
class TestPdf:
    def test_says_what_the_page_says_as_text_with_tags_a_title_and_a_language(self, guest):
        fill(guest.profile)
        response = pdf_for(guest)
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == 'inline; filename="my-plan.pdf"'
        assert "private" in response["Cache-Control"]
        text = text_of(response.content)
        for said in SAID:
            assert said in text, said
        paper = read(response.content)
        catalog = paper.trailer["/Root"]
        assert catalog["/MarkInfo"]["/Marked"]
        assert "/StructTreeRoot" in catalog
        assert catalog["/Lang"] == "en"
        assert paper.metadata.title == "My plan"
        assert paper.metadata.author == "Asha"

    def test_takes_what_a_person_wrote_as_text_and_says_nothing_of_it_to_the_log(self, guest, caplog):
        make.make_plan(guest.profile, title="Ŵ" * 120, steps=[("m" * 160, 1, None)])
        make.make_plan(
            guest.profile,
            title="<img src=file:///etc/passwd> <style>@import url(http://example.org/x.css)</style> é",
        )
        make.make_plan(guest.profile, title="\U0001f4dc ﷽ नमस्ते \u202e \u0007")
        content = pdf_for(guest).content
        assert not caplog.records
        assert max(map(len, rows_of(content))) < 90, "within the sheet"
        text = text_of(content)
        for long_word in ("Ŵ" * 120, "m" * 160):
            assert long_word in text.replace(" ", ""), "broken into rows, no letter is lost"
        assert "file:///etc/passwd" in text

    def test_of_many_plans_has_them_all(self, guest):
        """Of the most that a person can have: `tests/attacks/test_cost_of_pdfs.py`."""
        for number in range(30):
            make.make_plan(guest.profile, title=f"Plan {number}", steps=[(f"Step {s}", 4, None) for s in range(8)])
        text = text_of(pdf_for(guest).content)
        assert all(f"Plan {number} " in text for number in range(30))

    def test_that_would_take_minutes_is_not_begun(self, guest, monkeypatch):
        monkeypatch.setattr(pdf, "MOST_CHARACTERS", 100)
        response = guest.get(reverse("me-pdf"))
        assert response.status_code == 409
        assert "too long for a PDF" in response.text

    def test_that_would_take_minutes_is_refused_before_its_page_is_made(self, guest, monkeypatch):
        make.make_plan(guest.profile, steps=[("A", 1, None), ("B", 1, None)])
        monkeypatch.setattr(pdf, "MOST_CHARACTERS", 100)
        monkeypatch.setattr("careers.dashboard.views.print.everything", None)
        assert guest.get(reverse("me-pdf")).status_code == 409

    def test_that_cannot_be_made_here_is_said_with_another_way(self, guest, monkeypatch):
        monkeypatch.setattr(pdf, "run_bounded", answering(NO_LIBRARY))
        response = guest.get(reverse("me-pdf"))
        assert response.status_code == 501
        assert "This portal cannot make a PDF" in response.text
        assert reverse("me-print") in response.text

    @pytest.mark.parametrize(("ended_with", "status"), [(-signal.SIGXCPU, 409), (typesetting.TOO_LONG, 409), (1, 500)])
    def test_that_was_given_up_is_said_in_words(self, guest, monkeypatch, ended_with, status):
        monkeypatch.setattr(pdf, "run_bounded", answering(ended_with))
        response = guest.get(reverse("me-pdf"))
        assert response.status_code == status
        assert reverse("me-print") in response.text


def answering(code):
    return lambda *_, **__: SimpleNamespace(returncode=code, stdout=b"", stderr=b"")


class TestFetching:
    PAGE = """<html lang="en"><head><title>x</title><link rel="stylesheet" href="{0}">
        <style>@import url("{0}"); p {{ background: url("{0}"); list-style-image: url("{0}") }}
        @font-face {{ font-family: stolen; src: url("{0}") }}</style></head>
        <body><p style="font-family: stolen">Words <img src="{0}" alt="picture"><object data="{0}"></object>
        <svg width="9" height="9"><image href="{0}" width="9" height="9"/><use href="{0}#x"/></svg></p></body></html>"""

    @pytest.mark.parametrize("where", ["file", "network", "data"])
    def test_nothing_is_fetched(self, tmp_path, where, monkeypatch):
        asked = []
        refuse = Refusing.__call__

        def note(self, url, headers=None):
            asked.append(url)
            return refuse(self, url, headers)

        monkeypatch.setattr(Refusing, "__call__", note)
        monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("it went to the network"))
        (tmp_path / "secret.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>a secret</text></svg>')
        address = {
            "file": (tmp_path / "secret.svg").as_uri(),
            "network": "http://127.0.0.1:9/x.css",
            "data": "data:image/svg+xml,<svg/>",
        }[where]
        text = text_of(typeset(self.PAGE.format(address), ""))
        assert "Words" in text
        assert "secret" not in text
        assert asked


def test_weasyprint_is_imported_only_when_a_pdf_is_asked_for():
    program = "import django, sys; django.setup(); import bpo_portal.urls; sys.exit('weasyprint' in sys.modules)"
    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": ""}
    assert subprocess.run([sys.executable, "-c", program], env=settings).returncode == 0
