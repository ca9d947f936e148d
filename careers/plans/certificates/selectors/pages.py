"""What a plan's page says of the certificate: what it would change, or how it stands."""

from dataclasses import dataclass

from django.utils.timezone import localdate

from careers.evidence.models.evidence import Evidence, HeldCertificate
from careers.evidence.rules.levels import level_with
from careers.evidence.rules.renewal import Standing
from careers.evidence.selectors.levels import levels_of
from careers.guide.models.skills import Skill
from careers.lib.words import plural
from careers.plans.certificates.rules import ends_in_words
from careers.plans.certificates.selectors.lapses import lapse_cost
from careers.plans.models import CertificationPlan


@dataclass(frozen=True)
class Gain:
    """A skill, its level before and after; `before` is None where nobody knows."""

    skill: Skill
    before: int | None
    after: int
    shows: int

    @property
    def is_there(self):
        return self.before is not None and self.before == self.after

    @property
    def falls(self):
        """A certificate counts before one's own rating, be that higher."""
        return self.before is not None and self.after < self.before


@dataclass(frozen=True)
class CertificateSection:
    plan: CertificationPlan
    gains: list[Gain]
    held: HeldCertificate | None = None
    shown: tuple[Evidence, ...] = ()
    standing: Standing | None = None
    ends: str = ""
    cost: tuple[str, ...] = ()

    @property
    def gains_lead(self):
        """“Once you pass, these count for every role.”"""
        earned = "pass" if self.plan.has_exam else "have it"
        return f"Once you {earned}, {plural(len(self.gains), 'this counts,these count')} for every role."

    @property
    def has_lapsed(self):
        return self.standing == Standing.LAPSED


def certificate_section(plan, *, now):
    held, today = plan.held_certificate, localdate(now)
    if held is None:
        return CertificateSection(plan, gains_of(plan))
    return CertificateSection(
        plan,
        [],
        held=held,
        shown=tuple(held.evidence.standing().select_related("skill").order_by("-proficiency", "skill__name")),
        standing=held.standing_on(today),
        ends=ends_in_words(today=today, expires=held.expires) if held.expires else "",
        cost=lapse_cost(held) if held.expires_on else (),
    )


def gains_of(plan):
    """Return how passing would change each skill that the certification credits, for this person."""
    credits = list(plan.certification.credits.published()) if plan.certification else []
    levels = levels_of(plan.profile) if credits else {}
    return [gain(credit, levels.get(credit.skill)) for credit in credits]


def gain(credit, row):
    after = level_with(row.as_claim() if row else None, credit.proficiency)
    return Gain(credit.skill, row.proficiency if row else None, after, credit.proficiency)
