"""Load the guide's fixtures without ever undoing an editor's work.

For every row that it writes, `load_guide` keeps what it wrote (`LoadedRow`). On the next run a row that still reads as
it was written follows the fixture; a row that reads differently was changed by an editor and stays; a row that is gone
was deleted by an editor and stays gone; a row that an editor made under the same natural key stays theirs.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.serializers.base import DeserializationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from careers.models import LoadedRow, Revision

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


@dataclass
class LoadReport:
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def load_guide(*, folder: Path = FIXTURES) -> LoadReport:
    """Load every fixture in `folder`, all or nothing. Raises `FixtureError` with the file and the row at fault."""
    Revision.objects.select_for_update().filter(pk=1).first()  # a second load at the same time waits here
    report = LoadReport()
    loaded = {(row.model, row.key): row for row in LoadedRow.objects.all()}
    for name in FILES:
        for number, row in enumerate(read_rows(folder / f"{name}.json"), start=1):
            try:
                load_row(row, loaded, report)
            except (DeserializationError, ValueError) as error:
                raise FixtureError(f"{name}.json, row {number}: {error}") from error
    return report


class FixtureError(Exception):
    pass


def read_rows(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FixtureError(f"{path.name}: {error}") from error


def load_row(row, loaded, report):
    model = apps.get_model(row["model"])
    key = json.dumps(natural_key_of(row, model), ensure_ascii=False)
    record = loaded.get((row["model"], key))
    if record is None:
        return add_row(row, model, key, report)
    present = model._base_manager.filter(pk=record.object_pk).first()
    if present is None:
        report.kept.append(f"{row['model']} {key}: deleted here, stays deleted")
    elif changed := changed_fields(present, record.written):
        report.kept.append(f"{row['model']} {key}: changed here ({', '.join(changed)})")
    elif row["fields"] == record.fixture:
        report.unchanged += 1
    else:
        update_row(row, record, present)
        report.updated += 1


def add_row(row, model, key, report):
    try:
        deserialized = deserialize(row)
    except DeserializationError:
        # What it hangs on was deleted or renamed by an editor, so there is nothing to add to.
        if not depends_on_missing(row, model):
            raise
        report.kept.append(f"{row['model']} {key}: what it belongs to was renamed or deleted here")
        return
    if deserialized.object.pk and model._base_manager.filter(pk=deserialized.object.pk).exists():
        report.kept.append(f"{row['model']} {key}: made here by an editor")
        return
    deserialized.save()
    LoadedRow.objects.create(
        model=row["model"],
        key=key,
        object_pk=deserialized.object.pk,
        fixture=row["fields"],
        written=read_back(deserialized.object, row["fields"]),
    )
    report.added += 1


def update_row(row, record, present):
    deserialized = deserialize(row)
    deserialized.object.pk = present.pk
    if hasattr(present, "created_at"):
        deserialized.object.created_at = present.created_at
    deserialized.save()
    record.fixture, record.written = row["fields"], read_back(deserialized.object, row["fields"])
    record.save()


def deserialize(row):
    return next(serializers.deserialize("python", [row]))


def natural_key_of(row, model):
    """The fields that name a row: the slug of a noun, the name of a group, the unique fields of a hanging row."""
    fields = row["fields"]
    if "slug" in fields:
        return [fields["slug"]]
    unique = next((c.fields for c in model._meta.constraints if getattr(c, "fields", ())), ("name",))
    return [fields[name] for name in unique]


def depends_on_missing(row, model):
    for name, value in row["fields"].items():
        related = model._meta.get_field(name).related_model
        if related and isinstance(value, list) and value and not isinstance(value[0], list):
            if not related._default_manager.filter(slug=value[0]).exists():
                return True
    return False


def changed_fields(present, written):
    """Names of the fields that no longer read as `written`."""
    now = read_back(present, written)
    return [name for name in written if now[name] != written[name]]


def read_back(row, names):
    """The fields `names` of a row as the database holds them, ready for JSON; many-to-many in a fixed order."""
    stored = type(row)._base_manager.get(pk=row.pk)
    serialized = serializers.serialize("python", [stored], use_natural_foreign_keys=True)[0]["fields"]
    plain = json.loads(json.dumps(serialized, cls=DjangoJSONEncoder))
    many = {field.name for field in stored._meta.local_many_to_many}
    return {name: sorted(plain[name]) if name in many else plain[name] for name in names}
