"""The question whose the work is that a guest did on this browser. The account that is signed in answers it."""

import logging

from django.contrib import messages
from django.db import DatabaseError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from careers.people.services.deleting import delete_guest
from careers.people.services.refusing import Refused
from careers.people.views.requests import own_page, parked_guest
from careers.people.views.writing import writing
from careers.personal_data.selectors.guest_work import work_of
from careers.personal_data.services.claiming import claim_guest
from careers.personal_data.views.signing_in import CLAIMED, bring_back, forget_guest, leave_guest
from careers.web.guest_cookie import parked

log = logging.getLogger(__name__)
ANSWERED = "That was answered already."
FAILED = "It could not be brought in just now. Nothing has changed: it waits here as before."
LEFT = "It stays on this browser. It is there again when you sign out; until then you find it under “Your data”."
DELETED = "What was done on this browser without an account is deleted."


@own_page
@require_safe
def data_guest(request):
    return question(request, "careers/personal_data/guests/read.html")


@own_page
@require_POST
def data_guest_claim(request):
    guest = guest_asked_about(request)
    try:
        is_claimed = guest is not None and claim(request, guest)
    except Refused as refused:
        messages.error(request, str(refused))
    except DatabaseError:
        log.exception("A guest's work could not be claimed.")
        messages.error(request, FAILED)
    else:
        messages.add_message(request, *((messages.SUCCESS, CLAIMED) if is_claimed else (messages.INFO, ANSWERED)))
    return redirect(afterwards(request.POST))


def claim(request, guest):
    """True where the guest was still there. Where it fails nothing is written, and the next try is a first one."""
    with writing(request, account_first=True):
        is_claimed = claim_guest(user=request.user, guest_pk=guest.pk)
        if is_claimed:
            bring_back(request)
            forget_guest(request)
    return is_claimed


@own_page
@require_POST
def data_guest_leave(request):
    if guest_asked_about(request):
        leave_guest(request)
        messages.info(request, LEFT)
    else:
        messages.info(request, ANSWERED)
    return redirect(afterwards(request.POST))


@own_page
def data_guest_delete(request):
    """GET asks once more."""
    if request.method != "POST":
        return question(request, "careers/personal_data/guests/delete.html")
    guest = guest_asked_about(request)
    if guest and deleted(request, guest):
        forget_guest(request)
        messages.success(request, DELETED)
    else:
        messages.info(request, ANSWERED)
    return redirect(afterwards(request.POST))


def deleted(request, guest):
    with writing(request):
        return delete_guest(profile=guest)


def question(request, template):
    guest = parked_guest(request)
    if not guest:
        return redirect(afterwards(request.GET))
    context = {"guest": guest, "work": work_of(guest, today=timezone.localdate())}
    return render(request, template, {**context, "next": afterwards(request.GET)})


def guest_asked_about(request):
    """The guest that waits here, None where the form was about another one, or somebody has answered meanwhile."""
    kept = parked(request)
    return parked_guest(request) if kept and request.POST.get("guest") == str(kept.guest) else None


def afterwards(sent):
    """Where they were going when they were asked."""
    target = sent.get("next", "")
    return target if url_has_allowed_host_and_scheme(target, None) else reverse("me-dashboard")
