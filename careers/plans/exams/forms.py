"""An exam: booked or moved, sat without a pass, and what to have ready for the day."""

from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from careers.evidence.models.evidence import LONGEST_LINK
from careers.fields.forms import ClockField, DayField, LineField, NumberField, step_helper, you_wrote
from careers.lib.links import NOT_PLAIN, host_of
from careers.lib.zones import city, is_zone, local_time, zone_groups, zone_of
from careers.plans.exams.models import ExamAttempt, ExamItem
from careers.plans.forms import EARLIEST, LATEST
from careers.plans.models import CertificationPlan
from careers.plans.rules.status import problems_of_exam
from careers.web.stale import StaleForm

MOST_MINUTES = 24 * 60


class HttpsField(forms.CharField):
    """An address that is read over a safe connection, and no other: as it reads, so it leads."""

    is_https = URLValidator(schemes=["https"])

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"})
        super().__init__(widget=widget, max_length=LONGEST_LINK, **kwargs)
        self.error_messages["max_length"] = "Write at most %(limit_value)d characters. You wrote %(show_value)d."

    def run_validators(self, value):
        super().run_validators(value)
        if value in self.empty_values:
            return
        try:
            self.is_https(value)
        except ValidationError:
            raise ValidationError(f"Write a link that begins with https://. {you_wrote(value)}") from None
        if not host_of(value):
            raise ValidationError(NOT_PLAIN)
        if not value.startswith("https://"):  # as the database wants it
            raise ValidationError(f"Write https:// in small letters. {you_wrote(value)}")


class BookForm(StaleForm):
    """The day of an exam says nothing without its time and its zone.

    `cleaned_data["exam_at"]` is the moment; `note` says where a clock shows it twice."""

    is_whole = True
    later_choices = {"zone": zone_groups}
    day = DayField(label="Day", error_messages={"required": "Write the day of the exam."})
    clock = ClockField(like="09:30", label="Time", error_messages={"required": "Write the time it begins."})
    zone = forms.ChoiceField(
        label="Time zone",
        help_text="Where the exam is, or the one that the booking names.",
        error_messages={
            "required": "Choose the time zone of the exam.",
            "invalid_choice": "Choose a time zone from the list.",
        },
    )
    minutes = NumberField(least=1, most=MOST_MINUTES, label="Minutes it takes", required=False)
    place = LineField(
        label="Place", required=False, max_length=CertificationPlan._meta.get_field("exam_place").max_length
    )
    link = HttpsField(
        label="Link", required=False, help_text="Of an exam that you sit online. It begins with https://."
    )

    def __init__(self, *args, plan, own_zone, now, **kwargs):
        super().__init__(*args, stored=exam_of(plan), **kwargs)
        self.now, self.plan, self.note = now, plan, ""
        self.initial["zone"] = self.initial["zone"] or own_zone
        self.fields["zone"].choices = choices_with(self.initial["zone"])
        self.helper = step_helper()
        self.helper.none_required = False
        pair = Div("day", "clock", css_class="field-pair")
        self.helper.layout = Layout(pair, "zone", "minutes", "place", "link")

    def clean_day(self):
        day = self.cleaned_data["day"]
        if not EARLIEST <= day <= LATEST:
            raise ValidationError(f"Write a day up to {LATEST.year}. {you_wrote(day.isoformat())}")
        return day

    def clean(self):
        super().clean()
        day, clock, zone = (self.cleaned_data.get(name) for name in ("day", "clock", "zone"))
        if day and clock and zone and not self.is_stale:
            self.find_moment(local_time(day, clock, zone))
        return self.cleaned_data

    def find_moment(self, found):
        if found.problem:
            self.add_error("clock", found.problem)
            return
        self.cleaned_data["exam_at"], self.note = found.at, found.note
        if self.plan.exam_at != found.at:
            for problem in problems_of_exam(now=self.now, exam_at=found.at):
                self.add_error("day", problem.text)

    @property
    def exam(self):
        """For `plans.exams.services.book`."""
        given = self.cleaned_data
        return {
            "exam_at": given["exam_at"],
            "exam_zone": given["zone"],
            "exam_minutes": given["minutes"],
            "exam_place": given["place"],
            "exam_url": given["link"],
        }

    def in_words(self, name, value):
        return city(value) if name == "zone" else super().in_words(name, value)


def exam_of(plan):
    """Return what the form shows: place and length of an exam before are a good guess at the next."""
    there = plan.exam_at.astimezone(zone_of(plan.exam_zone)) if plan.exam_at else None
    return {
        "day": there and there.date(),
        "clock": there and there.time(),
        "zone": plan.exam_zone,
        "minutes": plan.exam_minutes,
        "place": plan.exam_place,
        "link": plan.exam_url if there else "",
    }


def choices_with(zone):
    """The list, with one more where `zone` is an older name; where it is none, nothing is chosen for them."""
    listed = {key for _, options in zone_groups() for key, _ in options}
    if zone in listed:
        return list(zone_groups())
    return [(zone, city(zone)) if is_zone(zone) else ("", "Choose one"), *zone_groups()]


class AttemptForm(forms.Form):
    taken_on = DayField(label="The day you sat it", error_messages={"required": "Write the day you sat the exam."})
    score = LineField(
        label="Score",
        required=False,
        max_length=ExamAttempt._meta.get_field("score").max_length,
        help_text="As the result says it.",
    )
    note = LineField(
        label="What to do differently",
        required=False,
        max_length=ExamAttempt._meta.get_field("note").max_length,
        help_text="Only you see it.",
    )

    def __init__(self, *args, problem_of, **kwargs):
        """`problem_of(day)` says why they cannot have sat it on that day, or nothing."""
        super().__init__(*args, **kwargs)
        self.problem_of = problem_of
        self.helper = step_helper()
        self.helper.none_required = False

    def clean_taken_on(self):
        day = self.cleaned_data["taken_on"]
        problem = "Write a day from 1970 on." if day < EARLIEST else self.problem_of(day)
        if problem:
            raise ValidationError(problem)
        return day


class ItemForm(forms.Form):
    title = LineField(
        label="What to bring or do",
        max_length=ExamItem._meta.get_field("title").max_length,
        error_messages={"required": "Write what to bring or do."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="item-%s", **kwargs)
        self.helper = step_helper()
