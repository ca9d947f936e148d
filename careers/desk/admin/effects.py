"""What readers miss when HR takes something from them, told before. It never says anything of people."""

from careers.guide.models.moves import Move
from careers.guide.models.publishing import GuideModel
from careers.guide.models.roles import Role
from careers.lib.words import counted, plural

PUBLISHED = GuideModel.Status.PUBLISHED
ROUTES = "People with a route through it are told of the difference."


def effects_of_move(move):
    """Nothing where one of its ends was hidden already. Costs the same for any number of moves."""
    if not move.from_role.is_published or (move.to_role and not move.to_role.is_published):
        return []
    if move.kind == Move.Kind.EXIT:
        return [f"The way out from {move.from_role} to {move.destination} is no longer shown."]
    ends = [*without_way_in([move.to_role_id]), *without_way_on([move.from_role_id])]
    return [f"The move from {move.from_role} to {move.to_role} is no longer shown.", *ends, ROUTES]


def effects_of_role(role):
    """Its moves were shown where they and the roles at their other ends are published."""
    shown = Move.objects.filter(status=PUBLISHED)
    moves_in = shown.filter(to_role=role, from_role__status=PUBLISHED).values_list("from_role", flat=True)
    moves_on = shown.filter(from_role=role, to_role__status=PUBLISHED).values_list("to_role", flat=True)
    befores, afters = list(moves_in), list(moves_on)
    count = len(befores) + len(afters) + shown.filter(from_role=role).exits().count()
    if not count:
        return []
    said = f"{counted(count, 'move')} to or from it {plural(count, 'is,are')} no longer shown."
    ends = [*without_way_in(afters), *without_way_on(befores)]
    return [said, *ends, *([ROUTES] if befores or afters else [])]


def without_way_in(pks):
    """One starts at an entry role, so that it needs none."""
    reached = Move.objects.published().between_roles().values("to_role")
    return said_of(Role.objects.published().above_entry().filter(pk__in=pks).exclude(pk__in=reached), "way in")


def without_way_on(pks):
    left = Move.objects.published().between_roles().values("from_role")
    return said_of(Role.objects.published().filter(pk__in=pks).exclude(pk__in=left), "way on")


def said_of(roles, what):
    """“Agent and Coach have no way in now.” in a list; empty where there is no such role."""
    titles = list(roles.in_order().values_list("title", flat=True))
    if not titles:
        return []
    *firsts, last = titles
    names = f"{', '.join(firsts)} and {last}" if firsts else last
    return [f"{names} {'have' if firsts else 'has'} no {what} now."]
