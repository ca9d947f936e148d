"""The interview cards of the guide, and how one person stands with them."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.functional import cached_property

from careers.guide.models.publishing import points
from careers.guide.models.sections import Section
from careers.guide.selectors.kept import KeptByRevision
from careers.lib.days import weekday_seen_from
from careers.lib.words import counted, plural
from careers.lib.zones import day_in, zone_of
from careers.practice.cards.models import CardState
from careers.practice.cards.rules.questions import InterviewCard, cards_of, known_keys
from careers.practice.cards.rules.schedule import ENOUGH_NEW

SECTION = "interview-questions"  # the slug of the section of the guide that has them


@dataclass(frozen=True)
class Questions:
    """The section as readers may see it, or None, and its cards."""

    section: Section | None
    cards: list[InterviewCard]


def read_questions():
    section = Section.objects.published().filter(slug=SECTION).first()
    return Questions(section, cards_of(points(section.points)) if section else [])


interview_questions = KeptByRevision(read_questions)  # one query; it is not to be changed


@dataclass(frozen=True)
class Standing:
    """A card beside the person's row of it, which is None as long as they did nothing with it. `today` is theirs."""

    card: InterviewCard
    state: CardState | None
    due_on: date | None
    today: date

    @property
    def is_new(self):
        return self.due_on is None

    @property
    def is_due(self):
        return self.due_on is not None and self.due_on <= self.today

    @property
    def when(self):
        """“new”, “today”, “on Thursday 3 December”."""
        if self.due_on is None:
            return "new"
        return "today" if self.is_due else f"on {weekday_seen_from(self.today, self.due_on)}"

    @property
    def answers(self):
        return self.state.answers if self.state else 0

    @property
    def note(self):
        return self.state.note if self.state else ""


class Deck:
    """All cards of one person, as they stand at a moment. `states` are the person's rows."""

    def __init__(self, cards, states, *, now, zone):
        self.now, self.zone, self.today = now, zone, day_in(now, zone)
        by_key = {state.key: state for state in states}
        known = known_keys(cards, {state.key: state.question for state in states})
        self.standings = [self.standing(card, by_key.get(known.get(card.key))) for card in cards]
        self.gone = [state for state in states if state.key not in known.values()]

    def standing(self, card, state):
        due_on = day_in(state.due_at, self.zone) if state and state.due_at else None
        return Standing(card, state, due_on, self.today)

    @cached_property
    def by_key(self):
        return {one.card.key: one for one in self.standings}

    @cached_property
    def due(self):
        """Those that come again today, the one that waits longest first."""
        return sorted((one for one in self.standings if one.is_due), key=lambda one: one.state.due_at)

    @cached_property
    def new(self):
        return [one for one in self.standings if one.is_new]

    @property
    def new_today(self):
        """New ones for today, as long as not enough were begun."""
        begun = [one for one in self.standings if one.state and one.state.started_at]
        today = sum(day_in(one.state.started_at, self.zone) == self.today for one in begun)
        return self.new[: max(0, ENOUGH_NEW - today)]

    @property
    def for_today(self):
        """Those of today in the order in which they are asked: one that was just not known waits for the others."""
        waiting = [one for one in self.due if one.state.due_at <= self.now]
        soon = [one for one in self.due if one.state.due_at > self.now]
        return [*waiting, *self.new_today, *soon]

    @property
    def next_on(self):
        """The day on which the next card comes again, None where none does."""
        return min((one.due_on for one in self.standings if one.due_on and not one.is_due), default=None)

    @property
    def next_words(self):
        """“The next card comes on Thursday 3 December.”"""
        return f"The next card comes on {weekday_seen_from(self.today, self.next_on)}." if self.next_on else ""

    @property
    def count_words(self):
        """“8 cards for today: 3 come again and 5 are new”, empty where there are none."""
        due, new = len(self.due), len(self.new_today)
        if not due and not new:
            return ""
        again = f"{due} {plural(due, 'comes,come')} again"
        fresh = f"{new} {plural(new, 'is,are')} new"
        parts = " and ".join(part for number, part in ((due, again), (new, fresh)) if number)
        return f"{counted(due + new, 'card')} for today: {parts}"


def deck_of(profile, *, now):
    """Two queries for somebody, one where the guide's questions are known to this process."""
    zone = zone_of(profile.time_zone, settings.TIME_ZONE)
    return Deck(interview_questions().cards, list(profile.interview_cards.all()), now=now, zone=zone)


def comes_again_words(state, *, now):
    """Of a card that was just answered: “Good. It comes again on Thursday 3 December.”"""
    zone = zone_of(state.profile.time_zone, settings.TIME_ZONE)
    today, due_on = day_in(now, zone), day_in(state.due_at, zone)
    when = "later today" if due_on <= today else f"on {weekday_seen_from(today, due_on)}"
    return f"{state.get_last_display()}. It comes again {when}."
