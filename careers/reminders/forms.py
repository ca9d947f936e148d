"""How a person is reminded."""

from crispy_forms.layout import Div, Field, Fieldset, Layout
from django import forms
from django.conf import settings

from careers.fields.forms import ClockField, Fragment, OneOf, one_line, step_helper, you_wrote
from careers.lib.zones import city, zone_groups
from careers.reminders.models import MOST_DAYS, MOST_OFFSETS
from careers.reminders.rules import LEAST_AWAKE, minutes_awake
from careers.web.stale import StaleForm

LONGEST = 200
FOR_MAILS = ("by_email", "quiet_from", "quiet_to")


class OffsetsField(forms.CharField):
    """Numbers of days, as “60, 14, 1”; kept the widest first."""

    def __init__(self, **kwargs):
        attrs = {"inputmode": "text", "autocomplete": "off"}
        super().__init__(required=False, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value):
        words = one_line(value or "").replace(",", " ").replace(";", " ").split()
        if len(" ".join(words)) > LONGEST:
            raise forms.ValidationError(f"Write {MOST_OFFSETS} numbers at most.")
        wrong = [word for word in words if not (word.isascii() and word.isdecimal() and int(word) <= MOST_DAYS)]
        if wrong:
            raise forms.ValidationError(
                f"Write days as numbers from 0 to {MOST_DAYS}, with commas between. {you_wrote(wrong[0])}"
            )
        numbers = sorted({int(word) for word in words}, reverse=True)
        if len(numbers) > MOST_OFFSETS:
            raise forms.ValidationError(f"Write {MOST_OFFSETS} numbers at most. You wrote {len(numbers)}.")
        return numbers


class ReminderForm(StaleForm):
    expiry_offsets = OffsetsField(label="Before a certificate lapses", help_text="Days before, such as 180, 60, 14, 1.")
    exam_offsets = OffsetsField(label="Before an exam", help_text="Days before, such as 7, 1.")
    step_offsets = OffsetsField(label="Before a step is due", help_text="Days before. Empty: never.")
    by_email = forms.BooleanField(label="By e-mail", required=False)
    in_portal = forms.BooleanField(label="As a note on “My plan”", required=False)
    in_calendar = forms.BooleanField(label="By alarms in your calendar", required=False)
    quiet_from = ClockField(like="21:30", label="Quiet from", error_messages={"required": "Write a time like 21:00."})
    quiet_to = ClockField(like="21:30", label="Quiet until", error_messages={"required": "Write a time like 8:00."})
    time_zone = OneOf(
        label="Your time zone",
        help_text="Your days begin and end by it.",
        choices=zone_groups(),
        blank=f"The portal's own ({city(settings.TIME_ZONE)})",
    )

    def __init__(self, *args, stored, no_mail_reason="", **kwargs):
        lists = {name: ", ".join(map(str, value)) for name, value in stored.items() if isinstance(value, list)}
        super().__init__(*args, stored={**stored, **lists}, **kwargs)
        if no_mail_reason == "server":  # what is stored holds once there is one
            for name in FOR_MAILS:
                del self.fields[name]
        if no_mail_reason == "account":  # the same, once they have one
            self.fields["by_email"].disabled = True
            self.fields["by_email"].label = "By e-mail, once you have an account"
        zone = stored["time_zone"]
        if not self.fields["time_zone"].valid_value(zone):  # from another list than ours
            self.fields["time_zone"].choices = [*self.fields["time_zone"].choices, (zone, zone)]
        self.helper = step_helper()
        self.helper.layout = Layout(
            Fieldset(
                "When",
                Field("expiry_offsets", css_class="field-medium"),
                Field("exam_offsets", css_class="field-medium"),
                Field("step_offsets", css_class="field-medium"),
            ),
            Fieldset("How", *(name for name in ("by_email", "in_portal", "in_calendar") if name in self.fields)),
            Fieldset(
                "Not at night" if "quiet_from" in self.fields else "Where you are",
                *self.quiet_hours,
                Field("time_zone", css_class="field-medium"),
            ),
        )

    @property
    def quiet_hours(self):
        """Only mails wait for the morning."""
        if "quiet_from" not in self.fields:
            return []
        hours = Div("quiet_from", "quiet_to", css_class="field-pair field-pair-short")
        return [Fragment("careers/reminders/_quiet_hours.html"), hours]

    def clean(self):
        given = super().clean()
        quiet_from, quiet_to = given.get("quiet_from"), given.get("quiet_to")
        if not self.is_stale and quiet_from and quiet_to and minutes_awake(quiet_from, quiet_to) < LEAST_AWAKE:
            self.add_error("quiet_to", "Leave at least an hour of the day in which a mail may come.")
        return given
