"""Which certifications would help a person, and which one most towards a role. The rule:
`careers.evidence.rules.gains`.
"""

from dataclasses import dataclass
from functools import cached_property

from careers.evidence.rules import matching
from careers.evidence.rules.gains import Effect, Gain, lowered, without_loss
from careers.evidence.rules.levels import level_with
from careers.evidence.selectors import help_words
from careers.guide.models.certifications import Certification
from careers.guide.models.skills import Skill


@dataclass(frozen=True)
class Offers:
    """The levels that each published certification would bring one person, by keys.

    `has` is {skill: level}; `held` are the certifications they hold; `bring` is {certification that they do not hold:
    {skill: the level they would have with it}}, in the guide's order.
    """

    has: dict
    held: set
    bring: dict

    @cached_property
    def helping(self):
        """Those of `bring` that lower nothing."""
        return without_loss(self.bring, self.has)

    @cached_property
    def lowering(self):
        """{certification: [(skill, level now, level with it)]} of the others."""
        found = {one: lowered(levels, self.has) for one, levels in self.bring.items()}
        return {
            one: [(skill, self.has[skill], self.bring[one][skill]) for skill in skills]
            for one, skills in found.items()
            if skills
        }


def offers_for(guide, *, profile, levels, today):
    """`guide` is a `GuideNetwork`, `levels` from `levels_by_key`. One query."""
    held = set(profile.certificates.of_the_guide().valid_on(today).values_list("certification_id", flat=True))
    claims = {skill: row.as_claim() for skill, row in levels.items()}
    bring = {
        one: {skill: level_with(claims.get(skill), level) for skill, level in credits.items()}
        for one, credits in guide.credits.items()
        if one not in held
    }
    return Offers({skill: claim.proficiency for skill, claim in claims.items()}, held, bring)


@dataclass(frozen=True)
class GainsShown:
    """Pairs of a skill and a `evidence.rules.gains.Gain`, in the order of the role."""

    pairs: list[tuple[Skill, Gain]]

    def of(self, effect):
        return [(skill, gain) for skill, gain in self.pairs if gain.effect == effect]

    @property
    def closes(self):
        return self.of(Effect.CLOSES)

    @property
    def narrows(self):
        return self.of(Effect.NARROWS)

    @property
    def shows(self):
        return self.of(Effect.SHOWS)

    @property
    def in_words(self):
        return help_words.gains_in_words(self)


@dataclass(frozen=True)
class HelpShown:
    """The certification that helps most towards a role, and the better band that it makes; None where it makes none."""

    certification: Certification
    gains: GainsShown
    points: int
    band: matching.Band | None

    @property
    def cost_text(self):
        """“US$422 (2024), about 39 h to prepare.”"""
        study = self.certification.study
        return f"{self.certification.fee_text or 'Fee not known'}, {study}{' to prepare' if study else ''}."


def help_towards(fit, *, guide, offers, profile):
    """None where none helps, where the role fits now, and for the role that they are in. `fit` is a `RoleFit`."""
    best = None if fit.role.pk == profile.current_role_id else matching.best_help(fit.summary, offers.helping)
    if best is None:
        return None
    now = matching.match(fit.summary.needs).as_rated
    return HelpShown(
        guide.certification_of[best.certification],
        GainsShown([(fit.row_of[gain.skill].asked.skill, gain) for gain in best.gains]),
        best.points,
        best.match.as_rated if best.match.as_rated < now else None,
    )
