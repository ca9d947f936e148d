"""What a line of an O*NET file says, checked: a reader for each file, which raises ValueError with what is wrong."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from careers.occupations.rules.occupations import MOST_RELATED, ZONES, Tier
from careers.search.rules.texts import searchable

MOST_LETTERS = 200  # of a title
MOST_IN_A_TEXT = 4000
MOST_QUOTED = 40
CODE = re.compile(r"[0-9]{2}-[0-9]{4}\.[0-9]{2}")
TIERS = {
    "Primary-Short": Tier.PRIMARY_SHORT,
    "Primary-Long": Tier.PRIMARY_LONG,
    "Supplemental": Tier.SUPPLEMENTAL,
}
TASK_KINDS = {"Core": "core", "Supplemental": "supplemental", "n/a": "unrated", "": "unrated"}
NOTHING = ("", "n/a")
Fields = dict[str, str]


@dataclass(frozen=True)
class ScaleRow:
    key: int
    name: str


@dataclass(frozen=True)
class OccupationRow:
    key: str
    title: str
    description: str


@dataclass(frozen=True)
class ZoneRow:
    key: str
    zone: int


@dataclass(frozen=True)
class TitleRow:
    """`key` is the code and the title; the texts are normalised for the search."""

    key: tuple[str, str]
    text: str
    short_text: str


@dataclass(frozen=True)
class TaskRow:
    key: tuple[str, int]
    text: str
    kind: str


@dataclass(frozen=True)
class RelationRow:
    key: tuple[str, str]
    tier: int
    index: int


Row = ScaleRow | OccupationRow | ZoneRow | TitleRow | TaskRow | RelationRow


def codes_of(row: Row) -> tuple[str, ...]:
    """The occupations that a row refers to: those have to be known."""
    if isinstance(row, ScaleRow | OccupationRow):
        return ()
    if isinstance(row, RelationRow):
        return row.key
    return (row.key,) if isinstance(row, ZoneRow) else (row.key[0],)


def scale_row(fields: Fields) -> ScaleRow:
    """“Job Zone Two: Some Preparation Needed” becomes “Some preparation needed”."""
    name = fields["name"].rpartition(":")[2].strip()
    return ScaleRow(number(fields, "zone", ZONES), limited({"name": name}, "name", MOST_LETTERS).capitalize())


def occupation_row(fields: Fields) -> OccupationRow:
    return OccupationRow(code(fields), title(fields), limited(fields, "description"))


def zone_row(fields: Fields) -> ZoneRow:
    return ZoneRow(code(fields), number(fields, "zone", ZONES))


def title_row(fields: Fields) -> TitleRow:
    name, short = title(fields), fields["short"]
    return TitleRow((code(fields), name), search_text(name), "" if short in NOTHING else search_text(short)[:200])


def task_row(fields: Fields) -> TaskRow:
    if fields["kind"] not in TASK_KINDS:
        raise ValueError(f"{quoted(fields['kind'])} is no type of task: {', '.join(filter(None, TASK_KINDS))}")
    key = code(fields), number(fields, "task_id", range(1, 2**31))
    return TaskRow(key, limited(fields, "text"), TASK_KINDS[fields["kind"]])


def relation_row(fields: Fields) -> RelationRow:
    start, end = code(fields), code(fields, "to")
    if start == end:
        raise ValueError(f"{start} is related to itself")
    if fields["tier"] not in TIERS:
        raise ValueError(f"{quoted(fields['tier'])} is no tier: {', '.join(TIERS)}")
    return RelationRow((start, end), TIERS[fields["tier"]].value, number(fields, "index", range(1, MOST_RELATED + 1)))


READERS: dict[str, Callable[[Fields], Row]] = {
    "scale": scale_row,
    "occupations": occupation_row,
    "zones": zone_row,
    "titles": title_row,
    "tasks": task_row,
    "relations": relation_row,
}


def search_text(text: str) -> str:
    return searchable(text)[: 2 * MOST_LETTERS]


def filled(fields: Fields, name: str) -> str:
    if not fields[name]:
        raise ValueError(f"the {name} is empty")
    return fields[name]


def limited(fields: Fields, name: str, most: int = MOST_IN_A_TEXT) -> str:
    if len(filled(fields, name)) > most:
        raise ValueError(f"the {name} has {len(fields[name]):,} characters, {most:,} at most are taken")
    return fields[name]


def title(fields: Fields) -> str:
    return limited(fields, "title", MOST_LETTERS)


def quoted(text: str) -> str:
    r"""A file's own words as a message may show them: without control characters, and never long.

    >>> print(quoted("\x1b[31mred"))
    “\x1b[31mred”
    """
    plain = repr(text[: MOST_QUOTED + 1])[1:-1]
    return f"“{plain if len(plain) <= MOST_QUOTED else plain[: MOST_QUOTED - 1] + '…'}”"


def code(fields: Fields, name: str = "code") -> str:
    if not CODE.fullmatch(fields[name]):
        raise ValueError(f"{quoted(fields[name])} is no occupation code such as 43-4051.00")
    return fields[name]


def number(fields: Fields, name: str, allowed: range) -> int:
    text = fields[name]
    if not (text.isascii() and text.isdigit() and len(text) < 12 and int(text) in allowed):
        raise ValueError(f"the {name} {quoted(text)} is no whole number from {allowed[0]} to {allowed[-1]}")
    return int(text)
