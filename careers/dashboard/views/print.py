"""“My plan” on paper: everything of it as one page to print, and the same page as a PDF."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers.dashboard.selectors.certificates import Certificates, shown_of
from careers.dashboard.selectors.events import events_of
from careers.dashboard.selectors.pdf import BeingMade, Busy, Failed, NoLibrary, NoPdf, TooLong, pdf_of, refuse_early
from careers.dashboard.views.dashboard import saved_part, what_is_next
from careers.dashboard.views.put_off import put_off
from careers.evidence.selectors.fits import target_fit
from careers.lib.hours import in_hours
from careers.people.selectors.steps import meter_of
from careers.people.views.requests import own_page
from careers.plans.study.selectors import study_overview
from careers.routes.selectors.goal_page import goal_state

FILE_NAME = "my-plan.pdf"
PRINT_IT = "Your browser can: open the page to print, choose “Print” and save it as a PDF."
# What is said instead of a PDF (heading, text, and the words of a button that asks again), with which status, and what
# a browser is told to do then.
INSTEAD = {
    BeingMade: (
        "Your PDF is being made",
        "A long plan takes some seconds. This page looks again every three seconds, until it is there.",
        "Look again",
        202,
        {"Refresh": "3"},
    ),
    Busy: (
        "Other PDFs are being made",
        "Yours can be made in some seconds: try again then.",
        "Try again",
        503,
        {"Retry-After": "10"},
    ),
    TooLong: ("“My plan” is too long for a PDF", f"It would take minutes. {PRINT_IT}", "", 409, {}),
    Failed: ("Your PDF could not be made", f"Something of it went wrong here. {PRINT_IT}", "", 500, {}),
    NoLibrary: ("This portal cannot make a PDF", f"Its machine has no program for it. {PRINT_IT}", "", 501, {}),
}


@own_page
@require_safe
def me_print(request):
    return render(request, "careers/dashboard/paper/print.html", everything(request))


@own_page
@require_safe
def me_pdf(request):
    if not request.profile:
        return redirect("me-print")
    try:
        refuse_early(request.profile)
        pdf = pdf_of(render_to_string("careers/dashboard/paper/pdf.html", everything(request)), profile=request.profile)
    except NoPdf as why:
        return instead_of_pdf(request, type(why))
    shown = {"Content-Disposition": f'inline; filename="{FILE_NAME}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(pdf, content_type="application/pdf", headers=shown)


def instead_of_pdf(request, why):
    heading, text, again, status, headers = INSTEAD[why]
    words = {"heading": heading, "text": text, "again": again}
    response = render(request, "careers/dashboard/paper/no_pdf.html", words, status=status)
    for name, value in headers.items():
        response[name] = value
    return response


def everything(request):
    """Return the next action, plans with their steps, certificates, the route, the days to come and the hours.

    Some thirty queries.
    """
    profile, now, today = request.profile, timezone.now(), timezone.localdate()
    every = Certificates(profile, now=now, today=today, put_off=put_off(request, today=today))
    known = {"goal": goal_state(profile=profile, today=today), "target": target_fit(profile=profile)}
    rows = every.rows(every.tracked)
    study = study_overview(profile, today, plans=[row.plan for row in rows])
    return {
        "today": today,
        "profile": profile,
        "rows": rows,
        "held": every.held_rows(list(every.untracked)),
        "dropped": every.dropped,
        "next": what_is_next(
            **known, **saved_part(profile), meter=meter_of(profile), plans=shown_of(every), today=today
        ),
        **known,
        "coming": events_of(profile, today, now=now),
        "study": study,
        "weeks": [(week.begins, in_hours(week.minutes)) for week in study.weeks],
    }
