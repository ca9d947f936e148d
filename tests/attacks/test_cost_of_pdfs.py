"""A PDF of "My plan" costs as much as it is long, takes no thread of the server, and never more than its bounds."""

import os
import re
import resource
import subprocess
import sys
import threading
from time import monotonic, sleep
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from careers.dashboard.views.print import SHEET, everything
from careers.lib.bounds import COMES_LAST
from careers.lib.typesetting import SECONDS
from careers.plans.models import PlanStep
from careers.runtime import pdfs as pdf
from careers.runtime.bounded import run_bounded
from tests import factories as make
from tests.paper import forget_pdfs, pdf_for


@pytest.fixture(autouse=True)
def _nothing_is_kept():
    forget_pdfs()


def work_of_programs():
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


def page_of(profile, *, plans, steps):
    """All steps have a day, so that each is also a row of the days to keep in mind."""
    for number in range(plans):
        plan = make.make_plan(profile, title=f"Plan {number}")
        titles = [f"Step {place} of what there is to read" for place in range(steps)]
        PlanStep.objects.bulk_create(
            PlanStep(plan=plan, position=place, title=title, hours=4, due_on=timezone.localdate())
            for place, title in enumerate(titles)
        )
    request = RequestFactory().get(reverse("me-pdf"))
    request.profile, request.session = profile, {}
    return render_to_string("careers/dashboard/paper/pdf.html", everything(request))


def cost_of(html):
    begun = work_of_programs()
    assert pdf.typeset(html, SHEET).startswith(b"%PDF-")
    return work_of_programs() - begun


def test_what_is_bounded_gives_way_to_pages_from_its_first_moment():
    """Not only once it has loaded its libraries, which takes longer than to clean most files."""
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert int(run_bounded("tests.attacks.niceness", b"", seconds=30).stdout) == min(19, own + COMES_LAST)


@pytest.mark.soak  # a busy machine doubles a second of work; over many it evens out
@pytest.mark.django_db
def test_a_line_of_a_long_plan_costs_what_a_line_of_a_short_one_does():
    short, long = (page_of(make.make_profile(), plans=plans, steps=20) for plans in (12, 72))
    start, of_short = (min(cost_of(page) for _ in range(3)) for page in ("<p>Words</p>", short))
    assert (cost_of(long) - start) / (of_short - start) < 2 * len(long) / len(short)


def test_no_table_asks_all_its_cells_how_wide_it_is():
    """WeasyPrint would ask all that are still to come anew on each sheet."""
    sheet = pdf.sheet_text(SHEET)
    assert re.search(r"^table {[^}]*table-layout: fixed;", sheet, re.MULTILINE)
    assert "table-layout: auto" not in sheet


@pytest.mark.soak
@pytest.mark.django_db
@pytest.mark.parametrize("plans", [1, 50, 100])
def test_the_longest_that_is_taken_is_made_within_its_bounds(plans):
    html = page_of(make.make_profile(), plans=plans, steps=30)
    begun = monotonic()
    work = cost_of(html)
    print(f"{plans} plans, {len(html)} characters: {work:.1f} s of work, {monotonic() - begun:.1f} s")
    assert work < SECONDS


@pytest.fixture
def held_up(monkeypatch):
    """PDFs that are made when the test says so, and nobody waits long for them."""
    go, begun = threading.Event(), []

    def make_when_told(module, content, *, seconds):
        begun.append(content)
        assert go.wait(30)
        return SimpleNamespace(returncode=0, stdout=b"%PDF- made", stderr=b"")

    monkeypatch.setattr(pdf, "run_bounded", make_when_told)
    monkeypatch.setattr(pdf, "WAIT", 0.05)
    yield SimpleNamespace(go=go, begun=begun)
    go.set()
    forget_pdfs()


@pytest.mark.django_db
def test_who_asks_again_and_again_has_one_made_and_holds_no_thread(guest, held_up):
    make.make_plan(guest.profile)
    begun = monotonic()
    answers = [guest.get(reverse("me-pdf")) for _ in range(6)]
    assert monotonic() - begun < 5
    assert {answer.status_code for answer in answers} == {202}
    assert {answer["Refresh"] for answer in answers} == {"3"}
    assert "Your PDF is being made" in answers[0].text
    assert len(held_up.begun) == 1
    held_up.go.set()
    assert pdf_for(guest).content == b"%PDF- made"
    assert guest.get(reverse("me-pdf")).status_code == 200
    assert len(held_up.begun) == 1, "the same page is not made twice within a minute"


@pytest.mark.django_db
def test_what_was_changed_meanwhile_is_in_the_pdf(guest, held_up):
    plan = make.make_plan(guest.profile, title="Green Belt")
    assert guest.get(reverse("me-pdf")).status_code == 202
    plan.steps.create(position=1, title="Added meanwhile")
    held_up.go.set()
    assert pdf_for(guest).status_code == 200
    assert "Added meanwhile" in held_up.begun[-1].decode()


@pytest.mark.django_db
def test_few_are_made_at_once_and_others_are_told_so(guest, held_up):
    for _ in range(pdf.AT_ONCE):
        with pytest.raises(pdf.BeingMade):
            pdf.pdf_of("<p>Words</p>", whose=make.make_profile().pk, sheet=SHEET)
    make.make_plan(guest.profile)
    response = guest.get(reverse("me-pdf"))
    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert "Other PDFs are being made" in response.text
    held_up.go.set()
    until = monotonic() + 10
    while (response := guest.get(reverse("me-pdf"))).status_code in (202, 503) and monotonic() < until:
        sleep(0.05)
    assert response.status_code == 200


@pytest.mark.django_db
def test_few_of_them_are_kept(monkeypatch):
    made = SimpleNamespace(returncode=0, stdout=b"%PDF-", stderr=b"")
    monkeypatch.setattr(pdf, "run_bounded", lambda *_, **__: made)
    for _ in range(pdf.MOST_KEPT + 5):
        pdf.pdf_of("<p>Words</p>", whose=make.make_profile().pk, sheet=SHEET)
    assert len(pdf.MAKING) <= pdf.MOST_KEPT
    monkeypatch.setattr(pdf, "KEPT", 0)
    pdf.forget_old()
    assert not pdf.MAKING


def test_the_program_that_makes_them_is_bounded():
    asked = "import io, resource, sys; from careers.lib import typesetting; sys.stdin = io.StringIO('{}'); "
    asked += "typesetting.library = lambda: None; typesetting.main(); "
    asked += "print(*(resource.getrlimit(getattr(resource, f'RLIMIT_{name}'))[0] for name in ('AS', 'CPU', 'FSIZE')))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2000000000", "60", "0"]
    assert done.stderr.startswith("TypeError\n")


def test_what_takes_all_its_memory_or_time_ends_as_too_long():
    asked = "import sys; from careers.lib import typesetting; "
    asked += "typesetting.MEMORY, typesetting.SECONDS = {}; typesetting.typeset = {}; sys.exit(typesetting.main())"
    for bounds, work in (
        ((2_000_000_000, 1), "lambda: [0 for _ in iter(int, 1)]"),
        ((1_500_000_000, 60), "lambda: 'x' * 10**10"),
    ):
        command = [sys.executable, "-c", asked.format(bounds, work)]
        code = subprocess.run(command, input="{}", capture_output=True, text=True).returncode
        assert code < 0 or code == 4
