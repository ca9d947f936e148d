"""The guide as the network that the career map draws, with what one person has to do with its roles."""

from careers.guide.models.choices import Level, Track
from careers.guide.models.moves import Move
from careers.guide.models.roles import Role
from careers.people.models.profiles import Situation
from careers.routes.map.rules import lines as metro
from careers.routes.map.rules.horizontal import SMALL, WIDE, WIDEST, horizontal, small_horizontal
from careers.routes.map.rules.names import PLATE_WORDS
from careers.routes.map.rules.vertical import vertical


def career_map(profile, *, around):
    """Return the context of the map's page: whole, or around the role of a slug. Costs three queries."""
    roles = list(Role.objects.published().for_rows())
    moves = list(Move.objects.published().between_roles().promotions_first())
    whole = network_of(roles, moves)
    centre = centre_of(whole, around, profile)
    network = (metro.neighbourhood(whole, centre) if centre else whole).marked(own_plates(profile, roles))
    wide = horizontal(network, width=WIDE, widest=WIDEST)
    return {
        "wide": wide,
        "is_scrolled": wide and wide.least_width > WIDE,
        "narrow": vertical(network),
        "plates": {kind for station in network.stations for kind in station.plates},
        "starts_out": bool(profile) and profile.situation == Situation.NEW,
        "lines": lines_in_words(network, roles, moves),
        "tracks": Track,
        "roles": roles,
        "centre": next((role for role in roles if role.slug == centre), None),
        "is_whole": len(whole.stations) <= metro.MOST_STATIONS,
        "unknown": around and around not in whole.by_key,
    }


def small_map(roles):
    """The guide's picture for beside other things, with a sign where one starts; None where it does not fit."""
    network = network_of(roles, Move.objects.published().between_roles())
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


def centre_of(network, asked, profile):
    """Around which station to draw: the one asked for; too many stations need one, the person's own or the first."""
    if asked in network.by_key:
        return asked
    if len(network.stations) <= metro.MOST_STATIONS:
        return None
    own = profile.current_role.slug if profile.current_role_id else None
    return own if own in network.by_key else network.stations[0].key


def own_plates(profile, roles):
    """{slug: kinds of plates that say what this person has to do with the role}, empty for a visitor."""
    if not profile:
        return {}
    saved = set(profile.saved_roles.values_list("role_id", flat=True))
    found = {}
    for role in roles:
        reasons = {
            "here": role.pk == profile.current_role_id,
            "target": role.pk == profile.target_role_id,
            "saved": role.pk in saved,
        }
        found[role.slug] = tuple(kind for kind, holds in reasons.items() if holds)
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
