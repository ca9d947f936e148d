"""What machines ask of the site: robots, the site map, health."""

from django.contrib.sitemaps import GenericSitemap, Sitemap
from django.contrib.sitemaps.views import index as sitemap_index
from django.contrib.sitemaps.views import sitemap
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from careers.guide.models.certifications import Certification
from careers.guide.models.choices import Level
from careers.guide.models.companies import Company
from careers.guide.models.industries import Industry
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.occupations.models import Collection, Occupation
from careers.practice.calls.rules.scripts import SCRIPTS
from careers.runtime.readiness import is_ready, readiness
from careers.web.site_url import site_url_of

A_FILE = 500  # addresses of a file of the site map, so that to ask for one costs little
PAGES = (
    "home",
    "guide-read",
    "role-list",
    "route-map",
    "route-find",
    "match-list",
    "practice-list",
    "card-list",
    "message-list",
    "call-list",
    "practice-typing",
    "practice-entry",
    "exit-list",
    "skill-list",
    "certification-list",
    "industry-list",
    "company-list",
    "book-list",
    "question-list",
)


class PageSitemap(Sitemap):
    def items(self):
        return [(name, ()) for name in PAGES] + [("call-read", (key,)) for key in SCRIPTS]

    def location(self, page):
        name, args = page
        return reverse(name, args=args)


class NounSitemap(GenericSitemap):
    limit = A_FILE
    paginator = cached_property(lambda self: Paginator(self.items(), self.limit))  # counts once

    def __init__(self, rows, *, date_field=None):
        super().__init__({"queryset": rows, "date_field": date_field})


class AboutRoleSitemap(NounSitemap):
    """Pages of a role beside its own, whose URL has the name `page`."""

    def __init__(self, rows, *, page):
        super().__init__(rows)
        self.page = page

    def location(self, role):
        return reverse(self.page, args=[role.slug])


def sitemaps():
    nouns = {
        model._meta.model_name: NounSitemap(model.objects.published().for_site_map(), date_field="updated_at")
        for model in (Role, Skill, Certification, Industry, Company)
    }
    roles = Role.objects.published().for_site_map()
    applying = {
        "apply": AboutRoleSitemap(roles, page="role-apply"),
        "ready": AboutRoleSitemap(roles.filter(level=Level.ENTRY), page="role-ready"),
    }
    catalogue = {
        "collection": NounSitemap(Collection.objects.shown(), date_field="updated_at"),
        "occupation": NounSitemap(Occupation.objects.shown().order_by("code")),
    }
    return {"pages": PageSitemap(), **nouns, **applying, **catalogue}


@require_safe
def site_map(request):
    """All addresses or, where they are more than one file has, the list of its files."""
    maps = sitemaps()
    if sum(part.paginator.count for part in maps.values()) <= A_FILE:
        return sitemap(request, maps)
    return sitemap_index(request, maps, sitemap_url_name="site-map-part")


@require_safe
def site_map_part(request, section):
    return sitemap(request, sitemaps(), section=section)


@require_safe
def robots(request):
    return render(request, "robots.txt", {"site_url": site_url_of(request)}, content_type="text/plain")


@require_safe
def favicon(request):
    """Browsers ask for this address on their own where a page names no icon, as on a text file."""
    return redirect(static("icons/favicon.svg"))


@require_safe
def health(request):
    """200 as long as the process answers, whatever is with the others: for a supervisor, which starts it anew else."""
    return plain("ok")


@require_safe
def ready(request):
    """200 when the portal can serve everybody, 503 when not; a line for each thing that it needs. For a balancer."""
    found = readiness()
    lines = "".join(f"{name}: {state}\n" for name, state in found.items())
    return plain(lines, status=200 if is_ready(found) else 503)


def plain(text, *, status=200):
    return HttpResponse(text, status=status, content_type="text/plain", headers={"Cache-Control": "no-store"})


def bad_request(request, exception):
    """Made without the request: what is wrong with it (a foreign host, a lost session) would break the page too."""
    return HttpResponseBadRequest(render_to_string("400.html"))
