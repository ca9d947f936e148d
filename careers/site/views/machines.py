"""What machines ask of the site: robots, the site map, health."""

from django.contrib.sitemaps import GenericSitemap, Sitemap
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from careers.guide.models.certifications import Certification
from careers.guide.models.industries import Industry
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.occupations.models import Collection, Occupation
from careers.runtime.readiness import is_ready, readiness
from careers.web.site_url import site_url_of

PAGES = (
    "home",
    "guide-read",
    "role-list",
    "route-map",
    "route-find",
    "match-list",
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
        return PAGES

    def location(self, name):
        return reverse(name)


def noun_sitemap(rows):
    return GenericSitemap({"queryset": rows, "date_field": "updated_at"})


def sitemaps():
    nouns = {
        model._meta.model_name: noun_sitemap(model.objects.published())
        for model in (Role, Skill, Certification, Industry)
    }
    catalogue = {
        "collection": noun_sitemap(Collection.objects.shown()),
        "occupation": GenericSitemap({"queryset": Occupation.objects.shown().order_by("code")}),
    }
    return {"pages": PageSitemap(), **nouns, **catalogue}


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
