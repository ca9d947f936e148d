"""Load the guide's fixtures without ever undoing an editor's work.

For every row that it writes, `load_guide` keeps what the fixture said and how the row read afterwards (`LoadedRow`). On
the next run a row that still reads so follows the fixture; a row that reads differently was changed by an editor and
stays; a row that is gone was deleted by an editor and stays gone; a row that an editor made under the same natural key
or the same name stays theirs. Whatever is kept is reported.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.base import DeserializationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import UniqueConstraint

from careers.models import GuideModel, LoadedRow, Revision

FIXTURES = settings.BASE_DIR / "fixtures"
# Rows may only refer to rows of the files before them.
FILES = (
    "skills",
    "metrics",
    "industries",
    "certifications",
    "companies",
    "books",
    "questions",
    "sections",
    "roles",
    "groups",
)


# What a wrong fixture raises on its way into the database.
FAULTS = (DeserializationError, FieldDoesNotExist, IntegrityError, LookupError, TypeError, ValidationError, ValueError)


class FixtureError(Exception):
    """A fixture is at fault: which file, which row, and what."""


class Kept(Exception):
    """A row is left as it is; says why."""


@dataclass
class LoadReport:
    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def load_guide(*, folder: Path = FIXTURES) -> LoadReport:
    """Load every fixture in `folder`, all or nothing. Raises `FixtureError` with the file and the row at fault."""
    Revision.lock()  # a second load at the same time waits here
    report = LoadReport()
    records = {(record.model, record.key): record for record in LoadedRow.objects.all()}
    seen = set()
    for name in FILES:
        for number, row in enumerate(read_rows(folder / f"{name}.json"), start=1):
            try:
                seen.add(load_row(row, records, report))
            except FAULTS as error:
                raise FixtureError(f"{name}.json, row {number}: {error}") from error
    for key, record in records.items():
        if key not in seen:
            leave_out(record, report)
    return report


def read_rows(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FixtureError(f"{path.name}: {error}") from error


def load_row(row, records, report):
    """Add, update or keep one row, and return its (model, key)."""
    model = apps.get_model(row["model"])
    key = row["model"], json.dumps(natural_key_of(row, model), ensure_ascii=False)
    record = records.get(key)
    try:
        if record is None:
            add_row(row, key, model, records)
            report.added += 1
        elif update_row(row, model, record, records):
            report.updated += 1
        else:
            report.unchanged += 1
    except Kept as reason:
        report.kept.append(f"{key[0]} {key[1]}: {reason}")
    return key


def add_row(row, key, model, records):
    deserialized = deserialize(row, model, records)
    thing = deserialized.object
    if thing.pk and model._base_manager.filter(pk=thing.pk).exists():
        raise Kept("made here by an editor")
    thing.clean_fields()
    save_unless_taken(deserialized.save, thing)
    LoadedRow.objects.create(
        model=key[0],
        key=key[1],
        object_pk=thing.pk,
        fixture=row["fields"],
        written=read_back(thing, row["fields"]),
    )


def update_row(row, model, record, records):
    """Bring a row that nobody touched to what the fixture says now; False where it says so already."""
    present = model._base_manager.filter(pk=record.object_pk).first()
    if present is None:
        raise Kept("deleted here, stays deleted")
    changed = changed_fields(present, record.written)
    fresh = {name: model._meta.get_field(name) for name in row["fields"] if name not in record.fixture}
    # A field that the fixture did not carry before may hold an editor's words by now.
    changed += [name for name, one in fresh.items() if not one.many_to_many and has_value(present, one)]
    if changed:
        raise Kept(f"changed here ({', '.join(changed)})")
    if row["fields"] == record.fixture:
        return False
    deserialized = deserialize(row, model, records)
    for name in row["fields"]:
        if name not in (deserialized.m2m_data or {}):
            one = model._meta.get_field(name)
            setattr(present, one.attname, getattr(deserialized.object, one.attname))
    present.clean_fields()
    save_unless_taken(present.save, present)
    for name, targets in (deserialized.m2m_data or {}).items():
        getattr(present, name).set(targets)
    record.fixture, record.written = row["fields"], read_back(present, row["fields"])
    record.save()
    return True


def leave_out(record, report):
    """A row that the fixtures no longer have: what hangs on a page goes with it, a page itself is HR's to take down."""
    model = apps.get_model(record.model)
    present = model._base_manager.filter(pk=record.object_pk).first()
    if present is not None and not issubclass(model, GuideModel) and not changed_fields(present, record.written):
        present.delete()
        record.delete()
        report.removed += 1
    elif present is not None:
        report.kept.append(f"{record.model} {record.key}: no longer in the fixtures")


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
    meta = thing._meta
    unique = [(one.name,) for one in meta.fields if one.unique and not one.primary_key]
    unique += [constraint.fields for constraint in meta.constraints if isinstance(constraint, UniqueConstraint)]
    for names in filter(None, unique):
        same = {meta.get_field(name).attname: getattr(thing, meta.get_field(name).attname) for name in names}
        if type(thing)._base_manager.filter(**same).exclude(pk=thing.pk).exists():
            return " and ".join(names)
    return None


def deserialize(row, model, records):
    """The row as an object. Leaves out many-to-many targets that an editor deleted or renamed.

    Raises `Kept` where the row hangs on such a target, DeserializationError where a target never was.
    """
    fields = dict(row["fields"])
    for name, value in fields.items():
        related = model._meta.get_field(name).related_model
        if related is None or not isinstance(value, list):
            continue
        if value and isinstance(value[0], list):
            fields[name] = [target for target in value if not is_gone(related, target, records)]
        elif is_gone(related, value, records):
            raise Kept("what it belongs to was renamed or deleted here")
    return next(serializers.deserialize("python", [{**row, "fields": fields}]))


def is_gone(model, natural_key, records):
    """Whether a row that was loaded once is no longer found under its natural key."""
    known = (model._meta.label_lower, json.dumps(natural_key, ensure_ascii=False)) in records
    if not known:
        return False
    try:
        model._default_manager.get_by_natural_key(*natural_key)
    except model.DoesNotExist:
        return True
    return False


def natural_key_of(row, model):
    """The fields that name a row: the slug of a noun, the name of a group, the unique fields of a hanging row."""
    fields = row["fields"]
    if "slug" in fields:
        return [fields["slug"]]
    unique = next((c.fields for c in model._meta.constraints if getattr(c, "fields", ())), ("name",))
    return [fields[name] for name in unique]


def changed_fields(present, written):
    """Names of the fields that no longer read as `written`."""
    now = read_back(present, written)
    return [name for name in written if now[name] != written[name]]


def read_back(row, names):
    """The fields `names` of a row as the database holds them, ready for JSON: references as keys, many in order.

    Keys and not natural keys, so that renaming an industry does not look like a change of every role in it.
    """
    stored = type(row)._base_manager.get(pk=row.pk)
    serialized = serializers.serialize("python", [stored])[0]["fields"]
    plain = json.loads(json.dumps(serialized, cls=DjangoJSONEncoder))
    many = {one.name for one in stored._meta.local_many_to_many}
    return {name: sorted(plain[name]) if name in many else plain[name] for name in names}


def has_value(thing, one):
    return getattr(thing, one.attname) != one.get_default()
