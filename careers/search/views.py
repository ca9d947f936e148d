"""A page that has left the guide, for whoever still has its address: its title, that it is gone, and the nearest ones.

It answers 410: the guide has taken it out on purpose, so that search engines forget it, where a 404 may be a slip of a
hand. Drafts, and what was never published, are not found as ever; nor is a title shown that only HR has seen.
"""

from functools import wraps

from django.db.models import Case, Count, F, Q, When
from django.db.models.functions import Abs
from django.http import Http404
from django.shortcuts import render

from careers.guide.models.roles import Role
from careers.search.services.searching import find_nearest

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
        "nearest": filled_up(nearest(row), row),
        "list": LISTS[row._meta.model_name],
    }
    response = render(request, "careers/web/archived.html", context, status=410)
    response["Cache-Control"] = "private, no-cache"  # else a 410 may be kept as long as anybody likes
    return response


LISTS = {name: f"{name}-list" for name in ("role", "skill", "certification", "industry", "company")}


def nearest(row):
    """(title, summary, address) of published ones of its kind: of roles by track and level, else by published name."""
    if isinstance(row, Role):
        elsewhere = Case(When(track=row.track, then=0), default=1)
        rows = Role.objects.published().order_by(elsewhere, Abs(F("level") - row.level), "position", "title")
        return [(one.title, one.summary, one.get_absolute_url()) for one in rows[:MOST_NEAREST]]
    found = find_nearest(row.published_name, kind=row._meta.model_name, most=MOST_NEAREST)
    return [(entry.title, entry.summary, entry.url) for entry in found]


def filled_up(found, row):
    """`found`, then what is near `row` by content: by skills or roles in common, then its kind, then in order."""
    if isinstance(row, Role):
        return found
    rows = NEAR_BY_CONTENT[row._meta.model_name](row)[: 2 * MOST_NEAREST]
    present = {url for _, _, url in found}
    near = [(str(one), one.summary, one.get_absolute_url()) for one in rows if one.get_absolute_url() not in present]
    return [*found, *near][:MOST_NEAREST]


def near_certifications(row):
    shared = Count("credits", filter=Q(credits__skill__in=row.credits.values("skill")))
    return in_common(row, shared, Case(When(kind=row.kind, then=0), default=1))


def near_skills(row):
    """By the published roles that ask for both."""
    roles = Role.objects.published().filter(role_skills__skill=row).values("pk")
    return in_common(row, Count("role_skills", filter=Q(role_skills__role__in=roles)))


def near_industries(row):
    roles = Role.objects.published().filter(industries=row).values("pk")
    return in_common(row, Count("roles", filter=Q(roles__in=roles)))


def near_companies(row):
    """By the roles for which both hire."""
    return in_common(row, Count("hirings", filter=Q(hirings__role__in=row.hirings.values("role"))))


def in_common(row, shared, *then):
    noun = type(row)
    return noun.objects.published().annotate(shared=shared).order_by("-shared", *then, *noun._meta.ordering)


NEAR_BY_CONTENT = {
    "certification": near_certifications,
    "skill": near_skills,
    "industry": near_industries,
    "company": near_companies,
}
