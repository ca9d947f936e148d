"""What is due is done, one after the other, each in a transaction of its own: as planned, or not at all.

Readers wait while one of them does it, so it has little patience with who else writes, and does not go on for long. One
that fails leaves everything as it was, but for the reason that its schedule gets; others that are due go on.
"""

import logging
from contextlib import contextmanager
from time import monotonic

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from careers.desk.selectors.differences import Words
from careers.desk.selectors.errors import error_line, gone_in_words
from careers.desk.selectors.schedules import moment_there
from careers.desk.services.drafts import Clashes, archive_page, head_of, note_action, publish_draft
from careers.desk.services.fault_mails import mail_about
from careers.desk.services.schedules import SAVED_SINCE, digest_of_set, note_next, stop
from careers.desk.services.sets.change_sets import SetFaults
from careers.desk.services.sets.publishing import publish_set
from careers.guide.models.desk.drafts import DeskAction, Schedule
from careers.guide.models.revisions import Revision
from careers.guide.selectors.snapshots import page_model
from careers.lib.words import in_a_sentence
from careers.people.services.refusing import Refused
from careers.runtime.lock_timeout import lock_timeout
from careers.runtime.outages import is_busy, is_outage

log = logging.getLogger(__name__)
What = Schedule.What
PATIENCE = 50  # milliseconds that a reader waits for who else writes
LONGEST = 3  # seconds; the next reader goes on
NOT_ONLINE = "It is not online, so there was nothing to take offline."
CLASHED = "Readers see something else by now in the same place: {places}. Publish it by hand, there you choose."
SET_CHANGED = "Its pages have changed after it got this time. Look at them, then give it a time again."
MOST_SAID = 5  # pages of a change set
REFUSED = "The database refused it. Who runs the portal finds the reason in its log."


class Busy(Exception):
    """Somebody else is writing the guide."""


def publish_due():
    """Returns whether it could be done: not while somebody else writes. Raises the database's error in an outage."""
    end = monotonic() + LONGEST
    with lock_timeout(milliseconds=PATIENCE):
        try:
            while monotonic() < end and do_next():
                pass
        except Busy:
            return False
        except DatabaseError as error:
            if not is_busy(error):
                raise
            return False
    return True


def do_next():
    """Whether there was something to do. The transaction ends before it is known that all of it could be written."""
    schedule = None
    try:
        with holding_the_guide():
            schedule = first_due()
            if schedule is None:
                note_next()
                return False
            do(schedule)
            schedule.delete()
            note_next()
    except Busy:
        raise
    except Exception as error:
        if schedule is None or is_outage(error):
            raise
        note_fault(schedule, fault_of(schedule, error))
    return True


@contextmanager
def holding_the_guide():
    """As `editing()`, without a long wait: raises `Busy`, or the error of a database that is busy."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}ms'")
        if Revision.objects.select_for_update(skip_locked=True).filter(pk=1).first() is None:
            raise Busy
        yield


def first_due():
    return (
        Schedule.objects.running().filter(at__lte=timezone.now()).select_related("version", "by", "change_set").first()
    )


def do(schedule):
    page = thing_of(schedule)
    if page is None:  # deleted by something else than the desk, and its time with it
        return
    note = f"At its time, {moment_there(schedule.at)}."
    if schedule.change_set:
        do_set(schedule, note)
        return
    if schedule.what == What.ARCHIVE:
        if not page.is_published:
            raise Refused(NOT_ONLINE)
        archive_page(page=page, by=schedule.by, note=note)
        return
    if head_of(page).digest != schedule.version.digest:
        raise Refused(SAVED_SINCE)
    written = publish_draft(page=page, by=schedule.by, note=note)
    if written.gone:
        raise Refused(gone_in_words(written.gone))


def do_set(schedule, note):
    if digest_of_set(schedule.change_set) != schedule.digest:
        raise Refused(SET_CHANGED)
    if gone := publish_set(schedule.change_set, by=schedule.by, note=note):
        raise Refused(" ".join(f"“{page}”: {gone_in_words(names)}" for page, names in gone[:MOST_SAID]))


def thing_of(schedule):
    """The page or the change set; None where it is gone."""
    if schedule.change_set:
        return schedule.change_set
    return page_model(schedule.model)._base_manager.filter(pk=schedule.page_pk).first()


def note_fault(schedule, fault):
    """Two who met it at once note it once."""
    with holding_the_guide():
        thing = thing_of(schedule)
        if stop(schedule, fault) and thing:
            note_action(DeskAction.What.FAILED, thing, by=schedule.by, version=schedule.version, note=fault)
            mail_about(schedule)


def fault_of(schedule, error):
    """In words that name the field."""
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, SetFaults):
        return " ".join(f"“{page}”: {error_line(type(page), ValidationError(faults))}" for page, faults in first(error))
    if isinstance(error, ValidationError):
        return error_line(page_model(schedule.model), error)
    if isinstance(error, Clashes):
        return CLASHED.format(places=places_of(schedule, error.clashes))
    log.error("“%s” could not be done at its time.", schedule, exc_info=error)
    return REFUSED


def first(error):
    return error.faults[:MOST_SAID]


def places_of(schedule, clashes):
    words = Words(page_model(schedule.model), schedule.version.content)
    return in_a_sentence(dict.fromkeys(words.field(one.place) for one in clashes))
