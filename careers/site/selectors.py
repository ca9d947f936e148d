"""Which page of those that everybody sees an address leads to."""

from collections.abc import Callable
from typing import Any

from django.urls import Resolver404, ResolverMatch, resolve

from careers.guide.models.certifications import Certification
from careers.guide.models.choices import Level
from careers.guide.models.companies import Company
from careers.guide.models.industries import Industry
from careers.guide.models.moves import Move
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.occupations.models import Occupation
from careers.practice.calls.rules.scripts import SCRIPTS
from careers.web.public_pages import parameters_of
from careers.web.renamed import paths_of_today

# Whose are the pages of one thing each, by the names of their addresses.
SHOWN: dict[str, Any] = {
    "role-detail": Role.objects.published,
    "role-moves": Role.objects.published,
    "role-apply": Role.objects.published,
    "role-ready": lambda: Role.objects.published().filter(level=Level.ENTRY),
    "skill-detail": Skill.objects.published,
    "certification-detail": Certification.objects.published,
    "industry-detail": Industry.objects.published,
    "company-detail": Company.objects.published,
    "occupation-detail": Occupation.objects.shown,
}
PARTS = {"search-suggest"}  # pieces of pages


def has_way_out(anchor: str) -> bool:
    """Whether some role leads to the destination of this anchor."""
    return any(move.anchor == anchor for move in Move.objects.published().exits().only("destination"))


def has_script(call: str) -> bool:
    """Whether there is such a mock call."""
    return call in SCRIPTS


# Pages of something that has no row of its own.
WITHOUT_ROW: dict[str, Callable[..., bool]] = {"exit-read": has_way_out, "call-read": has_script}


def is_public_page(path: str) -> bool:
    """Whether everybody finds a page at this path now."""
    match = public_match(path)
    if match is not None and match.url_name in WITHOUT_ROW:
        return WITHOUT_ROW[match.url_name](**match.kwargs)
    return match is not None and (not match.kwargs or thing_at(match) is not None)


def public_path(path: str) -> str:
    """The path at which everybody finds now what had this one; empty where nobody finds it."""
    if is_public_page(path):
        return path
    today = paths_of_today([path]).get(path, "")
    return today if today and is_public_page(today) else ""


def public_match(path: str) -> ResolverMatch | None:
    """None for what is no path of a public page, whether or not there is a thing of that name."""
    try:
        if parameters_of(path) is None:
            return None
        match = resolve(path)
    except (Resolver404, UnicodeError):
        return None
    return None if match.url_name in PARTS else match


def thing_at(match: ResolverMatch) -> Any:
    """The published thing that a page is about, None where there is none."""
    return things_at({"": match}).get("")


def things_at(matches: dict[str, ResolverMatch]) -> dict[str, Any]:
    """{key: published thing} of those `matches` that have one. A query for each noun, however many there are."""
    asked: dict[tuple[str, str], dict[Any, list[str]]] = {}  # by the name of the address and of the field in it
    for key, match in matches.items():
        if match.url_name in SHOWN:
            [(field, value)] = match.kwargs.items()
            asked.setdefault((match.url_name, field), {}).setdefault(value, []).append(key)
    found = {}
    for (url_name, field), keys in asked.items():
        for thing in SHOWN[url_name]().filter(**{f"{field}__in": keys}):
            found |= dict.fromkeys(keys[getattr(thing, field)], thing)
    return found
