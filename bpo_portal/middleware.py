"""What holds for whole parts of the portal, whoever's the pages are: allauth's, the desk's, ours."""

from http.cookies import SimpleCookie

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from bpo_portal.headers import ON_EVERY_ANSWER
from careers.people.views.second_factors import is_shut_out
from careers.people.views.time_zones import ZONE
from careers.web.private import keep_private

ACCOUNT_PAGES = ("account_", "mfa_")
# With a one-time password: what changes it, and the ways out.
OPEN = {"account_change_password", "account_set_password", "account_logout", "admin:password_change", "admin:logout"}
ONE_TIME = "Your password was for one use. Choose your own, then everything is open."


PLAIN = {ZONE}  # written by a script of ours, and worth nothing to anybody


def headers_everywhere(get_response):
    """The outermost, so that nothing answers without them: no static file, no redirect to HTTPS, no error."""

    def answer(request):
        response = get_response(request)
        for name, value in ON_EVERY_ANSWER.items():
            response.headers.setdefault(name, value)
        return response

    return answer


def host_cookies(get_response):
    """With HTTPS a cookie is kept under a name that no other host, and no plain HTTP, can set: `__Host-sessionid`.

    The rest of the portal knows its plain name. What comes under a plain name may be another host's, so nobody sees it.
    """

    def answer(request):
        if not settings.COOKIE_PREFIX:
            return get_response(request)
        request.COOKIES = {
            name.removeprefix(settings.COOKIE_PREFIX): value
            for name, value in request.COOKIES.items()
            if name.startswith(settings.COOKIE_PREFIX) or name in PLAIN
        }
        response = get_response(request)
        response.cookies = named_for_host(response.cookies)
        return response

    return answer


def named_for_host(cookies):
    named = SimpleCookie()
    for name, cookie in cookies.items():
        if name in PLAIN:
            named[name] = cookie
            continue
        named[settings.COOKIE_PREFIX + name] = cookie.value
        named[settings.COOKIE_PREFIX + name].update({**cookie, "path": "/", "domain": "", "secure": True})
    return named


def private_account_pages(get_response):
    """Nothing of an account is kept, by no proxy and by no browser, whatever the page answers."""

    def answer(request):
        response = get_response(request)
        if is_account_page(request):
            keep_private(response)
        return response

    return answer


class OwnPasswordFirst:
    """An account with a one-time password still can only read the guide, or change it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not self.is_closed(request) or not getattr(request.user, "password_is_one_time", False):
            return None
        messages.info(request, ONE_TIME)
        is_of_desk = request.user.is_staff and not is_shut_out(request)
        page = reverse("admin:password_change" if is_of_desk else "account_change_password")
        return HttpResponseClientRedirect(page) if request.htmx else redirect(page)

    def is_closed(self, request):
        """Asked first: pages for everybody never look who is there, or they would differ for each."""
        if request.resolver_match.view_name in OPEN:
            return False
        is_own = is_account_page(request) or request.path_info.startswith(reverse("me-dashboard"))
        return is_own or request.resolver_match.app_name == "admin" or request.method not in ("GET", "HEAD")


def is_account_page(request):
    return request.resolver_match is not None and (request.resolver_match.url_name or "").startswith(ACCOUNT_PAGES)
