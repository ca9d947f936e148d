"""A certificate at the end of a plan: recorded, changed, renewed."""

from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError

from careers.evidence.models.evidence import HeldCertificate
from careers.fields.forms import AboutField, DayField, LineField, in_columns, step_helper
from careers.lib.about import About
from careers.plans.exams.forms import HttpsField
from careers.plans.forms import EARLIEST, LATEST
from careers.plans.rules.status import failed_in_words, problems_of_certificate
from careers.web.stale import StaleForm

DAYS = ("earned_on", "renewed_on", "expires_on")
EMPTY_WHEN = "Empty when it never lapses or is not known."


class DaysForm(StaleForm):
    """Days that have to fit each other. `known` are days that stand and are not asked for.

    `suggested` is {field: `About`} of what the page proposes, which is kept nowhere and comes back hidden. A suggested
    last day that is left as it was moves with the day that it was reckoned from (`begins`).
    """

    begins = "earned_on"

    def __init__(self, *args, today, suggested=None, known=None, usual=None, **kwargs):
        """`usual(begins)` is when it lapses by the guide if it `begins` then, or None. Each is an `About`."""
        super().__init__(*args, **kwargs)
        self.suggested = suggested or {}
        self.initial |= self.suggested
        self.today, self.known, self.usual = today, known or {}, usual or (lambda day: None)
        self.helper = step_helper()
        self.helper.none_required = False

    def clean(self):
        super().clean()
        if self.is_stale:
            return self.cleaned_data
        self.follow_suggestion()
        days = {name: self.cleaned_data.get(name, self.known.get(name)) for name in DAYS}
        for name in DAYS:
            if name in self.fields and days[name] and not EARLIEST <= days[name].day <= LATEST:
                self.add_error(name, f"Write a day from {EARLIEST.year} to {LATEST.year}.")
        if not self.errors:
            self.refuse(**days)
        return self.cleaned_data

    def refuse(self, *, earned_on=None, expires_on=None, renewed_on=None, **days):
        days = {"earned": earned_on, "expires": expires_on, "renewed": renewed_on, **days}
        for problem in problems_of_certificate(today=self.today, **days):
            self.add_error(problem.field if problem.field in self.fields else None, problem.text)

    def follow_suggestion(self):
        begun, begins = self.was_suggested(self.begins), self.cleaned_data.get(self.begins)
        if not (is_possible(begun) and is_possible(begins)):
            return
        suggested = self.usual(begun)
        if suggested and suggested == self.was_suggested("expires_on") == self.cleaned_data.get("expires_on"):
            self.cleaned_data["expires_on"] = self.usual(begins)

    def was_suggested(self, name):
        return self.as_read(name, self.data.get(f"suggested-{name}", ""))

    @property
    def hidden_inputs(self):
        yield from super().hidden_inputs
        for name, day in self.suggested.items():
            yield f"suggested-{name}", self.data.get(f"suggested-{name}", day.written if day else "")


def is_possible(said):
    return isinstance(said, About) and EARLIEST <= said.day <= LATEST


class CertificateFields(forms.Form):
    credential_number = LineField(
        label="Credential number",
        required=False,
        max_length=HeldCertificate._meta.get_field("credential_number").max_length,
    )
    credential_url = HttpsField(
        label="Verification link",
        required=False,
        help_text="Where others can check it. It begins with https://.",
    )


class PassForm(DaysForm, CertificateFields):
    earned_on = AboutField(label="When you earned it", error_messages={"required": "Write when you earned it."})
    expires_on = AboutField(label="When it lapses", required=False)
    started_on = DayField(
        label="The day you started",
        required=False,
        help_text="Left as it is, it moves with an earlier day above. Empty when you do not know.",
    )
    was_that_exam = forms.BooleanField(label="This was that exam: it counts as passed", required=False)

    def __init__(self, *args, failed_on, validity="", **kwargs):
        """`validity` is the guide's, in words; empty where it names none.

        `failed_on(earned)` is the day of that exam where an attempt of it is recorded as not passed.
        """
        super().__init__(*args, **kwargs)
        self.failed_on = failed_on
        self.fields["expires_on"].help_text = suggestion(validity) if validity else EMPTY_WHEN
        names = ("earned_on", "expires_on", "started_on", "credential_number", "credential_url")
        self.helper.layout = Layout(*names)

    def refuse(self, **days):
        """Only a start that they wrote on this page has to fit the day."""
        self.written_start = self.changed.get("started_on")
        if self.written_start and self.written_start < EARLIEST:
            self.add_error("started_on", f"Write a day from {EARLIEST.year} on.")
        failed = self.failed_on(days["earned_on"])
        if failed:
            self.helper.layout.append("was_that_exam")  # asked only then
        if failed and not self.cleaned_data["was_that_exam"]:
            self.add_error("earned_on", failed_in_words(failed))
        super().refuse(**days, started_on=self.written_start, target_on=self.known["target_on"])

    @property
    def given(self):
        days = in_columns(**{name: self.cleaned_data[name] for name in ("earned_on", "expires_on")})
        given = {name: self.cleaned_data[name] for name in ("credential_number", "credential_url", "was_that_exam")}
        return {**days, **given, "started_on": self.written_start}


class PlanCertificateForm(DaysForm, CertificateFields):
    is_whole = True
    earned_on = AboutField(label="When you earned it", error_messages={"required": "Write when you earned it."})
    renewed_on = AboutField(label="When you renewed it", required=False, help_text="Empty when you have not yet.")
    expires_on = AboutField(label="When it lapses", required=False, help_text=EMPTY_WHEN)

    def __init__(self, *args, held, **kwargs):
        days = {name: getattr(held, name.removesuffix("_on")) for name in DAYS}
        names = {"credential_number": held.credential_number, "credential_url": held.credential_url}
        super().__init__(*args, stored={**days, **names}, **kwargs)
        pair = Div("renewed_on", "expires_on", css_class="field-pair")
        self.helper.layout = Layout("earned_on", pair, "credential_number", "credential_url")

    @property
    def given(self):
        days = {name: self.cleaned_data[name] for name in DAYS}
        names = {name: self.cleaned_data[name] for name in ("credential_number", "credential_url")}
        return names | in_columns(**days)


class RenewForm(DaysForm):
    """A day that is known goes only where they say so."""

    is_whole = True
    begins = "renewed_on"
    renewed_on = AboutField(label="When you renewed it", error_messages={"required": "Write when you renewed it."})
    expires_on = AboutField(label="When it lapses now", required=False)
    lapses_never = forms.BooleanField(label="It does not lapse now, or the day is not known", required=False)

    def __init__(self, *args, validity="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["expires_on"].help_text = suggestion(validity) if validity else SUGGESTED_AS_BEFORE
        self.helper.layout = Layout("renewed_on", "expires_on", "lapses_never")

    def clean_expires_on(self):
        day, before = self.cleaned_data["expires_on"], self.known.get("expires_on")
        if day and before and day.last < before.day:
            raise ValidationError(f"It was valid until {before} before. Write that day or a later one.")
        return day

    @property
    def given(self):
        return in_columns(**{name: self.cleaned_data[name] for name in ("renewed_on", "expires_on")})

    def clean(self):
        super().clean()
        day, never = self.cleaned_data.get("expires_on"), self.cleaned_data["lapses_never"]
        if self.is_stale or "expires_on" in self.errors:
            return self.cleaned_data
        if day and never:
            self.add_error("expires_on", "You ticked below that there is no such day. Empty this, or untick that.")
        if not day and not never and self.known.get("expires_on"):
            self.add_error("expires_on", "Write the day, or tick below that it does not lapse or is not known.")
        return self.cleaned_data


SUGGESTED_AS_BEFORE = "Suggested: as long as it was valid before. Left so, it moves with the day above."


def suggestion(validity):
    return f"Suggested: by the guide it is valid for {validity}. Left so, it moves with the day above. {EMPTY_WHEN}"
