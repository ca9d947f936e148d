"""The score sheet as a form."""

from django import forms
from django.utils import timezone

from careers.fields.forms import DayField, TextField, step_helper
from careers.practice.calls.models import LONGEST_NOTE
from careers.practice.calls.rules.scoring import CRITERIA, POINTS

CHOICES = [(str(points), f"{points} {word}") for points, word in POINTS.items()]


class ScoreForm(forms.Form):
    """A field for each criterion, `score_opening` and so on. Nothing is chosen beforehand."""

    later_choices = {f"score_{name}": CHOICES for name in CRITERIA}
    played_on = DayField(label="Day of the call", error_messages={"required": "Write the day of the call."})
    note = TextField(
        max_length=LONGEST_NOTE,
        required=False,
        label="One thing to try next time (optional)",
        help_text="Only you see it. Write no names.",
    )

    def __init__(self, *args, **kwargs):
        today = timezone.localdate()
        super().__init__(*args, initial={"played_on": today}, **kwargs)
        for name, (label, sentence) in CRITERIA.items():
            self.fields[f"score_{name}"] = forms.TypedChoiceField(
                label=label,
                help_text=sentence,
                choices=CHOICES,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": "Choose 0, 1 or 2.", "invalid_choice": "Choose 0, 1 or 2."},
            )
        self.order_fields([*(f"score_{name}" for name in CRITERIA), "played_on", "note"])
        self.fields["played_on"].widget.attrs["max"] = today.isoformat()
        self.helper = step_helper()

    def clean_played_on(self):
        day = self.cleaned_data["played_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("That day is still to come. Write today or a day before.")
        if day.year < 2000:
            raise forms.ValidationError("Write a day from 2000 on.")
        return day

    @property
    def points(self):
        return {name: self.cleaned_data[f"score_{name}"] for name in CRITERIA}
