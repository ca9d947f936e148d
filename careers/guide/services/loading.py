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
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.base import DeserializationError
from django.db import IntegrityError, transaction

from careers.guide.models.old_slugs import OldSlug
from careers.guide.models.publishing import GuideModel
from careers.guide.models.revisions import LoadedRow, Revision
from careers.guide.models.versions import Version
from careers.guide.services.fixture_rows import (
    Kept,
    Ledger,
    changed_fields,
    clean_values,
    deserialize,
    has_value,
    natural_key_of,
    page_of,
    read_back,
    save_unless_taken,
    touch_page,
)
from careers.guide.services.versions import keep_versions
from careers.runtime.lock_timeout import long_lock_timeout
from careers.runtime.statistics import analyze
from careers.runtime.turns import in_turn

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
    "country_pay",
    "sections",
    "roles",
    "pay",
    "hiring",
    "moves",
    "groups",
)


# What a wrong fixture raises on its way into the database.
FAULTS = (DeserializationError, FieldDoesNotExist, IntegrityError, LookupError, TypeError, ValidationError, ValueError)


class FixtureError(Exception):
    """A fixture is at fault: which file, which row, and what."""


@dataclass
class LoadReport:
    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)
    # {noun: keys of the pages that say something else now}
    touched: dict[type, set[int]] = field(default_factory=dict)

    def touch(self, thing):
        """Note the page that `thing` is, or hangs on."""
        model, key = page_of(thing) or (type(thing), thing.pk)
        if issubclass(model, GuideModel):
            self.touched.setdefault(model, set()).add(key)


def load_guide(*, folder: Path = FIXTURES) -> LoadReport:
    """Load every fixture in `folder`, all or nothing. Raises `FixtureError` with the file and the row at fault.

    A second load at the same time waits for the first, and both for who is changing the guide: on SQLite to begin,
    on PostgreSQL for the revision's row. One that has waited for too long raises `DatabaseBusy`.
    """
    with in_turn(), long_lock_timeout(), transaction.atomic():
        Revision.lock()
        report = load_files(folder)
    if report.added or report.updated or report.removed:
        analyze()
    return report


def load_files(folder):
    report = LoadReport()
    ledger = Ledger(
        {(record.model, record.key): record for record in LoadedRow.objects.all()},
        renamed=set(OldSlug.objects.values_list("model", "slug")),
    )
    seen = set()
    for name in FILES:
        for number, row in enumerate(read_rows(folder / f"{name}.json"), start=1):
            try:
                seen.add(load_row(row, ledger, report))
            except FAULTS as error:
                raise FixtureError(f"{name}.json, row {number}: {error}") from error
    for key, record in ledger.records.items():
        if key not in seen:
            leave_out(record, report)
    for noun, keys in report.touched.items():
        keep_versions(noun, keys, Version.Kind.LOADED)
    return report


def read_rows(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FixtureError(f"{path.name}: {error}") from error


def load_row(row, ledger, report):
    """Add, update or keep one row, and return its (model, key)."""
    model = apps.get_model(row["model"])
    key = row["model"], json.dumps(natural_key_of(row, model), ensure_ascii=False)
    record = ledger.records.get(key)
    try:
        if record is None:
            report.touch(add_row(row, key, model, ledger))
            report.added += 1
        elif present := update_row(row, model, record, ledger):
            report.touch(present)
            report.updated += 1
        else:
            report.unchanged += 1
    except Kept as reason:
        if record is None:
            ledger.theirs.add(key)
        report.kept.append(f"{key[0]} {key[1]}: {reason}")
    return key


def add_row(row, key, model, ledger):
    deserialized = deserialize(row, model, ledger)
    thing = deserialized.object
    if thing.pk and model._base_manager.filter(pk=thing.pk).exists():
        raise Kept("made here by an editor")
    if (key[0], getattr(thing, "slug", None)) in ledger.renamed and OldSlug.belongs_to_another(thing, thing.slug):
        raise Kept("another page here had its address, and links lead from there to that one")
    clean_values(thing)
    save_unless_taken(deserialized.save, thing)
    touch_page(thing)
    LoadedRow.objects.create(
        model=key[0],
        key=key[1],
        object_pk=thing.pk,
        fixture=row["fields"],
        written=read_back(thing, row["fields"]),
    )
    return thing


def update_row(row, model, record, ledger):
    """Bring a row that nobody touched to what the fixture says now, and return it; None where it says so already."""
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
        return None
    deserialized = deserialize(row, model, ledger)
    for name in row["fields"]:
        if name not in (deserialized.m2m_data or {}):
            one = model._meta.get_field(name)
            setattr(present, one.attname, getattr(deserialized.object, one.attname))
    clean_values(present)
    save_unless_taken(present.save, present)
    for name, targets in (deserialized.m2m_data or {}).items():
        getattr(present, name).set(targets)
    touch_page(present)
    record.fixture, record.written = row["fields"], read_back(present, row["fields"])
    record.save()
    return present


def leave_out(record, report):
    """A row that the fixtures no longer have: what hangs on a page goes with it, a page itself is HR's to take down."""
    model = apps.get_model(record.model)
    present = model._base_manager.filter(pk=record.object_pk).first()
    if present is not None and page_of(present) and not changed_fields(present, record.written):
        touch_page(present)
        report.touch(present)
        present.delete()
        record.delete()
        report.removed += 1
    elif present is not None:
        report.kept.append(f"{record.model} {record.key}: no longer in the fixtures")
