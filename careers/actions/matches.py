"""Published roles ranked for one person, with what explains each place. The rule: `careers.planning.matching`."""

from dataclasses import dataclass
from datetime import date

from careers.actions.fits import RoleFit, SkillRow, published_fits
from careers.actions.levels import levels_by_key
from careers.models import Certification, Evidence, Skill
from careers.planning import matching
from careers.planning.evidence import Claim, current_claim

FIRST_QUESTIONS = 3


@dataclass(frozen=True)
class ScoredRow:
    """A skill that the role asks for, with the evidence, and what it gives to the score."""

    row: SkillRow
    reason: matching.Reason


@dataclass(frozen=True)
class RoleMatch:
    """One place of the ranking. `help` is the certificate that helps most: a `matching.Help`, or None."""

    fit: RoleFit
    match: matching.Match
    help: matching.Help | None
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
        """Whether a certificate could be named: something is rated too low, and the role is still to be reached."""
        return bool(self.fit.missing) and not self.is_current and not self.match.fits_now

    @property
    def gains(self):
        """What the certificate that helps most raises, as (skill, `matching.Gain`), the most points first."""
        gains = sorted(self.help.gains, key=lambda gain: -gain.points)
        return [(self.fit.row_of[gain.skill].asked.skill, gain) for gain in gains]


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

    Six queries, whatever the guide holds and the person has rated.
    """
    levels = levels_by_key(profile)
    fits = published_fits(profile=profile, levels=levels)
    fit_of = {fit.role.pk: fit for fit in fits}
    ranked = matching.rank(candidates(fits))
    offers = certificate_offers(profile, levels, today) if ranked else {}
    asked = {row.asked.skill_id for fit in fits for row in fit.rows}
    return Matches(
        [role_match(profile, fit_of[one.id], one.match, offers) for one in ranked],
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


def role_match(profile, fit, match, offers):
    """Nobody needs a certificate for the role they are in."""
    is_current = fit.role.pk == profile.current_role_id
    return RoleMatch(fit, match, None if is_current else matching.best_help(fit.summary, offers), is_current)


def certificate_offers(profile, levels, today):
    """{certification that the person does not hold, or no longer: {key of a skill: the level they would have with it}}.

    Those that would lower any of `levels` are left out.
    """
    certifications = (
        Certification.objects.published().not_held_on(today, profile=profile).with_credits().prefetch_related("steps")
    )
    offers = {
        one: {credit.skill_id: level_with(levels.get(credit.skill_id), credit) for credit in one.credits.all()}
        for one in certifications
    }
    return matching.without_loss(offers, {skill: row.proficiency for skill, row in levels.items()})


def level_with(row, credit):
    """The level of a skill once a certificate credits it; `row` is the evidence that counts now, or None."""
    earned = Claim(Evidence.Kind.CERTIFICATE, credit.proficiency, date.max)
    return current_claim([earned, *([row.as_claim()] if row else [])]).proficiency


def first_questions():
    """The skills that tell most about somebody of whom nothing is known. One query."""
    return list(Skill.objects.published().most_asked()[:FIRST_QUESTIONS])
