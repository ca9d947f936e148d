"""What the guide says today of a route along given stops: its steps for one person, and its facts for a comparison.

`guide` is a `GuideNetwork`, the guide as it is; `stops` are keys of roles, the first may be `journeys.NEW`.
"""

from itertools import pairwise

from careers.evidence.selectors.helps import offers_for
from careers.evidence.selectors.levels import levels_by_key
from careers.people.models.profiles import Situation
from careers.routes.rules.goal_facts import OfferFacts, gone, move_facts
from careers.routes.rules.goals import Identity, RouteStep
from careers.routes.rules.journeys import NEW
from careers.routes.rules.routes import route_along
from careers.routes.selectors.goal_proofs import stops_of


def steps_along(guide, stops, *, profile, today):
    """The `RouteStep`s of the route; None where the guide has no such route any more.

    A skill is a step where it is to be raised, a certification where the planner counts it for this person.
    """
    offers = offers_for(guide, profile=profile, levels=levels_by_key(profile), today=today)
    route = route_along(guide.ways, stops, **guide.person(offers))
    guide.read_along(stops)
    if route is None or not guide.has_read(stops):
        return None
    return [step for leg, one in enumerate(route.steps, start=1) for step in steps_of_leg(guide, leg, one)]


def steps_of_leg(guide, leg, one):
    """First what there is to learn, then the certifications, then the move itself."""
    start, end = one.move.start, one.move.end
    return [
        *(RouteStep(to_raise(skill.skill, skill.to), guide.skill_of[skill.skill].name, leg) for skill in one.raises),
        *(RouteStep(to_earn(help.offer.key), guide.certification_of[help.offer.key].title, leg) for help in one.offers),
        RouteStep(Identity("move", start=start or None, role=end), guide.role_of[end].title, leg, one.move.months),
    ]


def to_raise(skill, level):
    return Identity("skill", skill=skill, proficiency=level)


def to_earn(certification):
    return Identity("certification", certification=certification)


def asked_along(guide, stops):
    """{leg: what the guide asks for on it, whatever a person has}, as identities of steps."""
    guide.read_along(stops)
    found = {}
    for leg, (start, end) in enumerate(pairwise(stops), start=1):
        row = guide.row_of.get((start, end))
        skills = {to_raise(skill, level) for skill, (level, _) in guide.asked.get(end, {}).items()}
        found[leg] = skills | {to_earn(one.pk) for one in (row.certifications.all() if row else ())}
    return found


def facts_along(guide, stops, *, seen):
    """One snapshot for each move; of one that the guide has no longer what was `seen` of it, and that it is gone."""
    guide.read_along(stops)
    before = [*seen, *({} for _ in stops)]
    return [
        facts_of(guide, start, end, is_first=not place) or gone(before[place])
        for place, (start, end) in enumerate(pairwise(stops))
    ]


def facts_of(guide, start, end, *, is_first):
    """None where there is no such move."""
    row, role = guide.row_of.get((start, end)), guide.role_of.get(end)
    begins = start == NEW and role is not None and role.is_entry
    if row is None and not begins:
        return None
    said = (
        said_of_move(guide, row)
        if row
        else {"start": Situation.NEW.label, "kind": "First role", "track": line_of(role)}
    )
    asked = guide.asked.get(start, {}) if is_first and row else None
    shown = [credit.skill_id for one in (row.certifications.all() if row else ()) for credit in one.credits.all()]
    needs = guide.asked.get(end, {})
    used = {*needs, *(asked or {}), *shown} & guide.asked_skills
    guide.skill_of.read(used)
    return move_facts(
        end=role.title,
        skills=by_slug(guide, needs),
        start_skills=None if asked is None else by_slug(guide, asked),
        names={skill.slug: skill.name for skill in map(guide.skill_of.get, used) if skill},
        **said,
    )


def said_of_move(guide, row):
    return {
        "start": row.from_role.title,
        "kind": row.get_kind_display(),
        "track": line_of(row),
        "gained_by": row.get_gained_by_display(),
        "how": row.how,
        "months": row.months,
        "is_estimate": row.is_estimate,
        "months_note": row.months_note,
        "offers": [offer_of(guide, one) for one in row.certifications.all()],
    }


def line_of(page):
    """The value of the line of a role or a move, and its name."""
    return page.track, page.get_track_display()


def by_slug(guide, asked):
    return {skill.slug: asking for key, asking in asked.items() if (skill := guide.skill_of.get(key))}


def offer_of(guide, certification):
    """Of what it shows, the skills that some role asks for."""
    study = certification.study
    shown = [credit for credit in certification.credits.all() if credit.skill_id in guide.asked_skills]
    return OfferFacts(
        certification.title,
        fee=certification.fee_text,
        amount=certification.fee_amount,
        currency=certification.fee_currency,
        hours=str(study) if study else "",
        known_hours=study.known if study else None,
        credits={credit.skill.slug: credit.proficiency for credit in shown},
    )


def facts_now(goal, guide):
    return facts_along(guide, stops_of(goal), seen=goal.facts_seen)
