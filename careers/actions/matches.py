"""Published roles ranked for one person, with what explains each place. The rule: `careers.planning.matching`."""

from dataclasses import dataclass
from datetime import date

from careers.actions.fits import RoleFit, SkillRow, levels_by_key, published_fits
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
    def gains(self):
        """What the certificate that helps most raises, as (skill, `matching.Gain`), the most points first."""
        return [pair for pair in self.changes if pair[1].points > 0]

    @property
    def losses(self):
        """What it lowers: one's own rating is higher than what the certificate shows."""
        return [pair for pair in self.changes if pair[1].points < 0]

    @property
    def changes(self):
        changes = sorted(self.help.gains, key=lambda gain: -gain.points)
        return [(self.fit.row_of[change.skill].asked.skill, change) for change in changes]

    @property
    def may_rise(self):
        """Whether what is not rated yet could put it into a better band."""
        return self.match.at_best < self.match.band


@dataclass(frozen=True)
class Matches:
    """`ranked`: the best first. `unasked`: fits of roles that ask for no skill. `known` of the `asked` skills count."""

    ranked: list[RoleMatch]
    unasked: list[RoleFit]
    known: int = 0
    asked: int = 0


def matches_of(*, profile):
    """Nothing is ranked where nothing is known of any skill that a published role asks for.

    Five queries, whatever the guide holds and the person has rated.
    """
    levels = levels_by_key(profile)
    fits = published_fits(profile=profile, levels=levels)
    fit_of = {fit.role.pk: fit for fit in fits}
    ranked = matching.rank(
        matching.Candidate(fit.role.pk, fit.role.level, place, matching.match(fit.summary.needs))
        for place, fit in enumerate(fits)
    )
    offers = certificate_offers(profile, levels) if ranked else {}
    asked = {row.asked.skill_id for fit in fits for row in fit.rows}
    return Matches(
        [role_match(profile, fit_of[one.id], one.match, offers) for one in ranked],
        [fit for fit in fits if not fit.rows],
        known=len(asked & levels.keys()),
        asked=len(asked),
    )


def role_match(profile, fit, match, offers):
    help = matching.best_help(fit.summary, offers)
    return RoleMatch(fit, match, help, is_current=fit.role.pk == profile.current_role_id)


def certificate_offers(profile, levels):
    """{certification that the person does not hold: {key of a skill: the level they would have with it}}."""
    certifications = Certification.objects.published().not_held_by(profile).with_credits()
    return {
        one: {credit.skill_id: level_with(levels.get(credit.skill_id), credit) for credit in one.credits.all()}
        for one in certifications
    }


def level_with(row, credit):
    """The level of a skill once a certificate credits it; `row` is the evidence that counts now, or None."""
    earned = Claim(Evidence.Kind.CERTIFICATE, credit.proficiency, date.max)
    return current_claim([earned, *([row.as_claim()] if row else [])]).proficiency


def first_questions():
    """The skills that tell most about somebody of whom nothing is known. One query."""
    return list(Skill.objects.published().most_asked()[:FIRST_QUESTIONS])
