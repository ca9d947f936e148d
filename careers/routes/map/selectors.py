"""The guide as the network that the career map draws, with what one person has to do with its roles."""

from django.db.models import Q

from careers.guide.models.choices import Level, Track
from careers.guide.models.moves import Move
from careers.guide.models.roles import Role
from careers.guide.selectors.kept import KeptByRevision, keeping_what_is_drawn
from careers.guide.selectors.role_facets import role_facets
from careers.people.models.profiles import Situation
from careers.routes.map.rules import lines as metro
from careers.routes.map.rules.horizontal import SMALL, WIDE, WIDEST, horizontal, small_horizontal
from careers.routes.map.rules.names import PLATE_WORDS
from careers.routes.map.rules.vertical import vertical
from careers.routes.selectors.guide_network import current_guide
from careers.search.forms import roles_to_choose

MOST_MAPS = 200  # of some 100 kilobytes each, with what is drawn of them


class MapOfRoles:
    """The map as a picture for wide and for narrow windows, and in words: of these roles, whole or around one."""

    def __init__(self, roles, moves, plates, *, slug):
        whole = network_of(roles, moves)
        network = (metro.neighbourhood(whole, slug) if slug else whole).marked(plates)
        self.wide = horizontal(network, width=WIDE, widest=WIDEST)
        self.is_scrolled = self.wide and self.wide.least_width > WIDE
        self.narrow = vertical(network)
        self.plates = {kind for station in network.stations for kind in station.plates}
        self.lines = lines_in_words(network, roles, moves)
        self.centre = next((role for role in roles if role.slug == slug), None)


def career_map(profile, *, around, words=""):
    """Return the context of the map's page: whole, or around the role of a slug. Costs three queries.

    A guide of more stations than a map can show is read around one, and `words` find others to choose. The map of who
    has nothing to do with its roles is drawn once for all of them.
    """
    places = role_facets().places
    is_whole = len(places.order) <= metro.MOST_STATIONS
    centre = centre_of(places, around, profile)
    beside = [] if is_whole else beside_role(places, centre)
    slug = places.order[centre].slug if centre else None
    plates = own_plates(profile, places)
    maps = kept_maps()
    shown = None if plates else maps.get(slug)
    if shown is None:
        roles, moves = read_map() if is_whole else read_around(centre, beside[: metro.MOST_STATIONS - 1])
        shown = MapOfRoles(roles, moves, plates, slug=slug)
        if not plates and len(maps) < MOST_MAPS:
            maps[slug] = keeping_what_is_drawn(shown)
    return {
        "map": shown,
        "starts_out": bool(profile) and profile.situation == Situation.NEW,
        "tracks": Track,
        "around": around_form(centre, words) if centre or not is_whole else None,
        "is_whole": is_whole,
        "station_count": len(places.order),
        "beside_count": len(beside),
        "is_cut": len(beside) >= metro.MOST_STATIONS,
        "unknown": around and around not in places.by_slug,
    }


kept_maps = KeptByRevision(dict)


def around_form(centre, words):
    """Return what to choose the station from around which the map is drawn."""
    to_choose = roles_to_choose(words=words, chosen=[centre] if centre else [])
    return {"words": words, **to_choose._asdict()}


def read_map():
    roles = list(Role.objects.published().for_rows())
    return roles, list(Move.objects.published().between_roles().promotions_first())


def beside_role(places, centre):
    """Keys of the roles one move away, the nearest levels first, as `metro.neighbourhood` has them."""
    ways, middle = current_guide().ways, places.order.get(centre)
    keys = {*ways.after(centre), *ways.before(centre)} & places.order.keys()

    def near(key):
        place = places.order[key]
        return abs(place.level - middle.level), place.position, place.title, place.slug

    return sorted(keys, key=near)


def read_around(centre, beside):
    roles = list(Role.objects.published().for_rows().filter(pk__in=[centre, *beside]))
    touching = Q(from_role=centre, to_role__in=beside) | Q(to_role=centre, from_role__in=beside)
    return roles, list(Move.objects.published().between_roles().promotions_first().filter(touching))


def small_map(roles):
    """The guide's picture for beside other things, with a sign where one starts; None where it does not fit."""
    keys = [role.pk for role in roles]
    network = network_of(roles, Move.objects.published().between_roles().filter(from_role__in=keys, to_role__in=keys))
    start = {network.stations[0].key: ("start",)} if network.stations else {}
    return small_horizontal(network.marked(start), widest=SMALL)


def network_of(roles, moves):
    slugs = {role.pk: role.slug for role in roles}
    return metro.LineNetwork(
        stations=tuple(
            metro.Station(role.slug, role.title, role.get_absolute_url(), role.track, role.level, role.position)
            for role in roles
        ),
        moves=tuple(
            metro.Move(slugs[move.from_role_id], slugs[move.to_role_id], move.kind, move.track)
            for move in moves
            if move.from_role_id in slugs and move.to_role_id in slugs
        ),
        tracks=tuple(Track.values),
        trunk=Track.OPERATIONS,
        levels=tuple((level.value, level.label) for level in Level),
    )


def centre_of(places, asked, profile):
    """Around which role to draw: the one asked for; too many stations need one, the person's own or the first."""
    if asked in places.by_slug:
        return places.by_slug[asked]
    if len(places.order) <= metro.MOST_STATIONS:
        return None
    own = profile.current_role_id
    return own if own in places.order else places.by_level[0]


def own_plates(profile, places):
    """{slug: kinds of plates that say what this person has to do with the role}, of those with which they have."""
    if not profile:
        return {}
    saved = set(profile.saved_roles.values_list("role_id", flat=True))
    found = {}
    for key in {*saved, profile.current_role_id, profile.target_role_id} & places.order.keys():
        reasons = {
            "here": key == profile.current_role_id,
            "target": key == profile.target_role_id,
            "saved": key in saved,
        }
        found[places.order[key].slug] = tuple(kind for kind, holds in reasons.items() if holds)
    return found


def lines_in_words(network, roles, moves):
    """[(track, [(role, [(kind, words) of each plate], [(move, where it leads), …]), …]), …]: what the picture shows.

    A move stands with its own line where its role is a stop of it, else with the line of the role.
    """
    by_key, by_pk = {role.slug: role for role in roles}, {role.pk: role for role in roles}
    lines = metro.Lines(network)
    shown = {(move.start, move.end) for move in network.known_moves}
    onwards = {}
    for move in moves:
        start, end = by_pk.get(move.from_role_id), by_pk.get(move.to_role_id)
        if start and end and (start.slug, end.slug) in shown:
            track = move.track if move.track in lines.at[start.slug] else start.track
            onwards.setdefault((track, start.slug), []).append((move, end))
    return [
        (
            Track(track),
            [
                (by_key[station.key], plates_in_words(station), onwards.get((track, station.key), []))
                for station in lines.order
                if track in lines.at[station.key]
            ],
        )
        for track in lines.stops
    ]


def plates_in_words(station):
    return [(kind, PLATE_WORDS[kind]) for kind in station.plates]
