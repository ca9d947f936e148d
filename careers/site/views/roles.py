from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone

from careers.evidence.selectors.fits import role_fit
from careers.guide.models.moves import Move
from careers.guide.models.roles import Role
from careers.guide.rules.comparison import MOST_COMPARED, MOST_IN_WORDS, same_in_all, skill_matrix
from careers.guide.selectors.hiring import apply_list
from careers.guide.selectors.kept import role_cards
from careers.guide.selectors.pay import pay_lines
from careers.guide.selectors.role_facets import SIDES, role_facets
from careers.lib.texts import query_text
from careers.matching.selectors import help_with
from careers.occupations.models import Occupation
from careers.search.forms import roles_to_choose
from careers.search.services.searching import find, find_nearest
from careers.search.views import or_archived
from careers.site.forms.comparison import CompareForm
from careers.site.forms.role_filters import FACETS, RoleFilters
from careers.site.views.lists import page_or_404
from careers.site.views.misses import count_miss
from careers.site.views.role_browser import RoleBrowser
from careers.web.public_pages import public_page, wants_fragment
from careers.web.query import Pages, is_page, is_slug
from careers.web.renamed import or_renamed, slugs_in_query

ROLES_A_PAGE, MOVES_A_PAGE = 24, 60
NOTED = ("nights", "days", "degree")  # facts that have a note, in the order of their rows
DIFFERENCES = "differences"  # `only=differences` leaves out what is the same in all


@public_page("q", "sort", "page", sets=[*FACETS, "shift"])
@slugs_in_query(**{facet: noun for facet, (noun, _, _) in SIDES.items()})
def role_list(request):
    guide = role_facets()
    filters = RoleFilters.read(request.GET, guide.labels)
    found = find(filters.words, kind="role") if filters.words else None
    browser = RoleBrowser(guide, filters, found)
    nearest = []
    if not browser.roles:
        to_ask = browser.ask_first and browser.ask_first["roles"]
        nearest = [] if to_ask else browser.nearest(find_nearest(filters.words, kind="role"))
        count_miss(request, filters.words, filters.in_words())
    page = Paginator(browser.roles, ROLES_A_PAGE).get_page(filters.page)
    page.object_list = role_cards(page.object_list)
    template = "careers/site/roles/browser/_browser.html" if wants_fragment(request) else "careers/site/roles/list.html"
    response = render(request, template, {"browser": browser, "filters": filters, "page": page, "nearest": nearest})
    # So that every miss is counted, and neither nonsense nor an answer of an old index is kept.
    is_understood = not filters.ignored and is_page(request, page)
    response.must_run = not (browser.roles and is_understood and (found is None or found.is_fresh))
    return response


@public_page()
@or_renamed(Role)
@or_archived(Role)
def role_detail(request, slug):
    role = page_or_404(Role, slug)
    fit = role_fit(profile=request.profile, role=role) if request.profile else None
    help = help_with(fit, profile=request.profile, today=timezone.localdate()) if fit else None
    context = {"role": role, "fit": fit, "help": help, "occupation": Occupation.objects.shown().counted_as(role)}
    return render(request, "careers/site/roles/detail.html", context)


@public_page("only", "find", lists=["role"])
@slugs_in_query(role=Role)
def role_compare(request):
    slugs = list(dict.fromkeys(slug for slug in request.GET.getlist("role") if is_slug(slug)))
    found = {
        role.slug: role for role in Role.objects.published().for_detail().with_next_roles().filter(slug__in=slugs[:50])
    }
    roles = [found[slug] for slug in slugs if slug in found][:MOST_COMPARED]
    context = {
        "roles": roles,
        "title": f"{' and '.join(role.title for role in roles)}, compared" if roles else "Compare roles",
        **compared(roles, only_differences=request.GET.get("only") == DIFFERENCES),
        "missing": len(slugs) - len(found),
        "too_many": len(found) > MOST_COMPARED,
        "most": MOST_IN_WORDS,
        "form": compare_form(roles, words=query_text(request.GET.get("find", ""))),
    }
    response = render(request, "careers/site/roles/compare.html", context)
    is_understood = len(slugs) == len(roles) and request.GET.get("only", "") in ("", DIFFERENCES)
    response.must_run = not is_understood  # nonsense is not kept
    return response


@public_page("page")
@or_renamed(Role)
@or_archived(Role)
def role_moves(request, slug):
    """All moves from a role and to it, where its page has only the first ones."""
    role = page_or_404(Role, slug)
    moves = Move.objects.published().around(role).for_ways()
    pages = Pages(request, moves, a_page=MOVES_A_PAGE)
    response = render(request, "careers/site/roles/moves.html", {"role": role, "page": pages.page, "pages": pages})
    response.must_run = not pages.is_understood
    return response


@public_page()
@or_renamed(Role)
@or_archived(Role)
def role_apply(request, slug):
    """The papers to have ready and the companies' own pages, short enough for a phone on the way to the interview."""
    role = page_or_404(Role, slug)
    return render(request, "careers/site/roles/apply/page.html", {"role": role, "list": apply_list(role)})


def compare_form(chosen, *, words):
    to_choose = roles_to_choose(words=words, chosen=[role.pk for role in chosen])
    return CompareForm(to_choose=to_choose, initial={"role": [role.slug for role in chosen], "find": words})


def compared(roles, *, only_differences):
    """Return `skill_rows`; `noted_rows` as (name, [(role, fact, note)]); `pay` as (role, lines), empty where none has
    any or it is left out; `same` and `left_out`, the names of facts that are the same in all, and of those that the
    page leaves out; and the addresses of the whole table and of what differs.

    Costs no query on roles fetched `for_detail().with_next_roles()`.
    """
    asked = [{row.skill: (row.proficiency, row.is_essential) for row in role.role_skills.all()} for role in roles]
    matrix = skill_matrix(asked)
    same = same_in_all([compared_facts(role) for role in roles])
    same_skills = {skill for skill, cells in matrix if len(set(cells)) == 1} if len(roles) > 1 else set()
    left_out = same if only_differences else set()
    whole, lines = [("role", role.slug) for role in roles], pay_lines(roles)
    return {
        "pay": [(role, lines[role.pk]) for role in roles] if any(lines.values()) and "pay" not in left_out else [],
        "skill_rows": [
            (skill, zip(roles, cells, strict=True))
            for skill, cells in matrix
            if not (only_differences and skill in same_skills)
        ],
        "noted_rows": [
            (name.capitalize(), [(role, *noted_facts(role)[name]) for role in roles])
            for name in NOTED
            if name not in left_out
        ],
        "left_out": left_out,
        "same_count": len(same) + len(same_skills),
        "only_differences": only_differences,
        "whole_query": urlencode(whole),
        "differences_query": urlencode([*whole, ("only", DIFFERENCES)]),
    }


def noted_facts(role):
    """{each of `NOTED`: (what readers are told, the note to it)}"""
    return {
        "nights": (role.nights_text, role.nights_note),
        "days": (role.days_text, role.days_note),
        "degree": (role.get_degree_display(), role.degree_note),
    }


def compared_facts(role):
    """{name of a row: what it says of `role`}, in values that are equal where the rows read alike."""
    return {
        "line": (role.track, role.level),
        "work_type": role.work_type,
        **noted_facts(role),
        "experience": role.experience,
        "pay": frozenset(figure.fact for figure in role.pay_figures.all()),
        "leads_to": frozenset(move.to_role_id for move in role.ways_on),
        "metrics": frozenset(row.metric_id for row in role.role_metrics.all()),
        "certifications": frozenset(row.certification_id for row in role.role_certifications.all()),
        "industries": frozenset(industry.pk for industry in role.industries.all()),
        "source": (role.source_name, role.checked_text),
    }
