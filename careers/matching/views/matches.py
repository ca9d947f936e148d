"""Roles ranked for the person who asks. Of somebody nothing is known of it asks three questions instead of guessing."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from careers.evidence.forms import FirstRatingForm
from careers.evidence.rules.matching import ESSENTIAL, RULES, Band
from careers.evidence.selectors.levels import levels_by_key
from careers.evidence.services import rate_skills, standing_ratings
from careers.guide.selectors.role_facets import role_facets
from careers.matching.forms import MatchFilters
from careers.matching.selectors import first_questions, matches_of, said_of
from careers.matching.views.browser import MatchBrowser
from careers.people.views.same_origin import from_our_page
from careers.people.views.writing import writing
from careers.routes.selectors.starts import slug_of, start_of
from careers.web.private import keep_private
from careers.web.public_pages import public_page

MATCHES_A_PAGE = 24
RULE = {"weight": ESSENTIAL, "now": RULES[Band.FITS_NOW], "reach": RULES[Band.WITHIN_REACH]}


@public_page()  # to a visitor without a session the questions, whatever the address says
def match_list(request):
    profile = request.profile
    matches = matches_of(profile=profile, today=timezone.localdate()) if profile else None
    if not (matches and matches.ranked):
        return questions_page(request, first_form(profile))
    said = said_of(profile)
    browser = MatchBrowser(matches, MatchFilters.read(request.GET, said), said)
    page = Paginator(browser.ranked, MATCHES_A_PAGE).get_page(browser.filters.page)
    context = {"browser": browser, "page": page, "bands": browser.by_band(page.object_list), "rule": RULE}
    return render(request, "careers/matching/list.html", {**context, "start": start_of_routes(profile)})


def ask_rate(request):
    if request.method != "POST" and not first_form(request.profile, request.GET).is_valid():
        return None
    return {"question": "Rate these skills?", "verb": "Show my matches", "back": reverse("match-list")}


@from_our_page(ask_rate)
def match_rate(request):
    if request.method != "POST":
        return redirect("match-list")
    form = first_form(request.profile, request.POST)
    if not form.is_valid():
        return keep_private(questions_page(request, form))
    with writing(request) as profile:
        rate_skills(profile=profile, ratings=form.ratings, today=timezone.localdate(), now=timezone.now())
    return keep_private(redirect("match-list"))


def first_form(profile, sent=None):
    standing, levels = standing_ratings(profile), levels_by_key(profile)
    return FirstRatingForm(sent, skills=first_questions(), standing=standing, levels=levels)


def questions_page(request, form):
    return render(request, "careers/matching/questions.html", {"form": form})


def start_of_routes(profile):
    """The planner's word for where this person starts. Empty where nobody knows, or that role is not published."""
    return slug_of(role_facets().places, start_of(profile)) or ""
