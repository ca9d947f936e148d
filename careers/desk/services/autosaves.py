"""What is written in a form is kept every few seconds, without anybody's saving, as the page's draft.

A form has a word that its browser made for it, and each of its posts a number, so that a late one never takes the place
of a newer one. Of one form there is one such version: the next takes its place, unless a form shows it by now, or
somebody has said something about it. What the form says is compared with what it said before, and the difference is
brought into what the draft says now: what others saved meanwhile stays.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from careers.desk.services.drafts import Draft, Kind, brought_together, draft_of, head_of, is_shown, label_of
from careers.desk.services.schedules import SAVED_SINCE, forget_schedules, stop_schedule
from careers.desk.services.typed_forms import go, kept_of, typed_before, typed_from, with_known_keys
from careers.guide.models.desk.drafts import Schedule
from careers.guide.models.versions import Version
from careers.guide.rules.snapshots import content_digest
from careers.guide.services.versions import current_version, keep_version, versions_of

State = Draft.State


class Outcome(StrEnum):
    KEPT = "kept"
    UNCHANGED = "unchanged"
    LATE = "late"  # a newer one, or a save, was there before
    GONE = "gone"  # the draft was published or discarded
    CLASH = "clash"  # somebody else changed the same


@dataclass(frozen=True)
class Autosaved:
    outcome: Outcome
    version: Version | None = None


def autosave(*, page, content, opened, by, typing):
    """Keep `content`, which somebody is making of the version `opened`. Nothing is noted as done.

    What waits for a review, or has its approval, is a draft again. Call it inside `editing()`.
    """
    if versions_of(page).filter(form=typing.form, by=by, sequence__gte=typing.sequence).exists():
        return Autosaved(Outcome.LATE)
    draft, kept = draft_of(page), kept_of(page, by, typing)
    head = head_of(page, draft)
    if kept and is_over(draft, kept) and head.digest != kept.digest:
        return Autosaved(Outcome.GONE)
    before = typed_from(kept, opened, head)
    content = with_known_keys(page, content, opened.content, before)
    if content_digest(content) == content_digest(before):
        return Autosaved(Outcome.UNCHANGED, kept)
    merged, clashes = brought_together(page, before, content, head.content)
    if clashes:
        return Autosaved(Outcome.CLASH)
    version = keep_version(page, merged, Kind.AUTOSAVED, by=by, typed=typed_before(content, merged), **typing.columns)
    put_head(page, draft, version)
    go(kept)
    return Autosaved(Outcome.KEPT, version)


def is_over(draft, kept):
    return draft is None or draft.started_at > kept.at


def put_head(page, draft, version):
    """Where it says what readers see again, and only this form had said otherwise, there is no draft."""
    now, base = timezone.now(), None
    if is_shown(page):
        base = draft.base if draft else current_version(page)
        if base.digest == version.digest and (draft is None or began_by_itself(page, draft)):
            if draft:
                draft.delete()
                forget_schedules(page, Schedule.What.PUBLISH)
            return
    draft = draft or Draft(model=label_of(page), page_pk=page.pk, started_at=version.at)
    draft.base, draft.head, draft.changed_at = base, version, now
    if draft.state in (State.IN_REVIEW, State.APPROVED):
        draft.state, draft.decided_by = State.EDITING, None
    draft.save()
    stop_schedule(page, SAVED_SINCE, by=version.by)


def began_by_itself(page, draft):
    """Whether nobody has ever saved this draft."""
    saved = versions_of(page).filter(number__gt=draft.base.number, kind__in=(Kind.SAVED, Kind.RESTORED))
    return not saved.exists()


def note_shown(version):
    """A form shows it from now on. False where a later one has taken its place at this moment."""
    if version.kind != Kind.AUTOSAVED or version.is_opened:
        return True
    return bool(Version.objects.filter(pk=version.pk).update(is_opened=True))
