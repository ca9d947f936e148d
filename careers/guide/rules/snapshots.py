"""What a page of the guide says with all its rows, as plain data: two of them compared, three of them merged.

A content is {"fields": {name: value}, "many": {name: [keys]}, "rows": {relation: [{"pk": key, "fields": {…}}]},
"names": {model: {key: [slug, what it is called]}}}. A row that no reader has seen has a key below zero, which stays
the same from one draft to the next. `identities` are {relation: names of the fields that no two rows of a page share}.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Content = dict[str, Any]
Row = dict[str, Any]
Identities = Mapping[str, tuple[str, ...]]
Place = tuple[
    str, ...
]  # ("summary",), ("industries", "3"), ("role_skills", "17"), ("role_skills", "17", "proficiency")

ABSENT = object()


class Side(StrEnum):
    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True)
class Change:
    """At a place there was `before` and is `after`; None on one side of a row or key that came or went."""

    place: Place
    before: Any
    after: Any


@dataclass(frozen=True)
class Clash:
    """Both sides changed one place, each in its own way. None stands for a row that was taken away."""

    place: Place
    base: Any
    mine: Any
    theirs: Any


def content_digest(content: Content) -> str:
    """32 letters, the same for contents that say the same: names and the order of rows do not count."""
    said = {
        "fields": content["fields"],
        "many": {name: sorted(keys) for name, keys in content["many"].items()},
        "rows": {name: sorted(rows, key=lambda row: row["pk"]) for name, rows in content["rows"].items()},
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]


def content_changes(before: Content, after: Content, identities: Identities) -> list[Change]:
    """Return what differs: fields, then keys of many, then rows, each once. A row that left and one that came about the
    same thing are one row that changed.
    """
    found = [
        Change((name,), before["fields"].get(name), after["fields"].get(name))
        for name in both(before["fields"], after["fields"])
        if before["fields"].get(name, ABSENT) != after["fields"].get(name, ABSENT)
    ]
    for name in both(before["many"], after["many"]):
        old, new = before["many"].get(name, []), after["many"].get(name, [])
        found += [Change((name, str(key)), key, None) for key in old if key not in new]
        found += [Change((name, str(key)), None, key) for key in new if key not in old]
    for name in both(before["rows"], after["rows"]):
        for one, other in pairs(before["rows"].get(name, []), after["rows"].get(name, []), identities.get(name, ())):
            found += changes_of_row(name, one, other)
    return found


def changes_of_row(relation: str, before: Row | None, after: Row | None) -> Iterator[Change]:
    key = str((after or before or {})["pk"])
    if before is None or after is None:
        yield Change((relation, key), before, after)
        return
    for name in both(before["fields"], after["fields"]):
        old, new = before["fields"].get(name, ABSENT), after["fields"].get(name, ABSENT)
        if old != new:
            yield Change((relation, key, name), before["fields"].get(name), after["fields"].get(name))


def pairs(before: list[Row], after: list[Row], identity: tuple[str, ...]) -> Iterator[tuple[Row | None, Row | None]]:
    """Rows of two sides that are one: by their key, else by what they are about."""
    old, new = {row["pk"]: row for row in before}, {row["pk"]: row for row in after}
    left = {about(row, identity): row for key, row in old.items() if key not in new} if identity else {}
    for key, row in new.items():
        yield (old[key] if key in old else left.pop(about(row, identity), None)), row
    met = [row["pk"] for row in left.values()] if identity else [key for key in old if key not in new]
    yield from ((old[key], None) for key in met)


def about(row: Row, identity: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(row["fields"].get(name) for name in identity)


def merge_contents(
    base: Content,
    mine: Content,
    theirs: Content,
    identities: Identities,
    chosen: Mapping[Place, Side] | None = None,
) -> tuple[Content, list[Clash]]:
    """Return mine where I changed something and theirs elsewhere, and where both did so differently, unless `chosen`.

    There the content holds mine. Keys of many never clash. A row that one side took away and the other changed does.
    """
    chosen, clashes = chosen or {}, list[Clash]()

    def settled(place: Place, was: Any, own: Any, other: Any) -> Any:
        if own == other or other == was:
            return own
        if own == was:
            return other
        if place in chosen:
            return own if chosen[place] is Side.MINE else other
        clashes.append(Clash(place, shown(was), shown(own), shown(other)))
        return own

    def merged_fields(place: Place, was: Row, own: Row, other: Row) -> Row:
        found = {
            name: settled((*place, name), was.get(name, ABSENT), own.get(name, ABSENT), other.get(name, ABSENT))
            for name in both(other, own)
        }
        return {name: value for name, value in found.items() if value is not ABSENT}

    def merged_rows(relation: str) -> Iterator[Row]:
        was, own, other = (keyed(side, relation) for side in (base, mine, theirs))
        identity = identities.get(relation, ())
        came = {about(row, identity): key for key, row in other.items() if key not in was} if identity else {}
        twins = {key: came.get(about(row, identity)) for key, row in own.items() if key not in was and key not in other}
        met = {twin for twin in twins.values() if twin is not None}
        for key in both(other, own):
            if key in met:
                continue
            twin = twins.get(key)
            one, two = own.get(key), other.get(key if twin is None else twin)
            place, before = (relation, str(key)), was.get(key)
            if one is not None and two is not None:
                fields = merged_fields(place, (before or {"fields": {}})["fields"], one["fields"], two["fields"])
                yield {"pk": two["pk"], "fields": fields}
            elif row := settled(place, before, one, two):
                yield row

    many = {}
    for name in both(theirs["many"], mine["many"]):
        was, own, other = (side["many"].get(name, []) for side in (base, mine, theirs))
        many[name] = sorted((set(other) | (set(own) - set(was))) - (set(was) - set(own)))
    names = {
        model: {**theirs["names"].get(model, {}), **mine["names"].get(model, {})}
        for model in both(theirs["names"], mine["names"])
    }
    merged = {
        "fields": merged_fields((), base["fields"], mine["fields"], theirs["fields"]),
        "many": many,
        "rows": {name: list(merged_rows(name)) for name in both(theirs["rows"], mine["rows"])},
        "names": names,
    }
    return merged, clashes


def shown(value: Any) -> Any:
    return None if value is ABSENT else value


def keyed(content: Content, relation: str) -> dict[int, Row]:
    return {row["pk"]: row for row in content["rows"].get(relation, [])}


def both(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> list[Any]:
    """Keys of both in the order of the first, then of the second."""
    return list(dict.fromkeys((*one, *other)))
