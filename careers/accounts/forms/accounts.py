"""Accounts: the forms of signing up and in, and whose tries are counted. The pages themselves are django-allauth's."""

from allauth.account import forms
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from allauth.account.utils import passthrough_next_redirect_url
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth.hashers import make_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.forms import EmailField
from django.shortcuts import redirect
from django.urls import reverse

from careers.accounts.models.users import User, trust_email
from careers.lib.visitors import visitor_of

LONGEST_EMAIL = 254
HOW_LONG = "At least 8 characters. A few words in a row are easy to keep in mind and hard to guess."
PERHAPS_NEW = "If this address was new here, your account is ready. Sign in with it."
# A cookie for the sign-in page to fill in. A session would be a row that no deleted account takes with it.
NEW_EMAIL = "signed_up_email"
NEW_EMAIL_LASTS = 600  # seconds
SIGNED_UP = "signed_up"  # in a session that there was: the key of the account that was made in it, 0 where none was
PLAIN_LETTERS = "Write it with the letters a to z only. A domain with other letters has a form that begins with xn--."


def ip_of(request):
    """The visitor's network address: what the proxy in front added last, or whoever is at the other end."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return visitor_of(forwarded, request.META.get("REMOTE_ADDR", ""))


def is_taken(email):
    """An address that waits to be confirmed by another account is free: whoever reads its mail decides."""
    return (
        User.objects.with_email(email).exists()
        or EmailAddress.objects.filter(email=email.lower(), verified=True).exists()
    )


class PlainFields:
    """The house's words on allauth's fields. A placeholder would vanish when one types; the label stands above."""

    labels: dict[str, str] = {}
    helps: dict[str, str] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, "E-mail" if isinstance(field, EmailField) else field.label)
            field.help_text = self.helps.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            if not field.widget.is_hidden:
                field.error_messages["required"] = "Fill this in."
            if isinstance(field, EmailField):
                fit_email(field)


def in_plain_letters(email):
    """PostgreSQL takes “ı” for “I” where case does not count: a mail could go to a domain that only looks the same."""
    if not email.isascii():
        raise ValidationError(PLAIN_LETTERS, code="letters")


def fit_email(field):
    """Refuse in words what the database would refuse with an error."""
    field.error_messages["invalid"] = "Write an address such as name@example.org."
    field.validators += [MaxLengthValidator(LONGEST_EMAIL), in_plain_letters]
    field.widget.attrs["maxlength"] = LONGEST_EMAIL


class SignInForm(PlainFields, forms.LoginForm):
    labels = {"password": "Password", "remember": "Keep me signed in on this device"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.follows_signing_up = SIGNED_UP in self.request.session  # for a taken address, too: it gives nothing away
        if not self.is_bound:
            self.initial["login"] = new_email(self.request)


class SignUpForm(PlainFields, forms.SignupForm):
    """Answers the same for a new address and for one that has an account, in time too: both hash the password."""

    labels = {"password1": "Password"}
    helps = {"password1": HOW_LONG}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "username"

    def validate_unique_email(self, value):
        self.account_already_exists = is_taken(value)
        return value

    def try_save(self, request):
        if not self.account_already_exists:
            self.account_already_exists = not self.saved(request)
        else:
            make_password(self.cleaned_data["password1"])
        if not request.session.is_empty():  # for both alike, as it shows in the answer that a session changes
            request.session[SIGNED_UP] = 0 if self.account_already_exists else self.user.pk
        if settings.SENDS_EMAIL:
            return (None, super().try_save(request)[1]) if self.account_already_exists else (self.user, None)
        return None, self.to_sign_in(request)

    def saved(self, request):
        """Whether there is a new account now. Not if the same form came twice at once, and the other was first."""
        try:
            with transaction.atomic():
                self.user = self.save(request)
                # Allauth leaves this row out where the address waits in another account.
                EmailAddress.objects.get_or_create(user=self.user, email=self.user.email, defaults={"primary": True})
        except IntegrityError:
            return False
        return True

    def to_sign_in(self, request):
        """Nobody proves an address without mail, so who signs up signs in next: what it says gives nothing away."""
        messages.info(request, PERHAPS_NEW)
        response = redirect(passthrough_next_redirect_url(request, reverse("account_login"), "next"))
        response.set_cookie(
            NEW_EMAIL,
            signing.dumps(self.cleaned_data["email"], salt=NEW_EMAIL),
            max_age=NEW_EMAIL_LASTS,
            path=reverse("account_login"),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response


def new_email(request):
    """The address with which somebody signed up in this browser a moment ago, or nothing."""
    try:
        return signing.loads(request.COOKIES.get(NEW_EMAIL, ""), salt=NEW_EMAIL, max_age=NEW_EMAIL_LASTS)
    except signing.BadSignature:
        return ""


class ForgottenPasswordForm(PlainFields, forms.ResetPasswordForm):
    def clean_email(self):
        email = self.cleaned_data["email"]
        self.users = list(User.objects.with_email(email).filter(is_active=True))
        for user in self.users:
            trust_email(user)
        return email


class ChangeEmailForm(PlainFields, forms.AddEmailForm):
    labels = {"email": "New e-mail"}
    helps = {"email": "It takes the place of your present one as soon as it is confirmed."}

    def clean_email(self):
        email = self.cleaned_data["email"]
        if email == self.user.email.lower():
            self.add_error("email", "That is your address already.")
        return email

    def save(self, request):
        """The new address waits beside the old one, which stays the login until the new one is confirmed."""
        emails = EmailAddress.objects.filter(user=self.user)
        new, _ = emails.get_or_create(user=self.user, email=self.cleaned_data["email"])
        emails.filter(verified=False).exclude(email__in=(self.user.email.lower(), new.email)).delete()
        send_verification_email_to_address(request, new)
        return new


class ChangePasswordForm(PlainFields, forms.ChangePasswordForm):
    labels = {
        "oldpassword": "Your present password",
        "password1": "New password",
        "password2": "New password, once more",
    }
    helps = {"password1": HOW_LONG}

    def clean(self):
        return refuse_the_old(self, super().clean(), old="oldpassword", new="password1")


class SetPasswordForm(PlainFields, forms.SetPasswordForm):
    labels = {"password1": "Password", "password2": "Password, once more"}
    helps = {"password1": HOW_LONG}


class NewPasswordForm(PlainFields, forms.ResetPasswordKeyForm):
    labels = {"password1": "New password", "password2": "New password, once more"}
    helps = {"password1": HOW_LONG}


class ConfirmPasswordForm(PlainFields, forms.ReauthenticateForm):
    labels = {"password": "Password"}


class OwnPasswordForm(AdminPasswordChangeForm):
    def clean(self):
        return refuse_the_old(self, super().clean(), old="old_password", new="new_password1")


def refuse_the_old(form, cleaned, *, old, new):
    """Else a one-time password could stay for ever."""
    if cleaned.get(new) and cleaned[new] == cleaned.get(old):
        form.add_error(new, "That is the old one. Choose another.")
    return cleaned
