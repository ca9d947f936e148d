"""Tests with a time as a browser would send them."""

import json
from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from careers.practice.timed.forms import milliseconds, new_start, signed

AGO = timedelta(minutes=6)


def begun(kind="typing", minutes=1, *, ago=AGO, **fields):
    """A start some minutes ago."""
    start = new_start(kind, minutes)
    return replace(start, at=milliseconds(timezone.now() - ago), **fields)


def log_of(texts, *, first=1000, pace=100):
    """Key by key, field by field, a key every `pace` milliseconds."""
    changes = []
    for number, text in enumerate(texts):
        for place, letter in enumerate(text):
            changes.append([first + pace * len(changes), number, place, 0, letter])
    return changes


def as_sent(start, texts, *, changes=None, **how):
    """The fields of the form. `texts` are of the first fields, the others stay empty."""
    texts = [*texts, *[""] * (len(start.given) - len(texts))]
    log = log_of(texts, **how) if changes is None else changes
    return {
        "start": signed(start),
        "kind": start.kind,
        "minutes": str(start.minutes),
        "log": log if isinstance(log, str) else json.dumps(log),
        "typed": texts,
    }


def a_test(kind="typing", minutes=1, *, characters=200, **how):
    """One that is right as far as it goes: so many characters of a text, or the first fields of a form."""
    start = begun(kind, minutes)
    if start.is_of_text:
        return as_sent(start, [start.given[0][:characters]], **how)
    given, length = [], 0
    for text in start.given:
        if length >= characters:
            break
        given.append(text)
        length += len(text)
    return as_sent(start, given, **how)
