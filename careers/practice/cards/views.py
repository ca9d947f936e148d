"""Interview cards: all of them for everybody to read, and one's own, one after the other."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from careers.people.services.refusing import Refused
from careers.people.views.profile import sent
from careers.people.views.requests import own_page
from careers.people.views.writing import writing
from careers.practice.cards.forms import CardForm, seen_of
from careers.practice.cards.rules.schedule import CardMemory, due_after, wait_in_words
from careers.practice.cards.selectors import comes_again_words, deck_of, interview_questions
from careers.practice.cards.services import answer_card, state_to_write, undo_answer, write_note
from careers.web.public_pages import public_page

ASKED_NO_MORE = "The guide does not ask that question any more. Nothing was changed."
ANSWERED_ELSEWHERE = "You answered this card in another window since. That answer stands, and this one was not counted."
NOT_UNDONE = "That answer cannot be taken back any more. It was taken back before, or you answered the card again."


@public_page()
def card_list(request):
    return render(request, "careers/practice/cards/list.html", {"questions": interview_questions()})


@own_page
def card_answer(request):
    deck = deck_of(request.profile, now=timezone.now())
    if request.method != "POST":
        return card_page(request, deck)
    standing = deck.by_key.get(request.POST.get("card", ""))
    if standing is None:
        messages.info(request, ASKED_NO_MORE)
        return redirect("card-answer")
    form = CardForm(request.POST, note=standing.note)
    # Asked before it is written, so that a form that says nothing makes no guest.
    if form.is_valid():
        if not form.changed and form.cleaned_data["answer"] is None:
            return to_card(standing.card, turned=1)
        try:
            with writing(request) as profile:
                standing = still_asked(profile, standing.card, now=deck.now)
                form = CardForm(request.POST, note=standing.note)
                if form.is_valid():
                    return take(request, profile, standing, form)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("card-answer")
    return card_page(request, deck, chosen=standing, form=form)


def still_asked(profile, card, *, now):
    """How the person stands with it, whose row is locked. Raises `Refused` where the guide let it go meanwhile."""
    standing = deck_of(profile, now=now).by_key.get(card.key)
    if standing is None:
        raise Refused(ASKED_NO_MORE)
    return standing


def take(request, profile, standing, form):
    now, answer, card = timezone.now(), form.cleaned_data["answer"], standing.card
    state = state_to_write(profile=profile, card=card, known=standing.state and standing.state.key)
    write_note(state=state, note=form.cleaned_data["note"], now=now)
    counts = answer is not None and answer_card(state=state, answer=answer, seen=seen_of(request.POST), now=now)
    state.save()
    if answer is None:
        return to_card(card, noted=1)
    if not counts:
        messages.warning(request, ANSWERED_ELSEWHERE)
        return redirect("card-answer")
    return redirect(reverse("card-answer", query={"answered": state.pk}))


def to_card(card, **happened):
    return redirect(reverse("card-answer", query={"card": card.key, **happened}))


def card_page(request, deck, *, chosen=None, form=None):
    """The card that was chosen, else the next one of today, else that nothing is due."""
    asked = chosen or deck.by_key.get(request.GET.get("card", ""))
    standing = asked or next(iter(deck.for_today), None)
    if standing and form is None:
        form = CardForm(sent(request), note=standing.note)
    context = {
        "deck": deck,
        "standing": standing,
        "form": form if standing else None,
        "answers": answers_of(standing, deck.now) if standing else [],
        "is_turned": chosen is not None or "turned" in request.GET or "noted" in request.GET,
        "is_noted": asked is not None and "noted" in request.GET,
        "answered": just_answered(request, deck),
    }
    return TemplateResponse(request, "careers/practice/cards/answer.html", context)


def answers_of(standing, now):
    """(value, word, when it comes again then) of each answer."""
    memory = standing.state.memory if standing.state else CardMemory()
    due = due_after(memory, now=now)
    return [(answer.value, answer.name.capitalize(), wait_in_words(at - now)) for answer, at in due.items()]


def just_answered(request, deck):
    """(the row, what was said, in words) where the page's address names a card whose last answer can be taken back."""
    asked = request.GET.get("answered", "")
    state = next((one.state for one in deck.standings if one.state and str(one.state.pk) == asked), None)
    return (state, comes_again_words(state, now=deck.now)) if state and state.can_undo else None


@own_page
@require_POST
def card_undo(request, pk):
    with writing(request, create=False) as profile:
        state = get_object_or_404(profile.interview_cards, pk=pk)
        if not undo_answer(state=state, seen=seen_of(request.POST)):
            messages.info(request, NOT_UNDONE)
    return redirect(reverse("card-answer", query={"card": state.key}))
