"""“My plan” on paper: everything of it as one page to print, and the same page as a PDF."""

from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers.dashboard.selectors.certificates import Certificates, shown_of
from careers.dashboard.selectors.events import events_of
from careers.dashboard.selectors.pdf import refuse_early
from careers.dashboard.views.dashboard import saved_part, what_is_next
from careers.dashboard.views.put_off import put_off
from careers.evidence.selectors.fits import target_fit
from careers.lib.hours import in_hours
from careers.people.selectors.steps import meter_of
from careers.people.views.requests import own_page
from careers.plans.study.selectors import study_overview
from careers.routes.selectors.goal_page import goal_state
from careers.runtime.pdfs import NoPdf, pdf_of
from careers.web.no_pdf import OnPaper, instead_of_pdf, pdf_response

FILE_NAME, SHEET = "my-plan.pdf", "css/paper.css"
PAPER = OnPaper(pdf="me-pdf", print="me-print", page="me-dashboard", label="My plan")


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
        page = render_to_string("careers/dashboard/paper/pdf.html", everything(request))
        return pdf_response(pdf_of(page, whose=request.profile.pk, sheet=SHEET), FILE_NAME)
    except NoPdf as why:
        return instead_of_pdf(request, why, PAPER)


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
