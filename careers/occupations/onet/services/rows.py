"""Write the rows of one O*NET file: what is new, what differs and what is gone; nothing else is touched.

Each writer takes the rows of its file, and whether what the file no longer has is removed: `partial` says that lines of
it were left out, and one of those may have been what is missed.
"""

from dataclasses import dataclass

from careers.occupations.models import Occupation, OccupationRelation, OccupationTask, OccupationTitle
from careers.occupations.onet.rules import search_text
from careers.occupations.selectors.index import refresh_titles

AT_ONCE = 2000
MOST_UPDATED_AT_ONCE = 200


@dataclass
class Counts:
    """Rows of a file by what became of them; `kept` are those that it no longer has and that stay all the same."""

    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    kept: int = 0

    def count(self, before, after, *, partial):
        """One value that may be none, before and after; returns what it is to be."""
        if after is None and before is not None and partial:
            self.kept += 1
            return before
        if before == after:
            self.unchanged += after is not None
        elif before is None:
            self.added += 1
        elif after is None:
            self.removed += 1
        else:
            self.updated += 1
        return after


def write_scale(collection, rows, *, partial):
    before, read = collection.zone_names, {str(row.key): row.name for row in rows}
    counts = Counts()
    names = {zone: counts.count(before.get(zone), read.get(zone), partial=partial) for zone in {**before, **read}}
    after = {zone: name for zone, name in names.items() if name is not None}
    if before != after:
        collection.zone_names = after
        collection.save(update_fields=["zone_names"])
    return counts


def write_occupations(collection, rows, *, partial):
    fresh = [
        Occupation(collection=collection, code=row.key, title=row.title, description=row.description) for row in rows
    ]
    present = collection.occupations.all()
    counts = sync(present, fresh, key=["code"], values=["title", "description"], partial=partial)
    # Of those that are there now, so an occupation has one name of its own whatever lines were left out.
    own = [
        OccupationTitle(occupation_id=key, title=title, title_text=search_text(title), is_own=True)
        for key, title in present.values_list("pk", "title")
    ]
    sync_titles(collection, own, is_own=True, partial=False)
    return counts


def write_zones(collection, rows, *, partial):
    """One statement a zone, as there are few of those."""
    read, moved, counts = {row.key: row.zone for row in rows}, {}, Counts()
    for code, before in collection.occupations.values_list("code", "job_zone"):
        after = counts.count(before, read.get(code), partial=partial)
        if before != after:
            moved.setdefault(after, []).append(code)
    for zone, codes in moved.items():
        collection.occupations.filter(code__in=codes).update(job_zone=zone)
    return counts


def write_titles(collection, rows, *, partial):
    keys = keys_of(collection)
    fresh = (
        OccupationTitle(
            occupation_id=keys[row.key[0]], title=row.key[1], title_text=row.text, short_text=row.short_text
        )
        for row in rows
    )
    return sync_titles(collection, fresh, is_own=False, partial=partial)


def sync_titles(collection, fresh, *, is_own, partial):
    present = OccupationTitle.objects.filter(occupation__collection=collection, is_own=is_own)
    key, values = ["occupation_id", "title"], ["title_text", "short_text"]
    counts = sync(present, fresh, key=key, values=values, partial=partial)
    if counts.added or counts.updated or counts.removed:
        refresh_titles()
    return counts


def write_tasks(collection, rows, *, partial):
    keys = keys_of(collection)
    fresh = (
        OccupationTask(occupation_id=keys[row.key[0]], task_id=row.key[1], text=row.text, kind=row.kind) for row in rows
    )
    present = OccupationTask.objects.filter(occupation__collection=collection)
    return sync(present, fresh, key=["occupation_id", "task_id"], values=["text", "kind"], partial=partial)


def write_relations(collection, rows, *, partial):
    keys = keys_of(collection)
    fresh = (
        OccupationRelation(
            from_occupation_id=keys[row.key[0]], to_occupation_id=keys[row.key[1]], tier=row.tier, index=row.index
        )
        for row in rows
    )
    present = OccupationRelation.objects.filter(from_occupation__collection=collection)
    key = ["from_occupation_id", "to_occupation_id"]
    return sync(present, fresh, key=key, values=["tier", "index"], partial=partial)


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


def sync(present, fresh, *, key, values, partial):
    """Make the rows `present` be as the objects `fresh` are, told apart by `key`, and write what differs only."""
    counts = Counts()
    stored = {row[1 : 1 + len(key)]: row for row in present.values_list("pk", *key, *values).iterator()}
    new, changed = [], []
    for thing in fresh:
        row = stored.pop(tuple(getattr(thing, name) for name in key), None)
        if row is None:
            new.append(thing)
        elif row[1 + len(key) :] == tuple(getattr(thing, name) for name in values):
            counts.unchanged += 1
        else:
            thing.pk = row[0]
            changed.append(thing)
    missed = [row[0] for row in stored.values()]
    gone, counts.kept = ([], len(missed)) if partial else (missed, 0)
    rows = present.model._base_manager
    for start in range(0, len(gone), AT_ONCE):
        rows.filter(pk__in=gone[start : start + AT_ONCE]).delete()
    rows.bulk_update(changed, values, batch_size=MOST_UPDATED_AT_ONCE)
    rows.bulk_create(new, batch_size=AT_ONCE)
    counts.added, counts.updated, counts.removed = len(new), len(changed), len(gone)
    return counts
