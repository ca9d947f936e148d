from allauth.account import views
from django.contrib import messages
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from careers.forms.accounts import NEW_EMAIL
from careers.models.accounts import trust_address

AGAIN = "The link is sent again, unless it was sent within the last three minutes."


def sign_in(request):
    """Allauth's page. The address that it fills in after signing up is shown once."""
    response = views.login(request)
    if NEW_EMAIL in request.COOKIES:
        response.delete_cookie(NEW_EMAIL, path=reverse("account_login"), samesite="Lax")
    return response


@require_safe
def signed_in(request):
    """Where a sign-in beside a form ends, in a tab of its own (`careers.views.lost_forms`)."""
    return render(request, "account/signed_in.html") if request.user.is_authenticated else redirect("account_login")


@require_safe
def signed_out(request):
    """Of the session that was there nothing is needed, so it says the same as often as it is opened."""
    return redirect("me-dashboard") if request.user.is_authenticated else render(request, "account/signed_out.html")


def email_change(request):
    """Allauth's page, less what we do not offer: a second address cannot become the login unconfirmed."""
    if "action_primary" in request.POST:
        return HttpResponseBadRequest("An address becomes yours by its link.")
    if request.user.is_authenticated:
        trust_address(request.user)  # signed in since before accounts had rows for their addresses
    response = views.email(request)
    if "action_send" in request.POST and response.status_code == 302:
        # Always the same: whether somebody asked for this address a moment ago is nobody's business.
        messages.info(request, AGAIN)
    return response


def email_confirm(request, key):
    """Allauth's page. A second click on its button is no missing page: the page itself says what has happened."""
    try:
        return views.confirm_email(request, key=key)
    except Http404:
        return redirect("account_confirm_email", key)
