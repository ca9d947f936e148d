"""What the guide says today of a route along given stops: its steps for one person, and its facts for `planning.goals`.

`guide` is a `GuideNetwork`, the guide as it is; `stops` are keys of roles, the first may be `journeys.NEW`.
"""

from itertools import pairwise

from careers.actions.levels import levels_of
from careers.actions.wording import money
from careers.models import Situation
from careers.planning.goals import PlanStep, gone, move_facts
from careers.planning.journeys import NEW
from careers.planning.routes import route_along


def steps_along(guide, stops, *, profile):
    """The `PlanStep`s of the route; None where the guide has no such route any more.

    A skill is a step even where evidence has reached it already: the page says so, and should the evidence be taken
    back it is there to do. A certification is one where it closes a gap that this person has.
    """
    has = {skill.pk: row.proficiency for skill, row in levels_of(profile).items()}
    held = set(profile.certificates.values_list("certification_id", flat=True))
    at_start = guide.asked.get(stops[0], {})
    least = {skill: min(level, at_start[skill][0]) for skill, level in has.items() if skill in at_start}
    asks = route_along(guide.moves, stops, asked=guide.asked, has=least, held=())
    closes = route_along(guide.moves, stops, asked=guide.asked, has=has, held=held)
    if asks is None or closes is None:
        return None
    legs = enumerate(zip(asks.steps, closes.steps, strict=True), start=1)
    return [step for leg, (asked, closing) in legs for step in steps_of_leg(guide, leg, asked, closing)]


def steps_of_leg(guide, leg, asked, closing):
    """First what there is to learn, then the certifications, then the move itself."""
    end = asked.move.end
    return [
        *(PlanStep(to_raise(one.skill, one.to), guide.skill_of[one.skill].name, leg) for one in asked.raises),
        *(PlanStep(to_earn(one.offer.key), guide.certification_of[one.offer.key].title, leg) for one in closing.offers),
        PlanStep(("move", end, None, None, None), guide.role_of[end].title, leg, asked.move.months),
    ]


def to_raise(skill, level):
    return "skill", None, skill, level, None


def to_earn(certification):
    return "certification", None, None, None, certification


def asked_along(guide, stops):
    """{leg: what the guide asks for on it, whatever a person has}, as identities of steps."""
    found = {}
    for leg, (start, end) in enumerate(pairwise(stops), start=1):
        row = guide.row_of.get((start, end))
        skills = {to_raise(skill, level) for skill, (level, _) in guide.asked.get(end, {}).items()}
        found[leg] = skills | {to_earn(one.pk) for one in (row.certifications.all() if row else ())}
    return found


def facts_along(guide, stops, *, seen):
    """One snapshot for each move; of one that the guide has no longer what was `seen` of it, and that it is gone."""
    before = [*seen, *({} for _ in stops)]
    pairs = pairwise(stops)
    return [facts_of(guide, start, end) or gone(before[place]) for place, (start, end) in enumerate(pairs)]


def facts_of(guide, start, end):
    """None where there is no such move."""
    row, role = guide.row_of.get((start, end)), guide.role_of.get(end)
    if row is None:
        begins = start == NEW and role is not None and role.is_entry
        return said_of(guide, Situation.NEW.label, role, kind="First role") if begins else None
    words = {"kind": row.get_kind_display(), "gained_by": row.get_gained_by_display(), "how": row.how}
    fees = {one.title: fee_in_words(one) for one in row.certifications.all()}
    return said_of(guide, row.from_role.title, role, **words, months=row.months, certifications=fees)


def said_of(guide, start, role, *, kind, gained_by="", how="", months=None, certifications=None):
    asked = guide.asked[role.pk].items()
    return move_facts(
        start=start,
        end=role.title,
        kind=kind,
        gained_by=gained_by,
        how=how,
        months=months,
        skills={guide.skill_of[skill].name: asking for skill, asking in asked},
        certifications=certifications or {},
    )


def fee_in_words(certification):
    if certification.fee_amount is None:
        return ""
    return f"{money(certification.fee_amount, certification.fee_currency)} ({certification.fee_as_of})"
