"""Forms about what another tab may change meanwhile: one way to notice it, to say so, and to lose nothing typed.

Why they compare what stood on the page and count no versions: `docs/decisions/stale-forms.md`.
"""

from datetime import date, time

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.choices import flatten_choices

from careers.lib.about import About
from careers.lib.days import day_in_words

STALE = (
    "This changed in another window since you opened the page: {changes}. "
    "What you wrote stands below: save again to keep it."
)
EMPTY = (None, "", [])
UNREADABLE = object()  # is no value of its field: equal to nothing


class StaleForm(forms.Form):
    """`stored` is {field: value} as it is kept now. The page carries that, hidden; `changed` is what was changed on it.

    Two tabs with different fields lose nothing: what was not touched is as it is kept now, in `cleaned_data` too. Where
    another tab changed the same field, and not to the same value, the form `is_stale` and not valid: one error says
    what each such field is now. What was typed stays, what was not touched shows what is kept, and saved again it is
    written. Of answers that only make sense together (`is_whole`) whatever changed is told.

    What comes hidden is compared and never written. Where a request carries nothing, what is stored stands for what was
    seen.
    """

    is_whole = False
    is_stale = False

    def __init__(self, *args, stored, **kwargs):
        super().__init__(*args, initial=dict(stored), **kwargs)
        self.stored, self.changed = stored, {}
        if isinstance(self.data, QueryDict):  # `careers.web.lost_words` asks it what was sent
            self.data.form = self
        self.carries_seen = any(name.startswith("initial-") for name in self.data)

    @property
    def compared(self):
        """The names of fields that stand for one answer each, wherever it was given."""
        return [name for name in self.stored if name in self.fields]

    def clean(self):
        """A form with rules between its fields has them after this, and none where it `is_stale`."""
        given = super().clean()
        names = [name for name in self.stored if name in given]
        self.changed = {name: given[name] for name in names if given[name] != self.seen(name)}
        if not self.errors:  # else it is compared once they are mended
            self.compare(given)
        return given

    def compare(self, given):
        conflicts = [name for name in self.compared if self.is_conflict(name, given[name])]
        untouched = [name for name in self.compared if name not in self.changed]
        elsewhere = [name for name in untouched if self.current(name) not in (self.seen(name), UNREADABLE)]
        if not conflicts:
            given |= {name: self.current(name) for name in elsewhere}
            return
        self.is_stale = True
        self.add_error(None, STALE.format(changes=", ".join(map(self.as_it_is, conflicts))))
        self.data = self.data.copy()
        for name in elsewhere:
            self.data.setlist(name, self.as_sent(name, self.stored[name]))

    def is_conflict(self, name, typed):
        return (self.is_whole or name in self.changed) and self.current(name) not in (self.seen(name), typed)

    def current(self, name):
        return self.as_read(name, self.stored[name])

    def seen(self, name):
        return self.as_read(name, self.seen_as_sent(name))

    def as_read(self, name, value):
        """None for the emptiness of a field that may not be empty."""
        try:
            return self.fields[name].clean(value)
        except ValidationError:
            return None if value in EMPTY else UNREADABLE

    def stands(self, name, value):
        """Whether it is nothing new: it stood on the page, or is kept. So it may be what nobody could write any more,
        such as a day that has passed."""
        return value in (self.seen(name), self.current(name))

    def seen_as_sent(self, name):
        """Once told, they have seen what is stored now."""
        if not self.carries_seen or (self.is_stale and name in self.compared):
            return self.stored[name]
        return self.fields[name].widget.value_from_datadict(self.data, {}, self[name].html_initial_name)

    def as_it_is(self, name):
        label, now = self[name].label.removesuffix(" (optional)"), self.stored[name]
        if isinstance(now, bool):
            return f"“{label}” is {'ticked' if now else 'not ticked'} now"
        return f"“{label}” is empty now" if now in EMPTY else f"“{label}” is now {self.in_words(name, now)}"

    def in_words(self, name, value):
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            return str(self.as_read(name, value))
        if isinstance(field, forms.ChoiceField):
            labels = {str(key): str(label) for key, label in flatten_choices(field.choices)}
            every = value if isinstance(value, list) else [value]
            return ", ".join(labels.get(str(one), str(one)) for one in every)
        if isinstance(value, date):
            return day_in_words(value)
        return str(value) if isinstance(value, About) else written(field.prepare_value(value))

    def as_sent(self, name, value):
        """The texts by which a browser says it; none for what is empty or not ticked."""
        every = value if isinstance(value, list) else [value]
        texts = [written(self.fields[name].prepare_value(one)) for one in every if one not in EMPTY]
        return [text for text in texts if text]

    @property
    def hidden_inputs(self):
        """(name, value) pairs. The first says that there are no others where nothing was stored."""
        yield "initial-", ""
        for name in self.stored:
            if name in self.fields:
                for text in self.as_sent(name, self.seen_as_sent(name)):
                    yield self[name].html_initial_name, text


def written(value):
    if isinstance(value, bool):
        return "on" if value else ""
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)
