"""A change set goes live: all of it or nothing."""

from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction

from careers.desk.services.drafts import action_of, how_published, is_beside, saved_with_rows
from careers.desk.services.sets.change_sets import SetFaults, drafts_by_noun, end_set, hold_open
from careers.desk.services.sets.undoing import pages_to_take_offline, take_offline
from careers.guide.models.desk.change_sets import ChangeSet
from careers.guide.models.desk.drafts import DeskAction
from careers.guide.models.publishing import GuideModel
from careers.guide.models.versions import Version
from careers.guide.rules.snapshots import content_digest
from careers.guide.selectors.merging import brought_together
from careers.guide.selectors.snapshots import contents_of, pages_by_key
from careers.guide.services.page_faults import PageFaults
from careers.guide.services.snapshot_rows import BATCH
from careers.guide.services.snapshots import Writing, write_contents
from careers.guide.services.versions import current_versions, keep_contents
from careers.people.services.refusing import Refused

EMPTY = "There is no page in it."
CLASHES = "Readers see something else by now than when this draft was begun, and the draft changed the same."


@dataclass
class Publishing:
    """A set that is about to go live: what each page is to say, how it is published, and which ones clash."""

    writings: list = field(default_factory=list)
    acts: dict = field(default_factory=dict)  # {page: how it is published}
    clashing: list = field(default_factory=list)


def publish_set(change_set, *, by, note="", takes_offline=True):
    """Show readers what its drafts say, all of them or none. Returns [(page, [names of what is gone])].

    Each draft is merged with what was written meanwhile and checked now, beside what the others say. Raises
    `SetFaults` with all that is wrong, or `Refused`, and changes nothing then. A set that undoes another one
    `takes_offline` what that one showed first.
    """
    hold_open(change_set)
    by_noun = drafts_by_noun(change_set)
    leaving = pages_to_take_offline(change_set) if takes_offline else []
    if not by_noun and not leaving:
        raise Refused(EMPTY)
    with transaction.atomic():
        work, faults = Publishing(), []
        for model, drafts in by_noun.items():
            bring_up_to_date(model, drafts, work)
        try:
            write_contents(work.writings, status=GuideModel.Status.PUBLISHED, validate=True)
        except PageFaults as found:
            faults = found.faults
        faults += [(page, {NON_FIELD_ERRORS: [CLASHES]}) for page in work.clashing]
        if faults:
            raise SetFaults(faults, work.clashing)
        keep_published(change_set, work, by=by, note=note)
        take_offline(change_set, leaving, by=by)
        change_set.drafts.all().delete()
        end_set(change_set, ChangeSet.State.PUBLISHED)
    return [(one.page, one.written.gone) for one in work.writings if one.written.gone]


def bring_up_to_date(model, drafts, work):
    """Into `work`: each page with its draft merged with what was written since."""
    pages = pages_by_key(model, [draft.page_pk for draft in drafts])
    contents = contents_of(model, pages, is_named=False)
    drafts = [draft for draft in drafts if draft.page_pk in pages]
    known = {draft.page_pk: saved_with_rows(pages[draft.page_pk], draft) for draft in drafts}
    changed = [
        page for key, page in pages.items() if known[key] is None or known[key].digest != content_digest(contents[key])
    ]
    lives = known | (current_versions(model, changed, contents) if changed else {})
    for draft in drafts:
        page, live = pages[draft.page_pk], lives[draft.page_pk]
        head = draft.head if draft.head and is_beside(page, draft) else live
        content = head.content
        if draft.base and live.digest != draft.base.digest:
            content, clashes = brought_together(page, draft.base.content, head.content, live.content)
            if clashes:
                work.clashing.append(page)
                continue
        writing = Writing(page, content, live.content)
        work.writings.append(writing)
        work.acts[writing] = how_published(draft, head)


def keep_published(change_set, work, *, by, note):
    by_noun, actions = {}, []
    for one in work.writings:
        by_noun.setdefault(one.page._meta.model, []).append(one)
    for model, some in by_noun.items():
        contents = {one.page.pk: one.written.content for one in some}
        versions = keep_contents(model, contents, Version.Kind.PUBLISHED, by=by, note=note)
        for one in some:
            version = versions[one.page.pk]
            actions.append(
                action_of(work.acts[one], one.page, by=by, version=version, note=note, change_set=change_set)
            )
    DeskAction.objects.bulk_create(actions, batch_size=BATCH)
