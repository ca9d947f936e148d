"""Reading the dictionaries of a PDF, which may lack anything and say anything."""

from typing import Any

from pikepdf import Array, Dictionary, Object

MOST_ABOVE = 50  # what pages and fields have above them, and an action after it


def part_of(thing: Object, name: str) -> Object:
    """The dictionary that hangs there; an empty one where there is none."""
    found = thing.get(name)
    return found if isinstance(found, Dictionary) else Dictionary()


def inherited(thing: Object, name: str) -> Any:
    for _ in range(MOST_ABOVE):
        if name in thing:
            return thing[name]
        above = thing.get("/Parent")
        if not isinstance(above, Dictionary):
            break
        thing = above
    return None


def sides_of(box: Any) -> tuple[float, float, float, float] | None:
    """Left, bottom, right and top, whichever corners say so."""
    if not isinstance(box, Array) or len(box) != 4:
        return None
    one, two, other, last = (float(side) for side in box)
    return min(one, other), min(two, last), max(one, other), max(two, last)


def parts_of(thing: Object, name: str) -> list[Object]:
    """The dictionaries in the list that hangs there."""
    every = thing.get(name)
    found: list[Object] = [one for one in every if isinstance(one, Dictionary)] if isinstance(every, Array) else []
    return found


def names_of(thing: Object) -> list[str]:
    return sorted(thing.keys())


def keep_only(thing: Object, kept: set[str]) -> None:
    for name in [name for name in names_of(thing) if name not in kept]:
        del thing[name]
