"""Own ratings of skills: five option cards for each."""

from django import forms
from django.core.exceptions import ValidationError

from careers.fields.forms import step_helper
from careers.guide.models.skills import Proficiency
from careers.people.forms.looking import LooksForm
from careers.search.forms import look_for

SHOWN_AT_ONCE = 6
RATINGS = [(str(level), f"{level} {level.label}") for level in Proficiency]


class RatingForm(LooksForm):
    """`skills` in the order in which they are asked, `standing` is {key of a skill: own rating}."""

    later_choices = {"skill_": RATINGS}

    def __init__(self, *args, skills, standing, levels, **kwargs):
        self.skills = {f"skill_{skill.pk}": skill for skill in skills}
        stored = {name: standing.get(skill.pk) for name, skill in self.skills.items()}
        super().__init__(*args, stored=stored, **kwargs)
        self.levels = levels
        for name, skill in self.skills.items():
            self.fields[name] = forms.TypedChoiceField(
                label=skill.name,
                choices=RATINGS,
                coerce=int,
                required=False,
                empty_value=None,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "Choose one of the five."},
            )
        self.helper = step_helper()

    def look_for_more(self, *, has_missed):
        """Where these are not all skills."""
        self.look_by(look_for("Save and go on", has_missed=has_missed, noun="skill"), has_missed=has_missed)

    @property
    def ratings(self):
        """{key of a skill: proficiency} of what was changed."""
        return {self.skills[name].pk: value for name, value in self.changed.items() if value}

    @property
    def cards(self):
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
        given = super().clean()
        if not self.errors and not self.ratings:
            raise ValidationError("Rate at least one of them. Nothing is ranked by guessing.")
        return given
