"""What a change of the guide changes for readers: two pictures of the guide side by side, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from time import monotonic

from careers.desk.rules.health import FEWEST_TOLD, people_in_words
from careers.lib.words import capital, counted, in_a_sentence, plural
from careers.routes.rules.journeys import NEW
from careers.routes.rules.networks import fewest_moves

MOST_NAMED = 5
AT_LEAST = "at least "
Joined = dict[tuple[int, int], int]


class TimeLeft:
    """Some seconds for a piece of work that counts; then it stops, and says of how many it has looked at how many."""

    def __init__(self, end: float, looked: dict[str, tuple[int, int]]) -> None:
        self.end, self.looked = end, looked

    def is_over(self) -> bool:
        return monotonic() > self.end

    def note(self, what: str, done: int, total: int) -> None:
        """Of two looks at the same, before a change and inside it, the shorter one counts."""
        before, of_all = self.looked.get(what, (done, total))
        self.looked[what] = min(before, done), max(of_all, total)


class Counting:
    """The seconds of all pieces of work together, and `looked`: {what: (how many were looked at, of how many)}."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.end = seconds, monotonic() + seconds
        self.looked: dict[str, tuple[int, int]] = {}

    def part(self, share: float) -> TimeLeft:
        """A share of all seconds, or what is left of them."""
        return TimeLeft(min(monotonic() + self.seconds * share, self.end), self.looked)

    @property
    def cut(self) -> list[str]:
        """“400 of 2,100 saved roles”, of all that was cut short. Of few people not even how many they are is told."""
        return [
            f"{done:,} of {total:,} {what}" if total >= FEWEST_TOLD else f"not all {what}"
            for what, (done, total) in self.looked.items()
            if done < total
        ]


@dataclass(frozen=True)
class GuidePicture:
    """The guide as readers have it. Roles by key; `ways` are the ends of the moves from each, and from `NEW`."""

    titles: Mapping[int, str]
    ways: Mapping[int, frozenset[int]]
    drawn: frozenset[tuple[int, int]]  # moves on the map
    ways_out: frozenset[tuple[str, str]]  # (title of a role, where it leads)
    no_way_in: frozenset[int]
    no_way_on: frozenset[int]
    untaught: Mapping[int, str]  # {key of a skill: its name}

    @cached_property
    def moves(self) -> set[tuple[int, int]]:
        return {(start, end) for start, ends in self.ways.items() for end in ends}


@dataclass(frozen=True)
class Group:
    title: str
    sentences: list[str]


@dataclass(frozen=True)
class Impact:
    """In groups; empty where readers find nothing else. `cut` says what was not counted whole, as time was over; what
    is not `is_known` could not be counted at all. `hidden` says what the page names and readers do not see.
    """

    groups: list[Group] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    is_known: bool = True
    hidden: list[str] = field(default_factory=list)

    @property
    def is_partial(self) -> bool:
        return bool(self.cut)

    @property
    def cut_in_words(self) -> str:
        return f"There may be more. In two seconds we looked at {in_a_sentence(self.cut)}."

    @property
    def sentences(self) -> list[str]:
        return [one for group in self.groups for one in group.sentences]


def reached_from(ways: Mapping[int, frozenset[int]], start: int) -> dict[int, int]:
    """{stop: the fewest moves that lead there}."""
    rounds = fewest_moves(lambda stop: ways.get(stop, ()), start)
    return {stop: number for number, stops in enumerate(rounds, start=1) for stop in stops}


def touched_starts(before: GuidePicture, after: GuidePicture) -> list[int]:
    """The stops from which a move that came or went can be reached, before or after: no other's routes can differ."""
    changed = before.moves ^ after.moves
    back: dict[int, set[int]] = {}
    for start, end in before.moves | after.moves:
        back.setdefault(end, set()).add(start)
    firsts = {start for start, _ in changed}
    found = set(firsts)
    for one in firsts:
        found.update(stop for stops in fewest_moves(lambda stop: back.get(stop, ()), one) for stop in stops)
    return sorted(found)


@dataclass(frozen=True)
class Routes:
    """How many pairs of a start and a role a route joins no longer, joins now, and by more or by fewer moves."""

    lost: int = 0
    new: int = 0
    longer: int = 0
    shorter: int = 0


def routes_changed(before: GuidePicture, after: GuidePicture, clock: TimeLeft) -> Routes:
    lost = new = longer = shorter = done = 0
    starts = touched_starts(before, after)
    for start in starts:
        if clock.is_over():
            break
        done += 1
        old, now = reached_from(before.ways, start), reached_from(after.ways, start)
        lost += len(old.keys() - now.keys())
        new += len(now.keys() - old.keys())
        longer += sum(now[end] > old[end] for end in old.keys() & now.keys())
        shorter += sum(now[end] < old[end] for end in old.keys() & now.keys())
    clock.note("places where a route starts", done, len(starts))
    return Routes(lost, new, longer, shorter)


def moves_in_words(before: GuidePicture, after: GuidePicture) -> list[str]:
    titles = {**before.titles, **after.titles}

    def named(pairs: Iterable[tuple[int, int]]) -> list[str]:
        return sorted(f"from {titles[start]} to {titles[end]}" for start, end in pairs)

    gone, came = named(before.drawn - after.drawn), named(after.drawn - before.drawn)
    out_gone, out_came = (
        sorted(f"from {start} to {end}" for start, end in pairs)
        for pairs in (before.ways_out - after.ways_out, after.ways_out - before.ways_out)
    )
    return [
        *listed(gone, "The move {} is no longer shown.", "{} are no longer shown", "move"),
        *listed(came, "The move {} is new on the map.", "{} are new on the map", "move"),
        *listed(out_gone, "The way out {} is no longer shown.", "{} are no longer shown", "way out,ways out"),
        *listed(out_came, "The way out {} is new.", "{} are new", "way out,ways out"),
    ]


def listed(names: list[str], one: str, many: str, noun: str) -> list[str]:
    """Each in a sentence of its own or, of many, how many and the first of them."""
    if len(names) <= MOST_NAMED:
        return [one.format(name) for name in names]
    return [f"{many.format(counted(len(names), noun))}: {'; '.join(names[:MOST_NAMED])} and others."]


def routes_in_words(routes: Routes, *, is_partial: bool) -> list[str]:
    """
    >>> routes_in_words(Routes(lost=1), is_partial=False)
    ['There is no route any more for 1 pair of start and role.']
    >>> routes_in_words(Routes(new=2), is_partial=True)
    ['There is a route now, where none was, for at least 2 pairs of start and role.']
    """
    said = {
        "There is no route any more for": routes.lost,
        "There is a route now, where none was, for": routes.new,
        "The shortest route takes more moves for": routes.longer,
        "The shortest route takes fewer moves for": routes.shorter,
    }
    least = AT_LEAST if is_partial else ""
    return [f"{what} {least}{counted(number, 'pair of start and role')}." for what, number in said.items() if number]


def dead_ends_in_words(before: GuidePicture, after: GuidePicture) -> list[str]:
    found = []
    for what, old, now in (
        ("way in", before.no_way_in, after.no_way_in),
        ("way on", before.no_way_on, after.no_way_on),
    ):
        ends = sorted(after.titles[key] for key in now - old)
        mended = sorted(after.titles[key] for key in (old - now) & after.titles.keys())
        if ends:
            found.append(f"{few(ends)} {plural(len(ends), 'has,have')} no {what} now.")
        if mended:
            found.append(f"{few(mended)} {plural(len(mended), 'has,have')} a {what} now.")
    return found


def skills_in_words(before: GuidePicture, after: GuidePicture) -> list[str]:
    lost = sorted(after.untaught[key] for key in after.untaught.keys() - before.untaught.keys())
    won = sorted(before.untaught[key] for key in before.untaught.keys() - after.untaught.keys())
    return [
        *([f"No certification teaches {few(lost)} any more."] if lost else []),
        *([f"A certification teaches {few(won)} now."] if won else []),
    ]


def few(names: list[str]) -> str:
    """
    >>> few(["a", "b"]), few(["a", "b", "c", "d", "e", "f"])
    ('a and b', 'a, b, c, d, e and 1 more')
    """
    rest = len(names) - MOST_NAMED
    return in_a_sentence([*names[:MOST_NAMED], f"{rest:,} more"] if rest > 0 else names)


def people_do(number: int, what: str, *, is_partial: bool = False) -> list[str]:
    """A sentence on what so many people do or are told, in a list; empty of nobody.

    >>> people_do(1, "are told"), people_do(7, "are told", is_partial=True), people_do(0, "are told")
    (['Fewer than 5 people are told.'], ['At least 7 people are told.'], [])
    """
    if number < 1:
        return []
    least = AT_LEAST if is_partial and number >= FEWEST_TOLD else ""
    return [f"{capital(least + people_in_words(number))} {what}."]


def ends_without(ways: Mapping[int, frozenset[int]], keys: Iterable[int]) -> tuple[frozenset[int], frozenset[int]]:
    """Those of `keys` to which nothing leads, somebody new neither, and those from which nothing leads on."""
    reached = {end for ends in ways.values() for end in ends}
    keys = [key for key in keys if key != NEW]
    return frozenset(key for key in keys if key not in reached), frozenset(key for key in keys if not ways.get(key))


def hidden_in_words(names: Iterable[str]) -> list[str]:
    """On pages that a page names and readers do not see."""
    names = list(names)
    said = [f"Readers will not see “{name}” here until that page is published." for name in names[:MOST_NAMED]]
    more = len(names) - MOST_NAMED
    return [*said, f"The same goes for {counted(more, 'other page,other pages')}."] if more > 0 else said
