"""Somebody else looks before readers do, or soon after."""

from django.utils import timezone

from careers.desk.services.drafts import CHANGED, draft_of, head_of, note_action
from careers.desk.services.schedules import SENT_BACK_SINCE, stop_schedule
from careers.guide.models.desk.drafts import DeskAction, Draft
from careers.people.services.refusing import Refused

State, What = Draft.State, DeskAction.What
NOTHING = "There is no draft to look at."
OWN = "You wrote this yourself. Somebody else has to look at it."
NOT_ASKED = "Nobody has asked for a review of it."
NO_REASONS = "Write what has to change, so that the writer knows."


def ask_for_review(*, page, by, seen, note=""):
    """`seen` is the number of the version that whoever asks has before them, as in what follows."""
    draft = draft_to_decide(page, seen)
    draft.state, draft.asked_by, draft.decided_by, draft.reasons = State.IN_REVIEW, by, None, ""
    close(draft, What.ASKED, page, by=by, note=note)


def approve_draft(*, page, by, seen, note=""):
    draft = draft_to_decide(page, seen)
    if draft.state != State.IN_REVIEW:
        raise Refused(NOT_ASKED)
    if head_of(page, draft).by_id == by.pk:
        raise Refused(OWN)
    draft.state, draft.decided_by = State.APPROVED, by
    close(draft, What.APPROVED, page, by=by, note=note)


def send_back(*, page, by, seen, reasons):
    draft = draft_to_decide(page, seen)
    if draft.state not in (State.IN_REVIEW, State.APPROVED):
        raise Refused(NOT_ASKED)
    if not reasons.strip():
        raise Refused(NO_REASONS)
    draft.state, draft.decided_by, draft.reasons = State.SENT_BACK, by, reasons
    stop_schedule(page, SENT_BACK_SINCE, by=by)
    close(draft, What.SENT_BACK, page, by=by, note=reasons)


def give_second_look(*, version, page, by):
    """Of what was published without one."""
    if version.by_id == by.pk:
        raise Refused(OWN)
    if not version.actions.filter(what=What.LOOKED).exists():
        note_action(What.LOOKED, page, by=by, version=version)


def give_second_looks(acts, *, by):
    """Of many that were published without one (`DeskAction`); returns how many. What one published oneself is left."""
    others = [act for act in acts if act.version and act.version.by_id != by.pk]
    if not others:
        raise Refused(OWN)
    DeskAction.objects.bulk_create(
        [
            DeskAction(
                what=What.LOOKED,
                model=act.model,
                page_pk=act.page_pk,
                page_name=act.page_name,
                version=act.version,
                by=by,
                change_set_id=act.change_set_id,
            )
            for act in others
        ]
    )
    return len(others)


def draft_to_decide(page, seen):
    draft = draft_of(page)
    if draft is None:
        raise Refused(NOTHING)
    if head_of(page, draft).number != seen:
        raise Refused(CHANGED)
    return draft


def close(draft, what, page, *, by, note):
    draft.changed_at = timezone.now()
    draft.save()
    note_action(what, page, by=by, version=draft.head, note=note)
