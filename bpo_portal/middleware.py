"""What holds for whole parts of the portal, whoever's the pages are: allauth's, the desk's, ours."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from careers.views.people import keep_private

ACCOUNT_PAGES = ("account_", "mfa_")
# With a one-time password: what changes it, and the ways out.
OPEN = {"account_change_password", "account_set_password", "account_logout", "admin:password_change", "admin:logout"}
ONE_TIME = "Your password was for one use. Choose your own, then everything is open."


def private_account_pages(get_response):
    """Nothing of an account is kept, by no proxy and by no browser, whatever the page answers."""

    def answer(request):
        response = get_response(request)
        if is_account_page(request):
            keep_private(response)
        return response

    return answer


class OwnPasswordFirst:
    """Whoever still has a one-time password changes it before they can do anything but read the guide."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not self.is_closed(request) or not getattr(request.user, "password_is_one_time", False):
            return None
        messages.info(request, ONE_TIME)
        page = reverse("admin:password_change" if request.user.is_staff else "account_change_password")
        return HttpResponseClientRedirect(page) if request.htmx else redirect(page)

    def is_closed(self, request):
        """Asked first: pages for everybody never look who is there, or they would differ for each."""
        if request.resolver_match.view_name in OPEN:
            return False
        is_own = is_account_page(request) or request.path_info.startswith(reverse("me-dashboard"))
        return is_own or request.resolver_match.app_name == "admin" or request.method not in ("GET", "HEAD")


def is_account_page(request):
    return request.resolver_match is not None and (request.resolver_match.url_name or "").startswith(ACCOUNT_PAGES)
