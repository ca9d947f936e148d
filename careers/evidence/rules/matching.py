"""Which roles fit a person, by skills alone, and why.

The rule has two parts, as O*NET's way of finding occupations to move to has: overall likeness, and no large gap in any
one thing that matters.

1. Points. A skill that a role asks for gives weight × the lower of what one has and what is asked, of weight × what is
   asked. The weight is 3 for an essential skill, 1 for a helpful one. A skill that nobody has said anything about gives
   no points, but it is told as not rated, never as missing. The score is the points of the possible points.
2. Band. A role fits now from 80% of the points and with no essential skill 2 or more levels short; it is within reach
   from 50% and with none more than 2 levels short. What is not rated counts as wholly missing for that, so no first
   rating of a skill takes a role out of these two. Of the others nobody can say yet where one of the two would be
   reached if all that is not rated were there as asked; where it would not, the role is further away.

Roles are ranked by band, then by what those that nobody can say yet could reach, then score, then level (the higher
first), then the guide's order. So a higher rating never makes a match worse than a lower one would. A first rating
never lowers a score, but it settles what nobody could say: up, or down to further away. Shift, work type and degree are
no skills and give no points: they are stated, order what is for a beginner (`careers.matching.rules`), or filter the
list. A role that asks for no skill has no score and no
rank, and where nothing at all is known there is no ranking.

The certification that helps most is the one that closes and narrows gaps (`evidence.rules.gains`) by the most points.
None is named because a skill is not rated, nor where a role fits now.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from careers.evidence.rules.gains import Gain, gains
from careers.evidence.rules.gaps import Fit, Need

Key = TypeVar("Key", bound=Hashable)
Certification = TypeVar("Certification", bound=Hashable)

ESSENTIAL, HELPFUL = 3, 1


class Band(IntEnum):
    """How well a role fits; smaller is better."""

    FITS_NOW = 1
    WITHIN_REACH = 2
    CANNOT_SAY = 3
    FURTHER_AWAY = 4

    @property
    def in_words(self) -> str:
        """“Fits now”."""
        return "Cannot say yet" if self == Band.CANNOT_SAY else self.name.replace("_", " ").capitalize()

    @property
    def after_role(self) -> str:
        """Return the words after “this role”: “fits now”. If nobody can say, it is further away."""
        return {Band.FITS_NOW: "fits now", Band.WITHIN_REACH: "is within reach"}.get(self, "is further away")

    @property
    def after_role_if(self) -> str:
        """Return the words after “this role”: “would fit now”."""
        return {Band.FITS_NOW: "would fit now", Band.WITHIN_REACH: "would be within reach"}.get(
            self, "would be further away"
        )


@dataclass(frozen=True)
class Rule:
    """A band asks for at least so many percent of the points, and no essential skill short by more levels."""

    least_percent: int
    most_short: int


RULES = {Band.FITS_NOW: Rule(80, 1), Band.WITHIN_REACH: Rule(50, 2)}


class Reason(NamedTuple, Generic[Key]):
    """The points of one skill in a match."""

    need: Need[Key]

    @property
    def weight(self) -> int:
        return ESSENTIAL if self.need.essential else HELPFUL

    @property
    def points(self) -> int:
        return self.weight * min(self.need.has or 0, self.need.level)

    @property
    def possible(self) -> int:
        return self.weight * self.need.level

    @property
    def short(self) -> int:
        """Levels that are missing; all of them where nothing is known."""
        return self.need.level - min(self.need.has or 0, self.need.level)

    @property
    def short_in_words(self) -> str:
        return f"{self.short} levels too low" if self.need.is_known else "not rated"


@dataclass(frozen=True)
class Match(Generic[Key]):
    """A person beside one role: the points of each of its skills, in the role's order."""

    reasons: tuple[Reason[Key], ...]

    @cached_property
    def points(self) -> int:
        return sum(reason.points for reason in self.reasons)

    @cached_property
    def possible(self) -> int:
        return sum(reason.possible for reason in self.reasons)

    @cached_property
    def score(self) -> Fraction:
        """From 0 to 1; 0 where nothing is asked."""
        return Fraction(self.points, self.possible) if self.possible else Fraction(0)

    @property
    def percent(self) -> int:
        """Rounded down, so that no role shows a percentage that it has not reached."""
        return int(self.score * 100)

    @cached_property
    def most_short(self) -> int:
        return max((reason.short for reason in self.reasons if reason.need.essential), default=0)

    @cached_property
    def band(self) -> Band:
        may_rise = self.as_rated == Band.FURTHER_AWAY and self.at_best < self.as_rated
        return Band.CANNOT_SAY if may_rise else self.as_rated

    @cached_property
    def as_rated(self) -> Band:
        """Return the band that is sure: all that is not rated counts as wholly missing."""
        enough = (band for band, rule in RULES.items() if self.has_points_for(rule))
        return next((band for band in enough if self.most_short <= RULES[band].most_short), Band.FURTHER_AWAY)

    @cached_property
    def band_by_points(self) -> Band:
        """Return the band as if no gap counted by itself."""
        return next((band for band, rule in RULES.items() if self.has_points_for(rule)), Band.FURTHER_AWAY)

    @property
    def held_back_by(self) -> list[Reason[Key]]:
        """The essential skills that keep it from the band its points are enough for."""
        if self.band_by_points == self.as_rated:
            return []
        most_short = RULES[self.band_by_points].most_short
        return [reason for reason in self.reasons if reason.need.essential and reason.short > most_short]

    def has_points_for(self, rule: Rule) -> bool:
        return self.score * 100 >= rule.least_percent

    @cached_property
    def at_best(self) -> Band:
        """The band it would have if all that is not rated turned out to be there as asked."""
        if all(need.is_known for need in self.needs):
            return self.as_rated
        return match(need._replace(has=need.has if need.is_known else need.level) for need in self.needs).as_rated

    @property
    def may_rise(self) -> bool:
        """Whether what is not rated could put it into a better band."""
        return self.at_best < self.as_rated

    @property
    def in_words(self) -> str:
        """“Within reach at least”. Of one that nobody can place, what it may be at best: “May fit now”."""
        if self.band == Band.CANNOT_SAY:
            return "May fit now" if self.at_best == Band.FITS_NOW else "May be within reach"
        return f"{self.band.in_words}{' at least' if self.may_rise else ''}"

    @property
    def can_be_seen_to_fit(self) -> bool:
        """Whether the skills that are rated would be enough to fit now, were they all there as asked."""
        return match(need._replace(has=need.level if need.is_known else None) for need in self.needs).fits_now

    @property
    def fits_now(self) -> bool:
        return self.as_rated == Band.FITS_NOW

    @property
    def needs(self) -> list[Need[Key]]:
        return [reason.need for reason in self.reasons]


def match(needs: Iterable[Need[Key]]) -> Match[Key]:
    """`needs` as in `planning.gaps.fit(…).needs`."""
    return Match(tuple(Reason(need) for need in needs))


class Standing(NamedTuple):
    """A match in a few numbers, to rank many by: the smaller, the further up. `reach` is the band that it could have.

    `minus_score` orders as the score does: two that differ, differ by more than a float rounds away.
    """

    band: Band
    reach: Band
    minus_score: float


# Of a role that asks for skills of which none is rated. No rated one stands at this very place: it has points.
NOTHING_RATED = Standing(Band.CANNOT_SAY, Band.FITS_NOW, 0.0)


def standing(asked: Mapping[Key, tuple[int, bool]], has: Mapping[Key, int]) -> tuple[Standing, bool]:
    """The standing of `match(fit(asked, has).needs)`, and whether that can be seen to fit; without making either.

    `asked` asks for something. Costs some microseconds, so that thousands of roles are ranked for one page.
    """
    points = at_best = seen = possible = 0
    short = short_at_best = short_of_seen = 0
    for skill, (level, is_essential) in asked.items():
        weight, known = ESSENTIAL if is_essential else HELPFUL, has.get(skill)
        whole, there = weight * level, min(known or 0, level)
        possible += whole
        points += weight * there
        at_best += whole if known is None else weight * there
        seen += 0 if known is None else whole
        if is_essential:
            short = max(short, level - there)
            short_at_best = max(short_at_best, 0 if known is None else level - there)
            short_of_seen = max(short_of_seen, level if known is None else 0)
    as_rated = band_of(points, possible, short)
    best = band_of(at_best, possible, short_at_best)
    can_be_seen = band_of(seen, possible, short_of_seen) == Band.FITS_NOW
    if as_rated == Band.FURTHER_AWAY and best < as_rated:
        return Standing(Band.CANNOT_SAY, best, -points / possible), can_be_seen
    return Standing(as_rated, as_rated, -points / possible), can_be_seen


def band_of(points: int, possible: int, most_short: int) -> Band:
    for band, rule in RULES.items():
        if points * 100 >= rule.least_percent * possible and most_short <= rule.most_short:
            return band
    return Band.FURTHER_AWAY


@dataclass(frozen=True)
class Help(Generic[Certification, Key]):
    """A certification that raises a match: what it changes of the role's needs, and the match that this makes.

    What it shows of skills that are not rated is named, and gives no points here.
    """

    certification: Certification
    gains: tuple[Gain[Key], ...]
    match: Match[Key]
    points: int


def best_help(fit: Fit[Key], offers: Mapping[Certification, Mapping[Key, int]]) -> Help[Certification, Key] | None:
    """The certification that raises the points of what is rated the most, the first of equals; None where none does.

    `offers` as from `gains.without_loss`. Cost: offers × skills of the role.
    """
    if match(fit.needs).fits_now:
        return None
    changed = {certification: gains(fit.needs, levels) for certification, levels in offers.items()}
    points = {certification: points_of(fit, found) for certification, found in changed.items()}
    best = max(points, key=points.__getitem__, default=None)
    return (
        None
        if best is None or not points[best]
        else Help(best, changed[best], with_gains(fit, changed[best]), points[best])
    )


def points_of(fit: Fit[Key], changed: Iterable[Gain[Key]]) -> int:
    """Return the points that these add to a match. A skill that is not rated adds none."""
    need_of = {need.skill: need for need in fit.needs}
    rated = ((need_of[gain.skill], gain.after) for gain in changed if gain.before is not None)
    return sum(Reason(need._replace(has=after)).points - Reason(need).points for need, after in rated)


def with_gains(fit: Fit[Key], changed: Iterable[Gain[Key]]) -> Match[Key]:
    after = {gain.skill: gain.after for gain in changed if gain.before is not None}
    return match(need._replace(has=after.get(need.skill, need.has)) for need in fit.needs)
