"""Gives each request its person, and sees to it that no cache keeps what is theirs."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError
from django.http import Http404, HttpResponseNotAllowed, QueryDict
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from careers.accounts.models.users import User
from careers.people.views.lost_forms import asks_to_sign_in, not_found, sign_in_to_open
from careers.people.views.requests import profile_to_read
from careers.people.views.writing import TooManyGuests
from careers.personal_data.views.signing_in import settle_guest
from careers.personal_data.views.tabs import join_tabs, note_tabs
from careers.runtime.outages import is_outage
from careers.web.guest_cookie import set_cookie
from careers.web.private import is_personal, keep_private

WITHOUT_PERSON = {"site-health", "site-ready"}  # they answer alike to everybody, also while nobody can be looked up


class ProfileMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info in map(reverse, WITHOUT_PERSON):
            return self.get_response(request)
        request.profile = SimpleLazyObject(lambda: profile_to_read(request))
        had_session = has_session(request)
        if names_session(request) and not had_session:
            forget_forms(request)
        if is_personal(request):
            settle_guest(request)  # of a sign-in that did not come through the account's pages
            join_tabs(request)
        try:
            response = self.get_response(request)
        finally:
            timezone.deactivate()  # `own_page` activates the person's; the next request of this thread is another's
        if had_session and request.session.session_key is None:
            rotate_token(request)
        response = with_a_way_on(request, response)
        set_cookie(request, response)
        note_tabs(request, response)
        if is_own(request):
            keep_private(response)
        elif is_personal(request) and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-cache"  # a page that is not found shows how much they saved, too
        return response

    def process_exception(self, request, exception):
        if is_outage(exception):
            return None  # nothing more can be asked
        if isinstance(exception, TooManyGuests):
            return keep_private(render(request, "careers/web/too_many.html", status=429))
        if isinstance(exception, ObjectDoesNotExist | DatabaseError) and is_deleted(request.user):
            raise SessionInterrupted("The account was deleted in another window.") from exception
        if isinstance(exception, Http404) and is_own(request):
            if request.method == "POST":
                return not_found(request)
            return None if request.user.is_authenticated else sign_in_to_open(request)
        return None


def is_own(request):
    return request.path_info.startswith(reverse("me-dashboard"))


def names_session(request):
    return bool(request.COOKIES.get(settings.SESSION_COOKIE_NAME))


def has_session(request):
    """False too where the browser names one that has ended, or whose password was changed elsewhere since."""
    if not names_session(request):
        return False
    bool(request.user.is_authenticated)  # whoever looks ends the session of an old password
    return request.session.session_key is not None


def forget_forms(request):
    """A session takes its forms with it: what was written as one person is not sent as another, or as nobody."""
    rotate_token(request)
    request.COOKIES.pop(settings.CSRF_COOKIE_NAME, None)


def with_a_way_on(request, response):
    """The response, or a page with words in the place of an empty one, and of one that would lose what was typed."""
    if isinstance(response, HttpResponseNotAllowed) and request.method in ("GET", "HEAD"):
        page = render(request, "careers/web/nothing_to_read.html", status=405)
        page["Allow"] = response["Allow"]
        return page
    if request.method == "POST" and is_sent_to_sign_in(request, response):
        return asks_to_sign_in(request)
    return response


def is_sent_to_sign_in(request, response):
    """Whether a form was not taken because nobody is signed in; who is asks for what they may not have."""
    target = urlsplit(response.get("Location", ""))
    if not target.query:
        return False
    pages = (reverse("account_login"), reverse("admin:login"))
    return (
        target.path in pages
        and QueryDict(target.query).get("next") == request.get_full_path()
        and not request.user.is_authenticated
    )


def is_deleted(user):
    return user.is_authenticated and not User.objects.filter(pk=user.pk).exists()
