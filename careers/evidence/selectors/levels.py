"""What a person can do now, derived from their evidence at the moment of asking."""

from careers.evidence.models.evidence import Evidence
from careers.evidence.rules.levels import current_claim


def levels_of(profile):
    """{skill: the evidence that says what the person can do now}, by the skill's name. One query."""
    rows_of = {}
    for row in profile.evidence.for_levels().order_by("skill__name", "pk"):
        rows_of.setdefault(row.skill, []).append(row)
    return {skill: current(rows) for skill, rows in rows_of.items()}


def levels_by_key(profile):
    """{key of a skill: the evidence that says what the person can do now}. One query."""
    return {skill.pk: row for skill, row in levels_of(profile).items()}


def known_by(row):
    """How a level is known, as others may read it: “Certificate: Six Sigma Yellow Belt”."""
    return KNOWN_BY[row.kind].format(source=row.source)


KNOWN_BY = {
    Evidence.Kind.OWN_RATING: "Own rating",
    Evidence.Kind.CERTIFICATE: "Certificate: {source}",
    Evidence.Kind.PRACTICE: "Practice test, taken alone: {source}",
    Evidence.Kind.TEST: "Test: {source}",
    Evidence.Kind.HR_WORD: "Word of HR",
}


def current(rows):
    by_pk = {row.pk: row for row in rows}
    claim = current_claim(row.as_claim() for row in rows)
    return by_pk[claim.order] if claim else None
