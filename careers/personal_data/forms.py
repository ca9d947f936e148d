from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms

from careers.accounts.forms.accounts import ConfirmPasswordForm
from careers.fields.forms import Fragment


class DeleteAccountForm(ConfirmPasswordForm):
    """Asks for the password. Wrong ones count together with those at sign-in, and are refused after some."""

    labels = {"password": "Your password"}
    helps = {"password": "So that nobody else deletes your account on a device you left signed in."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = delete_helper(
            "Delete my account",
            Fragment("careers/personal_data/_whose.html"),
            Field("password", css_class="field-medium"),
        )


class DeleteForm(forms.Form):
    """Asks nothing: for a guest, and for an account without a password, which proved itself in another way just now."""

    def __init__(self, *args, verb, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = delete_helper(verb)


def delete_helper(verb, *fields):
    helper = FormHelper()
    delete = StrictButton(verb, type="submit", css_class="btn-danger")
    helper.layout = Layout(*fields, Div(delete, Fragment("careers/personal_data/_keep.html"), css_class="form-end"))
    return helper
