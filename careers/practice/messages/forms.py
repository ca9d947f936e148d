"""The forms for an answer and for its checklist."""

from django import forms

from careers.fields.forms import SomeOf, TextField, step_helper
from careers.practice.messages.rules.checking import FEWEST_WORDS, MOST_LETTERS, MOST_WORDS, length_fault
from careers.practice.messages.rules.checklist import EVERY_TICK, checklist
from careers.web.stale import StaleForm


class WriteForm(forms.Form):
    """An answer in one's own words."""

    text = TextField(
        max_length=MOST_LETTERS,
        label="Your answer",
        help_text=f"From {FEWEST_WORDS} to {MOST_WORDS} words. Only you see it.",
        error_messages={"required": "Write an answer. The examples come after it."},
    )

    def __init__(self, *args, is_call, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 8
        if is_call:
            self.fields["text"].label = "Your note for the next agent"
        self.helper = step_helper()

    def clean_text(self):
        text = self.cleaned_data["text"]
        if fault := length_fault(text):
            raise forms.ValidationError(fault)
        return text


class ChecklistForm(StaleForm):
    """The checklist of an answer, ticked by the person."""

    later_choices = {"ticks": [(key, key.capitalize()) for key in EVERY_TICK]}
    ticks = SomeOf(choices=(), label="What I find in my answer")

    def __init__(self, *args, written, is_call, **kwargs):
        super().__init__(*args, stored={"ticks": written.ticks}, **kwargs)
        named = checklist(is_call=is_call).items()
        self.fields["ticks"].choices = [(key, f"{name}: {sentence}") for key, (name, sentence) in named]
        self.helper = step_helper()
