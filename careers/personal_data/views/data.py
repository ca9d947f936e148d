"""What is kept about a person: read it, take it away, delete it."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib.auth import logout
from django.core import signing
from django.db import transaction
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from careers.accounts.models.sessions import Session
from careers.people.services.deleting import delete_accounts, delete_guest
from careers.people.views.once import OwnCookie
from careers.people.views.requests import own_page, parked_guest
from careers.people.views.time_zones import ZONE
from careers.personal_data.forms import DeleteAccountForm, DeleteForm
from careers.personal_data.selectors.counts import kept_about
from careers.personal_data.selectors.exporting import export
from careers.web.begun_guests import PREFIX
from careers.web.guest_cookie import COOKIE, cookie_name_in_use, park

DELETED = "deleted"  # of what is signed: that it is said of this and of nothing else
DELETED_FOR = 3600  # seconds in which the page may be read again
ACCOUNT, BROWSER = "account", "browser"
OF_BOTH = (
    "answers, saved roles, certificates, plans and their files, study time, reminders, and the address of your "
    "calendar."
)
GONE = {ACCOUNT: f"The account and how you signed in, your {OF_BOTH}", BROWSER: f"Your {OF_BOTH}"}


@own_page
@require_safe
def data_read(request):
    context = {
        "lines": lines_kept(request) if request.profile else [],
        "asked_for": "mails" if settings.SENDS_EMAIL else "links to a new password",
        "session_days": settings.SESSION_COOKIE_AGE // (24 * 3600),
        "guest": parked_guest(request),
        "guest_cookie": cookie_name_in_use(COOKIE),
        "begun_cookie": cookie_name_in_use(PREFIX),
        "session_cookie": cookie_name_in_use(settings.SESSION_COOKIE_NAME),
        "csrf_cookie": cookie_name_in_use(settings.CSRF_COOKIE_NAME),
        "message_cookie": cookie_name_in_use(OwnCookie.cookie_name),
    }
    return render(request, "careers/personal_data/read.html", context)


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
        return render(request, "careers/personal_data/staff.html")
    if request.user.is_authenticated:
        return account_delete(request)
    return guest_delete(request)


@reauthentication_required(enabled=lambda request: not request.user.has_usable_password())
def account_delete(request):
    form = delete_form(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        delete_accounts(users=[request.user])
        logout(request)
        return deleted(of=ACCOUNT)
    return render(request, "careers/personal_data/delete.html", {"form": form, "lines": lines_kept(request)})


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
        return deleted(of=BROWSER)
    form = DeleteForm(verb="Delete everything")
    return render(request, "careers/personal_data/delete.html", {"form": form, "lines": lines_kept(request)})


def deleted(*, of):
    """On to the page that says so. No session is left to note it in, so the address carries it, signed."""
    response = redirect(f"{reverse('data-deleted')}?{urlencode({'of': signing.dumps(of, salt=DELETED)})}")
    response.delete_cookie(ZONE, samesite="Lax")
    return response


@own_page
@require_safe
def data_deleted(request):
    """Says it to who has just deleted everything, and to nobody else."""
    try:
        of = signing.loads(request.GET.get("of", ""), salt=DELETED, max_age=DELETED_FOR)
    except signing.BadSignature:
        of = None
    if request.profile or of is None:
        return redirect("data-read")
    cookie = cookie_name_in_use(settings.CSRF_COOKIE_NAME)
    context = {"of_account": of == ACCOUNT, "gone": GONE[of], "csrf_cookie": cookie}
    return render(request, "careers/personal_data/deleted.html", context)


def lines_kept(request):
    return kept_about(request.profile, sessions=sessions_of(request), today=timezone.localdate())


def sessions_of(request):
    """The rows of the devices on which this person is known; a guest is known on this one only."""
    if request.user.is_authenticated:
        return list(Session.objects.filter(user=request.user))
    return list(Session.objects.filter(pk=request.session.session_key))
