"""Drafts that readers get together or not at all.

A draft is in one set at most. Whatever is done to a set is done in one transaction that holds the guide's lock
(`editing`), and costs as many queries for a thousand pages as for one, but that long inserts are cut as the database
needs it.
"""

from django.utils import timezone

from careers.desk.services.drafts import action_of, draft_of, is_shown, label_of, note_action
from careers.desk.services.schedules import forget_schedule_of_set, schedule_of
from careers.guide.models.desk.change_sets import ChangeSet
from careers.guide.models.desk.drafts import DeskAction, Draft, Schedule
from careers.guide.selectors.snapshots import page_model, pages_by_key
from careers.guide.services.snapshot_rows import BATCH
from careers.guide.services.versions import current_version
from careers.people.services.refusing import Refused

State, What = ChangeSet.State, DeskAction.What
NOT_OPEN = "This change set is {state} already. Nothing was changed."
TAKEN_BACK = "This change set is not there any more."
NO_TITLE = "Give the change set a name, so that others know what it is for."
NO_DRAFT = "“{page}” has no draft. Change the page first, then put its draft in."
HAS_A_TIME = "“{page}” has a time of its own at which it goes live. Take that away first."
ELSEWHERE = "“{page}” is in the change set “{other}”. Take it out there first."


class SetFaults(Exception):
    """A set cannot be written or published as it is, and nothing was changed.

    `faults` is [(page, {name of a field or of all: [sentences]})]; `clashing` are those of these pages that were
    changed in two ways.
    """

    def __init__(self, faults, clashing=()):
        super().__init__(f"{len(faults)} pages of a change set cannot be written")
        self.faults, self.clashing = faults, [*clashing]


def start_set(*, title, by, undoes=None, is_filled_later=False):
    """One that `is_filled_later` gets its drafts in several transactions; nobody uses it until `finish_filling`."""
    if not title.strip():
        raise Refused(NO_TITLE)
    change_set = ChangeSet.objects.create(
        title=title, by=by, undoes=undoes, state=State.FILLING if is_filled_later else State.OPEN
    )
    note_set(What.SET_STARTED, change_set, by=by)
    return change_set


def finish_filling(change_set):
    hold_open(change_set, State.FILLING)
    change_set.state = State.OPEN
    change_set.save(update_fields=["state"])


def rename_set(change_set, *, title, by):
    hold_open(change_set)
    if not title.strip():
        raise Refused(NO_TITLE)
    if title != change_set.title:
        before, change_set.title = change_set.title, title
        change_set.save(update_fields=["title"])
        note_set(What.SET_RENAMED, change_set, by=by, note=f"Before: {before}")


def put_page_in(change_set, page, *, by):
    """The page's draft; of a page that no reader has seen, its rows are one. Raises `Refused`."""
    hold_open(change_set)
    draft = draft_of(page)
    if draft is None and is_shown(page):
        raise Refused(NO_DRAFT.format(page=page))
    if other := other_set_of(draft, change_set):
        raise Refused(ELSEWHERE.format(page=page, other=other))
    if draft and draft.change_set_id == change_set.pk:
        return draft
    if schedule_of(page, Schedule.What.PUBLISH):
        raise Refused(HAS_A_TIME.format(page=page))
    draft = draft or Draft(model=label_of(page), page_pk=page.pk, head=current_version(page))
    draft.change_set = change_set
    draft.save()
    note_action(What.PUT_IN, page, by=by, version=draft.head, change_set=change_set)
    return draft


def take_page_out(change_set, page, *, by):
    """Its draft stays, by itself."""
    hold_open(change_set)
    draft = draft_of(page)
    if draft and draft.change_set_id == change_set.pk:
        draft.change_set = None
        draft.save(update_fields=["change_set"])
        note_action(What.TAKEN_OUT, page, by=by, version=draft.head, change_set=change_set)


def discard_set(change_set, *, by, drops_drafts=False):
    """Its drafts go on by themselves. With `drops_drafts` those of pages that readers know are discarded; a page that
    no reader has seen keeps its own.
    """
    hold_open(change_set)
    actions = []
    for model, drafts in drafts_by_noun(change_set).items():
        pages = pages_by_key(model, [draft.page_pk for draft in drafts])
        for draft in drafts:
            if page := pages.get(draft.page_pk):
                is_dropped = drops_drafts and is_shown(page)
                what = What.DISCARDED if is_dropped else What.TAKEN_OUT
                actions.append(
                    (is_dropped, draft, action_of(what, page, by=by, version=draft.head, change_set=change_set))
                )
    DeskAction.objects.bulk_create([action for _, _, action in actions], batch_size=BATCH)
    Draft.objects.filter(pk__in=[draft.pk for is_dropped, draft, _ in actions if is_dropped]).delete()
    change_set.drafts.update(change_set=None)
    end_set(change_set, State.DISCARDED)
    note_set(What.SET_DISCARDED, change_set, by=by)


def hold_open(change_set, *states):
    """Raises `Refused` where it is in none of the states, where somebody has published or discarded it meanwhile."""
    try:
        change_set.refresh_from_db()
    except ChangeSet.DoesNotExist:
        raise Refused(TAKEN_BACK) from None
    if change_set.state not in (states or (State.OPEN,)):
        raise Refused(NOT_OPEN.format(state=change_set.get_state_display().lower()))


def other_set_of(draft, change_set):
    return draft.change_set if draft and draft.change_set_id not in (None, change_set.pk) else None


def end_set(change_set, state):
    change_set.state, change_set.ended_at = state, timezone.now()
    change_set.save(update_fields=["state", "ended_at"])
    forget_schedule_of_set(change_set)


def note_set(what, change_set, *, by, note=""):
    note_action(what, change_set, by=by, note=note, change_set=change_set)


def drafts_by_noun(change_set):
    """{model: its drafts in the set}."""
    found = {}
    for draft in change_set.drafts.select_related("base", "head").order_by("pk"):
        found.setdefault(page_model(draft.model), []).append(draft)
    return found
