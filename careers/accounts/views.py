from allauth.account import views
from allauth.mfa.webauthn.internal.auth import STATE_SESSION_KEY
from allauth.mfa.webauthn.views import login_webauthn
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.cache import cache
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from careers.accounts.forms.accounts import NEW_EMAIL
from careers.accounts.models.users import trust_email

AGAIN = "The link is sent again, unless it was sent within the last three minutes."

CHALLENGE = "passkey_challenge"  # the name of a cookie
CHALLENGE_LASTS = 600  # seconds; browsers ask for a passkey for five minutes at most


def sign_in(request):
    """Allauth's page. The address that it fills in after signing up is shown once."""
    response = views.login(request)
    if NEW_EMAIL in request.COOKIES:
        response.delete_cookie(NEW_EMAIL, path=reverse("account_login"), samesite="Lax")
    return response


@require_safe
def signed_in(request):
    """Where a sign-in beside a form ends, in a tab of its own (`careers.people.views.lost_forms`)."""
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
        trust_email(request.user)  # signed in since before accounts had rows for their addresses
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


def passkey_sign_in(request):
    """Allauth's page. It keeps the challenge in the session, so each look would make one; here a signed cookie has it.

    A challenge is good for one answer, whatever that is.
    """
    session = request.session
    was_modified = session.modified
    if request.method == "POST" and (challenge := challenge_of(request)):
        session[STATE_SESSION_KEY] = challenge
    response = login_webauthn(request)
    challenge = session.pop(STATE_SESSION_KEY, None)
    if request.method != "POST":
        session.modified = was_modified
    if challenge and request.method != "POST":
        kept = signing.dumps(challenge, salt=CHALLENGE)
        options = {"secure": settings.SESSION_COOKIE_SECURE, "httponly": True, "samesite": "Strict"}
        response.set_cookie(CHALLENGE, kept, max_age=CHALLENGE_LASTS, **options)
    elif CHALLENGE in request.COOKIES:
        response.delete_cookie(CHALLENGE, samesite="Strict")
    return response


def challenge_of(request):
    """None where the browser has none, or it was answered or ran out."""
    kept = request.COOKIES.get(CHALLENGE, "")
    try:
        challenge = signing.loads(kept, salt=CHALLENGE, max_age=CHALLENGE_LASTS)
    except signing.BadSignature:
        return None
    return challenge if cache.add(f"{CHALLENGE}:{challenge['challenge']}", 1, CHALLENGE_LASTS) else None
