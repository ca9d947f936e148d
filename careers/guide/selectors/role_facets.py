"""The published roles as filters need them: what each has, and in which order they stand. In step with the guide."""

from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from careers.guide.models.certifications import Certification
from careers.guide.models.choices import Degree, Frequency, Level, Track, WorkType
from careers.guide.models.industries import Industry
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.guide.rules.facets import Facets, Row
from careers.guide.selectors.kept import KeptInStep, roles_touched

FIXED_LABELS = {
    "level": {level.slug: level.label for level in Level},
    "track": {track.value: track.label for track in Track},
    "degree": dict(Degree.choices),
    # Nobody should take "blended" for a third kind: it has both.
    "work_type": {**dict(WorkType.choices), WorkType.BLENDED.value: "Blended (voice and non-voice)"},
    "nights": {one.value: one.to_a_reader for one in Frequency},
    "days": {one.value: one.to_a_reader for one in Frequency},
}
# facet → the noun, what it is called by, and the roles' side of it
SIDES = {
    "industry": (Industry, "name", "industries"),
    "skill": (Skill, "name", "skills"),
    "certification": (Certification, "title", "certifications"),
}
COLUMNS = (
    "slug",
    "level",
    "position",
    "title",
    "track",
    "degree",
    "work_type",
    "nights",
    "days",
)
MOST_ONE_BY_ONE = 300  # roles; more are read faster all together


class RolePlace(NamedTuple):
    """Where a role stands in the guide."""

    level: int
    position: int
    title: str
    slug: str
    track: str


class Places:
    """Where each role stands: {its key: its `RolePlace`}. It never changes; after an edit there may be another one."""

    def __init__(self, order):
        self.order = order

    def updated(self, *, gone, order):
        """The same without the keys `gone`, and with those of `order`. Itself where that changes nothing."""
        if {key: self.order[key] for key in gone if key in self.order} == order:
            return self
        kept = {key: place for key, place in self.order.items() if key not in gone}
        return Places(kept | order)

    @cached_property
    def by_level(self):
        return sorted(self.order, key=self.order.__getitem__)

    @cached_property
    def rank(self):
        """{key: which it is in the order of the guide}."""
        return {key: number for number, key in enumerate(self.by_level)}

    @cached_property
    def from_the_top(self):
        """By level, the highest first, within one as the guide has them."""
        return sorted(self.by_level, key=lambda key: -self.order[key].level)

    @cached_property
    def rank_from_the_top(self):
        return {key: number for number, key in enumerate(self.from_the_top)}

    @cached_property
    def by_name(self):
        return sorted(self.order, key=lambda key: self.order[key].title.casefold())

    @cached_property
    def by_slug(self):
        return {place.slug: key for key, place in self.order.items()}

    @cached_property
    def firsts(self):
        """{(track, level): key of the role that stands first there}."""
        found = {}
        for key in sorted(self.order, key=self.place_in_level):
            found.setdefault((self.order[key].track, self.order[key].level), key)
        return found

    def place_in_level(self, key):
        place = self.order[key]
        return place.position, place.title.casefold(), place.slug


class RoleFacets:
    """It never changes; after an edit there is another one."""

    def __init__(self, facets, places, names):
        """`places` are a `Places`; `names`: {facet: {slug: name}} of its many sides."""
        self.facets, self.places, self.names = facets, places, names

    @property
    def order(self):
        return self.places.order

    @property
    def count(self):
        return len(self.order)

    def count_with(self, facet, value):
        """How many roles have this value of a facet: the slug of a skill, say."""
        return self.facets.having(facet, [value]).bit_count()

    @cached_property
    def labels(self):
        """Facet → value → label of everything that the list can be narrowed by, in the order of a list of choices."""
        return {**FIXED_LABELS, **{facet: self.in_use(facet) for facet in SIDES}}

    def in_use(self, facet):
        names, used = self.names[facet], self.facets.masks.get(facet, {})
        known = used.keys() & names.keys()  # one may have gone between the two queries; the next revision has it right
        return {slug: names[slug] for slug in sorted(known, key=names.__getitem__)}


def build():
    rows, order = read(Role.objects.published())
    return RoleFacets(Facets(rows), Places(order), names())


def update(former, changed):
    keys = roles_touched(changed, *(side for _, _, side in SIDES.values()))
    if not keys:
        return former
    if len(keys) > MOST_ONE_BY_ONE:
        return build()
    rows, order = read(Role.objects.published().filter(pk__in=keys))
    places = former.places.updated(gone=keys, order=order)
    return RoleFacets(former.facets.updated(gone=keys, rows=rows), places, names())


role_facets = KeptInStep(build, update)


def names():
    return {
        facet: dict(noun.objects.published().order_by().values_list("slug", name))
        for facet, (noun, name, _) in SIDES.items()
    }


def read(roles):
    """Rows and their order of the `roles` asked for. Costs four queries."""
    found = {row["pk"]: row for row in roles.order_by().values("pk", *COLUMNS)}
    sides = {facet: values_of(roles, noun, side) for facet, (noun, _, side) in SIDES.items()}
    rows = [
        Row(
            key,
            {
                "level": frozenset({Level(row["level"]).slug}),
                "track": frozenset({row["track"]}),
                "degree": frozenset({row["degree"]}),
                "work_type": frozenset({row["work_type"]}),
                "nights": frozenset({row["nights"]}),
                "days": frozenset({row["days"]}),
                **{facet: frozenset(sides[facet][key]) for facet in SIDES},
            },
        )
        for key, row in found.items()
    ]
    return rows, {key: RolePlace(*(row[name] for name in RolePlace._fields)) for key, row in found.items()}


def values_of(roles, noun, side):
    """{key of a role: slugs of its published skills}, or of another side."""
    found = defaultdict(set)
    published = {f"{side}__in": noun.objects.published().order_by().values("pk")}
    for key, slug in roles.order_by().filter(**published).values_list("pk", f"{side}__slug"):
        found[key].add(slug)
    return found
