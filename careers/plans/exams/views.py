"""The exam of a plan: booked, moved, cancelled, sat without a pass; what to have ready for it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from careers.lib.days import day_in_words
from careers.people.services.refusing import Refused
from careers.people.views.profile import sent
from careers.people.views.requests import own_page
from careers.people.views.writing import answering, writing
from careers.plans.exams.forms import AttemptForm, BookForm, ItemForm
from careers.plans.exams.models import ExamAttempt, ExamItem
from careers.plans.exams.services import (
    ON_THE_LIST,
    add_item,
    book,
    exam_day,
    exam_in_words,
    fail,
    latest_day,
    problem_of_attempt,
    remove_attempt,
    restore_item,
    tick_item,
    unbook,
    why_not_book,
    why_not_fail,
)
from careers.plans.undo.services import ITEMS
from careers.plans.undo.views import bringing_back, note_removed
from careers.plans.views.own import own_plan
from careers.plans.views.pages import form_page, question_page, refusals_at, to_plan

EXAM, ITEMS_TITLE = "exam", "item-title"  # parts of the plan's page
UNBOOKED = "The exam is off your plan. Cancel the booking with whom you booked, too, if you have not yet."


@own_page
@refusals_at(EXAM)
def plan_book(request, pk):
    with answering(request) as profile:
        plan, now = own_plan(profile, pk), timezone.now()
        refuse(why_not_book(plan))
        form = BookForm(sent(request), plan=plan, own_zone=profile.time_zone, now=now)
        if form.is_valid():
            was_booked = plan.is_booked
            book(plan=plan, **form.exam, now=now)
            messages.success(request, f"{booked_text(plan, was_booked=was_booked)} {form.note}".strip())
            return to_plan(pk, EXAM)
    return form_page(request, plan, form, **words_of_booking(plan))


def refuse(reason):
    if reason:
        raise Refused(reason)


def booked_text(plan, *, was_booked):
    when = exam_in_words(plan)
    return f"Exam {'moved' if was_booked else 'booked'}: {when.day}, {when.clock}, {when.zone}."


def words_of_booking(plan):
    if plan.is_booked:
        return {"title": "Change the exam", "verb": "Save the exam", "lead": plan.name}
    lead = f"{plan.name}. Write what the booking says: the exam stands on your plan then, with the days until it."
    return {"title": "Book the exam", "verb": "Save the exam", "lead": lead}


@own_page
def plan_unbook(request, pk):
    with answering(request) as profile:
        plan = own_plan(profile, pk)
        if not plan.is_booked:  # it was taken off before
            return to_plan(pk, EXAM)
        if request.method != "POST":
            return question_page(request, pk, EXAM, **words_of_unbooking(plan))
        unbook(plan=plan, now=timezone.now())
    messages.success(request, UNBOOKED)
    return to_plan(pk, EXAM)


def words_of_unbooking(plan):
    when = exam_in_words(plan)
    lead = f"{when.day}, {when.clock}, {when.zone}. The plan goes back to studying. Nothing else is lost."
    return {"question": "Take the exam off your plan?", "lead": lead, "verb": "Take it off"}


@own_page
@refusals_at(EXAM)
def plan_fail(request, pk):
    with answering(request) as profile:
        plan, now = own_plan(profile, pk), timezone.now()
        refuse(why_not_fail(plan))
        form = attempt_form(plan, sent(request), now=now)
        if form.is_valid():
            booked = exam_in_words(plan) if plan.is_booked else None
            fail(plan=plan, **form.cleaned_data, now=now)
            messages.success(request, failed_text(plan, booked))
            return to_plan(pk, EXAM)
    return form_page(request, plan, form, **words_of_attempt(plan))


def attempt_form(plan, given, *, now):
    today = latest_day(plan, now=now)
    first = {"taken_on": exam_day(plan, now=now) or today}
    return AttemptForm(given, initial=first, problem_of=lambda day: problem_of_attempt(day, today=today))


def failed_text(plan, booked):
    """`booked` is the exam that was booked before, in words; None where none was."""
    if plan.is_booked:
        return f"The attempt is on your record. The exam of {day_in_words(booked.on)} stays booked."
    gone = f" The exam of {day_in_words(booked.on)} is off your plan." if booked else ""
    return f"The attempt is on your record.{gone} Study on, or book again when you are ready."


def words_of_attempt(plan):
    lead = f"{plan.name}. The attempt stays on your record. Nothing you have done is lost."
    if plan.is_booked:
        day = day_in_words(exam_in_words(plan).on)
        lead += f" The exam of {day} leaves your plan and your calendar, unless you sat another one before it."
    return {"title": "Not passed this time", "verb": "Save the attempt", "lead": lead}


@own_page
def attempt_remove(request, pk):
    try:
        with answering(request) as profile:
            attempt = own_attempt(profile, pk)
            if request.method != "POST":
                lead = f"{attempt}. Only one that was recorded by mistake should go."
                words = {"question": "Remove this attempt?", "lead": lead, "verb": "Remove it"}
                return question_page(request, attempt.plan_id, EXAM, **words)
            remove_attempt(attempt=attempt, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The attempt is removed.")
    return to_plan(attempt.plan_id, EXAM)


def own_attempt(profile, pk):
    attempts = ExamAttempt.objects.filter(plan__in=profile.certification_plans.all()).select_related("plan")
    return get_object_or_404(attempts, pk=pk)


@own_page
@refusals_at(ITEMS_TITLE)
def plan_item_add(request, pk):
    with answering(request) as profile:
        plan, form = own_plan(profile, pk), ItemForm(sent(request))
        if form.is_valid():
            title = form.cleaned_data["title"]
            if not add_item(plan=plan, title=title):
                messages.success(request, ON_THE_LIST.format(title=title))
            return to_plan(pk, ITEMS_TITLE)
    return form_page(request, plan, form, title="Add to the list for the day", verb="Add", lead=plan.name)


@own_page
@require_POST
def item_tick(request, pk):
    with writing(request, create=False) as profile:
        item, wanted = own_item(profile, pk), request.POST.get("done")
        if wanted in ("yes", "no"):
            tick_item(item=item, is_done=wanted == "yes")
    return to_plan(item.plan_id, f"item-{pk}")


@own_page
@require_POST
def item_remove(request, pk):
    with writing(request, create=False) as profile:
        item = own_item(profile, pk)
        plan_pk = item.plan_id
        note_removed(profile, ITEMS, plan_pk, pk, {"title": item.title, "is_done": item.is_done})
        item.delete()
    return redirect(reverse("plan-read", args=[plan_pk], query={"removed_item": pk}, fragment="exam-day"))


@own_page
@require_POST
def plan_item_restore(request, pk):
    key = request.POST.get("item", "")
    try:
        with bringing_back(request, ITEMS, pk, key) as (plan, was):
            if was is None:
                return to_plan(pk, "exam-day")
            restore_item(plan=plan, key=int(key), **was)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(reverse("plan-read", args=[pk], query={"removed_item": key}, fragment="exam-day"))
    return to_plan(pk, f"item-{key}")


def own_item(profile, pk):
    return get_object_or_404(ExamItem.objects.filter(plan__in=profile.certification_plans.all()), pk=pk)
