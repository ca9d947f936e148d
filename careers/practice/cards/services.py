"""Answering a card, taking the last answer back, and writing a note. The profile's row is locked by the caller."""

from datetime import datetime

from careers.lib.texts import both_texts
from careers.people.services.refusing import Refused
from careers.practice.cards.models import LONGEST_QUESTION, OF_MEMORY, CardState
from careers.practice.cards.rules.schedule import answered

MOST_CARDS = 500  # of one person, of questions that the guide has or had
FULL = f"You have {MOST_CARDS} cards, which is as many as there can be."
MOMENTS = ("due_at", "answered_at", "started_at")
OF_AN_ANSWER = (*OF_MEMORY, "answers", "last", "started_at")


def state_to_write(*, profile, card, known):
    """The person's row of `card`, new or as it is; `known` is the key under which they have it, or None.

    Where the guide put the question in other words, the row takes them over. Raises `Refused` where there are too many.
    """
    state = profile.interview_cards.filter(key=known).first() if known else None
    if state is None:
        if profile.interview_cards.count() >= MOST_CARDS:
            raise Refused(FULL)
        state = CardState(profile=profile)
    state.key, state.question = card.key, card.question[:LONGEST_QUESTION]
    return state


def answer_card(*, state, answer, seen, now):
    """True if it counts: `seen` is how often it was answered when the page was made, which another tab may have
    changed. It is not saved here.
    """
    if state.answers != seen:
        return False
    state.before = as_json(state)
    memory = answered(state.memory, answer, now=now)
    for name in OF_MEMORY:
        setattr(state, name, getattr(memory, name))
    state.answers, state.last = state.answers + 1, answer.name.lower()
    state.started_at = state.started_at or memory.answered_at
    return True


def write_note(*, state, note, now):
    """It is not saved here."""
    if state.note != note:
        state.note, state.noted_at = note, now


def undo_answer(*, state, seen):
    """Put the card back as it was before its last answer. False, and nothing changes, where that was not the one that
    the person saw, or is taken back already.
    """
    if state.answers != seen or not state.can_undo:
        return False
    for name in OF_AN_ANSWER:
        value = state.before[name]
        setattr(state, name, datetime.fromisoformat(value) if value and name in MOMENTS else value)
    state.before = None
    state.save()
    return True


def as_json(state):
    values = {name: getattr(state, name) for name in OF_AN_ANSWER}
    return {name: value.isoformat() if value and name in MOMENTS else value for name, value in values.items()}


def merge_cards(*, guest, profile):
    """Of a card that both have one row stays: as the later answer left it, with both notes."""
    own = {state.key: state for state in profile.interview_cards.all()}
    for state in guest.interview_cards.all():
        present = own.get(state.key)
        if present is None:
            CardState.objects.filter(pk=state.pk).update(profile=profile)
        else:
            merge_card(state, present)


def merge_card(state, present):
    starts = [one.started_at for one in (state, present) if one.started_at]
    if state.answers and (not present.answers or state.answered_at > present.answered_at):
        for name in (*OF_AN_ANSWER, "question"):
            setattr(present, name, getattr(state, name))
    present.started_at = min(starts, default=None)
    newer, older = sorted((state, present), key=lambda one: one.noted_at, reverse=True)
    present.note = both_texts(newer.note, older.note)
    present.noted_at, present.before = max(state.noted_at, present.noted_at), None
    present.save()
