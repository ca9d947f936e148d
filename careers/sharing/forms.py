from datetime import timedelta

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils.html import format_html

from careers.fields.forms import DayField, Fragment, LineField
from careers.lib.days import day_in_words
from careers.sharing.models import Share

OPEN_FOR = 30  # days, where nothing else is chosen
LONGEST = 365


class ShareForm(forms.Form):
    """`in_short` says what each section would show now."""

    later_choices = {"sections": Share.Section.choices}

    sections = forms.MultipleChoiceField(
        label="What the page shows",
        help_text="It always shows what you have at the moment, also when you change it later.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one.", "invalid_choice": "Choose from the list.",
                        "invalid_list": "Choose from the list."},
    )  # fmt: skip
    expires_on = DayField(
        label="Last day on which it opens",
        help_text="Up to a year from now.",
        error_messages={"required": "Choose a day."},
    )
    label = LineField(
        label="Whom it is for",
        help_text="Only you see this, in your list of links.",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, in_short, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.first, self.last = today + timedelta(days=1), today + timedelta(days=LONGEST)
        self.fields["sections"].choices = [
            (section.value, with_content(section.label, in_short[section.value])) for section in Share.Section
        ]
        self.fields["expires_on"].initial = today + timedelta(days=OPEN_FOR)
        self.helper = share_helper()

    def clean_sections(self):
        """In the order of the list, each once."""
        return [section for section in Share.Section.values if section in self.cleaned_data["sections"]]

    def clean_expires_on(self):
        day = self.cleaned_data["expires_on"]
        if not self.first <= day <= self.last:
            raise forms.ValidationError(f"Choose a day from {day_in_words(self.first)} to {day_in_words(self.last)}.")
        return day


def with_content(label, content):
    return format_html('{}<span class="option-now">Now: {}</span>', label, content or "nothing yet")


def share_helper():
    helper = FormHelper()
    helper.attrs = {"novalidate": True}  # our sentences say what is wrong
    helper.layout = Layout(
        "sections",
        Field("expires_on", css_class="field-short"),
        Field("label", css_class="field-medium"),
        Div(
            StrictButton("Make the link", type="submit", css_class="btn-primary"),
            Fragment("careers/sharing/_go_back.html"),
            css_class="form-end",
        ),
    )
    return helper
