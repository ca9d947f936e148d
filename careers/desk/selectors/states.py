"""Where a page stands, and what happened to it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from careers.desk.selectors.completeness import completeness_of
from careers.desk.selectors.papers import said_of_papers
from careers.desk.selectors.readability import said_of_texts
from careers.guide.models.desk.drafts import DeskAction, Draft
from careers.guide.models.publishing import GuideModel
from careers.guide.models.versions import Version
from careers.lib.days import moment_in_words

SOMEBODY = "somebody whose account is gone"
BY_ITSELF = {
    "found": "Written by something else than the desk",
    "loaded": "Loaded with the guide",
}
ASIDE = "Kept beside the draft"  # what was written at the same time as something else, or was not published
WAITS_FOR_SET = "The draft is in the change set “{title}”, with which readers get it."
BROUGHT_IN = (
    "It comes with a sheet that is still being brought in, as “{title}”. It can be published once all of that is in, "
    "and if the sheet is refused, it goes again."
)
MOST_MOMENTS = 500


@dataclass(frozen=True)
class Standing:
    """A page's state in a word with its look, what that means in sentences, why its draft was sent back, and what
    should be looked at where a review was asked for.
    """

    word: str
    look: str
    sentences: list[str]
    reasons: str = ""
    asked: str = ""


@dataclass(frozen=True)
class Moment:
    at: datetime
    what: str
    by: str
    note: str
    version: Version | None

    @property
    def line(self):
        """“29 November 2026, 20:21 · editor@example.org · version 2”."""
        number = f"version {self.version.number}" if self.version else ""
        return " · ".join(part for part in (moment_here(self.at), self.by, number) if part)


def standing_of(page, draft):
    """How complete it is, how long and how hard to read, is said of the rows that there are: of the draft's where that
    is laid over them.
    """
    state = Draft.State(draft.state) if draft else None
    if page.is_published:
        readers = f"Readers see what was published; the page is online since {moment_here(page.published_at)}."
    elif page.status == GuideModel.Status.ARCHIVED:
        readers = "It is offline: readers who chose it still know it, others do not find it."
    else:
        readers = "Readers have not seen it yet."
    complete = map(str, completeness_of(page._meta.model, [page.pk]).values())
    texts = [*said_of_texts(page), *said_of_papers(page)]
    in_set = BROUGHT_IN if draft and draft.is_brought_in else WAITS_FOR_SET
    together = [in_set.format(title=draft.change_set)] if draft and draft.change_set_id else []
    sentences = [readers, *([sentence_of(draft)] if draft else []), *together, *complete, *texts]
    if state and state is not Draft.State.EDITING:
        return Standing(str(state.label), state.value, sentences, draft.reasons, asked_in(draft, page))
    is_waiting = draft and page.status != GuideModel.Status.DRAFT
    return Standing(
        f"{page.get_status_display()}, with a draft" if is_waiting else page.get_status_display(),
        page.status,
        sentences,
    )


def sentence_of(draft):
    author = name_of_user(draft.head.by if draft.head else None)
    saved = f"The draft was saved by {author}, {moment_here(draft.changed_at)}." if draft.head else "There is a draft."
    if draft.state == Draft.State.IN_REVIEW:
        return f"{saved} A review was asked for by {name_of_user(draft.asked_by)}. It waits for a publisher."
    if draft.state == Draft.State.APPROVED:
        return f"{saved} It was approved by {name_of_user(draft.decided_by)}. A publisher publishes it."
    if draft.state == Draft.State.SENT_BACK:
        return f"{saved} It was sent back by {name_of_user(draft.decided_by)}. Change it, save, and ask again."
    return saved


def asked_in(draft, page):
    """The note with which a review was asked for: a reviewer reads it on the page, not only in the history."""
    if draft.state != Draft.State.IN_REVIEW:
        return ""
    asked = DeskAction.objects.filter(model=page._meta.label_lower, page_pk=page.pk, what=DeskAction.What.ASKED)
    return asked.order_by("-at", "-pk").values_list("note", flat=True).first() or ""


def moment_here(at):
    return moment_in_words(localtime(at))


def version_in_words(version):
    """“Saved on 29 November 2026, 20:21, by editor@example.org. As it was in version 1.”"""
    by = f", by {name_of_user(version.by)}" if version.kind not in BY_ITSELF else ""
    return f"{kind_of(version)} on {moment_here(version.at)}{by}. {version.note}".strip()


def version_line(version):
    return f"{version.number} · {kind_of(version)}, {moment_here(version.at)}"


def kind_of(version):
    return ASIDE if version.kind == Version.Kind.ASIDE else version.get_kind_display()


def link_in_words(link):
    opened = f"opened last on {moment_here(link.opened_at)}" if link.opened_at else "not opened yet"
    return f"Made on {moment_here(link.made_at)}, until {moment_here(link.until)}, {opened}"


def clash_in_words(*, mine, theirs, is_publishing):
    """Why there are two changes, for the page on which one chooses."""
    both = "What only one side changed is brought together by itself."
    if is_publishing:
        return (
            f"Readers see something else by now than when this draft was begun, and the draft changed the same. {both}"
        )
    who = name_of_user(theirs.by) if theirs.by else "somebody"
    return (
        f"While you wrote, {who} saved this page and changed the same as you. {both} "
        f"Your words are kept in version {mine.number} whatever you choose."
    )


def name_of_user(user):
    return str(user) if user else SOMEBODY


def history_of(page):
    """[Moment], the latest first: what people did, and what else was found to have written the page.

    What somebody wrote in one go is one moment, however often it saved itself meanwhile.
    """
    about = {"model": page._meta.label_lower, "page_pk": page.pk}
    actions = DeskAction.objects.filter(**about).select_related("by", "version")[:MOST_MOMENTS]
    kinds = [*BY_ITSELF, Version.Kind.ASIDE, Version.Kind.AUTOSAVED]
    others = Version.objects.filter(**about, kind__in=kinds).select_related("by").defer("content", "typed")
    moments = [Moment(one.at, one.get_what_display(), name_of_user(one.by), one.note, one.version) for one in actions]
    for one in others[:MOST_MOMENTS]:
        by = "" if one.kind in BY_ITSELF else name_of_user(one.by)
        moments.append(Moment(one.at, BY_ITSELF.get(str(one.kind)) or kind_of(one), by, one.note, one))
    moments.sort(key=lambda one: (one.at, one.version.number if one.version else 0), reverse=True)
    return folded(moments)[:MOST_MOMENTS]


def folded(moments):
    """Without what was saved by itself before its writer saved again, in whichever way, and nobody came between."""
    return [
        moment
        for later, moment in zip([None, *moments], moments, strict=False)
        if not (later and ends_in(moment, later))
    ]


def ends_in(moment, later):
    if not (moment.version and later.version) or moment.version.kind != Version.Kind.AUTOSAVED:
        return False
    return moment.by == later.by and later.version.kind in (Version.Kind.AUTOSAVED, Version.Kind.SAVED)


def drafts_by_page(model, keys):
    """{key of a page: its draft}."""
    drafts = Draft.objects.filter(model=model._meta.label_lower, page_pk__in=keys).select_related("base", "head")
    return {draft.page_pk: draft for draft in drafts}
