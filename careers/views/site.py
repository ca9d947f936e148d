"""What machines ask of the site: robots, the site map, health."""

from django.contrib.sitemaps import GenericSitemap, Sitemap
from django.db import connection
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from careers.models import Certification, Collection, Industry, Occupation, Role, Skill
from careers.views.addresses import site_address

PAGES = (
    "home",
    "guide-read",
    "role-list",
    "path-map",
    "path-plan",
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
    return render(request, "robots.txt", {"site": site_address(request)}, content_type="text/plain")


@require_safe
def favicon(request):
    """Browsers ask for this address on their own where a page names no icon, as on a text file."""
    return redirect(static("icons/favicon.svg"))


@require_safe
def health(request):
    """200 when the database answers; for a proxy or a supervisor."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def bad_request(request, exception):
    """Made without the request: what is wrong with it (a foreign host, a lost session) would break the page too."""
    return HttpResponseBadRequest(render_to_string("400.html"))
