"""What a person writes for their CV: its lines, a job, a schooling. Each form notices what another tab changed."""

import re
from datetime import date

from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from careers.cv.rules import PARTS
from careers.fields.forms import AboutField, LineField, SomeOf, TextField, in_columns, one_line, step_helper, you_wrote
from careers.lib.texts import without_format
from careers.web.stale import StaleForm

PHONE = re.compile(r"\+?[0-9][0-9 ()/.-]{3,38}[0-9]")
EARLIEST = date(1950, 1, 1)
TOO_EARLY = "Write a day from 1950 on."
TO_COME = "That day is still to come. Write one that has been, or leave it empty."
LONGEST_TEXT = 1000


class PlainLines(TextField):
    """Lines without control characters and without what turns the writing direction."""

    @staticmethod
    def plain(text):
        lines = (one_line(line) for line in re.split("\r\n|\r|\n", text))
        return "\n".join(lines).strip("\n")


class PlainSigns(LineField):
    """A line that a program or a person types again as it is seen."""

    @staticmethod
    def plain(text):
        return one_line(without_format(text))


class PhoneField(PlainSigns):
    def run_validators(self, value):
        super().run_validators(value)
        if value and not PHONE.fullmatch(value):
            raise ValidationError(f"Write a phone number, like +91 98765 43210. {you_wrote(value)}")


class EmailField(PlainSigns):
    def run_validators(self, value):
        super().run_validators(value)
        try:
            validate_email(value or "asha@example.org")
        except ValidationError:
            raise ValidationError(f"Write an e-mail address, like asha@example.org. {you_wrote(value)}") from None


class CVForm(StaleForm):
    name = LineField(
        label="Your full name",
        help_text="As on your papers. If empty, the CV shows the name of your profile.",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    headline = LineField(
        label="One line about you",
        help_text="The work you look for or do. Like “Customer service, voice and chat”.",
        max_length=120,
        required=False,
    )
    phone = PhoneField(
        label="Phone number to show",
        help_text="Only if employers may call you on it.",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = EmailField(
        label="E-mail",
        help_text="Only what you write here is shown. What you sign in with is not.",
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    city = LineField(label="City", help_text="A city is enough. Leave out your street.", max_length=80, required=False)
    summary = PlainLines(
        label="Summary",
        help_text="Two or three sentences: what you do well, with one example.",
        max_length=600,
        required=False,
    )
    parts = SomeOf(
        label="Parts to show",
        help_text="A part that says nothing is left out by itself.",
        choices=PARTS.items(),
    )

    def __init__(self, *args, cv, **kwargs):
        super().__init__(*args, stored={name: getattr(cv, name) for name in cv.FIELDS}, **kwargs)
        self.helper = step_helper()
        self.helper.layout = Layout(
            "name", "headline", Div("phone", "email", css_class="field-pair"), "city", "summary", "parts"
        )


class RowForm(StaleForm):
    """A job or a schooling: `row` is the one that is kept, None for a new one."""

    model_fields: tuple[str, ...] = ()
    days: tuple[str, ...] = ()

    def __init__(self, *args, row=None, today, **kwargs):
        super().__init__(*args, stored={name: self.kept(row, name) for name in self.model_fields}, **kwargs)
        self.today = today
        self.helper = step_helper()

    def kept(self, row, name):
        if name in self.days:
            return getattr(row, name.removesuffix("_on")) if row else None
        return getattr(row, name) if row else ""

    def clean_day(self, name):
        said = self.cleaned_data[name]
        if said and said.day < EARLIEST:
            raise ValidationError(TOO_EARLY)
        if said and said.day > self.today:
            raise ValidationError(TO_COME)
        return said

    def clean_ended_on(self):
        return self.clean_day("ended_on")

    @property
    def given(self):
        """All columns as they are to be."""
        days = {name: self.cleaned_data[name] for name in self.days}
        others = {name: self.cleaned_data[name] for name in self.model_fields if name not in self.days}
        return {**others, **in_columns(**days)}


class JobForm(RowForm):
    model_fields = ("position", "employer", "city", "began_on", "ended_on", "duties")
    days = ("began_on", "ended_on")

    position = LineField(label="What you were", help_text="Like “Sales assistant”.", max_length=120)
    employer = LineField(label="Where", help_text="The company or shop.", max_length=120, required=False)
    city = LineField(label="City", max_length=80, required=False)
    began_on = AboutField(label="From", help_text="Like May 2023. The year alone is enough.")
    ended_on = AboutField(label="Until", help_text="Leave it empty if you are still there.", required=False)
    duties = PlainLines(
        label="What you did",
        help_text="Two or three lines, each a thing you did. A number helps: “40 calls a day”.",
        max_length=LONGEST_TEXT,
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["position"].error_messages["required"] = "Write what you were."
        self.fields["began_on"].error_messages["required"] = "Write when you began. The year alone is enough."
        pair = Div("began_on", "ended_on", css_class="field-pair")
        self.helper.layout = Layout("position", "employer", "city", pair, "duties")

    def clean_began_on(self):
        return self.clean_day("began_on")

    def clean(self):
        given = super().clean()
        began, ended = given.get("began_on"), given.get("ended_on")
        if began and ended and not self.is_stale and ended.last < began.day:
            self.add_error("ended_on", f"That is before you began, {began}. Mend one of the two.")
        return given

    @property
    def given(self):
        """“2023” to “March 2023” is right: the end is then the same day at the earliest."""
        given = super().given
        if given["ended_on"] and given["ended_on"] < given["began_on"]:
            given["ended_on"] = given["began_on"]
        return given


class SchoolingForm(RowForm):
    model_fields = ("qualification", "school", "city", "ended_on", "result")
    days = ("ended_on",)

    qualification = LineField(label="What you learned", help_text="Like “Class 12” or “BCom”.", max_length=120)
    school = LineField(label="School or college", max_length=120, required=False)
    city = LineField(label="City", max_length=80, required=False)
    ended_on = AboutField(
        label="Finished", help_text="The year is enough. Leave it empty if you are still there.", required=False
    )
    result = LineField(
        label="Result", help_text="Only if it helps you. Like “First class”.", max_length=60, required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["qualification"].error_messages["required"] = "Write what you learned."
        self.helper.layout = Layout("qualification", "school", "city", "ended_on", "result")
