"""Messages to answer and calls to sum up: for everybody to read, and one's own answers to them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from careers.people.views.once import made
from careers.people.views.profile import sent
from careers.people.views.requests import own_page
from careers.people.views.writing import answering, writing
from careers.practice.messages.forms import ChecklistForm, WriteForm
from careers.practice.messages.rules.checklist import checklist
from careers.practice.messages.rules.texts import MESSAGES
from careers.practice.messages.selectors import MessageWork, look_at
from careers.practice.messages.services import MOST_OF_ONE, keep_ticks, write_answer
from careers.web.public_pages import public_page


@public_page()
def message_list(request):
    context = {
        "messages_to_answer": [one for one in MESSAGES.values() if not one.is_call],
        "calls": [one for one in MESSAGES.values() if one.is_call],
        "lists": [list(checklist(is_call=is_call).values()) for is_call in (False, True)],
    }
    return render(request, "careers/practice/messages/list.html", context)


@own_page
def answer_write(request):
    """All messages with one's own answers or, where the address names one, that message."""
    message = MESSAGES.get((request.POST if request.method == "POST" else request.GET).get("message", ""))
    if message is None:
        return TemplateResponse(request, "careers/practice/messages/own.html", {"work": MessageWork(request.profile)})
    form = WriteForm(sent(request), is_call=message.is_call)
    if form.is_valid():
        with writing(request) as profile:
            text, now = form.cleaned_data["text"], timezone.now()
            made(request, write_answer(profile=profile, message=message, text=text, now=now))
        return redirect(f"{address_of(message)}#answer")
    return message_page(request, request.profile, message, form=form)


def address_of(message):
    return reverse("answer-write", query={"message": message.key})


def message_page(request, profile, message, *, form=None, check=None):
    work = MessageWork(profile)
    latest = work.row(message).latest
    context = {
        "message": message,
        "form": form or WriteForm(is_call=message.is_call),
        "latest": latest,
        "earlier": work.earlier(message),
        "most": MOST_OF_ONE,
        "look": look_at(latest, message) if latest else None,
        "check": check or (ChecklistForm(written=latest, is_call=message.is_call) if latest else None),
        "following": following(message),
    }
    return TemplateResponse(request, "careers/practice/messages/answer.html", context)


def following(message):
    keys = list(MESSAGES)
    place = keys.index(message.key) + 1
    return MESSAGES[keys[place]] if place < len(keys) else None


@own_page
def answer_check(request, pk):
    with answering(request) as profile:
        written = get_object_or_404(profile.written_answers, pk=pk)
        message = MESSAGES.get(written.message)
        if message is None:
            raise Http404
        form = ChecklistForm(sent(request), written=written, is_call=message.is_call)
        if request.method == "POST" and form.is_valid():
            keep_ticks(written=written, ticks=form.cleaned_data["ticks"], now=timezone.now())
            messages.success(request, "Your ticks are kept.")
        if request.method != "POST" or form.is_valid():
            return redirect(f"{address_of(message)}#checklist")
        return message_page(request, profile, message, check=form)


@own_page
def answer_delete(request, pk):
    """A page that asks first: it cannot come back."""
    with answering(request) as profile:
        written = get_object_or_404(profile.written_answers, pk=pk)
        message = MESSAGES.get(written.message)
        back = address_of(message) if message else reverse("answer-write")
        if request.method == "POST":
            written.delete()
            messages.success(request, "Your answer is deleted.")
            return redirect(back)
    context = {"written": written, "message": message, "back": back}
    return TemplateResponse(request, "careers/practice/messages/delete.html", context)
