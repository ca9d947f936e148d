"""The form on the back of an interview card."""

from crispy_forms.layout import Layout
from django import forms

from careers.fields.forms import TextField, step_helper
from careers.practice.cards.models import LONGEST_NOTE
from careers.practice.cards.rules.schedule import Recall
from careers.web.stale import StaleForm


class CardForm(StaleForm):
    """The person's own `note`, and how well they knew it: none where they only keep the note.

    `seen` is how often the card was answered when its page was made; what is no number stands for never.
    """

    note = TextField(
        max_length=LONGEST_NOTE,
        required=False,
        label="Your own example (optional)",
        help_text="A few words that bring it back. Only you see them.",
    )
    answer = forms.TypedChoiceField(
        choices=[(str(answer.value), answer.name.capitalize()) for answer in Recall],
        coerce=lambda value: Recall(int(value)),
        required=False,
        empty_value=None,
        label="How well you knew it",
        error_messages={"invalid_choice": "Choose one of the four."},
    )

    def __init__(self, *args, note, **kwargs):
        super().__init__(*args, stored={"note": note}, **kwargs)
        self.helper = step_helper()
        self.helper.layout = Layout("note")


class SeenForm(forms.Form):
    """How often a card was answered when the page was made."""

    seen = forms.IntegerField(min_value=0)


def seen_of(data):
    """None where the request says nothing that could be meant."""
    form = SeenForm(data)
    return form.cleaned_data["seen"] if form.is_valid() else None
