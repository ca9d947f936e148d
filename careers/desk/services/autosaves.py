"""What is written in a form is kept every few seconds, without anybody's saving, as the page's draft.

A form has a word that its browser made for it, and each of its posts a number, so that a late one never takes the place
of a newer one. Of one form there is one such version: the next takes its place, unless a form shows it by now, or
somebody has said something about it. What the form says is compared with what it said before, and the difference is
brought into what the draft says now: what others saved meanwhile stays.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.db.models import Q
from django.utils import timezone

from careers.desk.services.drafts import Draft, Kind, draft_of, editing, head_of, is_shown, label_of
from careers.desk.services.schedules import SAVED_SINCE, forget_schedules, stop_schedule
from careers.desk.services.typed_forms import go, kept_of, typed_before, typed_from, with_known_keys
from careers.guide.models.desk.drafts import Schedule
from careers.guide.models.versions import Version
from careers.guide.rules.snapshots import content_digest
from careers.guide.selectors.merging import brought_together
from careers.guide.services.versions import current_version, keep_version, versions_of

State = Draft.State


class Outcome(StrEnum):
    KEPT = "kept"
    UNCHANGED = "unchanged"
    LATE = "late"  # a newer one, or a save, was there before
    GONE = "gone"  # the draft was published or discarded
    CLASH = "clash"  # somebody else changed the same


KEPT = timedelta(days=30)  # then only the last of a day stays
AT_ONCE = 500  # versions that are deleted while the guide is locked


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


def prune_autosaves(*, now):
    """Delete what saved itself more than 30 days ago, but the last of each page and day. Returns how many.

    What a draft or a schedule goes by stays, and so does what somebody has done or said something about.
    """
    last, gone = set(), []
    old = Version.objects.filter(kind=Kind.AUTOSAVED, at__lt=now - KEPT).order_by("-number")
    for key, *page, at in old.values_list("pk", "model", "page_pk", "at").iterator():
        place = (*page, timezone.localdate(at))
        if place in last:
            gone.append(key)
        last.add(place)
    return sum(delete_autosaves(gone[start : start + AT_ONCE]) for start in range(0, len(gone), AT_ONCE))


def delete_autosaves(keys):
    with editing():
        free = Version.objects.filter(pk__in=keys, actions=None, remarks=None)
        used = Draft.objects.filter(Q(base__in=keys) | Q(head__in=keys)).values_list("base", "head")
        planned = Schedule.objects.filter(version__in=keys).values_list("version", flat=True)
        return free.exclude(pk__in={*(key for pair in used for key in pair if key), *planned}).delete()[0]
