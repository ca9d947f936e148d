"""How much room the wide map takes for names, turns and levels: what looks best, or less where it gets too wide."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Room:
    """`trunk_letters` and `letters` are how many a row of a name holds, on the trunk and elsewhere.

    `turn` is from a station to a corner, `apart` from one station of a lane to the next, `least_zone` a level's width.
    `aside` is on each side of a name: a wide font takes more than its letters are thought to take.
    Where `names_leave` a name may stand over the border of its level, as long as it meets nothing there.
    """

    trunk_letters: int = 14
    letters: int = 20
    most_rows: int = 2
    turn: float = 22
    apart: float = 44
    aside: float = 12
    edge: float = 28
    least_zone: float = 150
    least_row: float = 70
    above_names: float = 18
    names_leave: bool = False


AMPLE = Room()
ROOMS = (  # in the order in which they are tried
    AMPLE,
    Room(names_leave=True, edge=24),
    Room(10, 12, 3, turn=18, apart=34, aside=8, edge=20, least_row=60, above_names=13, names_leave=True),
)
