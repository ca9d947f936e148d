"""What a person writes on a certification plan: a step, the day to be ready by, a certification of their own."""

from datetime import date
from decimal import Decimal, InvalidOperation

from crispy_forms.layout import Div, Layout
from django import forms

from careers.fields.forms import FROM_THE_LIST, DayField, LineField, step_helper, you_wrote
from careers.guide.models.certifications import Certification
from careers.lib.names import folded
from careers.people.forms.looking import ChoosesCertification
from careers.plans.models import CertificationPlan, PlanStep
from careers.plans.rules.status import problems_of_plan
from careers.web.stale import StaleForm

EARLIEST, LATEST = date(1970, 1, 1), date(2100, 12, 31)  # what a day of a person's plans can be
MOST_HOURS = 1000
TO_COME = "Choose today or a later day."


class HoursField(forms.CharField):
    """Hours with one decimal at most, above zero; None where nothing is written."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "field-short"})

    def prepare_value(self, value):
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value

    def clean(self, value):
        text = super().clean(value).replace(",", ".")
        if not text:
            return None
        try:
            hours = Decimal(text)
        except InvalidOperation:
            hours = Decimal("nan")
        if not hours.is_finite() or not 0 < hours <= MOST_HOURS or hours != round(hours, 1):
            raise forms.ValidationError(f"Write hours from 0.1 to {MOST_HOURS}, such as 2 or 1.5. {you_wrote(value)}")
        return hours


def helper_that_says_optional():
    helper = step_helper()
    helper.none_required = False
    return helper


class StepForm(StaleForm):
    title = LineField(
        max_length=PlanStep._meta.get_field("title").max_length,
        label="What there is to do",
        help_text="It starts with a verb: “Read chapter 3”.",
        error_messages={"required": "Write what there is to do."},
    )
    hours = HoursField(required=False, label="Hours it takes", help_text="Empty when you do not know.")
    due_on = DayField(required=False, label="Due on", help_text="Empty when it has no day.")
    is_renewal = forms.BooleanField(
        required=False,
        label="It keeps the certificate valid",
        help_text="It is open once you have the certificate. The other steps are not needed any more then.",
    )

    def __init__(self, *args, today, asks_for_renewal=True, **kwargs):
        """A step that is not asked whether it is for the renewal is for that."""
        super().__init__(*args, **kwargs)
        self.today = today
        self.asks_for_renewal = asks_for_renewal
        self.fields["due_on"].widget.attrs |= {"max": LATEST.isoformat()}
        self.helper = helper_that_says_optional()
        asked = ["is_renewal"] if asks_for_renewal else []
        self.helper.layout = Layout("title", Div("hours", "due_on", css_class="field-pair"), *asked)

    def clean_is_renewal(self):
        return self.cleaned_data["is_renewal"] or not self.asks_for_renewal

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        return day if self.stands("due_on", day) else day_to_come(day, today=self.today)


class TargetDayForm(StaleForm):
    target_on = DayField(
        required=False, label="I want to be ready by", help_text="Leave it empty to plan without a day."
    )

    def __init__(self, *args, today, started_on, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.started_on = today, started_on
        self.fields["target_on"].widget.attrs |= {"min": today.isoformat(), "max": LATEST.isoformat()}
        self.helper = step_helper()

    def clean_target_on(self):
        day = self.cleaned_data["target_on"]
        if self.stands("target_on", day):
            return day
        for problem in problems_of_plan(today=self.today, started_on=self.started_on, target_on=day):
            raise forms.ValidationError(problem.text)
        return day_to_come(day, today=self.today)


def day_to_come(day, *, today):
    if day and day < today:
        raise forms.ValidationError(TO_COME)
    if day and day > LATEST:
        raise forms.ValidationError("Write a day up to 2100.")
    return day


class NameForm(StaleForm):
    """Title and issuer of a certification that the guide does not list."""

    title = LineField(
        max_length=CertificationPlan._meta.get_field("title").max_length,
        label="Name of the certification",
        help_text="The full name, as the issuer writes it.",
        error_messages={"required": "Write the name of the certification."},
    )
    issuer = LineField(
        max_length=CertificationPlan._meta.get_field("issuer").max_length,
        required=False,
        label="Who issues it",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper_that_says_optional()


class AddPlanForm(ChoosesCertification):
    """One of the guide, or a name of their own: one of the two."""

    later_choices = {"then": [("have", "I have it already")]}

    certification = forms.ModelChoiceField(
        label="From the guide",
        help_text="It comes with steps, hours and what is known of the exam.",
        queryset=Certification.objects.none(),
        required=False,
        empty_label="Choose one",
        error_messages=FROM_THE_LIST,
    )
    title = LineField(
        max_length=CertificationPlan._meta.get_field("title").max_length,
        required=False,
        label="Or the name of another",
        help_text="The guide does not have to list it. You write its steps yourself.",
    )
    issuer = LineField(
        max_length=CertificationPlan._meta.get_field("issuer").max_length, required=False, label="Who issues that one"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, stored={}, **kwargs)
        self.choose_certification("Track it")
        self.helper = step_helper()
        self.helper.layout = Layout(*self.looked_for, "certification", "title", "issuer")

    def clean(self):
        super().clean()
        chosen, title = self.cleaned_data.get("certification"), self.cleaned_data.get("title")
        if self.errors:
            return self.cleaned_data
        if chosen and title:
            self.add_error("title", "You chose one of the guide above. Empty this, or choose none there.")
        elif not chosen and not title:
            words = "Write the name of the certification." if self.cleaned_data.get("issuer") else ""
            self.add_error("title", words or "Choose one of the guide above, or write the name of another here.")
        elif title:
            self.cleaned_data["certification"] = self.of_the_guide(title, self.cleaned_data["issuer"])
        return self.cleaned_data

    @property
    def given(self):
        return {name: self.cleaned_data[name] for name in ("certification", "title", "issuer")}

    def of_the_guide(self, title, issuer):
        """The guide's own, where what they wrote is its name; an issuer that they wrote has to be its, too."""
        for one in Certification.objects.published().in_order():
            if folded(one.title) == folded(title) and folded(issuer) in ("", folded(one.issuer)):
                return one
        return None
