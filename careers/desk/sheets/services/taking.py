"""The pages of a sheet, written as drafts into a change set of their own: all of them or none.

The guide is held for one part at a time, so that whoever saves something meanwhile waits for that only. Until the last
part is in the set is being filled: nobody can do anything with it. What was left by a process that was killed is taken
back by the next one (`taking_back`).
"""

from django.utils import timezone

from careers.desk.selectors.states import drafts_by_page
from careers.desk.services.drafts import editing
from careers.desk.services.log import note_sheet
from careers.desk.services.sets.change_sets import SetFaults, finish_filling, start_set
from careers.desk.services.sets.drafts import put_drafts
from careers.desk.sheets.models import SheetImport, SheetPage
from careers.desk.sheets.selectors.columns import slugs_to_write, title_of
from careers.desk.sheets.selectors.standing import AT_ONCE, standings_of
from careers.desk.sheets.services.taking_back import Pace, change, columns_of, take_back
from careers.guide.models.desk.drafts import DeskAction
from careers.guide.models.versions import Version
from careers.guide.selectors.snapshots import page_model, references_in
from careers.lib.words import counted, in_a_sentence

State = SheetImport.State
MOST_NAMED = 5  # pages in a sentence
CHANGED = "{names} changed since you looked, so nothing was brought in. Look again: it says what would change now."
GONE = "{names} was deleted since you looked, so nothing was brought in. Look again."
ELSEWHERE = "“{page}” is in the change set “{title}” already, so nothing was brought in. Take it out there first."
NOT_WRITTEN = "“{page}” could not be written, so nothing was brought in: {reason}"


class NotTaken(Exception):
    """Nothing of the sheet goes in. The text says why, to an editor."""


def take(sheet):
    """Write its pages as drafts into a change set, all or none. Raises `NotTaken`."""
    model, keys = page_model(sheet.model), list(sheet.pages.values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):  # most of what is refused is, before anything is written
        refuse_changed(sheet, model, keys[start : start + AT_ONCE])
    with editing():
        change_set = start_set(title=sheet.title, by=sheet.by, is_filled_later=True)
        change(sheet, change_set=change_set, done=0, total=len(keys))
    pace, done = Pace(), 0
    try:
        while part := keys[done : done + pace.size]:
            done += len(part)
            with pace.part():
                refuse_changed(sheet, model, part)
                put_part(change_set, model, part, by=sheet.by)
                change(sheet, done=done, seen_at=timezone.now())
        with editing():
            finish(sheet, model, change_set)
    except Exception:
        take_back(sheet)
        raise


def finish(sheet, model, change_set):
    finish_filling(change_set)
    note = f"{sheet.file_name}: {said_of(sheet)}."
    note_sheet(DeskAction.What.IMPORTED, title_of(model), by=sheet.by, note=note, change_set=change_set)
    sheet.pages.all().delete()
    change(sheet, state=State.TAKEN, problem="")


def said_of(sheet):
    """“3 new, 12 changed”."""
    return ", ".join(
        f"{number:,} {word}" for number, word in ((sheet.new, "new"), (sheet.changed, "changed")) if number
    )


def refuse_changed(sheet, model, keys):
    """Raises `NotTaken` where a page, or one that it refers to, is not as it was looked at."""
    slugs, changed, gone = slugs_to_write(model), [], set()
    pages = sheet.pages.filter(pk__in=keys)
    known = standings_of(model, [one.page_pk for one in pages if one.page_pk], slugs)
    for one in pages:
        if one.page_pk and (one.page_pk not in known or known[one.page_pk].digest != one.digest):
            changed.append(one.name)
        for related, key in references_in(model, one.content):
            if key not in slugs[related._meta.label_lower]:
                gone.add(one.content["names"].get(related._meta.label_lower, {}).get(str(key), ["", "A page"])[1])
    if changed:
        raise NotTaken(CHANGED.format(names=named(changed)))
    if gone:
        raise NotTaken(GONE.format(names=named(sorted(gone))))


def named(names):
    """“A”, “B” and 3 more."""
    shown = [f"“{name}”" for name in names[:MOST_NAMED]]
    more = len(names) - len(shown)
    return in_a_sentence([*shown, *([f"{counted(more, 'other page')}"] if more else [])])


def put_part(change_set, model, keys, *, by):
    pages = list(SheetPage.objects.filter(pk__in=keys))
    known = standings_of(model, [one.page_pk for one in pages if one.page_pk], slugs_to_write(model))
    entries = []
    for one in pages:
        standing = known.get(one.page_pk)
        opened = Version(content=standing.content, digest=standing.digest) if standing else None
        entries.append((standing.page if standing else model(), one.content, opened))
    before = drafts_by_page(model, [one.page_pk for one in pages if one.page_pk])
    try:
        put = put_drafts(change_set, entries, by=by, note="From a sheet.")
    except SetFaults as faults:
        page, found = faults.faults[0]
        reason = " ".join(sentence for sentences in found.values() for sentence in sentences)
        raise NotTaken(NOT_WRITTEN.format(page=page, reason=reason)) from None
    if put.elsewhere:
        page, other = put.elsewhere[0]
        raise NotTaken(ELSEWHERE.format(page=page, title=other.title))
    if put.clashes:
        raise NotTaken(CHANGED.format(names=named([str(page) for page, _ in put.clashes])))
    for one, (page, _, _) in zip(pages, entries, strict=True):
        one.written, one.before = page.pk, columns_of(before.get(page.pk))
    SheetPage.objects.bulk_update(pages, ["written", "before"], batch_size=AT_ONCE)
