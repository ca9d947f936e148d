"""The desk may ask its people for a second step (`STAFF_SECOND_FACTOR`). Whoever has none is led to set one up, and
from there back to the page that they wanted; a form that they sent meanwhile is shown, to be sent again.
"""

from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from careers.accounts.selectors import lacks_second_factor
from careers.people.views.lost_forms import asks_for_second_step
from careers.web.ways_back import LONGEST_URL, SAFE

WANTED = "wanted_at_desk"  # in the session: the address of a page of the desk


def is_shut_out(request):
    """Asks the database once for each request, and never where nobody has to have a second step."""
    if not settings.STAFF_SECOND_FACTOR:
        return False
    if not hasattr(request, "lacks_second_factor"):
        request.lacks_second_factor = lacks_second_factor(request.user)
    return request.lacks_second_factor


def second_factor_first(request, target):
    """The answer to somebody who is shut out. `target` is the page of the desk that they wanted."""
    page = reverse("mfa_index")
    if request.htmx:
        return HttpResponseClientRedirect(page)
    if request.method not in SAFE:
        return asks_for_second_step(request, page)
    if request.headers.get("Sec-Fetch-Dest", "document") == "document":
        request.session[WANTED] = target if len(target) <= LONGEST_URL else reverse("admin:index")
    return redirect(page)


def forget_wanted(request):
    """Called once the desk is open for them. Writes nothing where there is nothing to forget."""
    if WANTED in request.session:
        del request.session[WANTED]
