"""What took long to make is kept within its room, and made once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock
from time import monotonic

from careers.lib.memory import Memory


def memory(room, seconds=60):
    return Memory(room, seconds=seconds, size=len)


def test_what_was_not_asked_for_the_longest_goes_first():
    kept = memory(room=9)
    for key in "abc":
        kept.keep(key, "xxx")
    assert kept.get("a") == "xxx"
    kept.keep("d", "xxx")
    assert set(kept) == {"a", "c", "d"}


def test_what_is_larger_than_the_room_pushes_nothing_out():
    kept = memory(room=9)
    kept.keep("small", "xxx")
    kept.keep("large", "x" * 10)
    assert set(kept) == {"small"}


def test_no_room_keeps_nothing():
    kept = memory(room=0)
    kept.keep("a", "x")
    assert len(kept) == 0


def test_is_gone_after_its_seconds(monkeypatch):
    kept = memory(room=9, seconds=0)
    kept.keep("a", "x")
    assert kept.get("a") is None


def test_one_thing_is_made_once_and_others_are_made_meanwhile():
    kept, made, counting, all_here = memory(room=999), [], Lock(), Barrier(12)

    def make(key):
        all_here.wait()
        with kept.turn(key, longest=10):
            if kept.get(key) is None:
                with counting:
                    made.append(key)
                kept.keep(key, "x")
        return kept.get(key)

    with ThreadPoolExecutor(12) as people:
        assert set(people.map(make, "ab" * 6)) == {"x"}
    assert sorted(made) == ["a", "b"]
    assert not kept.turns


def test_nobody_waits_long_for_one_who_does_not_come_to_an_end():
    kept, is_in, end = memory(room=9), Event(), Event()

    def hold():
        with kept.turn("a", longest=1):
            is_in.set()
            end.wait(10)

    with ThreadPoolExecutor(1) as other:
        held = other.submit(hold)
        is_in.wait(10)
        begun = monotonic()
        with kept.turn("a", longest=0.05):
            assert monotonic() - begun < 5
        end.set()
        held.result()
    assert not kept.turns


def test_a_turn_is_given_back_by_one_that_fails():
    kept = memory(room=9)
    for _ in range(2):
        try:
            with kept.turn("a", longest=10):
                raise ValueError
        except ValueError:
            pass
    assert not kept.turns
