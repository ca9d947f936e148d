"""Import the files of an O*NET release as a collection of occupations.

Each file is read and checked whole, then written in one transaction, so a run that is killed leaves whole files, and
running it again finishes the work. Only what differs is written: a second run changes nothing. What a file no longer
has is removed. Two imports at once take turns, file by file.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from careers.actions.indexing import patience
from careers.actions.occupation_index import refresh_titles
from careers.models import (
    Collection,
    Occupation,
    OccupationRelation,
    OccupationTask,
    OccupationTitle,
    Revision,
)
from careers.planning.onet import LAYOUTS, OnetError, check_headings, read_release, read_rows
from careers.planning.onet_rows import codes_of, search_text

HOME = "https://www.onetcenter.org/database.html"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
ATTRIBUTION = (
    "This page includes information from the O*NET {release} Database by the U.S. Department of Labor, Employment and "
    "Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET® is a trademark of USDOL/ETA."
)
MODIFICATION = (
    "BPO Careers has modified all or some of this information. USDOL/ETA has not approved, endorsed, or tested these "
    "modifications."
)
FIXED = {"title": "O*NET occupations", "modification": MODIFICATION, "licence_url": LICENCE, "source_url": HOME}
PATIENCE = 600_000  # milliseconds: another import may be at work
AT_ONCE = 2000
MOST_UPDATED_AT_ONCE = 200


@dataclass
class FileReport:
    """What one file changed; `skipped` says what was wrong with the lines that were left out."""

    name: str
    file: str
    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    skipped: list[str] = field(default_factory=list)

    def count(self, before, after):
        """One value that may be none, before and after."""
        if before == after:
            self.unchanged += after is not None
        elif before is None:
            self.added += 1
        elif after is None:
            self.removed += 1
        else:
            self.updated += 1


def quiet(name, done, total):
    """Nobody watches."""


def import_onet(*, folder: Path, today, release="", layouts=LAYOUTS, skip_bad=False, progress: Callable = quiet):
    """Import every file; yields a FileReport after each. `progress(name, done, total)` hears of bytes read.

    Raises OnetError before anything is written if a file or column is missing, and at the first bad line unless
    `skip_bad`: then the files before it are in, and nothing of its own.
    """
    check_headings(folder, layouts)
    release = release or read_release(folder)
    if not release:
        raise OnetError(f"{folder} does not say which release it is. Say it yourself: --release 30.1")
    for name, layout in layouts.items():
        report = FileReport(name, layout.file)
        rows = good_rows(folder, report, layout, skip_bad=skip_bad, progress=progress)
        with patience(milliseconds=PATIENCE), transaction.atomic():
            Revision.lock()
            collection = collection_of(release=release, today=today)
            rows = known_rows(rows, collection, report, skip_bad=skip_bad)
            WRITERS[name](collection, rows, report)
        yield report


def good_rows(folder, report, layout, *, skip_bad, progress):
    """(line number, row) of the lines that can be read."""
    total = (folder / layout.file).stat().st_size
    good = []
    for number, row in read_rows(folder, report.name, layout, tell=lambda done: progress(report.name, done, total)):
        if isinstance(row, ValueError):
            complain(report, number, row, skip_bad=skip_bad)
        else:
            good.append((number, row))
    if not good:
        raise OnetError(f"{layout.file} has no line that could be imported.")
    return good


def known_rows(rows, collection, report, *, skip_bad):
    """The rows whose occupations are all there."""
    if report.name in ("scale", "occupations"):
        return [row for _, row in rows]
    codes, known = set(collection.occupations.values_list("code", flat=True)), []
    for number, row in rows:
        if strange := [code for code in codes_of(row) if code not in codes]:
            complain(report, number, f"no occupation has the code {strange[0]}", skip_bad=skip_bad)
        else:
            known.append(row)
    return known


def complain(report, number, fault, *, skip_bad):
    said = f"{report.file}, line {number}: {fault}."
    if not skip_bad:
        raise OnetError(f"{said} Nothing of this file was imported; with --skip-bad such lines are left out.")
    report.skipped.append(said)


def collection_of(*, release, today):
    """The collection, a draft until HR publishes it. What HR wrote on it stays, but for what the release decides."""
    decided = {
        "release": release,
        "attribution": ATTRIBUTION.format(release=release),
        "source_name": f"O*NET {release} Database",
        "checked_on": today,
    }
    defaults = {**FIXED, **decided, "is_addition": True}
    collection, _ = Collection.objects.get_or_create(slug=Collection.ONET, defaults=defaults)
    if collection.release != release:
        for name, value in decided.items():
            setattr(collection, name, value)
        collection.save()
    return collection


def write_scale(collection, rows, report):
    before, after = collection.zone_names, {str(row.key): row.name for row in rows}
    for zone in {*before, *after}:
        report.count(before.get(zone), after.get(zone))
    if before != after:
        collection.zone_names = after
        collection.save(update_fields=["zone_names"])


def write_occupations(collection, rows, report):
    fresh = [
        Occupation(collection=collection, code=row.key, title=row.title, description=row.description) for row in rows
    ]
    sync(collection.occupations.all(), fresh, report, key=["code"], values=["title", "description"])
    keys = keys_of(collection)
    own = [
        OccupationTitle(occupation_id=keys[row.key], title=row.title, title_text=search_text(row.title), is_own=True)
        for row in rows
    ]
    write_titles_of(collection, own, FileReport("", ""), is_own=True)


def write_zones(collection, rows, report):
    """One statement a zone, as there are few of those."""
    after = {row.key: row.zone for row in rows}
    moved = {}
    for code, before in collection.occupations.values_list("code", "job_zone"):
        report.count(before, after.get(code))
        if before != after.get(code):
            moved.setdefault(after.get(code), []).append(code)
    for zone, codes in moved.items():
        collection.occupations.filter(code__in=codes).update(job_zone=zone)


def write_titles(collection, rows, report):
    keys = keys_of(collection)
    fresh = (
        OccupationTitle(
            occupation_id=keys[row.key[0]], title=row.key[1], title_text=row.text, short_text=row.short_text
        )
        for row in rows
    )
    write_titles_of(collection, fresh, report, is_own=False)


def write_titles_of(collection, fresh, report, *, is_own):
    present = OccupationTitle.objects.filter(occupation__collection=collection, is_own=is_own)
    sync(present, fresh, report, key=["occupation_id", "title"], values=["title_text", "short_text"])
    if report.added or report.updated or report.removed:
        refresh_titles()


def write_tasks(collection, rows, report):
    keys = keys_of(collection)
    fresh = (
        OccupationTask(occupation_id=keys[row.key[0]], task_id=row.key[1], text=row.text, kind=row.kind) for row in rows
    )
    present = OccupationTask.objects.filter(occupation__collection=collection)
    sync(present, fresh, report, key=["occupation_id", "task_id"], values=["text", "kind"])


def write_relations(collection, rows, report):
    keys = keys_of(collection)
    fresh = (
        OccupationRelation(
            from_occupation_id=keys[row.key[0]], to_occupation_id=keys[row.key[1]], tier=row.tier, index=row.index
        )
        for row in rows
    )
    present = OccupationRelation.objects.filter(from_occupation__collection=collection)
    sync(present, fresh, report, key=["from_occupation_id", "to_occupation_id"], values=["tier", "index"])


WRITERS = {
    "scale": write_scale,
    "occupations": write_occupations,
    "zones": write_zones,
    "titles": write_titles,
    "tasks": write_tasks,
    "relations": write_relations,
}


def keys_of(collection):
    """Code → primary key."""
    return dict(collection.occupations.values_list("code", "pk"))


def sync(present, fresh, report, *, key, values):
    """Make the rows `present` be as the objects `fresh` are, told apart by `key`, and write what differs only."""
    stored = {row[1 : 1 + len(key)]: row for row in present.values_list("pk", *key, *values).iterator()}
    new, changed = [], []
    for thing in fresh:
        row = stored.pop(tuple(getattr(thing, name) for name in key), None)
        if row is None:
            new.append(thing)
        elif row[1 + len(key) :] == tuple(getattr(thing, name) for name in values):
            report.unchanged += 1
        else:
            thing.pk = row[0]
            changed.append(thing)
    gone = [row[0] for row in stored.values()]
    rows = present.model._base_manager
    for start in range(0, len(gone), AT_ONCE):
        rows.filter(pk__in=gone[start : start + AT_ONCE]).delete()
    rows.bulk_update(changed, values, batch_size=MOST_UPDATED_AT_ONCE)
    rows.bulk_create(new, batch_size=AT_ONCE)
    report.added, report.updated, report.removed = len(new), len(changed), len(gone)
