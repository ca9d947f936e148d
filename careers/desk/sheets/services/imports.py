"""Sheets that are brought in: first only looked at, then, once somebody has said yes, put into a change set as drafts.

All of a sheet goes in or nothing does. Nothing goes in that has a fault, or of which a page has changed since it was
looked at.
"""

import logging

from django.db import transaction
from django.utils import timezone

from careers.desk.sheets.models import SheetImport, SheetPage
from careers.desk.sheets.rules.tables import Unreadable
from careers.desk.sheets.selectors.columns import title_of
from careers.desk.sheets.services.opening import opened_file
from careers.desk.sheets.services.reading import Reading
from careers.desk.sheets.services.running import signs_of_life
from careers.desk.sheets.services.taking import NotTaken, take
from careers.desk.sheets.services.taking_back import change, is_partly_in, parts_left, take_back_what_was_left
from careers.guide.selectors.snapshots import page_model
from careers.people.services.refusing import Refused

log = logging.getLogger(__name__)
State = SheetImport.State
MOST_OPEN = 20  # of one noun
TOO_MANY = "There are {most} sheets of these pages already. Take one away first."
BROKEN_OFF = "Something went wrong with this sheet, and nothing was changed. The log of the portal says more."
FOR_PUBLISHERS_LOOK = "A publisher looked at this sheet, who may change more. Look again, and bring in what you may."
PARTLY_IN = "A part of this sheet is in already. Look again first: that takes the part back."
NOT_OPEN = "This sheet is not waiting for that any more."


def begin_import(*, model, file_name, content, by, is_publisher):
    """Keep what was sent; it is read later, by a process of its own. Raises `Refused`."""
    now = timezone.now()
    SheetImport.objects.filter(until__lte=now).exclude(pk__in=parts_left()).delete()
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


def drop_sheet(sheet):
    """Raises `Refused` where a part of it is in its change set, which would be left there."""
    if is_partly_in(sheet):
        raise Refused(PARTLY_IN)
    sheet.delete()


def first_title(sheet):
    return f"{title_of(page_model(sheet.model))} from “{sheet.file_name}”"[:120]


# What a process of its own does


def work_through():
    """All that waits, one after the other."""
    while (sheet := claim_next()) is not None:
        with signs_of_life(sheet):
            carry_out(sheet)


def claim_next():
    """The one that waits longest, which nobody else has then; None where none can be worked on."""
    for sheet in SheetImport.objects.to_work_on(timezone.now()).defer("file"):
        begun = {"state": SheetImport.WAITS[State(sheet.state)], "seen_at": timezone.now()}
        if SheetImport.objects.filter(pk=sheet.pk, state=sheet.state).update(**begun):
            sheet.refresh_from_db()
            return sheet
    return None


def carry_out(sheet):
    try:
        take_back_what_was_left()
        sheet.refresh_from_db(fields=["change_set"])
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
