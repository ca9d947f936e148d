"""The step about working life: what somebody accepts, and their languages, a row each, without a script."""

from crispy_forms.layout import Layout
from django import forms

from careers.fields.forms import OneOf, SharedLineField, SomeOf, step_helper
from careers.guide.models.choices import Shift, WorkType
from careers.lib.names import folded
from careers.people.models.profiles import LanguageLevel, WorkPlace
from careers.people.selectors.steps import STEP
from careers.web.stale import UNREADABLE, StaleForm

MOST_LANGUAGES = 20
EMPTY_ROWS = 3
ANSWERS = STEP["working-life"].answers
# What a level means, in our words, in the one place that asks for it. Other programs read the framework's own names.
LEVELS_IN_WORDS = {
    LanguageLevel.A1: "first words and phrases",
    LanguageLevel.A2: "short everyday talk",
    LanguageLevel.B1: "gets by in most talk",
    LanguageLevel.B2: "at ease on many subjects",
    LanguageLevel.C1: "works in it freely",
    LanguageLevel.C2: "as if brought up in it",
}
LEVEL_CHOICES = [(level.value, f"{level.value}, {words}") for level, words in LEVELS_IN_WORDS.items()]


class WorkingLifeForm(StaleForm):
    later_choices = {"level_": LEVEL_CHOICES}
    compared = ANSWERS  # what another tab did with languages is met language by language

    shifts = SomeOf(
        label="Which shifts do you accept?",
        help_text="Rotational means that days and nights take turns.",
        choices=Shift.choices,
    )
    work_types = SomeOf(
        label="Which work do you accept?",
        help_text="Voice is on the phone, non-voice is chat, e-mail or data. Blended is both.",
        choices=[
            (kind.value, "Blended: voice and non-voice" if kind == WorkType.BLENDED else kind.label)
            for kind in WorkType
        ],
    )
    places = SomeOf(label="Where do you want to work?", choices=WorkPlace.choices)

    def __init__(self, *args, profile, **kwargs):
        self.held = list(profile.languages.all())
        # More than a form takes may have come together from two profiles of one person.
        self.most = max(MOST_LANGUAGES, len(self.held))
        stored = {name: getattr(profile, name) for name in ANSWERS}
        for number, language in enumerate(self.held):
            stored |= {f"language_{number}": language.name, f"level_{number}": language.level}
        super().__init__(*args, stored=stored, **kwargs)
        for number in range(self.most):
            self.stored.setdefault(f"language_{number}", "")
            self.stored.setdefault(f"level_{number}", "")
            self.fields[f"language_{number}"] = SharedLineField(
                label=f"Language {number + 1}",
                no_email="Leave out your e-mail address: languages stand on pages you share.",
                max_length=60,
                required=False,
                widget=forms.TextInput(attrs={"list": "languages", "autocomplete": "off"}),
            )
            self.fields[f"level_{number}"] = OneOf(
                label=f"Level of language {number + 1}", choices=LEVEL_CHOICES, blank="Choose a level"
            )
        self.helper = step_helper()
        self.helper.layout = Layout(*ANSWERS)

    @property
    def rows(self):
        """The pairs of fields that are shown: what is there and a few empty ones."""
        used = [number for number in range(self.most) if self.is_bound and any(self.typed(number))]
        shown = max([len(self.held), *(number + 1 for number in used)]) + EMPTY_ROWS
        return [(self[f"language_{number}"], self[f"level_{number}"]) for number in range(min(shown, self.most))]

    @property
    def is_full(self):
        return len(self.rows) == self.most

    def typed(self, number):
        return self[f"language_{number}"].data, self[f"level_{number}"].data

    def clean(self):
        super().clean()
        named = set()
        for number in range(self.most):
            name, level = (self.cleaned_data.get(f"{part}_{number}") for part in ("language", "level"))
            if name is None or level is None:
                continue  # it has its error already
            if level and not name and not self.seen(f"language_{number}"):
                self.add_error(f"language_{number}", "Write the language that this level is for.")
            elif name and not level:
                self.add_error(f"level_{number}", f"Choose a level for {name}.")
            elif name and folded(name) in named:
                self.add_error(f"language_{number}", f"You have {name} already, further up. Name each language once.")
            named.add(folded(name))
        if not self.errors:
            self.clean_number_of_languages()
        return self.cleaned_data

    def clean_number_of_languages(self):
        """This page may not show what another tab added."""
        held = {folded(language.name) for language in self.held}
        new = [key for key, pair in self.languages.items() if pair and key not in held]
        gone = [key for key, pair in self.languages.items() if not pair and key in held]
        if new and len(held) - len(gone) + len(new) > self.most:
            row = next(n for n in range(self.most) if folded(self.cleaned_data[f"language_{n}"]) == new[-1])
            self.add_error(
                f"language_{row}",
                f"There is room for {self.most} languages, and you have {len(held)} already. Take one away first.",
            )

    @property
    def answers(self):
        return {name: value for name, value in self.changed.items() if name in ANSWERS}

    @property
    def languages(self):
        """Changes on the page: {folded name: (name, level), or None if it was taken away}."""
        seen = pairs(self.seen(name) for name in self.language_fields())
        typed = pairs(self.cleaned_data[name] for name in self.language_fields())
        changed = {key: pair for key, pair in typed.items() if pair != seen.get(key)}
        return changed | {key: None for key in seen if key not in typed}

    def language_fields(self):
        return [f"{part}_{number}" for number in range(self.most) for part in ("language", "level")]


def pairs(values):
    """Names and levels in turn as {folded name: (name, level)}, without rows that name no language."""
    values = list(values)
    named = zip(values[::2], values[1::2], strict=True)
    return {folded(name): (name, level) for name, level in named if name and name is not UNREADABLE}
