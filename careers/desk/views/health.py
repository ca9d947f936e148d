"""Pages of the desk that are about the guide as a whole. They show numbers of people, and never a person."""

import csv

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers.desk.rules.health import cell
from careers.desk.selectors.checks import CHECKS
from careers.desk.selectors.figures import all_figures
from careers.desk.selectors.health import HealthList, nouns_for
from careers.desk.selectors.links import LISTS, listed_links, page_of_links
from careers.desk.services.log import note_sheet
from careers.guide.models.desk.drafts import DeskAction

ON_A_PAGE = 50
FIGURES = "What people do with the guide"


def nouns_or_403(request):
    nouns = nouns_for(request.user)
    if not nouns:
        raise PermissionDenied
    return nouns


@require_safe
def guide_health(request):
    nouns, today = nouns_or_403(request), timezone.localdate()
    context = {
        "title": "Health of the guide",
        "listed": [check.listed(nouns, today) for check in CHECKS.values()],
        "links": [listed_links(slug) for slug in LISTS],
        "figures": all_figures(),
    }
    return render(request, "careers/desk/health.html", {**admin.site.each_context(request), **context})


@require_safe
def guide_health_list(request, check):
    nouns, today, asked = nouns_or_403(request), timezone.localdate(), CHECKS.get(check)
    if asked is None:
        raise Http404
    page = Paginator(asked.found(nouns, today), ON_A_PAGE).get_page(request.GET.get("page"))
    listed = HealthList(check, asked.title, asked.meaning, page.paginator.count, asked.findings(list(page), today))
    context = {"title": asked.title, "listed": listed, "page": page}
    return render(request, "careers/desk/health_list.html", {**admin.site.each_context(request), **context})


@require_safe
def guide_links(request, kind):
    nouns_or_403(request)
    if kind not in LISTS:
        raise Http404
    listed, page = page_of_links(kind, request.GET.get("page"), size=ON_A_PAGE)
    context = {"title": listed.title, "listed": listed, "page": page}
    return render(request, "careers/desk/health_links.html", {**admin.site.each_context(request), **context})


@require_safe
def guide_figures(request):
    """The numbers behind the bars as CSV. Whoever takes them stands in the log."""
    nouns_or_403(request)
    if request.method == "GET":
        note_sheet(DeskAction.What.EXPORTED, FIGURES, by=request.user)
    headers = {"Content-Disposition": 'attachment; filename="figures.csv"', "X-Content-Type-Options": "nosniff"}
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8", headers=headers)
    sheet = csv.writer(response)
    sheet.writerow(["Figure", "Page", "People"])
    for figures in all_figures():
        sheet.writerows([cell(figures.title), cell(bar.name), bar.people] for bar in figures.bars)
    return response
