"""Many drafts made at once, into a change set."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from careers.desk.services.drafts import action_of, is_beside, is_shown, label_of
from careers.desk.services.sets.change_sets import SetFaults, hold_open, other_set_of
from careers.guide.models.desk.change_sets import ChangeSet
from careers.guide.models.desk.drafts import DeskAction, Draft
from careers.guide.models.publishing import GuideModel
from careers.guide.models.versions import Version
from careers.guide.rules.snapshots import content_digest
from careers.guide.selectors.merging import brought_together
from careers.guide.selectors.snapshots import contents_of, fields_of
from careers.guide.services.page_faults import PageFaults
from careers.guide.services.snapshot_rows import BATCH
from careers.guide.services.snapshots import Writing, make_pages, upsert, write_contents
from careers.guide.services.versions import current_versions, keep_contents

Status, Kind, What = GuideModel.Status, Version.Kind, DeskAction.What


@dataclass
class Put:
    """The outcome of `put_drafts`, page by page. Of `clashes` ([(page, [Clash])]) and of what is `elsewhere`
    ([(page, ChangeSet)]) nothing was written; `unchanged` said the same already.
    """

    drafts: list = field(default_factory=list)
    unchanged: list = field(default_factory=list)
    clashes: list = field(default_factory=list)
    elsewhere: list = field(default_factory=list)


def put_drafts(change_set, entries, *, by, note=""):
    """Make many drafts at once and put them in. `entries` are (page, content, version that the content was made of).

    A page that is not in the database yet is made, as a draft; its content has to be whole, and what refers to it has
    a key below zero and finds it by its slug. What others saved since that version stays, as in `save_draft`. Raises
    `SetFaults` where a page that no reader has seen cannot be written, and writes nothing then.
    """
    hold_open(change_set, ChangeSet.State.OPEN, ChangeSet.State.FILLING)
    put, by_noun, new = Put(), {}, [(page, content) for page, content, _ in entries if page.pk is None]
    try:
        with transaction.atomic():
            make_pages(new)
            for page, content, opened in entries:
                by_noun.setdefault(page._meta.model, []).append((page, content, opened))
            work = [one for model, some in by_noun.items() for one in to_draft(change_set, model, some, put)]
            write_contents([one.writing for one in work if not is_shown(one.page)], status=Status.DRAFT, validate=True)
            save_drafts(change_set, work, put, by=by, note=note)
    except PageFaults as found:
        for page, _ in new:
            page.pk = None
        raise SetFaults(found.faults) from None
    return put


@dataclass(eq=False)
class Work:
    """A page, its draft if it has one, what that is to say, and what the page's rows say until now."""

    page: GuideModel
    draft: Draft | None
    content: dict
    live: Version
    writing: Writing


def to_draft(change_set, model, entries, put):
    """[Work] of what is to be written; what is not goes into `put`."""
    keys = [page.pk for page, _, _ in entries]
    named = [column.name for column in fields_of(model).values() if column.is_relation]
    prefetch_related_objects([page for page, _, _ in entries], *named)
    drafts = {draft.page_pk: draft for draft in drafts_of(model, keys)}
    contents = contents_of(model, keys, is_named=False)
    lives = current_versions(model, [page for page, _, _ in entries], contents)
    work = []
    for page, wanted, opened in entries:
        draft, live, content = drafts.get(page.pk), lives[page.pk], wanted
        if other := other_set_of(draft, change_set):
            put.elsewhere.append((page, other))
            continue
        if opened and content_digest(wanted) == opened.digest:
            put.unchanged.append(page)
            continue
        head = draft.head if draft and draft.head and is_beside(page, draft) else live
        if opened and head.digest != opened.digest:
            content, clashes = brought_together(page, opened.content, wanted, head.content)
            if clashes:
                put.clashes.append((page, clashes))
                continue
        is_same = opened is not None and content_digest(content) == head.digest
        if is_same and (draft is None or draft.change_set_id):
            put.unchanged.append(page)
        else:
            work.append(Work(page, draft, content, live, Writing(page, content, live.content)))
    return work


def save_drafts(change_set, work, put, *, by, note):
    """As `put_draft` of `drafts`, for many."""
    now, by_noun, actions, dropped = timezone.now(), {}, [], []
    for one in work:
        one.content = one.content if is_shown(one.page) else one.writing.written.content
        base = (one.draft.base if one.draft else None) or one.live
        if is_shown(one.page) and base.digest == content_digest(one.content):  # it says what readers see
            put.unchanged.append(one.page)
            if one.draft:
                dropped.append(one.draft)
                actions.append(
                    action_of(What.DISCARDED, one.page, by=by, version=one.draft.head, change_set=change_set)
                )
            continue
        draft = one.draft or Draft(model=label_of(one.page), page_pk=one.page.pk, started_at=now)
        draft.base = base if is_shown(one.page) else None
        draft.state, draft.reasons, draft.decided_by = Draft.State.EDITING, "", None
        draft.change_set, draft.changed_at = change_set, now
        put.drafts.append(draft)
        by_noun.setdefault(one.page._meta.model, []).append((one, draft))
    for model, some in by_noun.items():
        versions = keep_contents(model, {one.page.pk: one.content for one, _ in some}, Kind.SAVED, by=by, note=note)
        for one, draft in some:
            draft.head = versions[one.page.pk]
            actions.append(action_of(What.SAVED, one.page, by=by, version=draft.head, note=note, change_set=change_set))
    upsert_drafts(put.drafts)
    Draft.objects.filter(pk__in=[draft.pk for draft in dropped]).delete()
    DeskAction.objects.bulk_create(actions, batch_size=BATCH)


def upsert_drafts(drafts):
    key = ("model", "page_pk")
    names = [column.name for column in Draft._meta.concrete_fields if column.name not in (*key, "id", "started_at")]
    new, known = ([one for one in drafts if (one.pk is None) is is_new] for is_new in (True, False))
    Draft.objects.bulk_create(new, batch_size=BATCH)
    upsert(Draft, known, names)


def drafts_of(model, keys):
    drafts = Draft.objects.filter(model=model._meta.label_lower, page_pk__in=keys)
    return drafts.select_related("base", "head", "change_set")
