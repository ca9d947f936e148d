"""Write the rows of one O*NET file: what is new, what differs and what is gone; nothing else is touched."""

from dataclasses import dataclass, field

from careers.actions.occupation_index import refresh_titles
from careers.models import Occupation, OccupationRelation, OccupationTask, OccupationTitle
from careers.planning.onet_rows import search_text

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
