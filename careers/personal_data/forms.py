from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.urls import reverse
from django.utils.html import format_html

from careers.accounts.forms.accounts import ConfirmPasswordForm

WHOSE = '{% include "account/_whose.html" with email=user.email only %}'


class DeleteAccountForm(ConfirmPasswordForm):
    """Asks for the password. Wrong ones count together with those at sign-in, and are refused after some."""

    labels = {"password": "Your password"}
    helps = {"password": "So that nobody else deletes your account on a device you left signed in."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = delete_helper("Delete my account", HTML(WHOSE), Field("password", css_class="field-medium"))


class DeleteForm(forms.Form):
    """Asks nothing: for a guest, and for an account without a password, which proved itself in another way just now."""

    def __init__(self, *args, verb, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = delete_helper(verb)


def delete_helper(verb, *fields):
    helper = FormHelper()
    keep = format_html('<a class="btn btn-second" href="{}">Keep it</a>', reverse("data-read"))
    helper.layout = Layout(
        *fields, Div(StrictButton(verb, type="submit", css_class="btn-danger"), HTML(keep), css_class="form-end")
    )
    return helper
