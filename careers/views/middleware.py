"""Gives each request its person, and sees to it that no cache keeps what is theirs."""

from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from careers.models import User
from careers.views.guest_cookie import set_cookie
from careers.views.people import is_personal, keep_private, profile_to_read
from careers.views.signing_in import settle_guest
from careers.views.writing import TooManyGuests


class ProfileMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.profile = SimpleLazyObject(lambda: profile_to_read(request))
        if is_personal(request):
            settle_guest(request)  # of a sign-in that did not come through the account's pages
        try:
            response = self.get_response(request)
        finally:
            timezone.deactivate()  # `own_page` activates the person's; the next request of this thread is another's
        set_cookie(request, response)
        if request.path_info.startswith(reverse("me-dashboard")):
            keep_private(response)
        elif is_personal(request) and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-cache"  # a page that is not found shows how much they saved, too
        return response

    def process_exception(self, request, exception):
        if isinstance(exception, TooManyGuests):
            return keep_private(render(request, "careers/too_many.html", status=429))
        if isinstance(exception, ObjectDoesNotExist | DatabaseError) and is_deleted(request.user):
            raise SessionInterrupted("The account was deleted in another window.") from exception
        return None


def is_deleted(user):
    return user.is_authenticated and not User.objects.filter(pk=user.pk).exists()
