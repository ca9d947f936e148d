from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.urls import reverse

from careers.fields.forms import LineField
from careers.guide.rules.comparison import FEWEST_IN_WORDS, MOST_IN_WORDS


class CompareForm(forms.Form):
    """Which roles to put side by side. It is sent by GET, so the address of the answer can be shared."""

    role = forms.MultipleChoiceField(
        label="Roles",
        help_text=f"{FEWEST_IN_WORDS.capitalize()} to {MOST_IN_WORDS}.",
        widget=forms.CheckboxSelectMultiple,
    )

    find = LineField(
        max_length=200,
        label="Look for a role",
        help_text="Press “Compare”: those that we find stand below, to be chosen.",
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def __init__(self, *args, roles, is_searched, **kwargs):
        """`roles` are those to choose from; `is_searched` where they are not all."""
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.slug, role.title) for role in roles]
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_action = reverse("role-compare")
        self.helper.disable_csrf = True
        looked_for = ["find"] if is_searched else []
        self.helper.layout = Layout(
            *looked_for, "role", StrictButton("Compare", type="submit", css_class="btn-primary")
        )
