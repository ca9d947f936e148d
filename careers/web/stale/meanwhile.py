"""Forms about one row that others tabs may change meanwhile: whoever saves the older one is told what changed."""

from datetime import date

from django import forms

from careers.lib.about import in_words
from careers.web.stale.seen import UNREADABLE, SeenForm

STALE = (
    "This changed in another window since you opened the page: {changes}. "
    "What you wrote stands below: save again to keep it."
)
EMPTY = (None, "")


class TellingForm(SeenForm):
    """A `SeenForm` of a row without a version, that saves what was changed on the page."""

    is_told = False

    def tell_meanwhile(self):
        """Whether another window changed what this one is about to write over. Saved again, it is written."""
        if not self.carries_seen:
            return False
        changes = [self.as_it_is(name) for name, value in self.changed.items() if self.overwrites(name, value)]
        if changes:
            self.is_told = True
            self.add_error(None, STALE.format(changes=", ".join(changes)))
        return self.is_told

    def overwrites(self, name, value):
        seen, now = self.seen(name), self.fields[name].clean(self.stored[name])
        return seen is not UNREADABLE and now not in (seen, value)

    def as_it_is(self, name):
        now, label = self.stored[name], self.fields[name].label.removesuffix(" (optional)")
        if isinstance(now, bool):
            return f"“{label}” is {'ticked' if now else 'not ticked'} now"
        shown = self.fields[name].clean(now) if isinstance(self.fields[name], forms.ModelChoiceField) else now
        return f"“{label}” is empty now" if shown in EMPTY else f"“{label}” is now {as_text(shown)}"

    def seen_as_sent(self, name):
        """Once told, they have seen what is stored now."""
        return self.stored[name] if self.is_told else super().seen_as_sent(name)


def as_text(value):
    return in_words(value) if isinstance(value, date) else str(value)


class MeanwhileForm(SeenForm):
    """A `SeenForm` that saves what is on the page, all of it, once the person knows what it would overwrite.

    `stored` is compared with what the page carries hidden. What another window changed to the same is no conflict.
    """

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, row, stored, **kwargs):
        super().__init__(*args, stored=stored, **kwargs)
        self.row = row
        self.is_stale = False

    @property
    def values(self):
        """{field: value} of all that is stored, as it is to be."""
        return {name: self.cleaned_data[name] for name in self.stored}

    def clean(self):
        super().clean()
        if self.is_older:
            changes = [self.as_it_is(name) for name in self.stored if self.changed_meanwhile(name)]
            if changes:
                self.is_stale = True
                self.add_error(None, STALE.format(changes=", ".join(changes)))
        return self.cleaned_data

    @property
    def is_older(self):
        """A page without the number carries nothing to compare."""
        version = self.cleaned_data.get("version")
        return bool(self.carries_seen and version) and version != str(self.row.version)

    def changed_meanwhile(self, name):
        if name not in self.cleaned_data:
            return False
        stored = self.stored_as_read(name)
        if stored == self.cleaned_data[name]:
            return False
        return stored not in EMPTY if self.seen_as_sent(name) in EMPTY else stored != self.seen(name)

    def as_it_is(self, name):
        label, stored = self.fields[name].label, self.stored[name]
        if stored in EMPTY:
            return f"“{label}” is empty now"
        return f"“{label}” is now {self.in_words(name, stored)}"

    def in_words(self, name, value):
        return as_text(value)

    def seen_as_sent(self, name):
        """Once told, they have seen what is stored now."""
        return self.stored[name] if self.is_stale else super().seen_as_sent(name)

    @property
    def hidden_inputs(self):
        yield "version", str(self.row.version)
        yield from super().hidden_inputs
