"""How far below or above each other the rows of the wide map lie."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from careers.routes.map.rules.lanes import Lanes
from careers.routes.map.rules.picture import APART, MARK
from careers.routes.map.rules.room import Room

LABEL_GAP = 6
RING = 8  # the second ring around a target
BELOW_NAMES = 16  # from a lower row's names to the lines of the next row


@dataclass(frozen=True)
class Heights:
    """By row, counted from the trunk, y downwards: the middle of its lines, and the side of its names next to them."""

    lines: dict[int, float]
    names: dict[int, float]


def find_heights(lanes: Lanes, tallest: Mapping[int, float], ringed: Collection[int], room: Room) -> Heights:
    """From the trunk outwards: a row's lines, then its names, then the next row.

    `tallest` is the height of a row's highest name; in `ringed` rows a station has a second ring.
    """
    slots_above, slots_below = reach(lanes, 1), reach(lanes, -1)
    lines, names = {0: 0.0}, dict[int, float]()
    above, below = -slots_above.get(0, 0) - MARK, 0.0
    for row in sorted({0, *tallest, *lanes.row.values()}, key=abs):
        up, down = slots_above.get(row, 0), slots_below.get(row, 0)
        gap = LABEL_GAP + (RING if row in ringed else 0)
        if row > 0:
            least = room.least_row + (up if row == 1 else 0)
            lines[row] = min(above - room.above_names - down - MARK, lines[row - 1] - least)
            names[row] = lines[row] - up - MARK - gap
            above = names[row] - tallest.get(row, 0)
        else:
            if row < 0:
                lines[row] = below + BELOW_NAMES + up + MARK
            names[row] = lines[row] + down + MARK + gap
            below = names[row] + tallest.get(row, 0)
    return Heights(lines, names)


def reach(lanes: Lanes, side: int) -> dict[int, float]:
    """How far lines beside the middle of each row reach on one side."""
    found: dict[int, float] = {}
    for (_, key), slot in lanes.slot.items():
        row = lanes.row_of(key)
        found[row] = max(found.get(row, 0), slot * side * APART)
    return found
