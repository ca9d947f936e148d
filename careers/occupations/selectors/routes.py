"""Plan routes between occupations. The network is compiled once a release of them and kept in this process."""

from dataclasses import dataclass

from careers.guide.models.roles import Role
from careers.guide.selectors.kept import KeptOf
from careers.occupations.models import Occupation, OccupationRelation
from careers.occupations.rules.detours import Detours, detours, example_pairs
from careers.occupations.rules.occupations import Aim, OccupationRoute, Place, as_route, network, told_apart
from careers.occupations.selectors.search import READ, find_occupations
from careers.routes.rules.chains import best_chains
from careers.routes.rules.networks import Network
from careers.search.rules.texts import normalise, searchable

MOST_ROUTES = 3
MOST_CHOICES = 8
MOST_WORDS = 3


@dataclass(frozen=True)
class Atlas:
    """Every occupation that readers see, by code, the tier of every relation, a network for each aim, and the codes
    on either side of each, closest first.
    """

    places: dict[str, Place]
    tiers: dict[tuple[str, str], int]
    networks: dict[Aim, Network[str]]
    onward: dict[str, list[str]]
    inward: dict[str, list[str]]

    @classmethod
    def read(cls):
        shown = Occupation.objects.shown()
        rows = shown.order_by("code").values_list("code", "title", "job_zone")
        places = {code: Place(code, title, zone) for code, title, zone in rows}
        relations = list(
            OccupationRelation.objects.filter(from_occupation__in=shown, to_occupation__in=shown)
            .order_by("from_occupation__code", "index")
            .values_list("from_occupation__code", "to_occupation__code", "tier")
        )
        tiers = {(start, end): tier for start, end, tier in relations}
        onward, inward = {}, {}
        for start, end, _ in sorted(relations, key=lambda relation: relation[2]):
            onward.setdefault(start, []).append(end)
            inward.setdefault(end, []).append(start)
        return cls(places, tiers, {aim: network(relations, aim) for aim in Aim}, onward, inward)


atlas = KeptOf(Atlas.read, *READ)


def plan_routes(start: str, target: str, *, aim: Aim) -> list[OccupationRoute]:
    """The best route between two occupation codes and up to two others, best first; empty where there is none.

    Cost: one query while the atlas is true.
    """
    known = atlas()
    chains = best_chains(known.networks[aim], start, target, most=MOST_ROUTES)
    return told_apart([as_route(chain, known.places, known.tiers) for chain in chains])


def plan_detours(start: str, target: str) -> Detours:
    """Return what to offer if `plan_routes` finds nothing."""
    known = atlas()
    return detours(start, target, places=known.places, onward=known.onward, inward=known.inward)


def example_routes() -> list[tuple[Place, Place]]:
    """Ends of routes between the occupations of the guide's roles."""
    known = atlas()
    codes = Role.objects.published().order_by("onet_code").values_list("onet_code", flat=True).distinct()
    return example_pairs([known.places[code] for code in codes if code in known.places], known.onward)


@dataclass(frozen=True)
class End:
    """An end of a route as somebody wrote it: the place that is meant, or the places that may be. `is_near` where
    those only have something in common with it.
    """

    text: str
    place: Place | None = None
    choices: tuple[Place, ...] = ()
    is_near: bool = False


def read_end(text: str, *, collection) -> End:
    """`text` is a code or a title. A title has to be an occupation's own, or lead to one occupation only."""
    places = atlas().places
    if not text or text in places:
        return End(text, places.get(text))
    found = find_occupations(text, collection=collection)
    near = () if found.occupations else near_by_word(text, collection)
    choices = tuple(places[one.code] for one in (found.occupations or near)[:MOST_CHOICES] if one.code in places)
    if near:
        return End(text, None, choices, is_near=True)
    names = {searchable(place.title): place for place in choices}
    meant = names.get(searchable(text))
    if not meant and len(choices) == 1 and not found.is_near:
        meant = choices[0]
    return End(text, meant, () if meant else choices, is_near=found.is_near)


def near_by_word(text, collection):
    """Occupations that one of several words finds, as it is or mended: the longest word that finds any."""
    words = sorted(set(normalise(text).split()), key=lambda word: (-len(word), word))
    for word in words[:MOST_WORDS] if len(words) > 1 else ():
        found = find_occupations(word, collection=collection)
        if found.occupations and not found.is_near:
            return found.occupations
    return []
