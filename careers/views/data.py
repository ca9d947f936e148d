"""What is kept about a person: read it, take it away, delete it."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers.actions.deleting import delete_accounts, delete_guest
from careers.actions.exporting import export
from careers.actions.keeping import kept_about
from careers.forms.data import DeleteAccountForm, DeleteForm
from careers.models import Session
from careers.views.guest_cookie import COOKIE, park
from careers.views.people import own_page, parked_guest


@own_page
@require_safe
def data_read(request):
    context = {
        "lines": kept(request) if request.profile else [],
        "session_days": settings.SESSION_COOKIE_AGE // (24 * 3600),
        "guest": parked_guest(request),
        "guest_cookie": COOKIE,
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
    }
    return render(request, "careers/data/read.html", context)


@own_page
@require_safe
def data_download(request):
    if not request.profile:
        return redirect("data-read")
    now = timezone.now()
    packed = export(profile=request.profile, sessions=sessions_of(request), now=now)
    name = f"bpo-careers-{timezone.localtime(now):%Y-%m-%d}.zip"
    return FileResponse(packed, as_attachment=True, filename=name, content_type="application/zip")


@own_page
def data_delete(request):
    if not request.profile:
        return redirect("data-read")
    if request.user.is_staff or request.user.is_superuser:
        return render(request, "careers/data/staff.html")
    if request.user.is_authenticated:
        return account_delete(request)
    return guest_delete(request)


@reauthentication_required(enabled=lambda request: not request.user.has_usable_password())
def account_delete(request):
    form = delete_form(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        delete_accounts(users=[request.user])
        logout(request)
        messages.success(
            request, "Your account and all that was kept with it are deleted. You are signed out everywhere."
        )
        return redirect("home")
    return render(request, "careers/data/delete.html", {"form": form, "lines": kept(request)})


def delete_form(user, sent):
    if user.has_usable_password():
        return DeleteAccountForm(sent, user=user)
    return DeleteForm(sent, verb="Delete my account")


def guest_delete(request):
    if request.method == "POST":
        # At once, or a save between the two begins anew in the session that goes, and nobody finds it any more.
        with transaction.atomic():
            delete_guest(profile=request.profile)
            request.session.flush()
        park(request, None)
        messages.success(request, "All that was kept for this browser is deleted.")
        return redirect("home")
    form = DeleteForm(verb="Delete everything")
    return render(request, "careers/data/delete.html", {"form": form, "lines": kept(request)})


def kept(request):
    return kept_about(request.profile, sessions=sessions_of(request), today=timezone.localdate())


def sessions_of(request):
    """The rows of the devices on which this person is known; a guest is known on this one only."""
    if request.user.is_authenticated:
        return list(Session.objects.filter(user=request.user))
    return list(Session.objects.filter(pk=request.session.session_key))
