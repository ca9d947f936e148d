"""A page that has left the guide, for whoever still has its address: its title, that it is gone, and the nearest ones.

It answers 410: the guide has taken it out on purpose, so that search engines forget it, where a 404 may be a slip of a
hand. Drafts, and what was never published, are not found as ever; nor is a title shown that only HR has seen.
"""

from functools import wraps

from django.db.models import Case, F, When
from django.db.models.functions import Abs
from django.http import Http404
from django.shortcuts import render

from careers.actions.searching import find_nearest
from careers.models import Role

MOST_NEAREST = 4


def or_archived(noun):
    """`@or_archived(Role)` around a view that finds one by its `slug`, or raises 404. Only `public_page` goes above."""

    def decorate(view):
        @wraps(view)
        def page(request, *args, **kwargs):
            try:
                return view(request, *args, **kwargs)
            except Http404:
                row = noun.objects.archived().filter(slug=kwargs["slug"]).first()
                if row is None:
                    raise
                return archived_page(request, row)

        return page

    return decorate


def archived_page(request, row):
    context = {
        "title": row.published_name,
        "kind": row._meta.verbose_name,
        "nearest": nearest(row),
        "list": LISTS[row._meta.model_name],
    }
    response = render(request, "careers/archived.html", context, status=410)
    response["Cache-Control"] = "private, no-cache"  # else a 410 may be kept as long as anybody likes
    return response


LISTS = {name: f"{name}-list" for name in ("role", "skill", "certification", "industry")}


def nearest(row):
    """(title, summary, address) of published ones of its kind: of roles by track and level, else by published name."""
    if isinstance(row, Role):
        elsewhere = Case(When(track=row.track, then=0), default=1)
        rows = Role.objects.published().order_by(elsewhere, Abs(F("level") - row.level), "position", "title")
        return [(one.title, one.summary, one.get_absolute_url()) for one in rows[:MOST_NEAREST]]
    found = find_nearest(row.published_name, kind=row._meta.model_name, most=MOST_NEAREST)
    return [(entry.title, entry.summary, entry.url) for entry in found]
