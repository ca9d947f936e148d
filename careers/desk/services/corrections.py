"""What readers see is put right at once, while a draft of the page waits."""

from django.db import transaction
from django.utils import timezone

from careers.desk.services.drafts import Clashes, draft_of, note_action
from careers.desk.services.schedules import follow_version
from careers.guide.models.desk.drafts import DeskAction
from careers.guide.models.publishing import GuideModel
from careers.guide.models.versions import Version
from careers.guide.rules.snapshots import content_digest
from careers.guide.selectors.merging import brought_together
from careers.guide.services.snapshots import write_content
from careers.guide.services.versions import current_version, keep_version

WITH_CORRECTION = "With the correction of the published page."


def correct_page(*, page, content, opened, by):
    """Publish `content`, made of the published version `opened`; the draft that waits gets the change as well.

    Raises ValidationError with what is missing, `Clashes` where the page was changed in the same place meanwhile, and
    changes nothing then. Where the draft says something else at the same place it stays as it is, and whoever
    publishes it is asked. Call it inside `editing()`.
    """
    live = current_version(page)
    content, clashes = brought_together(page, opened.content, content, live.content)
    if clashes:
        raise Clashes(clashes)
    if content_digest(content) == live.digest:
        return
    with transaction.atomic():
        written = write_content(page, content, status=GuideModel.Status.PUBLISHED, present=live.content, validate=True)
        version = keep_version(page, written.content, Version.Kind.PUBLISHED, by=by, note="A correction.")
        note_action(DeskAction.What.PUBLISHED_ALONE, page, by=by, version=version, note="A correction.")
        if draft := draft_of(page):
            bring_into(draft, page, version, by=by)


def bring_into(draft, page, version, *, by):
    merged, clashes = brought_together(page, draft.base.content, draft.head.content, version.content)
    if clashes:
        return
    draft.base, draft.changed_at = version, timezone.now()
    draft.head = keep_version(page, merged, Version.Kind.SAVED, by=draft.head.by, note=WITH_CORRECTION)
    draft.save()
    follow_version(page, draft.head)
