"""What the file about a person says, declared once: each `Part` is an object in it, from which come both what it says
of a row and its JSON Schema, so that neither can forget what the other knows.

A property that has nothing but a description is the model's column of that name. What it may be is read off the model:
type, choices, bounds, whether it may be null.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models

from careers.fields.models.numbers import range_of
from careers.people.models.profiles import EachFrom

ANY = {}
TEXT, YES_NO, WHOLE = {"type": "string"}, {"type": "boolean"}, {"type": "integer"}
NUMBER = {"type": "number"}
EMAIL, DAY, MOMENT = [{**TEXT, "format": name} for name in ("email", "date", "date-time")]
COUNT = {**WHOLE, "minimum": 0, "maximum": 2**53 - 1}  # as far as every program counts exactly


def maybe(kind):
    """The same, or null.

    >>> maybe(DAY), maybe({"$ref": "#/$defs/skill"})
    ({'type': ['string', 'null'], 'format': 'date'}, {'anyOf': [{'type': 'null'}, {'$ref': '#/$defs/skill'}]})
    """
    return {**kind, "type": [kind["type"], "null"]} if "type" in kind else {"anyOf": [{"type": "null"}, kind]}


def one_of(choices):
    return {**TEXT, "enum": [str(choice) for choice in choices]}


def list_of(kind, description=""):
    return {"type": "array", "items": described(description, kind) if description else kind}


def described(description, kind):
    return {"description": description, **kind}


@dataclass(frozen=True)
class Property:
    """`read` takes the row; `kind` is the rest of its schema."""

    description: str
    kind: dict
    read: Callable


@dataclass(frozen=True)
class Column:
    """A property that the model's column `name` is."""

    name: str
    description: str

    def of(self, model):
        return Property(self.description, kind_of(model, model._meta.get_field(self.name)), self.read)

    def read(self, row):
        value = getattr(row, self.name)
        return value.name if isinstance(value, models.fields.files.FieldFile) else value


@dataclass(frozen=True)
class Part:
    description: str
    properties: dict[str, Property]
    optional: frozenset = frozenset()  # names that are not always there

    def of(self, row):
        return {name: one.read(row) for name, one in self.properties.items()}

    @property
    def schema(self):
        required = [name for name in self.properties if name not in self.optional]
        return {
            "description": self.description,
            "type": "object",
            "additionalProperties": False,
            **({"required": required} if required else {}),
            "properties": {name: described(one.description, one.kind) for name, one in self.properties.items()},
        }


def part(model, description, properties, *, optional=()):
    """A `Part`. `properties` are `Property`s, `Column`s of `model`, or descriptions of those that are called alike."""
    made = {}
    for name, one in properties.items():
        column = Column(name, one) if isinstance(one, str) else one
        made[name] = column.of(model) if isinstance(column, Column) else column
    return Part(description, made, frozenset(optional))


def several(thing, description, rows):
    """A list of parts; `rows` takes the row that they belong to."""
    return Property(description, list_of(thing.schema), lambda row: [thing.of(one) for one in rows(row)])


def nested(thing, read=lambda row: row):
    """A part within another, by default about the same row."""
    return Property(thing.description, thing.schema, lambda row: thing.of(read(row)))


def named(description, kind, name):
    """The name of what the row points to."""
    return Property(description, kind, lambda row: getattr(row, name) and str(getattr(row, name)))


def kind_of(model, field):
    """The schema of a column, without its description. Raises TypeError of a column that nobody has said it of."""
    if each := next((one for one in field.validators if isinstance(one, EachFrom)), None):
        return {**list_of(one_of(each.choices)), "uniqueItems": True}
    kind = next((kind for column, kind in KINDS if isinstance(field, column)), None)
    if kind is None:
        raise TypeError(f"Say in KINDS what {field} is in the file about a person.")
    if isinstance(field, models.IntegerField):
        kind = {**kind, **bounds_of(model, field)}
    elif field.choices:
        kind = one_of([*([""] if field.blank else []), *(value for value, _ in field.flatchoices)])
    return maybe(kind) if field.null else kind


KINDS = (
    (models.BooleanField, YES_NO),
    (models.DateTimeField, MOMENT),
    (models.DateField, DAY),
    (models.EmailField, EMAIL),
    (models.IntegerField, WHOLE),
    (models.FloatField, NUMBER),
    # Numbers after the point are written as text, so that no program rounds them; hours of the day as 21:00:00.
    ((models.CharField, models.TextField, models.UUIDField, models.DecimalField, models.TimeField), TEXT),
    (models.FileField, TEXT),
)


def bounds_of(model, field):
    """The narrowest that the column's kind, its choices, its validators and the model's constraints say together."""
    choices = [value for value, _ in field.flatchoices]
    low, high = range_of(field)
    least, most = [low, *choices[:1]], [high, *choices[-1:]]
    least += [value for lookup, value in conditions(model) if lookup == f"{field.name}__gte"]
    most += [value for lookup, value in conditions(model) if lookup == f"{field.name}__lte"]
    return {"minimum": max(least), "maximum": min(most)}


def conditions(model):
    """(lookup, value) of all that the database keeps true of every row, whatever else the row says."""
    checks = [one.condition for one in model._meta.constraints if isinstance(one, models.CheckConstraint)]
    every = [check for check in checks if isinstance(check, models.Q)]
    every = [check for check in every if check.connector == models.Q.AND and not check.negated]
    return [
        child
        for check in every
        for child in check.children
        if isinstance(child, tuple) and not isinstance(child[1], models.F)
    ]
