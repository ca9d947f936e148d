"""The ways out as their page shows them: by destination, each with its sources once."""

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import chain, count

from careers.guide.rules.exits import plain_words, small_print
from careers.lib.names import folded


@dataclass
class WayOut:
    """A move with what is said of it: plain words, and as small print (text, occupation or None) in order."""

    move: object
    plain: str
    small: list

    @property
    def brings(self):
        """The words behind the role that one leaves: “, you bring Excel, English”."""
        skills = ", ".join(skill.name for skill in self.move.carried_skills.all())
        return f", you bring {skills}" if skills else ""


@dataclass
class Destination:
    """Stands in for a guide object where its sources are shown. The day is the earliest on which one was checked."""

    name: str
    anchor: str
    ways: list[WayOut] = field(default_factory=list)
    has_more: bool = False  # whether these are not all

    def only(self, ways):
        """The same with some of its ways."""
        return replace(self, ways=ways, has_more=len(ways) < len(self.ways))

    @property
    def skills(self):
        """Skills that carry over, those from most of its roles first."""
        carried = Counter(skill for way in self.ways for skill in way.move.carried_skills.all())
        return [skill for skill, _ in carried.most_common()]

    @property
    def sources(self):
        return list(dict.fromkeys(source for way in self.ways for source in way.move.sources))

    @property
    def checked_text(self):
        """Of the one that was looked at longest ago."""
        checked = [way.move for way in self.ways if way.move.checked_on]
        return min(checked, key=lambda move: move.checked_on).checked_text if checked else ""

    @property
    def is_addition(self):
        return all(way.move.is_addition for way in self.ways)


def small_print_codes(moves):
    return {piece.code for move in moves for piece in small_print(move.how) if piece.code}


def destinations_of(moves, occupations):
    """`occupations` by their codes: those that the small print links. “Retail” and “retail” are one destination."""
    found = {}
    for move in moves:
        name = folded(move.destination)
        if name not in found:
            taken = {destination.anchor for destination in found.values()}
            numbered = (f"{move.anchor}-{number}" for number in count(2))
            anchor = next(one for one in chain([move.anchor], numbered) if one not in taken)
            found[name] = Destination(move.destination, anchor)
        small = [(piece.whole, occupations.get(piece.code)) for piece in small_print(move.how)]
        found[name].ways.append(WayOut(move, plain_words(move.how), small))
    return list(found.values())
