"""Forms that know what their page showed, so that a page left open in another tab takes nothing back."""

from django import forms

UNREADABLE = object()  # came hidden, but is no value of its field: equal to nothing


class SeenForm(forms.Form):
    """`stored` is {field: value} as it is kept now. The page carries that, hidden; `changed` is what differs from it.

    What comes hidden only decides what is written and is never written itself. Where a request carries nothing, what is
    stored stands for what was seen.
    """

    def __init__(self, *args, stored, **kwargs):
        super().__init__(*args, initial=dict(stored), **kwargs)
        self.stored = stored
        self.carries_seen = any(name.startswith("initial-") for name in self.data)

    @property
    def changed(self):
        """{field: value} of what was changed on the page."""
        names = [name for name in self.stored if name in self.fields]
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data[name] != self.seen(name)}

    def stored_as_read(self, name):
        """What is stored, a text as its field would read it."""
        stored = self.stored[name]
        return self.fields[name].to_python(stored) if isinstance(stored, str) else stored

    def seen(self, name):
        try:
            return self.fields[name].clean(self.seen_as_sent(name))
        except forms.ValidationError:
            return UNREADABLE

    def seen_as_sent(self, name):
        if not self.carries_seen:
            return self.stored[name]
        sent = self.fields[name].widget.value_from_datadict(self.data, {}, self[name].html_initial_name)
        return [one for one in sent if one] if isinstance(sent, list) else sent

    @property
    def hidden_inputs(self):
        """(name, value) pairs. The first says that there are no others where nothing was stored."""
        yield "initial-", ""
        for name in self.stored:
            if name in self.fields:
                sent = self.seen_as_sent(name)
                values = [as_sent(one) for one in (sent if isinstance(sent, list) else [sent])]
                yield from ((self[name].html_initial_name, value) for value in values if value)


def as_sent(value):
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None else str(value)
