"""One row of a fixture against the database: what it refers to, what an editor made of it, whether its name is free."""

import json
from dataclasses import dataclass, field

from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import UniqueConstraint
from django.utils import timezone

from careers.fields.models.texts import Plain
from careers.guide.models.publishing import GuideModel
from careers.guide.models.revisions import LoadedRow

UNSAVED = 0  # no row has it


class Kept(Exception):
    """A row is left as it is; says why."""


@dataclass
class Ledger:
    """The rows loaded before, and the keys of those never loaded, as an editor's own stand in their place.

    `renamed` are (model, slug) that pages had which have another one by now.
    """

    records: dict[tuple[str, str], LoadedRow]
    theirs: set[tuple[str, str]] = field(default_factory=set)
    found: dict[tuple[str, str], int] = field(default_factory=dict)
    renamed: set[tuple[str, str]] = field(default_factory=set)

    def find(self, model, natural_key) -> int | None:
        """The key of the row of that name. Asked for once a load, as hundreds of rows refer to the same few."""
        name = reference(model, natural_key)
        if name not in self.found:
            try:
                self.found[name] = model._default_manager.get_by_natural_key(*natural_key).pk
            except model.DoesNotExist:
                return None
        return self.found[name]

    def knows(self, model, natural_key) -> bool:
        """Whether the fixtures have, or had, a row of that name: one that is missing is then an editor's doing."""
        return reference(model, natural_key) in self.records or reference(model, natural_key) in self.theirs


def page_of(thing):
    """Model and key of the page that a row hangs on, the first that it names; None for a page and what is no page's."""
    if isinstance(thing, GuideModel):
        return None
    pages = [one for one in thing._meta.fields if one.many_to_one and issubclass(one.related_model, GuideModel)]
    key = getattr(thing, pages[0].attname) if pages else None
    return key and (pages[0].related_model, key)


def touch_page(thing):
    """Let an editor who has the page open know that what hangs on it has changed."""
    if page := page_of(thing):
        model, key = page
        model._base_manager.filter(pk=key).update(updated_at=timezone.now())


def save_unless_taken(save, thing):
    try:
        with transaction.atomic():
            save()
    except IntegrityError:
        if name := taken_name(thing):
            raise Kept(f"another row here has its {name} already") from None
        raise


def taken_name(thing):
    """The unique field, or fields, whose value another row has; None where there is no such row."""
    others = type(thing)._base_manager.exclude(pk=thing.pk)
    for one in thing._meta.fields:
        if one.unique and not one.primary_key and others.filter(**{one.attname: getattr(thing, one.attname)}).exists():
            return one.name
    for constraint in thing._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and breaks(constraint, thing):
            return " and ".join(constraint.fields)
    return None


def breaks(constraint, thing):
    """Whether another row stands in the way. The constraint itself knows its condition, and that nulls differ."""
    try:
        constraint.validate(type(thing), thing)
    except ValidationError:
        return True
    return False


def deserialize(row, model, ledger):
    """The row as an object. Leaves out many-to-many targets that an editor deleted, renamed or took the name of.

    Raises `Kept` where the row hangs on such a target, or on a page that is an editor's own; DeserializationError where
    a target never was.
    """
    fields = dict(row["fields"])
    for name, value in fields.items():
        column = model._meta.get_field(name)
        related = column.related_model
        if related is None or not isinstance(value, list):
            continue
        if column.many_to_many:
            targets = [ledger.find(related, target) or target for target in value]
            fields[name] = [t for t in targets if isinstance(t, int) or not ledger.knows(related, t)]
        elif reference(related, value) in ledger.theirs:
            raise Kept("it belongs to a page that is an editor's own")
        elif key := ledger.find(related, value):
            fields[name] = key
        elif ledger.knows(related, value):
            raise Kept("what it belongs to was renamed or deleted here")
    # Where a row has a key, Django does not look for it by its name, for which it would fetch all that it refers to.
    deserialized = next(serializers.deserialize("python", [{**row, "fields": fields, "pk": row.get("pk") or UNSAVED}]))
    if deserialized.object.pk == UNSAVED:
        deserialized.object.pk = ledger.find(model, name_of(row, model))
    return deserialized


def name_of(row, model):
    """Its natural key as `get_by_natural_key` takes it: of what it refers to only that one's own, in one list."""
    parts = ((part if isinstance(part, list) else [part]) for part in natural_key_of(row, model))
    return [one for part in parts for one in part]


def clean_values(thing):
    """As `clean_fields`, without asking again for the rows that it refers to: `deserialize` has found them."""
    thing.clean_fields(exclude={one.name for one in thing._meta.fields if one.is_relation})


def reference(model, natural_key):
    return model._meta.label_lower, json.dumps(natural_key, ensure_ascii=False)


def natural_key_of(row, model):
    """The fields that name a row: the slug of a noun, the name of a group, the unique fields of a hanging row."""
    fields = row["fields"]
    if "slug" in fields:
        return [fields["slug"]]
    unique = next((c.fields for c in model._meta.constraints if getattr(c, "fields", ())), ("name",))
    return [fields[name] for name in unique]


def changed_fields(present, written):
    """Names of the fields that no longer read as `written`, of a row as it was just read."""
    now = stored_values(present, written)
    return [name for name in written if plain(present, name, now[name]) != plain(present, name, written[name])]


def plain(row, name, value):
    """A text as its column stores it today: line breaks and blanks at its ends are no editor's change."""
    column = row._meta.get_field(name)
    return column.plain(value) if isinstance(value, str) and isinstance(column, Plain) else value


def read_back(row, names):
    """`stored_values` of a row that was just written."""
    return stored_values(type(row)._base_manager.get(pk=row.pk), names)


def stored_values(stored, names):
    """The fields `names` of a row as the database holds them, ready for JSON: references as keys, many in order.

    Keys and not natural keys, so that renaming an industry does not look like a change of every role in it.
    """
    serialized = serializers.serialize("python", [stored])[0]["fields"]
    plain = json.loads(json.dumps(serialized, cls=DjangoJSONEncoder))
    many = {one.name for one in stored._meta.local_many_to_many}
    return {name: sorted(plain[name]) if name in many else plain[name] for name in names}


def has_value(thing, one):
    return getattr(thing, one.attname) != one.get_default()
