"""Study time as a person writes it down."""

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils import timezone

from careers.fields.forms import DayField, LineField, NumberField, step_helper
from careers.plans.forms import EARLIEST
from careers.plans.models import PlanStep
from careers.plans.study.models import MOST_MINUTES, StudyEntry
from careers.web.stale import StaleForm

NO_MINUTES = f"Write a whole number of minutes from 1 to {MOST_MINUTES}."


class MinutesField(NumberField):
    def __init__(self, **kwargs):
        super().__init__(least=1, most=MOST_MINUTES, error_messages={"required": NO_MINUTES}, **kwargs)

    def clean(self, value):
        if value in self.empty_values:
            raise forms.ValidationError(NO_MINUTES)
        return super().clean(value)


class EntryForm(StaleForm):
    """`plan` has its steps."""

    minutes = MinutesField(label="Minutes")
    studied_on = DayField(label="Day", error_messages={"required": "Write the day you studied."})
    step = forms.ModelChoiceField(
        queryset=PlanStep.objects.none(),
        required=False,
        label="Step (optional)",
        empty_label="No step",
        help_text="Time for an open step counts towards its hours.",
        error_messages={"invalid_choice": "Choose one of the steps of this plan."},
    )
    note = LineField(max_length=StudyEntry._meta.get_field("note").max_length, required=False, label="Note (optional)")

    def __init__(self, *args, plan, stored, today=None, **kwargs):
        super().__init__(*args, stored=stored, **kwargs)
        self.today = today or timezone.localdate()
        self.fields["step"].queryset = plan.steps.all()
        self.fields["studied_on"].widget.attrs |= {"min": EARLIEST.isoformat(), "max": self.today.isoformat()}
        self.helper = step_helper()
        self.helper.layout = Layout(Div("minutes", "studied_on", css_class="field-pair"), "step", "note")

    def clean_studied_on(self):
        day = self.cleaned_data["studied_on"]
        # A day that stands there stays: it may be tomorrow's where they have moved to another time zone.
        if day > self.today and not self.stands("studied_on", day):
            raise forms.ValidationError("That day is still to come. Write today or a day before.")
        if day < EARLIEST:
            raise forms.ValidationError("Write a day from 1970 on.")
        return day


class ClockForm(forms.Form):
    """How long it really was."""

    minutes = MinutesField(label="Minutes you studied", help_text="Pauses taken off.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["minutes"].widget.attrs["class"] = "field-short"
        self.helper = step_helper()
