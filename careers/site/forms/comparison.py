from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.urls import reverse

from careers.guide.rules.comparison import FEWEST_IN_WORDS, MOST_IN_WORDS


class CompareForm(forms.Form):
    """Which roles to put side by side. It is sent by GET, so the address of the answer can be shared."""

    role = forms.MultipleChoiceField(
        label="Roles",
        help_text=f"{FEWEST_IN_WORDS.capitalize()} to {MOST_IN_WORDS}.",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.slug, role.title) for role in roles]
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_action = reverse("role-compare")
        self.helper.disable_csrf = True
        self.helper.layout = Layout("role", StrictButton("Compare", type="submit", css_class="btn-primary"))
