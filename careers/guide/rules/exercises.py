"""What editors wrote to practise a skill: a line each, which may end with the address that it speaks of."""

import re
from typing import NamedTuple

from careers.lib.links import host_of
from careers.lib.texts import TURNS

OWN_PAGE = re.compile(r"/(?:[a-z0-9-]+/)+")
ON_THIS_SITE = "on this site"


class Exercise(NamedTuple):
    """The words, and the address with the name of its place, if there is one."""

    text: str
    url: str = ""
    place: str = ""

    @property
    def is_elsewhere(self) -> bool:
        """It leads away from this site."""
        return bool(self.place) and self.place != ON_THIS_SITE


def exercise_in(line: str) -> Exercise:
    """A line, parted. Only pages of this site and of the web are addresses; all else stays words. Nothing turns the
    direction in which an address reads.

    >>> exercise_in("Draw it. https://example.org/how")
    Exercise(text='Draw it.', url='https://example.org/how', place='example.org')
    """
    text, _, url = line.rpartition(" ")
    place = place_of(url)
    return Exercise(TURNS.sub("", text), url, place) if text and place else Exercise(line)


def place_of(url: str) -> str:
    """Where an address leads, in a word; empty where it is none."""
    if OWN_PAGE.fullmatch(url):
        return ON_THIS_SITE
    return host_of(url)
