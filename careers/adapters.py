"""Where django-allauth asks the portal: what it says, whom it counts, how mails and secrets are kept."""

import base64
import hashlib
import logging
import time

import qrcode

# Private parts of allauth, which may change with any minor release (pyproject.toml bounds it): `internal.flows.login`,
# `internal.stagekit`, `core.internal.ratelimit` and `_get_login_attempts_cache_key` here;
# `internal.flows.email_verification` in careers/accounts/forms/accounts.py; `internal.stagekit` in
# careers/accounts/models/sessions.py; `core.internal.ratelimit` in bpo_portal/admin.py;
# `mfa.webauthn.internal.auth` in careers/accounts/views.py.
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html

from careers.accounts.forms.accounts import ip_of, is_taken
from careers.accounts.mail import automatic_headers
from careers.accounts.models.users import User, trust_email
from careers.personal_data.views.signing_in import question_first, settle_guest
from careers.web.site_url import at_site, site_url_of
from careers.web.ways_back import is_ours

log = logging.getLogger(__name__)
TOO_MANY = "Too many wrong tries. Wait a quarter of an hour, then try again."
WRONG_CODE = "That code is not right, or was used before. Write the one you see now."
WRONG_KEY = "A second step was stored under another SECRET_KEY. Name that one in SECRET_KEY_FALLBACKS."
A_MOMENT = 300  # seconds, as allauth counts for those who proved themselves again
CANNOT_CONFIRM = "account/messages/email_confirmation_failed.txt"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "E-mail and password do not fit together. Check both and try again.",
        "enter_current_password": "That is not your present password.",
        "incorrect_password": "That is not your password.",
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def get_client_ip(self, request):
        """It becomes part of a cache's key: short, and without blanks."""
        return "".join(ip_of(request).split())[:64] or "nowhere"

    def is_ajax(self, request):
        """Only the script of passkeys asks for data; every other page answers as a page."""
        return request.path == reverse("mfa_login_webauthn") and super().is_ajax(request)

    def is_safe_url(self, url):
        """Only an address of this site is where to go next. Allauth's own takes each host of `ALLOWED_HOSTS`, which may
        be others' sites, and fails over what is no address.
        """
        return is_ours(context.request, url)

    def unstash_verified_email(self, request):
        """Nothing here confirms an address before the account is there. Allauth's own begins a session by looking."""
        return None

    def _get_login_attempts_cache_key(self, request, **credentials):
        """A flood of wrong passwords from one place does not lock a person out elsewhere."""
        return f"{ip_of(request)} {credentials.get('email', '').lower()}"

    def pre_login(self, request, user, *, signup, **details):
        if not signup:
            trust_email(user)
        return super().pre_login(request, user, signup=signup, **details)

    def is_reauthentication_required(self, *, app):
        """False for a moment after each sign-in, which has just proved who it is."""
        records = get_authentication_records(context.request, context.request.user)
        newest = max((record["at"] for record in records), default=0)
        return super().is_reauthentication_required(app=app) and time.time() - newest > A_MOMENT

    def post_login(self, request, user, **details):
        """A sign-in that has no box “keep me signed in”, as with a passkey, ends with the browser.

        Every sign-in comes by here, so here it is asked whose a guest's work on this browser is.
        """
        if "_session_expiry" not in request.session:
            request.session.set_expiry(0)
        settle_guest(request, signed_up=details["signup"])
        response = super().post_login(request, user, **details)
        return redirect(question_first(request, response.url))

    def reauthenticate(self, user, password):
        return self.authenticate(context.request, email=user.email, password=password) == user

    def can_delete_email(self, email_address):
        return email_address.email != email_address.user.email.lower()

    def confirm_email(self, request, email_address):
        """Not where another account has come to the address meanwhile."""
        if User.objects.with_email(email_address.email).exclude(pk=email_address.user_id).exists():
            self.add_message(request, messages.ERROR, CANNOT_CONFIRM, {"email": email_address.email})
            return False
        return super().confirm_email(request, email_address)

    def send_confirmation_mail(self, request, emailconfirmation, signup):
        email = emailconfirmation.email_address.email
        if not signup and email != emailconfirmation.email_address.user.email.lower() and is_taken(email):
            self.send_mail("account/email/address_in_use", email, {})
            return
        try:
            super().send_confirmation_mail(request, emailconfirmation, signup)
        except ImmediateHttpResponse:
            if signup:  # so that the same form can be sent again
                emailconfirmation.email_address.user.delete()
            raise

    def render_mail(self, template_prefix, email, context, headers=None):
        """Its links lead to the portal's own address, whatever the request's `Host` says."""
        links = {name: at_site(self.request, value) for name, value in context.items() if isinstance(value, str)}
        context = {**context, **links, "site_url": site_url_of(self.request)}
        return super().render_mail(template_prefix, email, context, headers={**automatic_headers(), **(headers or {})})

    def send_mail(self, template_prefix, email, context):
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, ImproperlyConfigured):  # smtplib's errors are OSErrors
            log.exception("A mail could not be sent.")
            raise ImmediateHttpResponse(without_mail(self.request, email)) from None


def without_mail(request, email):
    """The answer when the mail server does not. It counts as not asked, so that the next try sends."""
    ratelimit.clear(request, app="allauth.account", action="confirm_email", key=email.lower())
    if not request.user.is_authenticated:
        clear_login(request)
    return render(request, "account/mail_failed.html", status=503)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "unverified_email": "Confirm your e-mail address first: a link is in the mail we sent you.",
        "cannot_generate_recovery_codes": "Recovery codes come with an app or a passkey. Add one of them first.",
    }

    def encrypt(self, text):
        return fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        try:
            return fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise ImproperlyConfigured(WRONG_KEY) from error

    def build_totp_svg(self, url):
        """The code as one path of runs of dark squares: part of the page, as no image may come from a data: address."""
        code = qrcode.QRCode(border=4)
        code.add_data(url)
        matrix = code.get_matrix()
        return format_html(
            '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="Code to scan"><path d="{1}"/></svg>',
            len(matrix),
            "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark),
        )

    def get_public_key_credential_rp_entity(self):
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}


def fernet():
    """Keys from SECRET_KEY, and from those before it that are still listed as fallbacks."""
    return MultiFernet([Fernet(key_from(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def key_from(secret):
    return base64.urlsafe_b64encode(hashlib.sha256(b"second factors:" + secret.encode()).digest())
