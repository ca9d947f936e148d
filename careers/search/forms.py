"""To choose from roles or certifications: from all of them or, where that were a long list, from those that words find.

Without a script: who looks for words presses the form's button, and the list has what they found.
"""

from typing import NamedTuple

from django import forms
from django.db.models import QuerySet

from careers.fields.forms import LineField
from careers.guide.models.certifications import Certification
from careers.guide.selectors.role_facets import role_facets
from careers.search.services.searching import find

MOST_LISTED, MOST_FOUND = 60, 12  # of a noun to choose from, all or found
NONE_FOUND = "Nothing is found by these words. Try others."


class RoleChoice(NamedTuple):
    pk: int
    slug: str
    title: str
    level: int


class RolesToChoose(NamedTuple):
    """`is_searched` where they are not all; `has_missed` where words found none."""

    roles: list[RoleChoice]
    is_searched: bool
    has_missed: bool


class CertificationsToChoose(NamedTuple):
    """The same of certifications, of which `rows` are a queryset."""

    rows: QuerySet[Certification]
    is_searched: bool
    has_missed: bool


def roles_to_choose(*, words="", chosen=()):
    """Published roles in the guide's order or, where they are many, those of the keys `chosen` and those of `words`.

    No query where they are few.
    """
    places = role_facets().places
    is_searched = len(places.order) > MOST_LISTED
    keys, found = places.by_level, []
    if is_searched:
        found = found_by(words, "role")
        keys = dict.fromkeys([*chosen, *found])
    order = places.order
    roles = [RoleChoice(key, order[key].slug, order[key].title, order[key].level) for key in keys if key in order]
    return RolesToChoose(roles, is_searched, bool(words) and is_searched and not found)


def certifications_to_choose(*, words="", chosen=()):
    """The same of published certifications. One query, and those of a search where they are many."""
    rows, found = Certification.objects.published().in_order(), []
    is_searched = rows.count() > MOST_LISTED
    if is_searched:
        found = found_by(words, "certification")
        rows = rows.filter(pk__in=[*chosen, *found])
    return CertificationsToChoose(rows, is_searched, bool(words) and is_searched and not found)


def found_by(words, kind):
    return [entry.object_pk for entry in find(words, kind=kind).entries[:MOST_FOUND]] if words else []


def look_for(button, *, has_missed=False, noun="role"):
    """The field for the words. `button` is the one to press."""
    return LineField(
        max_length=200,
        label=f"Look for a {noun}",
        help_text=NONE_FOUND if has_missed else f"Press “{button}”: those that we find stand below, to be chosen.",
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
