"""Of one visitor one request is worked on at a time, and nobody waits for another visitor."""

import asyncio
import time

import pytest

from bpo_portal import asgi, turns
from bpo_portal.turns import Turns


async def work(turn, visitor, log, *, seconds=0.0):
    async with turn.turn_of(visitor):
        log.append(("begins", visitor))
        await asyncio.sleep(seconds)
        log.append(("ends", visitor))


def all_at_once(*asked):
    """The log of {visitor: seconds} pairs that ask at the same moment."""
    log, turn = [], Turns()

    async def run():
        await asyncio.gather(*(work(turn, visitor, log, seconds=seconds) for visitor, seconds in asked))

    asyncio.run(run())
    assert not {**turn.locks, **turn.asking, **turn.working}
    return log


def test_requests_of_one_visitor_come_one_after_the_other():
    assert all_at_once(("a", 0.01), ("a", 0.01)) == [("begins", "a"), ("ends", "a")] * 2


def test_another_visitor_does_not_wait():
    assert all_at_once(("a", 0.05), ("a", 0.05), ("b", 0))[:3] == [("begins", "a"), ("begins", "b"), ("ends", "b")]


def test_whoever_asks_for_more_lets_others_go_first():
    log = all_at_once(("a", 0.01), ("a", 0.01), ("b", 0.05))
    assert log.index(("ends", "b")) < len(log) - 1
    assert log[-2:] == [("begins", "a"), ("ends", "a")]


def test_others_are_let_go_first_for_a_moment_only(monkeypatch):
    monkeypatch.setattr(turns, "LONGEST_TURN", 0.03)
    began = time.monotonic()
    assert all_at_once(("a", 0.001), ("a", 0.001), ("b", 0.5))[-1] == ("ends", "b")
    assert time.monotonic() - began < 5


def test_one_that_takes_long_gives_its_turn_away_and_goes_on(monkeypatch):
    monkeypatch.setattr(turns, "LONGEST_TURN", 0.02)
    log = all_at_once(("a", 0.2), ("a", 0))
    assert log == [("begins", "a"), ("begins", "a"), ("ends", "a"), ("ends", "a")]


def test_one_that_fails_or_is_given_up_leaves_its_turn():
    turn, log = Turns(), []

    async def fail():
        async with turn.turn_of("a"):
            raise ValueError("broken")

    async def run():
        first = asyncio.create_task(work(turn, "a", log, seconds=0.05))
        given_up = asyncio.create_task(work(turn, "a", log))
        await asyncio.sleep(0.01)
        given_up.cancel()
        await first
        with pytest.raises(ValueError, match="broken"):
            await fail()
        await work(turn, "a", log)

    asyncio.run(run())
    assert log == [("begins", "a"), ("ends", "a")] * 2
    assert not {**turn.locks, **turn.asking, **turn.working}


@pytest.mark.parametrize(
    ("environ", "kind"),
    [
        ({"PATH_INFO": "/roles/"}, "stranger"),
        ({"PATH_INFO": "/roles/", "HTTP_COOKIE": "sessionid=x"}, "known"),
        ({"PATH_INFO": "/static/css/base.css", "HTTP_COOKIE": "sessionid=x"}, "stranger"),
        ({"PATH_INFO": "/me/", "REQUEST_METHOD": "POST"}, "sender"),
    ],
)
def test_whose_a_request_is(environ, kind):
    assert asgi.whose({"REQUEST_METHOD": "GET", **environ}) == kind


def test_visitors_behind_a_proxy_are_those_whom_it_names(settings):
    environ = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.1, 203.0.113.7"}
    settings.BEHIND_PROXY = False
    assert asgi.visitor(environ) == "127.0.0.1"
    settings.BEHIND_PROXY = True
    assert asgi.visitor(environ) == "203.0.113.7"
