"""Sheets that are brought in: first only looked at, then, once somebody has said yes, put into a change set as drafts.

All of a sheet goes in or nothing does. Nothing goes in that has a fault, or of which a page has changed since it was
looked at.
"""

import logging

from django.db import transaction
from django.utils import timezone

from careers.desk.services.drafts import editing
from careers.desk.services.log import note_sheet
from careers.desk.services.sets.change_sets import SetFaults, start_set
from careers.desk.services.sets.drafts import put_drafts
from careers.desk.sheets.models import SheetImport, SheetPage
from careers.desk.sheets.rules.tables import Unreadable
from careers.desk.sheets.selectors.columns import slugs_to_write, title_of
from careers.desk.sheets.selectors.standing import AT_ONCE, standings_of
from careers.desk.sheets.services.opening import opened_file
from careers.desk.sheets.services.reading import Reading
from careers.desk.sheets.services.running import signs_of_life
from careers.guide.models.desk.drafts import DeskAction
from careers.guide.models.versions import Version
from careers.guide.selectors.snapshots import page_model, references_in
from careers.lib.words import counted, in_a_sentence
from careers.people.services.refusing import Refused

log = logging.getLogger(__name__)
State = SheetImport.State
MOST_OPEN = 20  # of one noun
MOST_NAMED = 5  # pages in a sentence
TOO_MANY = "There are {most} sheets of these pages already. Take one away first."
BROKEN_OFF = "Something went wrong with this sheet, and nothing was changed. The log of the portal says more."
CHANGED = "{names} changed since you looked, so nothing was brought in. Look again: it says what would change now."
GONE = "{names} was deleted since you looked, so nothing was brought in. Look again."
ELSEWHERE = "“{page}” is in the change set “{title}” already, so nothing was brought in. Take it out there first."
NOT_WRITTEN = "“{page}” could not be written, so nothing was brought in: {reason}"
FOR_PUBLISHERS_LOOK = "A publisher looked at this sheet, who may change more. Look again, and bring in what you may."
NOT_OPEN = "This sheet is not waiting for that any more."


class NotTaken(Exception):
    """Nothing of the sheet goes in. The text says why, to an editor."""


def begin_import(*, model, file_name, content, by, is_publisher):
    """Keep what was sent; it is read later, by a process of its own. Raises `Refused`."""
    now = timezone.now()
    SheetImport.objects.filter(until__lte=now).delete()
    label = model._meta.label_lower
    if SheetImport.objects.filter(model=label).count() >= MOST_OPEN:
        raise Refused(TOO_MANY.format(most=MOST_OPEN))
    return SheetImport.objects.create(
        model=label, file_name=file_name[:200], file=content, by=by, is_by_publisher=is_publisher
    )


def look_again(sheet, *, by, is_publisher):
    """Have it read anew, with the rights of whoever asks. Raises `Refused` where it was brought in meanwhile."""
    now = timezone.now()
    if sheet.state == State.TAKEN or (sheet.is_under_way and not sheet.is_broken_off(now)):
        raise Refused(NOT_OPEN)
    change(sheet, state=State.WAITING, by=by, is_by_publisher=is_publisher, problem="", seen_at=now, done=0, total=0)


def confirm(sheet, *, title, by, is_publisher):
    """Have it brought in. Raises `Refused` where it cannot be."""
    if sheet.state != State.READY or sheet.problem or not (sheet.new or sheet.changed):
        raise Refused(NOT_OPEN)
    if sheet.is_by_publisher and not is_publisher:
        raise Refused(FOR_PUBLISHERS_LOOK)
    title = title.strip()[:120] or first_title(sheet)
    change(sheet, state=State.CONFIRMED, title=title, by=by, seen_at=timezone.now())


def first_title(sheet):
    return f"{title_of(page_model(sheet.model))} from “{sheet.file_name}”"[:120]


def change(sheet, **values):
    """Write these columns only: the file and what others write stay."""
    for name, value in values.items():
        setattr(sheet, name, value)
    sheet.save(update_fields=list(values))


# What a process of its own does


def work_through():
    """All that waits, one after the other."""
    while (sheet := claim_next()) is not None:
        with signs_of_life(sheet):
            carry_out(sheet)


def claim_next():
    """The one that waits longest, which nobody else has then; None where none waits."""
    for sheet in SheetImport.objects.filter(state__in=SheetImport.WAITS).order_by("made_at").defer("file"):
        begun = {"state": SheetImport.WAITS[State(sheet.state)], "seen_at": timezone.now()}
        if SheetImport.objects.filter(pk=sheet.pk, state=sheet.state).update(**begun):
            sheet.refresh_from_db()
            return sheet
    return None


def carry_out(sheet):
    try:
        (read if sheet.state == State.READING else take)(sheet)
    except (Unreadable, NotTaken) as refusal:
        state = State.UNREADABLE if sheet.state == State.READING else State.READY
        change(sheet, state=state, problem=str(refusal)[:500])
    except Exception:
        log.exception("A sheet could not be worked on.")
        state = State.UNREADABLE if sheet.state == State.READING else State.READY
        change(sheet, state=state, problem=BROKEN_OFF)


def read(sheet):
    """Look at what it would change. It writes what it found, and nothing of the guide. Raises `Unreadable`."""
    model = page_model(sheet.model)
    sheet.pages.all().delete()
    reading = Reading(model, *opened_file(bytes(sheet.file)), may_change_slugs=sheet.is_by_publisher)
    change(sheet, total=reading.total, done=0, seen_at=timezone.now())
    new = changed = 0
    for found in reading.pages(lambda done: change(sheet, done=done, seen_at=timezone.now())):
        new += sum(one.page_pk is None for one in found)
        changed += sum(one.page_pk is not None for one in found)
        if not reading.faults.count:
            keep_pages(sheet, found)
    with transaction.atomic():
        if reading.faults.count:
            sheet.pages.all().delete()
        change(
            sheet,
            state=State.WRONG if reading.faults.count else State.READY,
            new=new,
            changed=changed,
            unchanged=reading.unchanged,
            faults=reading.faults.first,
            fault_count=reading.faults.count,
            not_read=reading.not_read,
        )


def keep_pages(sheet, found):
    SheetPage.objects.bulk_create(
        SheetPage(
            sheet_import=sheet, row=one.row, page_pk=one.page_pk, name=one.name, digest=one.digest, content=one.content
        )
        for one in found
    )


def take(sheet):
    """Write its pages as drafts into a change set, all or none. Raises `NotTaken`."""
    model = page_model(sheet.model)
    with editing():
        keys = list(sheet.pages.values_list("pk", flat=True))
        refuse_changed(sheet, model, keys)
        change_set = start_set(title=sheet.title, by=sheet.by)
        for start in range(0, len(keys), AT_ONCE):
            put_part(change_set, model, keys[start : start + AT_ONCE], by=sheet.by)
        note = f"{sheet.file_name}: {said_of(sheet)}."
        note_sheet(DeskAction.What.IMPORTED, title_of(model), by=sheet.by, note=note, change_set=change_set)
        sheet.pages.all().delete()
        change(sheet, state=State.TAKEN, change_set=change_set, problem="")


def said_of(sheet):
    """“3 new, 12 changed”."""
    return ", ".join(
        f"{number:,} {word}" for number, word in ((sheet.new, "new"), (sheet.changed, "changed")) if number
    )


def refuse_changed(sheet, model, keys):
    """Raises `NotTaken` where a page, or one that it refers to, is not as it was looked at."""
    slugs, changed, gone = slugs_to_write(model), [], set()
    for start in range(0, len(keys), AT_ONCE):
        pages = sheet.pages.filter(pk__in=keys[start : start + AT_ONCE])
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
