"""Room on the horizontal map: things come from the left to the right, each as far left as what stands there allows.

A thing is a list of pieces, each with a straight left and right side between two heights, so a slope counts with its
own shape and lines that climb together lie close. Whatever is placed so lies on nothing else.
"""

from dataclasses import dataclass

SLOPE = 7.5  # half of the room that a line of 45° takes on each side: 15 between two, which is 10.6 across


@dataclass(frozen=True)
class SpacePiece:
    """From `top` to `bottom`, relative to the place of its thing; a side is its x at the top and at the bottom."""

    top: float
    bottom: float
    left: tuple[float, float]
    right: tuple[float, float]


def block(left: float, right: float, top: float, bottom: float) -> SpacePiece:
    return SpacePiece(top, bottom, (left, left), (right, right))


def slope(start: float, end: float) -> SpacePiece:
    """A line that goes by 45° to the right, from the height `start` at 0 to the height `end`."""
    reach = abs(end - start)
    at_top, at_bottom = (0.0, reach) if start < end else (reach, 0.0)
    return SpacePiece(
        min(start, end) - 1,
        max(start, end) + 1,
        (at_top - SLOPE, at_bottom - SLOPE),
        (at_top + SLOPE, at_bottom + SLOPE),
    )


def at(side: tuple[float, float], piece: SpacePiece, height: float) -> float:
    return side[0] + (side[1] - side[0]) * (height - piece.top) / (piece.bottom - piece.top)


class Space:
    def __init__(self) -> None:
        self.taken: list[tuple[float, SpacePiece]] = []

    def least(self, pieces: list[SpacePiece], start: float) -> float:
        """The smallest place from `start` on where the pieces lie right of all that is there."""
        for place, old in self.taken:
            for new in pieces:
                top, bottom = max(old.top, new.top), min(old.bottom, new.bottom)
                if top < bottom:
                    for height in (top, bottom):
                        start = max(start, place + at(old.right, old, height) - at(new.left, new, height))
        return start

    def put(self, pieces: list[SpacePiece], place: float) -> None:
        self.taken += [(place, piece) for piece in pieces]
