"""What readers have of the guide now, as the code of their own pages says: read before a change and inside it.

Whatever is read of people stays here: only numbers leave.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from careers.desk.rules.impact import GuidePicture, ends_without
from careers.evidence.models.evidence import Evidence
from careers.guide.models.certifications import Certification, CertificationSkill
from careers.guide.models.choices import Level
from careers.guide.models.moves import Move
from careers.guide.models.publishing import GuideModel
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.guide.rules.changes import digest
from careers.guide.selectors.snapshots import references_in
from careers.matching.selectors import matches_of
from careers.people.models.profiles import Profile
from careers.plans.models import CertificationPlan
from careers.plans.rules.guide_changes import GuideStep
from careers.routes.map.rules.lines import MOST_STATIONS
from careers.routes.map.selectors import read_map
from careers.routes.models import Goal
from careers.routes.rules.goal_facts import differences, is_gone
from careers.routes.rules.journeys import NEW
from careers.routes.selectors.goal_proofs import stops_of
from careers.routes.selectors.goal_steps import facts_along
from careers.saved.models import SavedRole

PUBLISHED = GuideModel.Status.PUBLISHED
AT_ONCE = 200  # rows read together, between two looks at the clock
MOST_SAMPLED = 50  # people whose matches are worked out anew
FIRST_MATCHES = 3  # of a list of matches, what most look at


@dataclass(frozen=True)
class Sample:
    """People whose matches are worked out, newest ratings first, and how many there are of whom they are some."""

    profiles: list[int]
    total: int


def read_picture(guide):
    order = guide.places.order
    ways = {start: frozenset(ends) for start, ends in guide.ways.leaving.items()}
    no_way_in, no_way_on = ends_without(ways, order)
    return GuidePicture(
        titles={key: place.title for key, place in order.items()},
        ways=ways,
        drawn=drawn_moves(order, ways),
        ways_out=frozenset(Move.objects.published().exits().values_list("from_role__title", "destination")),
        no_way_in=frozenset(key for key in no_way_in if order[key].level > Level.ENTRY),
        no_way_on=frozenset(key for key in no_way_on if order[key].level < max(Level)),
        untaught=dict(untaught()),
    )


def drawn_moves(order, ways):
    """The ends of all moves on the map; where it is too large to be drawn whole, of those that it is drawn from."""
    if len(order) > MOST_STATIONS:
        return frozenset((start, end) for start, ends in ways.items() if start != NEW for end in ends)
    roles, moves = read_map()
    shown = {role.pk for role in roles}
    ends = ((move.from_role_id, move.to_role_id) for move in moves)
    return frozenset((start, end) for start, end in ends if start in shown and end in shown)


def untaught():
    """Published skills that a published role asks for and no published certification shows."""
    credits = CertificationSkill.objects.filter(skill=OuterRef("pk"), certification__status=PUBLISHED)
    asked = Role.objects.published().order_by().filter(role_skills__skill=OuterRef("pk"))
    return Skill.objects.published().filter(~Exists(credits), Exists(asked)).order_by().values_list("pk", "name")


def read_facts(clock, first):
    """{role that somebody saved: digest of what they see of it}, None of one that readers do not see. Those of the keys
    `first` are read first.
    """
    found = {}
    saved = SavedRole.objects.order_by("role").values_list("role", flat=True).distinct()
    for keys in in_parts(sorted(saved, key=lambda key: key not in first), clock, "roles that people saved"):
        shown = Role.objects.published().for_detail().in_bulk(keys)
        found |= {key: digest(shown[key].facts) if key in shown else None for key in keys}
    return found


def people_who_saved(keys):
    return SavedRole.objects.filter(role__in=keys).order_by().values("profile").distinct().count()


def read_goals(clock):
    """{stops of a route: how many people made it their goal}."""
    found, done = {}, 0
    for goal in Goal.objects.prefetch_related("steps").order_by("-answered_at").iterator(chunk_size=AT_ONCE):
        if clock.is_over():
            break
        stops, done = tuple(stops_of(goal)), done + 1
        found[stops] = found.get(stops, 0) + 1
    clock.note("goals", done, Goal.objects.count())
    return found


def read_routes(guide, routes, clock):
    """{stops: what the guide says of each move of the route}."""
    found = {}
    for stops in in_parts(list(routes), clock, "routes that people chose", at_once=20):
        guide.read_along(*stops)
        found |= {one: facts_along(guide, one, seen=[]) for one in stops}
    return found


def goals_changed(before, after, goals):
    """How many people are told that their route changed, and of how many a move of it is there no longer."""
    changed = [stops for stops in before.keys() & after.keys() if differences(before[stops], after[stops])]
    gone = [stops for stops in changed if any(is_gone(one) for one in after[stops])]
    gone = [stops for stops in gone if not any(is_gone(one) for one in before[stops])]
    return sum(goals[stops] for stops in changed), sum(goals[stops] for stops in gone)


def read_steps(clock, first):
    """{certification that somebody tracks: its steps as a plan takes them over}; None of one that nobody sees."""
    found = {}
    tracked = CertificationPlan.objects.not_dropped().filter(certification__isnull=False).order_by("certification")
    keys_tracked = sorted(tracked.values_list("certification", flat=True).distinct(), key=lambda key: key not in first)
    for keys in in_parts(keys_tracked, clock, "certifications that people track"):
        shown = Certification.objects.published().prefetch_related("steps").in_bulk(keys)
        for key in keys:
            found[key] = steps_of(shown[key]) if key in shown else None
    return found


def steps_of(certification):
    return [GuideStep(step.title, step.hours, step.is_renewal) for step in certification.steps.all()]


def people_who_track(keys):
    plans = CertificationPlan.objects.not_dropped().filter(certification__in=keys)
    return plans.order_by().values("profile").distinct().count()


def roles_asking_otherwise(before, after):
    """Skills of the roles that ask for something else, or came or went, in one of two networks."""
    asked, now = before.asked, after.asked
    touched = {key for key in asked.keys() | now.keys() if asked.get(key) != now.get(key)}
    touched |= before.places.order.keys() ^ after.places.order.keys()
    return {skill for key in touched for one in (asked, now) for skill in one.get(key, {})}


def sample_of(skills):
    """Only who rated one of these skills can get other matches; of many people, those who rated one last."""
    rated = Evidence.objects.filter(skill__in=skills).order_by()
    newest = rated.values("profile").annotate(last=Max("pk")).order_by("-last")
    return Sample(list(newest.values_list("profile", flat=True)[:MOST_SAMPLED]), newest.count())


def read_matches(profiles, clock):
    """{profile: the band of each role that is rated for them, and the first of their list}."""
    found, today = {}, timezone.localdate()
    for keys in in_parts(profiles, clock, "people’s matches", at_once=5):
        for key, profile in Profile.objects.in_bulk(keys).items():
            matches = matches_of(profile=profile, today=today)
            found[key] = matches.bands, matches.ranked[:FIRST_MATCHES]
    return found


def in_parts(keys, clock, what, *, at_once=AT_ONCE):
    """`what` the keys are, in words, for who is told that time was over. The first part is read in any case."""
    done = 0
    for start in range(0, len(keys), at_once):
        if start and clock.is_over():
            break
        done += len(keys[start : start + at_once])
        yield keys[start : start + at_once]
    clock.note(what, done, len(keys))


def names_of_hidden(model, content):
    """Names of the pages that a content names and that readers do not see."""
    wanted = defaultdict(set)
    for related, key in references_in(model, content):
        if issubclass(related, GuideModel):
            wanted[related].add(key)
    hidden = [
        page
        for related, keys in wanted.items()
        for page in related._base_manager.filter(pk__in=keys).exclude(status=GuideModel.Status.PUBLISHED)
    ]
    return sorted(map(str, hidden))
