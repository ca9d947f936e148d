"""Own ratings of skills: five option cards for each."""

from django import forms
from django.core.exceptions import ValidationError

from careers.fields.forms import step_helper
from careers.guide.models.skills import Proficiency

SHOWN_AT_ONCE = 6


class RatingForm(forms.Form):
    """`skills` in the order in which they are asked, `standing` is {key of a skill: own rating}.

    Each field carries what it showed when the page was made. Only what was changed on this page is given on, so a page
    left open in another tab takes nothing back.
    """

    def __init__(self, *args, skills, standing, levels, **kwargs):
        super().__init__(*args, **kwargs)
        self.skills = {f"skill_{skill.pk}": skill for skill in skills}
        self.levels = levels
        for name, skill in self.skills.items():
            self.fields[name] = forms.TypedChoiceField(
                label=skill.name,
                choices=[(str(level), f"{level} {level.label}") for level in Proficiency],
                coerce=int,
                required=False,
                empty_value=None,
                initial=str(standing.get(skill.pk, "")),
                widget=forms.RadioSelect,
                show_hidden_initial=True,
                error_messages={"invalid_choice": "Choose one of the five."},
            )
        self.helper = step_helper()

    @property
    def ratings(self):
        """{key of a skill: proficiency} of what was changed."""
        changed = {self.skills[name].pk: self.cleaned_data[name] for name in self.changed_data}
        return {skill: value for skill, value in changed.items() if value}

    @property
    def cards(self):
        """What the page shows, a skill each."""
        return [self.card(name, skill) for name, skill in self.skills.items()]

    @property
    def first_cards(self):
        return self.cards[:SHOWN_AT_ONCE]

    @property
    def other_cards(self):
        return self.cards[SHOWN_AT_ONCE:]

    @property
    def opens_others(self):
        """A fault must not hide behind a fold."""
        return any(card["field"].errors for card in self.other_cards)

    def card(self, name, skill):
        field = self[name]
        level = self.levels.get(skill.pk)
        return {
            "field": field,
            "skill": skill,
            "options": [
                {"value": number, "word": word, "text": text, "chosen": str(field.value() or "") == str(number)}
                for number, word, text in skill.descriptors
            ],
            "verified": level if level and level.as_claim().is_verified else None,
        }


class FirstRatingForm(RatingForm):
    """The questions before a first ranking: one answer is enough, but without any there is nothing to rank by."""

    def clean(self):
        if not self.errors and not self.ratings:
            raise ValidationError("Rate at least one of them. Nothing is ranked by guessing.")
        return super().clean()
