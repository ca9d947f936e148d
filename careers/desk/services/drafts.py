"""A page is worked on beside itself: readers see what was published, until the draft is, in one go.

A page that readers have never seen has its draft in its own rows, as other pages may refer to it; one that they know
changes by `publish_draft`, `archive_page` and what is not of the desk. Each of these is one transaction that holds the
guide's lock.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from secrets import randbits

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists
from django.utils import timezone

from careers.desk.services.schedules import SAVED_SINCE, forget_schedules, stop_schedule
from careers.desk.services.typed_forms import Typing, go, kept_of, typed_from, with_known_keys
from careers.guide.models.desk.drafts import DeskAction, Draft, Schedule
from careers.guide.models.old_slugs import OldSlug
from careers.guide.models.publishing import GuideModel
from careers.guide.models.revisions import Revision
from careers.guide.models.versions import Version
from careers.guide.rules.snapshots import Clash, content_digest
from careers.guide.selectors.merging import brought_together, known_part
from careers.guide.selectors.snapshots import content_of, names_unknown
from careers.guide.services.overlay import only_here
from careers.guide.services.snapshots import write_content
from careers.guide.services.versions import (
    columns,
    current_version,
    keep_version,
    last_number,
    of_rows,
    version_of_rows,
    versions_of,
)
from careers.people.services.refusing import Refused

Status, Kind, What = GuideModel.Status, Version.Kind, DeskAction.What


NO_SCRIPT = Typing()
CHANGED = "Somebody has changed the draft since you opened it. Look at what it says now, then decide."
CHANGED_AGAIN = "Somebody has saved this page again meanwhile. Open it and look at what it says now."

BEING_BROUGHT_IN = (
    "“{page}” comes with a sheet that is still being brought in, as “{title}”. Nothing of it can be published before "
    "all of it is in. If that does not end within some minutes, open the sheet and look again."
)


class Clashes(Exception):
    """The draft and what readers see by now changed the same places."""

    def __init__(self, clashes: list[Clash]) -> None:
        super().__init__(f"{len(clashes)} places were changed on both sides")
        self.clashes = clashes


@dataclass(frozen=True)
class Saved:
    """The outcome of a save: the draft there is now, whether there was anything to save, whether somebody else's words
    came into it, and where both changed the same the version in which what was to be saved is kept `aside`, and the
    one from which both began.
    """

    draft: Draft | None
    is_changed: bool = True
    is_merged: bool = False
    aside: Version | None = None
    base: Version | None = None


@contextmanager
def editing():
    with transaction.atomic():
        Revision.lock()
        yield


def label_of(page):
    return page._meta.label_lower


def draft_of(page):
    """None where nobody works on it."""
    return drafts_of_page(page).first()


def drafts_of_page(page):
    return Draft.objects.select_related("base", "head").filter(model=label_of(page), page_pk=page.pk)


def draft_to_publish(page):
    """As `draft_of`, with the numbers of the page's last version (`last`) and of the last one that its rows may say
    (`last_of_rows`), and whether it `has_times`.
    """
    numbers = versions_of(page).order_by("-number").values("number")
    last_of_rows = of_rows(numbers, is_known=is_shown(page))[:1]
    return (
        drafts_of_page(page)
        .select_related("change_set")
        .annotate(last=numbers[:1], last_of_rows=last_of_rows, has_times=Exists(Schedule.objects.of_page(page)))
        .first()
    )


def head_of(page, draft=None):
    """The version that an editor goes on from: the draft's, else the page's own."""
    draft = draft or draft_of(page)
    if draft and draft.head and is_beside(page, draft):
        return draft.head
    return current_version(page)


def is_beside(page, draft):
    """Whether the page's own rows say something else than its draft: readers know them, or it is written just now."""
    return is_shown(page) or bool(draft and draft.head and draft.head.kind == Kind.AUTOSAVED)


def is_shown(page):
    return page.status in GuideModel.KNOWN


def note_action(what, page, *, by, version=None, note="", change_set=None):
    action = action_of(what, page, by=by, version=version, note=note, change_set=change_set)
    action.save()
    return action


def action_of(what, page, *, by, version=None, note="", change_set=None):
    """For the desk's log, not written yet."""
    return DeskAction(
        what=what,
        model=label_of(page),
        page_pk=page.pk,
        page_name=str(page)[:200],
        version=version,
        by=by,
        note=note,
        change_set=change_set,
    )


@contextmanager
def laid_over(page, content, *, status=Status.DRAFT):
    """`with laid_over(page, content) as (working, written):` the page says `content`, inside only."""
    with only_here():
        working = page._meta.model._base_manager.get(pk=page.pk)
        yield working, write_content(working, content, status=status, may_yield=True)


def read_here(page, *, before):
    """The content of a page inside `laid_over`. Rows that are new since `before` get a key that no other row has."""
    content = content_of(page)
    known = {(relation, row["pk"]) for relation, rows in before["rows"].items() for row in rows}
    for relation, rows in content["rows"].items():
        for row in rows:
            if (relation, row["pk"]) not in known:
                row["pk"] = key_of_new_row()
    return content


def key_of_new_row():
    """A key that no row of a draft has and that none will have once it is published."""
    return -1 - randbits(48)


def save_draft(*, page, content, opened, by, typing=NO_SCRIPT):
    """Keep `content`, which somebody made of the version `opened`, as the page's draft.

    What others saved meanwhile stays in it. Where both changed the same place it is kept
    aside and the draft stays as it is. What the same form kept by itself before is in it. Call it inside `editing()`.
    """
    draft, kept = draft_of(page), kept_of(page, by, typing)
    head = head_of(page, draft)
    if content_digest(content) == opened.digest and kept is None:
        return Saved(draft, is_changed=False)
    is_own = kept is not None and kept.pk == head.pk  # nobody came between
    before = typed_from(kept, opened, head)
    mine = with_known_keys(page, content, opened.content, before)
    content, is_merged = mine, not is_own and head.digest != opened.digest
    if is_merged or (is_own and kept.typed):
        content, clashes = brought_together(page, before, mine, head.content)
        if clashes:
            base = kept if kept and before is kept.content else opened
            return Saved(draft, aside=keep_aside(page=page, content=mine, by=by, typing=typing), base=base)
    if not is_own and content_digest(content) == head.digest:
        return Saved(draft, is_changed=False)
    saved = Saved(put_draft(page, draft, content, kind=Kind.SAVED, by=by, typing=typing), is_merged=is_merged)
    close_form(kept, typing)
    return saved


def close_form(kept, typing):
    """The form was saved: what it kept by itself may go, and what comes late of it is dropped."""
    if kept and typing.sequence > kept.sequence:
        Version.objects.filter(pk=kept.pk).update(sequence=typing.sequence)
    if kept and versions_of_form(kept).exists():
        go(kept)


def versions_of_form(kept):
    """Others of the form that kept this one."""
    about = {"model": kept.model, "page_pk": kept.page_pk, "form": kept.form}
    return Version.objects.filter(**about).exclude(pk=kept.pk)


def keep_aside(*, page, content, by, typing=NO_SCRIPT):
    """The version of what somebody wrote that could go nowhere else, so that nothing is lost."""
    return keep_version(page, content, Kind.ASIDE, by=by, **typing.columns)


def start_page(*, page, by, typing=NO_SCRIPT):
    """The draft of a page that was just made."""
    return put_draft(page, None, content_of(page), kind=Kind.SAVED, by=by, typing=typing)


def resolve_clashes(page, versions, chosen, *, by, is_publishing):
    """Bring together what both sides of `versions` (base, mine, theirs) changed, as `chosen` says: {place: Side}.

    Raises `Refused` where the draft has changed since. Call it inside `editing()`.
    """
    base, mine, theirs = versions
    draft, head = draft_of(page), head_of(page)
    content, clashes = brought_together(page, base.content, mine.content, theirs.content, chosen)
    if clashes or head.digest != (mine if is_publishing else theirs).digest:
        raise Refused(CHANGED_AGAIN)
    if is_publishing and draft:
        draft.base = theirs
    return put_draft(page, draft, content, kind=Kind.SAVED, by=by)


def put_draft(page, draft, content, *, kind, by, note="", typing=NO_SCRIPT):
    now = timezone.now()
    base = None
    if is_shown(page):
        base = draft.base if draft else current_version(page)
        if base.digest == content_digest(content):  # it says what readers see
            if draft:
                discard_draft(page=page, by=by)
            return None
        version = keep_version(page, content, kind, by=by, note=note, **typing.columns)
    else:
        written = write_content(page, content, status=Status.DRAFT)
        version = keep_version(page, written.content, kind, by=by, note=note, **typing.columns)
    draft = draft or Draft(model=label_of(page), page_pk=page.pk, started_at=now)
    draft.base, draft.head, draft.changed_at = base, version, now
    draft.state, draft.reasons, draft.decided_by = Draft.State.EDITING, "", None
    draft.save()
    stop_schedule(page, SAVED_SINCE, by=by)
    note_action(What.RESTORED if kind == Kind.RESTORED else What.SAVED, page, by=by, version=version, note=note)
    return draft


def discard_draft(*, page, by):
    """Take it away; readers go on with what they see. Its versions stay in the history and can be restored."""
    draft = draft_of(page)
    if draft and is_shown(page):
        draft.delete()
        forget_schedules(page, Schedule.What.PUBLISH)
        note_action(What.DISCARDED, page, by=by, version=draft.head)


def publish_draft(*, page, by, note=""):
    """Show readers what the draft says, or the page's own rows where nothing is drafted.

    What was written meanwhile by something else stays, as `save_draft` says. Raises ValidationError with what is
    missing, `Clashes`, or `Refused` while a part only of its change set is there, and changes nothing then. Returns
    what could not be written.
    """
    draft = draft_to_publish(page)
    if draft and draft.is_brought_in:
        raise Refused(BEING_BROUGHT_IN.format(page=page, title=draft.change_set))
    last = draft.last if draft else last_number(page)
    live = version_to_replace(page, draft, last)
    head = draft.head if draft and draft.head and is_beside(page, draft) else live
    content = head.content
    if draft and draft.base and live.digest != draft.base.digest:
        content, clashes = brought_together(page, draft.base.content, head.content, live.content)
        if clashes:
            raise Clashes(clashes)
    is_kept = live.pk is not None
    written = write_content(
        page, content, status=Status.PUBLISHED, present=live.content, is_named=is_kept, validate=True
    )
    values = columns(label_of(page), page.pk, max(last, live.number) + 1, written.content, Kind.PUBLISHED, by)
    version = Version(**values, note=note)
    Version.objects.bulk_create([version] if is_kept else [live, version])
    note_action(how_published(draft, head), page, by=by, version=version, note=note)
    if draft:
        draft.delete()
    if draft is None or draft.has_times:
        forget_schedules(page, Schedule.What.PUBLISH)
    return written


def version_to_replace(page, draft, last):
    """The version that the page's rows say now; not kept yet where something else has written them since."""
    known = saved_with_rows(page, draft)
    is_latest = known is not None and known.number == draft.last_of_rows
    return version_of_rows(page, last=last, known=known, is_latest=is_latest)


def saved_with_rows(page, draft):
    """Of a draft the version that the page's rows said when it was saved; none without a draft."""
    if draft is None:
        return None
    return draft.base if is_beside(page, draft) else draft.head


def how_published(draft, head):
    """Whether somebody else than its writer had approved it."""
    is_seen = bool(draft and draft.state == Draft.State.APPROVED and draft.decided_by_id not in (None, head.by_id))
    return What.PUBLISHED if is_seen else What.PUBLISHED_ALONE


def faults_of_publishing(page, version):
    """The ValidationError with which it would not be published now; None where it would."""
    with only_here():
        working = page._meta.model._base_manager.get(pk=page.pk)
        try:
            write_content(working, known_part(page, version.content), status=Status.PUBLISHED, validate=True)
        except ValidationError as error:
            return error
    return None


def archive_page(*, page, by, note=""):
    """Readers no longer find it; nobody loses what they did with it. A draft of it stays."""
    page.status = Status.ARCHIVED
    page.save()
    version = keep_version(page, content_of(page), Kind.ARCHIVED, by=by, note=note)
    forget_schedules(page, Schedule.What.ARCHIVE)
    note_action(What.ARCHIVED, page, by=by, version=version, note=note)


def restore_version(*, version, page, by, seen=None):
    """Make what the page said then its draft; readers go on with what they have. Returns the draft and what is gone.

    `seen` is the number of the version that whoever restores has before them: raises `Refused` where there is a newer.
    """
    draft = draft_of(page)
    head = head_of(page, draft)
    with laid_over(page, known_part(page, version.content)) as (working, written):
        written.unknown = names_unknown(page._meta.model, version.content)
        content = read_here(working, before=known_rows(page, version.content))
    if content_digest(content) == head.digest:
        return draft, written
    if seen is not None and seen != head.number:
        raise Refused(CHANGED)
    note = f"As it was in version {version.number}."
    return put_draft(page, draft, content, kind=Kind.RESTORED, by=by, note=note), written


def known_rows(page, content):
    """The content with those of its rows that the page still has: others come back under keys of their own."""
    there = content_of(page)["rows"]
    keys = {relation: {row["pk"] for row in rows} for relation, rows in there.items()}
    rows = {
        relation: [row for row in rows if row["pk"] < 0 or row["pk"] in keys.get(relation, ())]
        for relation, rows in content["rows"].items()
    }
    return {**content, "rows": rows}


def delete_page(*, page, by):
    """Its words stay in the history. Raises Django's errors where people keep something of it."""
    version = keep_version(page, content_of(page), Kind.DELETED, by=by)
    note_action(What.DELETED, page, by=by, version=version)
    forget_schedules(page)
    for model in (Draft, OldSlug):
        model.objects.filter(model=label_of(page), page_pk=page.pk).delete()
    page.delete()
