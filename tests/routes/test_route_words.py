"""A route in sentences."""

from decimal import Decimal
from types import SimpleNamespace as Thing

import pytest

from careers.routes.selectors.route_words import gist, known_in_words, short

RATE = '<a href="/me/profile/skills/">'


def route(*between, moves=1, **totals):
    known = {"months": (18, 24), "months_unknown": 0, "fees_unknown": 0, "skills": 1} | totals
    prices = [Thing(amount=Decimal(422), currency="USD")]
    return Thing(totals=Thing(moves=moves, **known), between=[Thing(title=title) for title in between], prices=prices)


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (route(), "1&nbsp;move, direct"),
        (route("A & B", moves=2), "2&nbsp;moves, via A &amp; B"),
        (route("One", "Two", "Three", moves=4), "4&nbsp;moves, via One, Two and Three"),
    ],
)
def test_gist_names_the_stops_between(shown, words):
    assert gist(shown) == words


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (route(), "1 move · 18–24 months · US$422 · 1 skill"),
        (
            route(moves=2, months_unknown=1, fees_unknown=2, skills=3),
            "2 moves · 18–24 months plus 1 not known · US$422 · 2 fees not known · 3 skills",
        ),
        (route(months_unknown=1, fees_unknown=1), "1 move · time not known · US$422 · 1 fee not known · 1 skill"),
    ],
)
def test_short_says_what_it_adds_up_to_and_what_is_not_known(shown, words):
    assert short(shown) == words


class Start(Thing):
    def __str__(self):
        return "Team & Co"


def known(*, is_new=False, shows_best=False, has_levels=False, takes_as_there=False):
    by = Thing(rule="Fewest moves.")
    start = Start(is_new=is_new)
    return known_in_words(
        Thing(by=by, start=start, shows_best=shows_best, has_levels=has_levels, takes_as_there=takes_as_there)
    )


def test_what_is_taken_as_known_depends_on_the_start_and_on_what_is_rated():
    counts = f"{RATE}Rate your skills</a>, and the route counts what you have."
    assert known() == f"We take it that you have what your start, Team &amp; Co, asks for. {counts}"
    assert known(is_new=True, shows_best=True) == (
        f"Fewest moves. Nothing is known of your skills yet, so all count as new to you. {counts}"
    )
    more = f'See <a href="/me/evidence/">how your skills are known</a> or {RATE}rate more</a>.'
    rated = "What you have shown or rated counts."
    assert known(is_new=True, has_levels=True) == f"{rated} What nothing is known of counts as new to you. {more}"
    taken = "Of the rest, we take it that you have what your start, Team &amp; Co, asks for."
    assert known(has_levels=True, takes_as_there=True) == f"{rated} {taken} {more}"
    assert known(has_levels=True) == f"{rated}  {more}"
