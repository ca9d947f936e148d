from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.urls import reverse

from careers.guide.rules.comparison import FEWEST_IN_WORDS, MOST_IN_WORDS
from careers.search.forms import look_for


class CompareForm(forms.Form):
    """Which roles to put side by side. It is sent by GET, so the address of the answer can be shared."""

    role = forms.MultipleChoiceField(
        label="Roles",
        help_text=f"{FEWEST_IN_WORDS.capitalize()} to {MOST_IN_WORDS}.",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, to_choose, **kwargs):
        """`to_choose` are `RolesToChoose`."""
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.slug, role.title) for role in to_choose.roles]
        self.fields["find"] = look_for("Compare", has_missed=to_choose.has_missed)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_action = reverse("role-compare")
        self.helper.disable_csrf = True
        looked_for = ["find"] if to_choose.is_searched else []
        self.helper.layout = Layout(
            *looked_for, "role", StrictButton("Compare", type="submit", css_class="btn-primary")
        )
