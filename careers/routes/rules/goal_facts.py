"""What the guide says of each move of a goal's route, and what it says differently later.

The facts of a route are one `guide.rules.changes` snapshot for each of its moves, in their order. Skills stand under
their addresses, with their names beside, so that a new name is no other skill.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from careers.guide.rules.changes import LABELS, FactChange, Facts, changes
from careers.lib.months import Months, months_in_words

# Each begins the name of a fact; the certification's title follows.
FEE, HOURS, CREDITS = "fee of ", "hours of ", "credits of "
TOLD_OF_EACH = {FEE: "Fee of", HOURS: "Hours for", CREDITS: "Shown by"}
HERE, GONE = "In the guide", "No longer in the guide"
ESTIMATE = ", our estimate"
ROUTE_LABELS = {
    "start": "From",
    "title": "To",
    "kind": "Kind of move",
    "track": "Line",
    "gained_by": "How one gets it",
    "how": "In words",
    "months": "Months",
    "months_note": "About the months",
    "start_skills": "Skills asked where you start",
    "skills": LABELS["skills"],
    "certifications": "Certifications recommended for it",
}
Skills = Mapping[str, tuple[int, bool]]


@dataclass(frozen=True)
class OfferFacts:
    """A certification that the guide recommends for a move. `fee` is in words, empty where not known."""

    title: str
    fee: str = ""
    amount: Decimal | None = None
    currency: str = ""
    hours: str = ""  # in words
    known_hours: Decimal | None = None
    credits: Mapping[str, int] = field(default_factory=dict)  # address of a skill → the proficiency it shows


@dataclass(frozen=True)
class Difference:
    """One move of the route that the guide says otherwise. `said` is of the whole move, empty if it stays."""

    start: str
    end: str
    changes: tuple[FactChange, ...]
    place: int = 0
    said: str = ""


def move_facts(
    *,
    start: str,
    end: str,
    kind: str,
    track: tuple[str, str] = ("", ""),
    gained_by: str = "",
    how: str = "",
    months: Months | None = None,
    is_estimate: bool = False,
    months_note: str = "",
    skills: Skills,
    start_skills: Skills | None = None,
    names: Mapping[str, str],
    offers: Sequence[OfferFacts] = (),
) -> dict[str, object]:
    """Return the facts of a move that the guide has.

    `skills` is address → what is asked, `names` address → name; `track` its value and its name. `start_skills` are
    told of the first move alone: what the start of any other asks for is what the move before leads to.
    """
    facts: dict[str, object] = {
        "move": HERE,
        "start": start,
        "title": end,
        "kind": kind,
        "line": track[0],
        "track": track[1],
        "gained_by": gained_by,
        "how": how,
        "months": months_in_words(months) + (ESTIMATE if months and is_estimate else ""),
        "months_note": months_note,
        "skills": {slug: list(asked) for slug, asked in skills.items()},
        "names": dict(names),
        "certifications": [one.title for one in offers],
        "prices": {one.title: [text_of(one.amount), one.currency, text_of(one.known_hours)] for one in offers},
    }
    if start_skills is not None:
        facts["start_skills"] = {slug: list(asked) for slug, asked in start_skills.items()}
    for one in offers:
        facts |= {f"{FEE}{one.title}": one.fee, f"{HOURS}{one.title}": one.hours}
        facts[f"{CREDITS}{one.title}"] = dict(one.credits)
    return facts


def text_of(number: Decimal | None) -> str:
    return "" if number is None else str(number)


def number_of(text: object) -> Decimal | None:
    """Read what `text_of` wrote; None for nothing, and for what only a damaged snapshot has."""
    try:
        return Decimal(text) if isinstance(text, str) and text else None
    except InvalidOperation:
        return None


def gone(seen: Facts) -> dict[str, object]:
    """The facts of a move that the guide has no longer: as they were last seen, and that."""
    return {**seen, "move": GONE}


def is_gone(facts: Facts) -> bool:
    return facts.get("move") == GONE


def differences(seen: Sequence[Facts], now: Sequence[Facts]) -> list[Difference]:
    """Move by move; of moves that only one of the two knows nothing is said."""
    found = []
    for place, (before, after) in enumerate(zip(seen, now, strict=False)):
        names = {**names_in(before), **names_in(after)}
        told = changes(with_names(before, names), with_names(after, names), labels=labels_of(before, after))
        said = said_of_all(before, after)
        if told or said:
            all_told = tuple(priced(one, after) for one in told)
            found.append(Difference(str(after.get("start", "")), str(after.get("title", "")), all_told, place, said))
    return found


def said_of_all(before: Facts, after: Facts) -> str:
    if "move" not in before or is_gone(before) == is_gone(after):
        return ""
    return "HR took this move out of the guide." if is_gone(after) else "This move is in the guide again."


def names_in(facts: Facts) -> dict[str, str]:
    names = facts.get("names")
    return {str(slug): str(name) for slug, name in names.items()} if isinstance(names, Mapping) else {}


def with_names(facts: Facts, names: Mapping[str, str]) -> dict[str, object]:
    """With each skill under its newest name; what a certification shows as texts, “Coaching 3”."""
    named = dict(facts)
    for fact, skills in facts.items():
        if isinstance(skills, Mapping) and fact in ("skills", "start_skills"):
            named[fact] = {names.get(slug, slug): value for slug, value in skills.items()}
        elif isinstance(skills, Mapping) and fact.startswith(CREDITS):
            named[fact] = [f"{names.get(slug, slug)} {level}" for slug, level in skills.items()]
    return named


def priced(change: FactChange, after: Facts) -> FactChange:
    """A certification that came says what it costs and how long it takes."""
    if change.label != ROUTE_LABELS["certifications"]:
        return change
    return replace(change, came=tuple(f"{title}, {price_in_words(title, after)}" for title in change.came))


def price_in_words(title: str, facts: Facts) -> str:
    return f"{facts.get(f'{FEE}{title}') or 'fee not known'}, {facts.get(f'{HOURS}{title}') or 'hours not known'}"


def labels_of(before: Facts, after: Facts) -> dict[str, str]:
    names = sorted(before.keys() | after.keys())
    each = {
        name: f"{label} {name.removeprefix(begins)}"
        for begins, label in TOLD_OF_EACH.items()
        for name in names
        if name.startswith(begins)
    }
    return {**ROUTE_LABELS, **each}
