"""A script that never stops gets a small part of the time; a person or an office never notices."""

import asyncio
import random
import time
from collections import deque

import pytest

from bpo_portal import floods, turns
from bpo_portal.floods import LONG, MOMENT, PRESENT, SHARE, Floods
from bpo_portal.turns import Turns

OFFICE, SCRIPT, OTHER = ((False, network) for network in ("192.0.2.1", "192.0.2.2", "192.0.2.3"))


@pytest.fixture
def watched():
    """Somebody else has just asked."""
    one = Floods()
    one.begin(OTHER, 0)
    one.end(OTHER, 0)
    return one


def waits(one, visitor, arrivals, *, work, until):
    """How long each turn of this visitor was held back, of requests that arrive then and take `work` seconds each."""
    to_come, waited, now = deque(sorted(arrivals)), [], 0.0
    while now < until and (to_come or one.asking[visitor].count):
        if not is_asking(one, visitor):
            now = max(now, to_come[0])
        arrive(one, visitor, to_come, now)
        waited.append(one.wait(visitor, now))
        now += waited[-1] + work
        arrive(one, visitor, to_come, now)
        one.note_turn(visitor, now, work)
        one.end(visitor, now)
    return waited


def is_asking(one, visitor):
    return visitor in one.asking and one.asking[visitor].count


def arrive(one, visitor, to_come, now):
    while to_come and to_come[0] <= now:
        one.begin(visitor, to_come.popleft())


@pytest.mark.parametrize("a_second", [1, 10, 50])
def test_an_office_waits_for_nothing_but_its_own_turns(watched, a_second):
    """However many are in it, also when they keep half of the server busy for twenty seconds."""
    at, arrivals = 0.0, []
    chance = random.Random(a_second)
    while at < 20:
        at += chance.expovariate(a_second)
        arrivals.append(at)
    assert not any(waits(watched, OFFICE, arrivals, work=0.01, until=40))


def test_a_page_that_all_of_an_office_open_at_once_is_there_for_all(watched):
    assert not any(waits(watched, OFFICE, [0.0] * 200, work=0.012, until=10))


def test_a_script_that_never_stops_gets_its_share_and_no_more(watched):
    work, until = 0.02, LONG + 27
    waited = waits(watched, SCRIPT, [0.0] * 5000, work=work, until=until)
    assert len(waited) * work == pytest.approx(LONG + SHARE * (until - LONG), rel=0.05)
    assert not any(waited[: int(LONG / work)])


def test_one_request_after_the_other_without_a_pause_is_a_script_too(watched):
    now, begun = 0.0, 0
    while now < LONG + 20:
        watched.begin(SCRIPT, now)
        now += watched.wait(SCRIPT, now) + 0.01
        watched.note_turn(SCRIPT, now, 0.01)
        watched.end(SCRIPT, now)
        now += MOMENT / 5
        begun += 1
    assert begun < (LONG + 20 * 2 * SHARE) / 0.01


def test_who_has_paused_begins_anew(watched):
    waits(watched, SCRIPT, [0.0] * 1000, work=0.01, until=LONG + 2)
    watched.note_turn(SCRIPT, LONG + 2, 0.1)
    assert watched.wait(SCRIPT, LONG + 2)
    while is_asking(watched, SCRIPT):
        watched.end(SCRIPT, LONG + 2)
    watched.begin(SCRIPT, LONG + 2 + 2 * MOMENT)
    assert not watched.wait(SCRIPT, LONG + 2 + 2 * MOMENT)


def test_nobody_waits_where_nobody_else_is():
    """As in a network that has the portal for itself, or behind a proxy that the settings do not know."""
    one = Floods()
    assert not any(waits(one, SCRIPT, [0.0] * 1000, work=0.01, until=9))
    one.begin((True, SCRIPT[1]), 9)
    assert not one.others_are_there(SCRIPT, 9), "the same network asks for something of another kind"
    one.begin(OTHER, 9)
    assert one.others_are_there(SCRIPT, 9 + 10 * PRESENT), "it is waiting for its answer"
    one.end(OTHER, 9)
    assert one.others_are_there(SCRIPT, 9 + PRESENT)
    assert not one.others_are_there(SCRIPT, 9 + PRESENT + 1)


def test_whoever_asked_long_ago_is_forgotten_and_not_who_waits_for_an_answer():
    one = Floods()
    one.begin(OTHER, 0)
    for number in range(1000):
        visitor = False, f"198.51.100.{number}"
        one.begin(visitor, number)
        one.end(visitor, number)
        assert len(one.asking) <= PRESENT + 3
    one.end(OTHER, 1000)


@pytest.mark.parametrize("others", [True, False])
def test_the_turns_of_a_script_are_held_to_it(monkeypatch, others):
    monkeypatch.setattr(floods, "LONG", 0.05)
    every, taken, until = Turns(), [], time.monotonic() + 0.6

    async def ask(visitor):
        async with every.turn_of(visitor):
            taken.append(visitor)
            await asyncio.sleep(0.01)

    async def flood():
        while time.monotonic() < until:
            await ask(SCRIPT)

    async def run():
        if others:
            await ask(OTHER)
        await asyncio.gather(*(flood() for _ in range(3)))

    asyncio.run(run())
    assert (taken.count(SCRIPT) < 20) == others


def test_answers_that_are_taken_slowly_are_no_flood(monkeypatch):
    """Thousands of phones may share one address, and some always take a file on a slow line."""
    monkeypatch.setattr(floods, "LONG", 0.3)
    every, waits_now = Turns(), []

    async def take_slowly():
        async with every.turn_of(OFFICE) as turn:
            turn.note_answer()
            await asyncio.sleep(1)

    async def look():
        async with every.turn_of(OFFICE) as turn:
            await asyncio.sleep(MOMENT)
            turn.note_answer()
        waits_now.append(every.floods.wait(OFFICE, asyncio.get_running_loop().time()))

    async def run():
        async with every.turn_of(OTHER):
            pass
        slow = [asyncio.create_task(take_slowly()) for _ in range(3)]
        for _ in range(20):
            await asyncio.sleep(3 * MOMENT)
            await look()
        await asyncio.gather(*slow)

    asyncio.run(run())
    assert not any(waits_now)


def test_what_takes_long_counts_as_work_for_a_moment_only(monkeypatch):
    monkeypatch.setattr(turns, "LONGEST_WORK", 0.05)
    every = Turns()

    async def run():
        async with every.turn_of(SCRIPT):
            assert every.floods.asking[SCRIPT].count == 1
            await asyncio.sleep(0.2)
            assert every.floods.asking[SCRIPT].count == 0
        assert every.floods.asking[SCRIPT].count == 0

    asyncio.run(run())


def test_requests_that_are_given_up_are_counted_no_more():
    every = Turns()

    async def ask():
        async with every.turn_of(SCRIPT):
            await asyncio.sleep(0.05)

    async def run():
        asked = [asyncio.create_task(ask()) for _ in range(3)]
        await asyncio.sleep(0.01)
        for one in asked:
            one.cancel()
        await asyncio.gather(*asked, return_exceptions=True)

    asyncio.run(run())
    assert every.floods.asking[SCRIPT].count == 0
