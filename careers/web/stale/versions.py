"""Forms that are told what another tab changed since they were opened, instead of writing over it."""

from careers.web.stale.seen import SeenForm, as_sent

TICKED = {True: "ticked", False: "not ticked"}


class VersionedForm(SeenForm):
    """`version` is the row's own, now. Where an older one is sent and a field differs from what stood on the page,
    `meanwhile` says so, and `asked_again` is the form with what was typed, ready to be saved again.

    Only what was changed on the page is written (`changed`), so two tabs with different fields lose nothing.
    """

    def __init__(self, *args, version, **kwargs):
        self.version, self.made_with = version, kwargs
        super().__init__(*args, **kwargs)

    @property
    def is_older(self):
        sent = self.data.get("version", "")
        return sent.isascii() and sent.isdigit() and len(sent) < 12 and int(sent) < self.version

    @property
    def meanwhile(self):
        """(label, value now) of each field that somebody changed since the page was opened, and not to the same."""
        if not self.is_older:
            return []
        return [
            (self[name].label, TICKED[now] if isinstance(now, bool) else now)
            for name, now in ((name, self.stored_as_read(name)) for name in self.stored)
            if now != self.cleaned_data[name] and (not self.carries_seen or now != self.seen(name))
        ]

    def asked_again(self):
        """What they typed stays; what they did not touch is as it is now."""
        form = type(self)(version=self.version, **self.made_with)
        form.initial |= self.changed if self.carries_seen else self.cleaned_data
        form.told = self.meanwhile
        return form

    told = ()

    @property
    def hidden_inputs(self):
        yield "version", as_sent(self.data.get("version", self.version) if self.is_bound else self.version)
        yield from super().hidden_inputs
