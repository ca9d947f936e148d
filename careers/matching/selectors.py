"""Published roles ranked for one person, with what explains each place. The rule: `careers.evidence.rules.matching`."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from heapq import nlargest
from itertools import product

from careers.evidence.rules import matching
from careers.evidence.selectors.fits import RoleFit, SkillRow, published_fits, working_life
from careers.evidence.selectors.helps import HelpShown, help_towards, offers_for
from careers.evidence.selectors.levels import levels_by_key
from careers.guide.models.choices import Degree, Frequency, Level, Shift, WorkType
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.guide.rules.facets import Facets
from careers.guide.rules.working_life import FactStanding
from careers.guide.selectors.role_facets import role_facets
from careers.matching.rules import MatchPart, MatchParts, degree_costs, shift_costs, work_costs
from careers.people.models.profiles import Education, Profile
from careers.routes.selectors.guide_network import current_guide

FIRST_QUESTIONS = 3
FITS = "fits"  # the value of a fact that goes together with what the person said, or where one asks first
# Of a fact. Where nobody said anything all goes together with it.
OPEN = (FactStanding.FITS, FactStanding.ASK, FactStanding.NOT_KNOWN)


@dataclass(frozen=True)
class ScoredRow:
    """A skill that the role asks for, with the evidence, and what it gives to the score."""

    row: SkillRow
    reason: matching.Reason

    @property
    def skill(self):
        return self.row.asked.skill


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

    @cached_property
    def rows(self):
        return [ScoredRow(row, reason) for row, reason in zip(self.fit.rows, self.match.reasons, strict=True)]

    @cached_property
    def held_back_by(self):
        held_back_by = self.match.held_back_by
        return [row for row in self.rows if row.reason in held_back_by]

    @property
    def asks_for_help(self):
        """Whether a certification could be named: something is rated too low, and the role is still to be reached."""
        return bool(self.fit.missing) and not self.is_current and not self.match.fits_now


@dataclass(frozen=True)
class Matches:
    """Published roles by their keys, as `careers.guide.selectors.role_facets` has them.

    `ranked`: the best first, part by part. `bands` has the band of those that ask for a skill that is rated; of the
    others nobody can say yet. `unasked`: those that ask for no skill. `known` of the `asked` skills count. `standings`
    has {fact of working life: {how a role stands to it: set of roles}}.
    """

    profile: Profile
    levels: dict
    today: date
    facets: Facets
    ranked: list[int]
    unasked: list[int]
    bands: dict[int, matching.Band]
    parts: MatchParts
    part_of: dict[int, MatchPart]
    standings: dict[str, dict[FactStanding, int]]
    known: int = 0
    asked: int = 0
    is_rated_too_little: bool = True  # no role could be seen to fit, however good the skills that are rated were

    def band(self, key):
        return self.bands.get(key, matching.NOTHING_RATED.band)

    @cached_property
    def costs(self):
        """Sentences: what it costs what the person said of their working life. By fact, none where it costs nothing."""
        profile = self.profile
        counts = {
            fact: {standing: roles.bit_count() for standing, roles in found.items()}
            for fact, found in self.standings.items()
        }
        finished = Education(profile.education).in_words if profile.education else ""
        shifts = [shift.value for shift in Shift if shift in profile.shifts]
        work = [kind.label for kind in WorkType if kind in profile.work_types]
        found = [
            shift_costs(shifts, counts["shift"]),
            work_costs(work, counts["work_type"]),
            degree_costs(finished, counts["degree"]),
        ]
        return [" ".join(sentences) for sentences in found if sentences]

    def shown(self, keys):
        """The `RoleMatch`es of some of the ranked. Three queries while the guide is kept."""
        guide = current_guide()
        offers = offers_for(guide, profile=self.profile, levels=self.levels, today=self.today)
        return [
            RoleMatch(
                fit,
                matching.match(fit.summary.needs),
                help_towards(fit, guide=guide, offers=offers, profile=self.profile),
                is_current=fit.role.pk == self.profile.current_role_id,
            )
            for fit in published_fits(keys, profile=self.profile, levels=self.levels)
        ]


def matches_of(*, profile, today):
    """Nothing is ranked where nothing is known of any skill that a published role asks for.

    Three queries while the guide is kept, whatever it holds and the person has rated. Only roles that ask for a skill
    that is rated are looked at one by one: the others all stand at the same place.
    """
    levels, guide, roles = levels_by_key(profile), current_guide(), role_facets()
    has, places, facets = {skill: row.proficiency for skill, row in levels.items()}, roles.places, roles.facets
    rated = {row.skill.slug for row in levels.values()} & facets.masks.get("skill", {}).keys()
    touched, asking = facets.having("skill", rated), facets.having_any("skill")
    standings, can_be_seen = {}, False
    for key in facets.keys_of(touched):
        if asked := guide.asked.get(key):
            standings[key], is_seen = matching.standing(asked, has)
            can_be_seen = can_be_seen or is_seen
    parts, facts = MatchParts(is_beginner(profile), frozenset(profile.shifts)), standings_of(profile, facets)
    order, place = (
        (places.by_level, places.rank) if parts.is_beginner else (places.from_the_top, places.rank_from_the_top)
    )
    others = [key for key in order if facets.has(asking & ~touched, key)]
    part_of, by_degree = parts_of(parts, facets, facts["shift"]), places_by_degree(parts, facets, facts["degree"])

    def in_ranking(key):
        one = standings.get(key, matching.NOTHING_RATED)
        return part_of[key], one.band, by_degree[key], one.reach, one.minus_score, place[key]

    return Matches(
        profile,
        levels,
        today,
        facets_for(facets, facts),
        sorted([*standings, *others], key=in_ranking) if standings else [],
        [key for key in places.by_level if not facets.has(asking, key)],
        {key: one.band for key, one in standings.items()},
        parts,
        part_of,
        facts,
        known=len(rated),
        asked=len(facets.masks.get("skill", ())),
        is_rated_too_little=not can_be_seen,
    )


def is_beginner(profile):
    """Whether they are in no role of the guide, or have not said. Who works elsewhere begins as somebody new does."""
    return profile.current_role_id is None


def standings_of(profile, facets):
    """{fact of working life: {how a role stands to it: set of roles}}; once for all roles that say the same."""

    def standing(key, **fields):
        return next(fact.standing for fact in working_life(profile, Role(**fields)) if fact.key == key)

    found = {"shift": {}, "work_type": {}, "degree": {}}
    for nights, days in product(Frequency.values, repeat=2):
        if roles := facets.having("nights", [nights]) & facets.having("days", [days]):
            note(found["shift"], standing("shift", nights=nights, days=days), roles)
    for key, values in (("work_type", WorkType.values), ("degree", Degree.values)):
        for value in values:
            if roles := facets.having(key, [value]):
                note(found[key], standing(key, **{key: value}), roles)
    return found


def note(found, standing, roles):
    found[standing] = found.get(standing, 0) | roles


def parts_of(parts, facets, shifts):
    """{key of a role: its `MatchPart`}."""
    entry = facets.having("level", [Level.ENTRY.slug])
    return {
        key: parts.part(is_entry=is_entry, shifts=standing)
        for standing, roles in shifts.items()
        for is_entry, some in ((True, roles & entry), (False, roles & ~entry))
        for key in facets.keys_of(some)
    }


def places_by_degree(parts, facets, degrees):
    """{key of a role: its place within a band}."""
    return {
        key: parts.place_by_degree(standing) for standing, roles in degrees.items() for key in facets.keys_of(roles)
    }


def facets_for(facets, standings):
    """The roles with what of their working life goes together with what the person said, and their levels."""
    masks = {fact: {FITS: 0} for fact in standings}
    for fact, found in standings.items():
        for standing in OPEN:
            masks[fact][FITS] |= found.get(standing, 0)
    return facets.with_masks({**masks, "level": facets.masks.get("level", {})})


def said_of(profile):
    """The facts of working life that this person said anything about."""
    return {fact.key for fact in working_life(profile, Role()) if fact.is_said}


def help_with(fit, *, profile, today):
    """The certification that helps this person most towards one role, a `HelpShown`, or None. Three queries at most."""
    if not fit.missing or not fit.role.is_published:
        return None
    guide = current_guide()
    offers = offers_for(guide, profile=profile, levels=levels_by_key(profile), today=today)
    return help_towards(fit, guide=guide, offers=offers, profile=profile)


def first_questions():
    """The skills that tell most about somebody of whom nothing is known: those that roles most often cannot do without.

    Equals in the guide's order. One query.
    """
    count_of = current_guide().essential_counts
    least = min(nlargest(FIRST_QUESTIONS, count_of.values()), default=0)
    often = [key for key, count in count_of.items() if count >= least]
    often = Skill.objects.published().in_order().filter(pk__in=often)
    return sorted(often, key=lambda skill: -count_of[skill.pk])[:FIRST_QUESTIONS]
