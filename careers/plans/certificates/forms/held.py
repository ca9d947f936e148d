"""Certificates that a person holds: recording one, and changing its days."""

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils import timezone

from careers.fields.forms import FROM_THE_LIST, AboutField, in_columns, step_helper
from careers.guide.models.certifications import Certification
from careers.people.forms.looking import ChoosesCertification
from careers.plans.forms import EARLIEST, LATEST
from careers.plans.rules.status import problems_of_certificate
from careers.web.stale import StaleForm


class HeldForm(StaleForm):
    """The two days of a certificate, which are one answer."""

    is_whole = True
    earned_on = AboutField(label="When you earned it")
    expires_on = AboutField(label="When it lapses", required=False)

    def __init__(self, *args, stored, wanted=None, today=None, **kwargs):
        """`wanted` are days that stand there until they save: they wrote them on the form to add one."""
        super().__init__(*args, stored=stored, **kwargs)
        self.initial |= {name: wanted[name] for name in stored if wanted and name in wanted}
        self.today = today or timezone.localdate()
        self.fields["earned_on"].error_messages["required"] = "Write when you earned it."
        self.fields["expires_on"].help_text = "Empty when it never lapses or is not known."
        self.helper = step_helper()
        self.helper.layout = Layout(Div("earned_on", "expires_on", css_class="field-pair"))

    def clean_earned_on(self):
        day = self.cleaned_data["earned_on"]
        if day and day.day > self.today:
            raise forms.ValidationError("That day is still to come. Write the day you earned it.")
        if day and day.day < EARLIEST:
            raise forms.ValidationError("Write a day from 1970 on.")
        return day

    def clean_expires_on(self):
        day = self.cleaned_data["expires_on"]
        if day and day.day > LATEST:
            raise forms.ValidationError("Write a day up to 2100, or leave it empty.")
        return day

    def clean(self):
        super().clean()
        earned, expires = self.cleaned_data.get("earned_on"), self.cleaned_data.get("expires_on")
        if earned and expires and not self.is_stale:
            for problem in problems_of_certificate(today=self.today, earned=earned, expires=expires):
                self.add_error("expires_on", problem.text)
        return self.cleaned_data

    @property
    def given(self):
        return in_columns(**{name: self.cleaned_data[name] for name in ("earned_on", "expires_on")})


class HaveForm(HeldForm):
    """Of one certification, which they earned before they came here."""

    def __init__(self, *args, certification, **kwargs):
        super().__init__(*args, stored={"earned_on": None, "expires_on": None}, **kwargs)
        if certification.validity_months:
            self.fields["expires_on"].help_text = f"If empty, we use the guide's {certification.validity_text}."
        self.helper.none_required = False
        self.helper.layout = Layout("earned_on", "expires_on")


class AddCertificateForm(ChoosesCertification, HeldForm):
    """Everything may stay empty: then there is nothing to add, and the step goes on."""

    later_choices = {"then": [("add", "Save and add another")]}

    certification = forms.ModelChoiceField(
        label="Certificate",
        queryset=Certification.objects.none(),
        required=False,
        empty_label="Choose one",
        error_messages=FROM_THE_LIST,
    )
    no_certificate = forms.BooleanField(label="I have no certificate yet", required=False)

    def __init__(self, *args, asks_for_none, has_none, **kwargs):
        super().__init__(*args, stored={"no_certificate": has_none}, **kwargs)
        self.choose_certification("Save and go on", detailed=True)
        self.fields["earned_on"].required = False
        self.fields["expires_on"].help_text = "If empty, we use the guide's validity."
        if not asks_for_none:
            del self.fields["no_certificate"]
        self.order_fields([*self.looked_for, "certification", "earned_on", "expires_on"])
        days = Div("earned_on", "expires_on", css_class="field-pair")
        self.helper.layout = Layout(*self.looked_for, "certification", days)

    @property
    def adds(self):
        return self.cleaned_data.get("certification")

    @property
    def has_none(self):
        return self.cleaned_data.get("no_certificate", False)

    def clean(self):
        super().clean()
        if self.looks:
            return self.cleaned_data
        certification, *days = (self.cleaned_data.get(name) for name in ("certification", "earned_on", "expires_on"))
        if certification and not days[0] and "earned_on" not in self.errors:
            self.add_error("earned_on", "Write when you earned it.")
        if any(days) and not certification and "certification" not in self.errors:
            self.add_error("certification", "Choose the certificate that this day is for.")
        if certification and self.has_none and "no_certificate" in self.changed:
            self.add_error("no_certificate", "You chose a certificate above. Untick this, or choose none there.")
        return self.cleaned_data
