"""The step about working life: what somebody accepts, and their languages, a row each, without a script."""

from crispy_forms.layout import Layout
from django import forms

from careers.forms.fields import LineField, OneOf, SomeOf, step_helper
from careers.models import LanguageLevel, Place, Shift, WorkType
from careers.planning.names import folded

MOST_LANGUAGES = 20
EMPTY_ROWS = 3
# What a level means, in our words; the framework's own names for them mean little to most.
LEVELS_IN_WORDS = {
    LanguageLevel.A1: "first words and phrases",
    LanguageLevel.A2: "short everyday talk",
    LanguageLevel.B1: "gets by in most talk",
    LanguageLevel.B2: "at ease on many subjects",
    LanguageLevel.C1: "works in it freely",
    LanguageLevel.C2: "as if brought up in it",
}
LEVEL_CHOICES = [(level.value, f"{level.value}, {words}") for level, words in LEVELS_IN_WORDS.items()]


class WorkingLifeForm(forms.Form):
    shifts = SomeOf(label="Which shifts do you accept?", choices=Shift.choices)
    work_types = SomeOf(
        label="Which work do you accept?",
        help_text="Voice is on the phone, non-voice is chat, e-mail or data. Blended is both.",
        choices=[
            (kind.value, "Blended: voice and non-voice" if kind == WorkType.BLENDED else kind.label)
            for kind in WorkType
        ],
    )
    places = SomeOf(label="Where do you want to work?", choices=Place.choices)

    def __init__(self, *args, profile, **kwargs):
        languages = list(profile.languages.all())
        given = {name: getattr(profile, name) for name in ("shifts", "work_types", "places")}
        for number, language in enumerate(languages):
            given |= {f"language_{number}": language.name, f"level_{number}": language.level}
        super().__init__(*args, initial=given, **kwargs)
        self.held = len(languages)
        for number in range(MOST_LANGUAGES):
            self.fields[f"language_{number}"] = LineField(
                label=f"Language {number + 1}",
                max_length=60,
                required=False,
                widget=forms.TextInput(attrs={"list": "languages", "autocomplete": "off"}),
            )
            self.fields[f"level_{number}"] = OneOf(
                label=f"Level of language {number + 1}", choices=LEVEL_CHOICES, blank="Choose a level"
            )
        self.helper = step_helper()
        self.helper.layout = Layout("shifts", "work_types", "places")

    @property
    def rows(self):
        """The pairs of fields that are shown: what is there and a few empty ones."""
        used = [number for number in range(MOST_LANGUAGES) if self.is_bound and any(self.typed(number))]
        shown = max([self.held, *(number + 1 for number in used)]) + EMPTY_ROWS
        return [(self[f"language_{number}"], self[f"level_{number}"]) for number in range(min(shown, MOST_LANGUAGES))]

    @property
    def is_full(self):
        return len(self.rows) == MOST_LANGUAGES

    def typed(self, number):
        return self[f"language_{number}"].data, self[f"level_{number}"].data

    def clean(self):
        named = set()
        for number in range(MOST_LANGUAGES):
            name, level = (self.cleaned_data.get(f"{part}_{number}") for part in ("language", "level"))
            if name is None or level is None:
                continue  # it has its error already
            if level and not name and number >= self.held:
                self.add_error(f"language_{number}", "Write the language that this level is for.")
            elif name and not level:
                self.add_error(f"level_{number}", f"Choose a level for {name}.")
            elif name and folded(name) in named:
                self.add_error(f"language_{number}", f"You have {name} already, further up. Name each language once.")
            named.add(folded(name))
        return self.cleaned_data

    @property
    def answers(self):
        return {name: self.cleaned_data[name] for name in ("shifts", "work_types", "places")}

    @property
    def languages(self):
        pairs = ((self.cleaned_data[f"language_{n}"], self.cleaned_data[f"level_{n}"]) for n in range(MOST_LANGUAGES))
        return [(name, level) for name, level in pairs if name]
