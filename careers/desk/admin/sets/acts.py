"""What one can do with a change set as a whole, each after a page that says what it means."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from careers.desk.selectors.change_sets import PUBLISHED, drafts_in, published_acts, url_of_set, waiting_pages
from careers.desk.selectors.errors import error_line
from careers.desk.selectors.first_page import pages_named, url_of
from careers.desk.services.drafts import draft_of, editing
from careers.desk.services.impact import MOST_LAID_OVER, impact_of_pages
from careers.desk.services.reviews import give_second_looks
from careers.desk.services.sets.change_sets import SetFaults, discard_set, rename_set
from careers.desk.services.sets.publishing import publish_set
from careers.desk.services.sets.undoing import pages_to_take_offline, undo_set
from careers.guide.models.desk.change_sets import ChangeSet
from careers.guide.models.desk.drafts import Draft
from careers.guide.selectors.snapshots import page_model
from careers.guide.services.overlay import only_here
from careers.guide.services.versions import current_version
from careers.lib.texts import plain_line
from careers.lib.words import counted, in_a_sentence
from careers.people.services.refusing import Refused

MOST_LISTED = 100  # pages on the page that asks; more are a number
MOST_TRIED = 200  # pages of a set that is tried before somebody presses the button
State = ChangeSet.State
NOT_PUBLISHED = "Nothing was published, and nothing was changed."
LEFT_OUT = "Left out, as it was deleted meanwhile: {gone}."
CLASHED = "Changed again since in the same place, so they stay as they are: {pages}."
ELSEWHERE = "In another change set, so they stay as they are: {pages}."


@dataclass(frozen=True)
class SetAct:
    title: str
    button: str
    does: str
    state: ChangeSet.State = State.OPEN
    by_publisher: bool = False


SET_ACTS = {
    "publish": SetAct("Publish", "Publish all of it now", "publish", by_publisher=True),
    "rename": SetAct("Rename", "Rename it", "rename"),
    "discard": SetAct("Discard", "Discard the change set", "discard"),
    "look": SetAct("Second look", "I have looked at all of them", "look", State.PUBLISHED, by_publisher=True),
    "undo": SetAct("Undo", "Make drafts that undo it", "undo", State.PUBLISHED),
}


@dataclass(frozen=True)
class Hindrance:
    """Why a page of a set cannot be published, and where that is put right."""

    name: str
    line: str
    url: str
    link: str


class ActsOnSets:
    """For the admin of change sets."""

    def may_do(self, request, change_set, act):
        return not act.by_publisher or self.may_publish(request, change_set)

    def is_offered(self, request, change_set, act):
        """Nobody gives a second look to what they published themselves."""
        waiting = published_acts(change_set).filter(was_seen=False).exclude(by=request.user)
        is_open_to = act.state == change_set.state and self.may_do(request, change_set, act)
        return is_open_to and (act.does != "look" or waiting.exists())

    def may_publish(self, request, change_set):
        """Whether they may publish every page that is in it, or was."""
        labels = {*change_set.drafts.values_list("model", flat=True)}
        labels |= {*change_set.actions.filter(what__in=PUBLISHED).values_list("model", flat=True)}
        labels |= {page._meta.label_lower for page in pages_to_take_offline(change_set)}
        names = [page_model(label)._meta.model_name for label in labels] or ["role"]
        return request.user.has_perms([f"careers.publish_{name}" for name in names])

    def act_view(self, request, number, act):
        change_set, act = self.set_or_404(request, number), SET_ACTS.get(act)
        if act is None:
            raise Http404
        if not self.may_do(request, change_set, act):
            raise PermissionDenied
        fault, hindrances = "", []
        if request.method == "POST":
            try:
                with editing():
                    return getattr(self, f"do_{act.does}")(request, change_set)
            except Refused as refusal:
                fault = str(refusal)
            except SetFaults as found:
                fault, hindrances = NOT_PUBLISHED, hindrances_of(found)
        context = {"hindrances": hindrances}
        context |= getattr(self, f"ask_{act.does}")(change_set, is_first=not fault)
        return self.shown(
            request,
            "act",
            f"{act.title}: {change_set.title}",
            change_set=change_set,
            act=act,
            back=url_of_set(change_set),
            fault=fault,
            status=400 if fault else 200,
            **context,
        )

    # What each page says before

    def ask_publish(self, change_set, *, is_first):
        drafts = list(drafts_in(change_set)[:MOST_LISTED])
        number, leaving = change_set.drafts.count(), pages_to_take_offline(change_set)
        is_tried = is_first and number <= MOST_TRIED
        said = {
            "pages": waiting_pages(drafts),
            "number": number,
            "more": number - len(drafts),
            "leaving": [(str(page), url_of(page)) for page in leaving],
            "is_tried": is_tried,
            "tells_impact": is_first,
        }
        if is_first:
            said["impact"] = impact_of_set(change_set, leaving, number=number)
        return {**said, "hindrances": tried(change_set)} if is_tried else said

    def ask_rename(self, change_set, *, is_first):
        return {"text": change_set.title}

    def ask_discard(self, change_set, *, is_first):
        return {"number": change_set.drafts.count()}

    def ask_look(self, change_set, *, is_first):
        return {"number": published_acts(change_set).filter(was_seen=False).count()}

    def ask_undo(self, change_set, *, is_first):
        return {"number": change_set.actions.filter(what__in=PUBLISHED).count()}

    # What is done then

    def do_publish(self, request, change_set):
        note = request.POST.get("text", "")[:300]
        gone = publish_set(change_set, by=request.user, note=note, takes_offline="stays_online" not in request.POST)
        if gone:
            names = in_a_sentence(dict.fromkeys(name for _, some in gone for name in some))
            self.message_user(request, LEFT_OUT.format(gone=names), messages.WARNING)
        return self.done(request, change_set, f"“{change_set.title}” is published.")

    def do_rename(self, request, change_set):
        rename_set(change_set, title=plain_line(request.POST.get("title", ""))[:120], by=request.user)
        return self.done(request, change_set, f"It is called “{change_set.title}” now.")

    def do_discard(self, request, change_set):
        discard_set(change_set, by=request.user, drops_drafts=request.POST.get("drafts") == "drop")
        return self.done(request, change_set, f"The change set “{change_set.title}” is discarded.")

    def do_look(self, request, change_set):
        acts = published_acts(change_set).filter(was_seen=False)
        number = give_second_looks(acts, by=request.user)
        return self.done(request, change_set, f"Thank you. Your look at {counted(number, 'page')} is in the history.")

    def do_undo(self, request, change_set):
        undo, put = undo_set(change_set, by=request.user)
        for text, left in ((CLASHED, put.clashes), (ELSEWHERE, put.elsewhere)):
            if left:
                names = in_a_sentence(str(page) for page, _ in left)
                self.message_user(request, text.format(pages=names), messages.WARNING)
        return self.done(request, undo, "Here is what each page said before. Readers see it once this is published.")

    def done(self, request, change_set, text):
        self.message_user(request, text, messages.SUCCESS)
        return redirect(url_of_set(change_set))


def impact_of_set(change_set, leaving, *, number):
    pages = pages_named(change_set.drafts.order_by("pk")[:MOST_LAID_OVER])
    return impact_of_pages(publishing=pages.values(), archiving=leaving, of=number + len(leaving))


def tried(change_set):
    """[Hindrance] of publishing it now, which is done and taken back."""
    faults = []
    with only_here():
        try:
            publish_set(ChangeSet.objects.get(pk=change_set.pk), by=None)
        except SetFaults as found:
            faults = found
        except Refused:
            faults = []
    return hindrances_of(faults) if faults else []


def hindrances_of(found):
    hindrances = []
    for page, faults in found.faults:
        line = error_line(type(page), ValidationError(faults))
        url, link = url_of(page), "Open the page"
        if page in found.clashing:
            url, link = clash_url(page), "Choose between the two"
        hindrances.append(Hindrance(str(page), line, url, link))
    return hindrances


def clash_url(page):
    draft: Draft = draft_of(page)
    numbers = [draft.base.number, draft.head.number, current_version(page).number]
    name = f"admin:{page._meta.app_label}_{page._meta.model_name}_clash"
    return f"{reverse(name, args=[page.pk, *numbers])}?publishing=1"
