"""Of one visitor one request is worked on at a time, and nobody waits for another visitor."""

import asyncio
import time
from types import SimpleNamespace

import pytest
from django.db import connection

from bpo_portal import asgi, turns
from bpo_portal.turns import Turn, Turns
from careers.runtime import giving_way
from careers.runtime.giving_way import give_way


async def work(turn, visitor, log, *, seconds=0.0):
    async with turn.turn_of((False, visitor)):
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


def test_others_who_have_asked_for_one_thing_are_given_way_in_the_middle_too():
    turn = Turns()

    def begun(network, *, asks_for_more):
        visitor = False, network
        turn.floods.begin(visitor, 0)
        one = Turn(turn, visitor, SimpleNamespace(release=lambda: None), asks_for_more=asks_for_more)
        one.begin()
        return one

    async def run():
        flood, other_flood = begun("a", asks_for_more=True), begun("b", asks_for_more=True)
        before_it = begun("a", asks_for_more=False)
        assert not flood.others_work(), "two who flood do not wait for each other's floods"
        one = begun("c", asks_for_more=False)
        assert flood.others_work()
        assert other_flood.others_work()
        for each in (before_it, one):
            each.give_away()
        assert not flood.others_work()
        assert not other_flood.others_work()
        flood.give_away()
        other_flood.give_away()

    asyncio.run(run())
    assert not {**turn.working, **turn.asked_for_one}


def test_a_thread_gives_way_at_a_query_for_a_moment_and_never_within_a_transaction(db, monkeypatch):
    monkeypatch.setattr(giving_way, "LONGEST", 0.05)
    looks = []

    def others_work():
        looks.append(1)
        return len(looks) < 4

    def query(*, is_in_transaction=False):
        context = {"connection": SimpleNamespace(in_atomic_block=is_in_transaction)}
        return give_way(lambda *_: "asked", "SELECT 1", (), False, context)

    with giving_way.giving_way(others_work):
        assert query(is_in_transaction=True) == "asked"
        assert not looks
        assert query() == "asked"
        assert len(looks) == 4
    with giving_way.giving_way(lambda: looks.append(1) or True):
        assert query() == query() == "asked"
    assert 4 < len(looks) <= 4 + 26
    assert query() == "asked"
    assert connection.execute_wrappers[0] is give_way


def test_one_that_fails_or_is_given_up_leaves_its_turn():
    turn, log = Turns(), []

    async def fail():
        async with turn.turn_of((False, "a")):
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
        ({"PATH_INFO": "/static/css/base.css", "HTTP_COOKIE": "sessionid=x"}, "plain"),
        ({"PATH_INFO": "/healthz"}, "plain"),
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
