"""What constraints of the database say, asked of one row in Python: to ask the database costs a query for each."""

import operator

from django.db.models import CheckConstraint, F, Q, UniqueConstraint

LOOKUPS = {
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "in": lambda value, among: value in among,
    "range": lambda value, ends: ends[0] <= value <= ends[1],
}


def holds(condition, thing):
    """True, False or, as a null makes it, None."""
    said = [part_holds(child, thing) for child in condition.children]
    if condition.connector == Q.OR:
        found = True if True in said else None if None in said else False
    elif condition.connector == Q.AND:
        found = False if False in said else None if None in said else True
    else:
        raise NotImplementedError(condition.connector)
    return found if not condition.negated or found is None else not found


def part_holds(child, thing):
    if isinstance(child, Q):
        return holds(child, thing)
    path, wanted = child
    name, _, lookup = path.partition("__")
    value = value_at(name, thing)
    wanted = value_at(str(wanted.deconstruct()[1][0]), thing) if isinstance(wanted, F) else wanted
    if lookup == "isnull" or (lookup in ("", "exact") and wanted is None and not isinstance(child[1], F)):
        return (value is None) is (wanted is not False)
    if value is None or wanted is None:
        return None
    return value == wanted if lookup in ("", "exact") else LOOKUPS[lookup](value, wanted)


def value_at(name, thing):
    return getattr(thing, thing._meta.get_field(name).attname)


def broken_checks(thing):
    """The sentences of the check constraints that this row would break."""
    return [
        str(one.violation_error_message)
        for one in thing._meta.constraints
        if isinstance(one, CheckConstraint) and holds(one.condition, thing) is False
    ]


def unique_sets(model):
    """[(names of fields that no two rows share, condition or None, sentence or none)]."""
    alone = [
        ((field.name,), None, "") for field in model._meta.concrete_fields if field.unique and not field.primary_key
    ]
    together = [
        (tuple(one.fields), one.condition, str(one.violation_error_message))
        for one in model._meta.constraints
        if isinstance(one, UniqueConstraint)
    ]
    return [*alone, *together]
