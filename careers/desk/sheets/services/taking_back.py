"""A sheet of which a part only is in its change set: the part is taken back, as if it had never been there.

What somebody has saved or published meanwhile is theirs, and stays.
"""

import time
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from careers.desk.services.drafts import editing, is_shown, known_rows
from careers.desk.services.sets.drafts import upsert_drafts
from careers.desk.sheets.models import SheetImport, SheetPage
from careers.guide.models.desk.change_sets import ChangeSet
from careers.guide.models.desk.drafts import DeskAction, Draft
from careers.guide.models.publishing import GuideModel
from careers.guide.models.versions import Version
from careers.guide.selectors.snapshots import contents_of, page_model, pages_by_key
from careers.guide.services.snapshots import Writing, write_contents

HELD = 0.25  # seconds for which a part is to hold the guide; whoever waits for it does not wait for more
REST = 0.2  # seconds between two parts: who waits for SQLite looks every tenth of a second whether it may write
FIRST, FEWEST, MOST = 50, 5, 500  # pages of a part
CUT_OFF = "The portal was stopped while this sheet was brought in, so nothing was. Look again."
COLUMNS = ("base_id", "head_id", "state", "asked_by_id", "decided_by_id", "reasons", "started_at", "changed_at")


def columns_of(draft):
    """A draft as it is, to be kept in JSON; empty where there is none."""
    if draft is None:
        return {}
    values = {name: getattr(draft, name) for name in COLUMNS}
    return {name: value.isoformat() if name.endswith("_at") else value for name, value in values.items()}


def change(sheet, **values):
    """Write these columns only: the file and what others write stay."""
    for name, value in values.items():
        setattr(sheet, name, value)
    sheet.save(update_fields=list(values))


class Pace:
    """How many pages the next part has: as many as take `HELD` seconds, however busy the machine is."""

    def __init__(self):
        self.size = min(FIRST, MOST)

    @contextmanager
    def part(self):
        begun = time.monotonic()
        with editing():
            yield
        took = max(time.monotonic() - begun, 0.001)
        self.size = min(MOST, 2 * self.size, max(FEWEST, int(self.size * HELD / took)))
        time.sleep(REST)


def parts_left():
    return SheetImport.objects.filter(change_set__state=ChangeSet.State.FILLING).order_by()


def is_partly_in(sheet):
    return parts_left().filter(pk=sheet.pk).exists()


def take_back_what_was_left():
    """Of sheets that nobody works on any more. Returns how many."""
    left = [
        one
        for one in parts_left().defer("file").select_related("change_set")
        if one.state != SheetImport.State.TAKING or one.is_broken_off(timezone.now())
    ]
    for sheet in left:
        take_back(sheet)
    return len(left)


def take_back(sheet):
    """In parts as well. A process that still fills the set finds it gone, and ends."""
    change_set, model, pace = sheet.change_set, page_model(sheet.model), Pace()
    while keys := list(sheet.pages.filter(written__isnull=False).values_list("pk", flat=True)[: pace.size]):
        with pace.part():
            take_part_back(change_set, model, list(SheetPage.objects.filter(pk__in=keys)))
            SheetPage.objects.filter(pk__in=keys).update(written=None, before={})
            change(sheet, seen_at=timezone.now())
    with editing():
        if sheet.pages.filter(written__isnull=False).exists():  # that process has written another part
            return
        change_set.drafts.update(change_set=None)
        change_set.actions.filter(model=change_set._meta.label_lower).delete()
        change(sheet, change_set=None)
        change_set.delete()
        taking = SheetImport.objects.filter(pk=sheet.pk, state=SheetImport.State.TAKING)
        taking.update(state=SheetImport.State.READY, problem=CUT_OFF)


def take_part_back(change_set, model, pages):
    about = {"model": model._meta.label_lower, "page_pk__in": [one.written for one in pages]}
    acts = change_set.actions.filter(**about)
    ours = set(acts.filter(what=DeskAction.What.SAVED).values_list("version_id", flat=True))
    drafts = {one.page_pk: one for one in Draft.objects.filter(**about)}
    dropped = set(acts.filter(what=DeskAction.What.DISCARDED).values_list("page_pk", flat=True))
    there = pages_by_key(model, about["page_pk__in"])
    mine = [one for one in pages if one.written in there and is_as_written(one, drafts, change_set, ours, dropped)]
    acts.delete()
    made = [one for one in mine if one.page_pk is None and not is_shown(there[one.written])]
    unmade = delete_made(model, [one.written for one in made], drafts)
    former = [one for one in mine if one.page_pk is not None]
    rows_as_before(model, [there[one.written] for one in former if not is_shown(there[one.written])], ours)
    drafts_as_before(former, drafts)
    forget_versions(Version.objects.filter(model=about["model"], page_pk__in=unmade))
    forget_versions(Version.objects.filter(pk__in=ours, page_pk__in=[one.written for one in former]))


def is_as_written(one, drafts, change_set, ours, dropped):
    """Whether nobody has saved, published or discarded it since."""
    draft = drafts.get(one.written)
    if draft is None:
        return one.written in dropped
    return draft.change_set_id == change_set.pk and draft.head_id in ours


def delete_made(model, keys, drafts):
    """Keys of those that are gone. A page that another one refers to by now stays, as a draft by itself."""
    try:
        with transaction.atomic():
            Draft.objects.filter(pk__in=[drafts[key].pk for key in keys]).delete()
            model._base_manager.filter(pk__in=keys).delete()
    except ProtectedError:
        return []
    return keys


def rows_as_before(model, pages, ours):
    """Of pages that no reader has seen, which have their draft in their own rows."""
    keys = [page.pk for page in pages]
    versions = Version.objects.filter(model=model._meta.label_lower, page_pk__in=keys).exclude(pk__in=ours)
    before = {one.page_pk: one for one in versions.order_by("number")}
    present = contents_of(model, keys)
    write_contents(
        [
            Writing(page, known_rows(page, before[page.pk].content), present[page.pk])
            for page in pages
            if page.pk in before
        ],
        status=GuideModel.Status.DRAFT,
    )


def drafts_as_before(pages, drafts):
    back, over = [], []
    for one in pages:
        draft = drafts.get(one.written)
        if not one.before:
            over += [draft.pk] if draft else []
            continue
        draft = draft or Draft(model=one.sheet_import.model, page_pk=one.written)
        draft.change_set = None
        for name, value in one.before.items():
            setattr(draft, name, datetime.fromisoformat(value) if name.endswith("_at") else value)
        back.append(draft)
    Draft.objects.filter(pk__in=over).delete()
    upsert_drafts(back)


def forget_versions(versions):
    try:
        with transaction.atomic():
            versions.delete()
    except ProtectedError:  # somebody has given one a time: it stays in the history
        return
