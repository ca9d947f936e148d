"""Names and plates on the map: their words, their rows, and how much room they take, in units of the picture."""

from collections.abc import Sequence
from math import ceil

LETTER = 9  # .6em of 15 px: an estimate that also holds for a wide font
EM = 15
WIDTHS = (  # of an em
    (" iljIJ'.,", 0.35),
    ("frt-/()", 0.49),
    ("csz", 0.6),
    ("aekvxy", 0.67),
    ("mwMW", 1.04),
    ("ABCDEFGHKLNOPQRSTUVXYZ&", 0.8),
)
OTHER_WIDTH = 0.72
ROW = 19
PLATE_HEIGHT = 26
PLATE_PITCH = PLATE_HEIGHT + 4  # from one plate to the next
PLATE_WORDS = {"here": "You are here", "start": "Start here", "target": "Your target", "saved": "Saved"}
PLATE_ICONS = {"target": "flag", "saved": "bookmark-filled"}
PLATE_EM = 13


def rows_of(name: str, most: int, *, most_rows: int = 0) -> tuple[str, ...]:
    """The name in as few rows as hold `most` letters each, about equally long.

    With `most_rows` it is never more rows, however long they get. A word longer than a row is parted.
    """
    words = name.split() or [""]
    limit = most
    while True:
        rows = filled(words, limit)
        if not most_rows or len(rows) <= most_rows:
            break
        limit += 1
    while limit > 1 and len(filled(words, limit - 1)) == len(rows) and fits(words, limit - 1):
        limit -= 1
    return tuple(filled(words, limit))


def rows_within(name: str, room: float) -> tuple[str, ...]:
    """The name in as few rows as stay within `room` even in a wide font."""
    letters = max(1, int(room // LETTER))
    rows = rows_of(name, letters)
    while letters > 1 and max(map(widest, rows)) > room:
        letters -= 1
        rows = rows_of(name, letters)
    return rows


def widest(row: str) -> float:
    """How wide a row gets in a wide bold font, where an m is three times an i."""
    return EM * sum(next((width for letters, width in WIDTHS if letter in letters), OTHER_WIDTH) for letter in row)


def fits(words: Sequence[str], limit: int) -> bool:
    return max(map(len, words)) <= limit


def filled(words: Sequence[str], limit: int) -> list[str]:
    rows = [""]
    for word in words:
        parts = [word[start : start + limit] for start in range(0, len(word), limit)] or [""]
        for number, part in enumerate(parts):
            joined = f"{rows[-1]} {part}" if rows[-1] and not number else part
            if len(joined) <= limit and (not number or not rows[-1]):
                rows[-1] = joined
            else:
                rows.append(part)
    return rows


def height_of(rows: Sequence[str], plates: Sequence[str]) -> float:
    return ROW * len(rows) + PLATE_PITCH * len(plates)


def width_of(rows: Sequence[str], plates: Sequence[str]) -> float:
    texts = [len(row) * LETTER for row in rows]
    return max([*texts, *(plate_width(kind) for kind in plates)])


def plate_width(kind: str) -> float:
    return ceil(widest(PLATE_WORDS[kind]) * PLATE_EM / EM) + (34 if kind in PLATE_ICONS else 20)
