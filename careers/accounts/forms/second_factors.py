"""Second steps at sign-in: codes of an app, recovery codes, passkeys. What a browser sends is taken apart with care."""

import hashlib
import struct

from allauth.mfa.base import forms as codes
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as passkeys
from cryptography.exceptions import InvalidSignature
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError

from careers.accounts.forms.accounts import PlainFields
from careers.fields.forms import LineField
from careers.fields.models.texts import validate_visible
from careers.lib.texts import is_blank

LONGEST_NAME = 60
LONGEST_CREDENTIAL = 20_000
NOT_ACCEPTED = "This passkey was not accepted. Try again; if it happens twice, use another way."
# All that the parsers stumble over when a credential is not what it says it is.
ODD = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, struct.error, InvalidSignature)

USED = "That code is not right, or was used before. Write the one you see now."
CODE_LASTS = 30 * (2 * settings.MFA_TOTP_TOLERANCE + 1)  # seconds


class CredentialField(forms.JSONField):
    """The answer of `navigator.credentials`, as JSON of a sane size and depth, with nothing that PostgreSQL refuses."""

    def __init__(self):
        words = {"required": NOT_ACCEPTED, "invalid": NOT_ACCEPTED}
        super().__init__(label="Passkey", widget=forms.HiddenInput, error_messages=words)

    def to_python(self, value):
        if isinstance(value, str) and (len(value) > LONGEST_CREDENTIAL or "\\u0000" in value):
            raise ValidationError(NOT_ACCEPTED)
        try:
            return super().to_python(value)
        except (RecursionError, ValueError) as error:  # too deep, or a number of thousands of digits
            raise ValidationError(NOT_ACCEPTED) from error

    def bound_data(self, data, initial):
        """Nothing of it goes back into the page: each is good for one time."""
        return None

    def prepare_value(self, value):
        return ""


class OnceOnly:
    """A code of an app opens once. Allauth forgets a used one after its half minute, though it is taken for longer."""

    def clean_code(self):
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            used = hashlib.sha256(f"{self.user.pk} {code}".encode()).hexdigest()
            if not cache.add(f"code:{used}", True, CODE_LASTS):
                raise ValidationError(USED)
        return code


class CodeForm(OnceOnly, PlainFields, codes.AuthenticateForm):
    labels = {"code": "Code"}
    helps = {"code": "Six digits from your app, or one of your recovery codes."}


class ConfirmCodeForm(OnceOnly, PlainFields, codes.ReauthenticateForm):
    labels = CodeForm.labels
    helps = CodeForm.helps


class AppForm(PlainFields, ActivateTOTPForm):
    labels = {"code": "Code"}
    helps = {"code": "The six digits that your app shows now."}


class PasskeyName(PlainFields):
    labels = {"name": "Name", "passwordless": "Let it sign me in without my password"}
    helps = {
        "name": "So that you can tell it from others: “My phone”.",
        "passwordless": "It then asks for your finger, your face or its PIN.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"] = LineField(
            label=self.labels["name"], help_text=self.helps["name"], max_length=LONGEST_NAME
        )


class AddPasskeyForm(PasskeyName, passkeys.AddWebAuthnForm):
    credential = CredentialField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The passkey exists by then; better a name of ours than to lose it.
        self.fields["name"].required = False
        self.fields["name"].validators.remove(validate_visible)
        self.initial["name"] = "My passkey"
        self.initial["passwordless"] = True

    def clean_name(self):
        name = self.cleaned_data["name"]
        return "My passkey" if is_blank(name) else name

    def clean(self):
        try:
            return super().clean()
        except ODD as error:
            raise ValidationError(NOT_ACCEPTED) from error


class RenamePasskeyForm(PasskeyName, passkeys.EditWebAuthnForm):
    pass


class SafeCredential:
    def clean_credential(self):
        try:
            return super().clean_credential()
        except ODD as error:
            raise ValidationError(NOT_ACCEPTED) from error


class PasskeyForm(SafeCredential, passkeys.AuthenticateWebAuthnForm):
    credential = CredentialField()


class PasskeySignInForm(SafeCredential, passkeys.LoginWebAuthnForm):
    credential = CredentialField()


class ConfirmPasskeyForm(SafeCredential, passkeys.ReauthenticateWebAuthnForm):
    credential = CredentialField()
