"""Published roles ranked for one person, with what explains each place. The rule: `careers.evidence.rules.matching`."""

from dataclasses import dataclass

from careers.evidence.rules import matching
from careers.evidence.selectors.fits import RoleFit, SkillRow, published_fits
from careers.evidence.selectors.helps import HelpShown, help_towards, offers_for
from careers.evidence.selectors.levels import levels_by_key
from careers.guide.models.skills import Skill
from careers.routes.selectors.guide_network import current_guide

FIRST_QUESTIONS = 3


@dataclass(frozen=True)
class ScoredRow:
    """A skill that the role asks for, with the evidence, and what it gives to the score."""

    row: SkillRow
    reason: matching.Reason


@dataclass(frozen=True)
class RoleMatch:
    """One place of the ranking. `help` is the certification that helps most, a `HelpShown`, or None."""

    fit: RoleFit
    match: matching.Match
    help: HelpShown | None
    is_current: bool = False

    @property
    def role(self):
        return self.fit.role

    @property
    def rows(self):
        return [ScoredRow(row, reason) for row, reason in zip(self.fit.rows, self.match.reasons, strict=True)]

    @property
    def held_back_by(self):
        return [row for row in self.rows if row.reason in self.match.held_back_by]

    @property
    def asks_for_help(self):
        """Whether a certification could be named: something is rated too low, and the role is still to be reached."""
        return bool(self.fit.missing) and not self.is_current and not self.match.fits_now


@dataclass(frozen=True)
class Matches:
    """`ranked`: the best first. `unasked`: fits of roles that ask for no skill. `known` of the `asked` skills count."""

    ranked: list[RoleMatch]
    unasked: list[RoleFit]
    known: int = 0
    asked: int = 0

    @property
    def is_rated_too_little(self):
        """Whether no role could be seen to fit, however good the skills that are rated were."""
        return not any(one.match.can_be_seen_to_fit for one in self.ranked)


def matches_of(*, profile, today):
    """Nothing is ranked where nothing is known of any skill that a published role asks for.

    Five queries while the guide is kept, whatever it holds and the person has rated.
    """
    levels = levels_by_key(profile)
    fits = published_fits(profile=profile, levels=levels)
    fit_of = {fit.role.pk: fit for fit in fits}
    ranked = matching.rank(candidates(fits))
    asked = {row.asked.skill_id for fit in fits for row in fit.rows}
    return Matches(
        role_matches(profile, [(fit_of[one.id], one.match) for one in ranked], levels, today) if ranked else [],
        [fit for fit in fits if not fit.rows],
        known=len(asked & levels.keys()),
        asked=len(asked),
    )


def candidates(fits):
    """Fits in the guide's order as what is ranked: skills and level, and nothing of working life."""
    return [
        matching.Candidate(fit.role.pk, fit.role.level, place, matching.match(fit.summary.needs))
        for place, fit in enumerate(fits)
    ]


def role_matches(profile, ranked, levels, today):
    guide = current_guide()
    offers = offers_for(guide, profile=profile, levels=levels, today=today)
    return [
        RoleMatch(
            fit,
            match,
            help_towards(fit, guide=guide, offers=offers, profile=profile),
            is_current=fit.role.pk == profile.current_role_id,
        )
        for fit, match in ranked
    ]


def help_with(fit, *, profile, today):
    """The certification that helps this person most towards one role, a `HelpShown`, or None. Three queries at most."""
    if not fit.missing or not fit.role.is_published:
        return None
    guide = current_guide()
    offers = offers_for(guide, profile=profile, levels=levels_by_key(profile), today=today)
    return help_towards(fit, guide=guide, offers=offers, profile=profile)


def first_questions():
    """The skills that tell most about somebody of whom nothing is known. One query."""
    return list(Skill.objects.published().most_asked()[:FIRST_QUESTIONS])
