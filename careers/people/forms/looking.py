"""A form that has, of many things to choose from, those that its words find. It saves nothing while one looks."""

from django import forms

from careers.lib.texts import query_text
from careers.search.forms import NONE_FOUND
from careers.web.stale import StaleForm

FOUND = "Those that we found stand below: choose, then save."


def words_sent(data):
    return query_text((data or {}).get("find", ""))


class LooksForm(StaleForm):
    looks = has_missed = False

    def look_by(self, field, *, has_missed):
        """`field` is for the words. Whoever saves what they chose has not emptied the words that found it."""
        words = words_sent(self.data)
        self.fields["find"], self.has_missed = field, has_missed
        self.fields["found"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.looks = bool(words) and self.data.get("found", "") != words
        if self.looks:
            self.data = self.data.copy()
            self.data["found"] = words

    def clean(self):
        given = super().clean()
        if self.looks:
            self.add_error("find", NONE_FOUND if self.has_missed else FOUND)
        return given

    @property
    def looked_for(self):
        """The names of the fields to look by; none where everything is listed."""
        return [name for name in ("find", "found") if name in self.fields]
