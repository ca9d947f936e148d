"""Fields that say what is wrong in a sentence, with what was written."""

import re
import unicodedata
from datetime import date

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import get_template

from careers.fields.models.texts import PlainLine, PlainText
from careers.lib.about import About, Precision, read
from careers.lib.texts import TURNS

LONGEST_SHOWN = 40
TOO_LONG = "Write at most %(limit_value)d characters. You wrote %(show_value)d."
FROM_THE_LIST = {"invalid_choice": "Choose from the list.", "invalid_list": "Choose from the list."}
# "asha@example.org", "asha @ example.org", but not "Asha @ work".
EMAIL = re.compile(r"[^\s@]@[^\s@]|[^\s@] ?@ ?[^\s@]+\.[^\s@]")
DAY_FORMATS = ["%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y"]


class Fragment:
    """A template between the fields of a layout. It sees what the form's page sees."""

    def __init__(self, template):
        self.template = template

    def render(self, form, context, *args, **options):
        return get_template(self.template).template.render(context)


def you_wrote(value):
    """“You wrote “fourty”.”, however long it was."""
    text = one_line(str(value))
    return f"You wrote “{text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + '…'}”."


def one_line(text):
    """Without control characters and what turns the writing direction, single blanks.

    Joiners stay: names in many scripts need them.
    """
    return " ".join(BREAKS.sub(" ", TURNS.sub("", text)).split())


BREAKS = re.compile("[\0-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")  # what Unicode calls Cc, Cs, Zl and Zp


class LineField(PlainLine):
    """One line of text, in which blanks are single and nothing turns the writing direction."""

    plain = staticmethod(one_line)

    def __init__(self, *, max_length, **kwargs):
        super().__init__(max_length=max_length, **kwargs)
        self.error_messages["max_length"] = TOO_LONG


class TextField(PlainText):
    """Many lines of text."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, max_length, **kwargs):
        super().__init__(max_length=max_length, **kwargs)
        self.error_messages["max_length"] = TOO_LONG


class SharedLineField(LineField):
    """One line that stands on pages somebody shares: those promise to hold no e-mail address."""

    def __init__(self, *, no_email, **kwargs):
        """`no_email` is what is said to an e-mail address."""
        super().__init__(**kwargs)
        self.error_messages["email"] = no_email

    def validate(self, value):
        super().validate(value)
        is_read = len(value) <= self.max_length  # one that is too long is refused without it, and may be millions
        if is_read and EMAIL.search(unicodedata.normalize("NFKC", value)):
            raise ValidationError(self.error_messages["email"], code="email")


class NumberField(forms.IntegerField):
    """A whole number from `least` to `most`. The browser does not judge it, or nobody would read our sentence."""

    def __init__(self, *, least, most, **kwargs):
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)
        self.least, self.most = least, most

    def clean(self, value):
        try:
            number = super().clean(value)
        except ValidationError:
            number = -1
        if number is not None and not self.least <= number <= self.most:
            raise ValidationError(f"Write a whole number from {self.least} to {self.most}. {you_wrote(value)}")
        return number


class DayField(forms.DateField):
    """A day, picked or written. What a date picker could not show again is shown as text."""

    def __init__(self, **kwargs):
        picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=picker, input_formats=DAY_FORMATS, **kwargs)

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError:
            self.widget.input_type = "text"
            raise ValidationError(f"Write a day like 12 May 2026. {you_wrote(value)}") from None


class ClockField(forms.TimeField):
    """A time of day to the minute, picked or written. `like` is one that would do."""

    def __init__(self, *, like, **kwargs):
        picker = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        formats = ["%H:%M", "%H:%M:%S", "%H.%M", "%I:%M %p", "%I %p"]
        super().__init__(widget=picker, input_formats=formats, **kwargs)
        self.like = like

    def to_python(self, value):
        try:
            clock = super().to_python(value)
        except (ValidationError, ValueError):
            self.widget.input_type = "text"
            raise ValidationError(f"Write a time like {self.like}. {you_wrote(value)}") from None
        return clock and clock.replace(second=0, microsecond=0)


LIKE_THIS = "Like 12 May 2026. May 2026 or 2026 is enough."


class AboutField(forms.Field):
    """A day, as well as the person knows it: an `About`, or None. A month with its year is enough, or a year alone.

    Written, as no picker of a browser takes less than a day.
    """

    def __init__(self, *, help_text=LIKE_THIS, **kwargs):
        line = forms.TextInput(attrs={"autocomplete": "off", "maxlength": 60})
        super().__init__(widget=line, help_text=help_text, **kwargs)

    def to_python(self, value):
        """Return an `About`. A value that is a day already stays. Raises `ValidationError` for what is no day."""
        if isinstance(value, About):
            return value
        if isinstance(value, date):
            return About(value)
        text = one_line(value or "")
        said = read(text) if text else None
        if text and said is None:
            raise ValidationError(f"Write a day like 12 May 2026, or May 2026, or 2026. {you_wrote(value)}")
        return said

    def prepare_value(self, value):
        return value.written if isinstance(value, About) else value


def in_columns(**days):
    """{earned_on: …, earned_precision: …} of `About`s by the names of their days."""
    columns = {}
    for name, said in days.items():
        columns[name] = said and said.day
        columns[name.replace("_on", "_precision")] = said.precision.value if said else Precision.DAY.value
    return columns


class OneOf(forms.TypedChoiceField):
    """One of a list, or no answer. `blank` is what no answer is called."""

    def __init__(self, *, choices, blank="No answer", **kwargs):
        super().__init__(
            choices=[("", blank), *choices], required=False, empty_value="", error_messages=FROM_THE_LIST, **kwargs
        )


class SomeOf(forms.MultipleChoiceField):
    """Any of a list, in the list's order whatever order they came in."""

    def __init__(self, *, choices, **kwargs):
        super().__init__(
            choices=choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages=FROM_THE_LIST,
            **kwargs,
        )

    def clean(self, value):
        given = super().clean(value)
        return [key for key, _ in self.choices if key in given]


def step_helper():
    """The page has the form's element, its token and its buttons. No question has to be answered, so none says so."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.none_required = True
    return helper
