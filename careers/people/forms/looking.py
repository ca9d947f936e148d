"""A form that has, of many things to choose from, those that its words find. It saves nothing while one looks."""

from django import forms

from careers.lib.texts import is_key, query_text
from careers.search.forms import NONE_FOUND, certifications_to_choose, look_for
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

    def sent(self, name):
        """Return what came for a field, and what stood on its page."""
        return [self.data.get(one, "") for one in (name, f"initial-{name}")]

    def keys_sent(self, name):
        return [int(key) for key in self.sent(name) if is_key(key)]

    @property
    def looked_for(self):
        """The names of the fields to look by; none where everything is listed."""
        return [name for name in ("find", "found") if name in self.fields]


class ChoosesCertification(LooksForm):
    """A form with a certification of the guide, the field `certification`."""

    def choose_certification(self, button, *, detailed=False):
        """`button` is the one to press. `detailed`: with what each credits."""
        to_choose = certifications_to_choose(words=words_sent(self.data), chosen=self.keys_sent("certification"))
        if to_choose.is_searched:
            field = look_for(button, has_missed=to_choose.has_missed, noun="certification")
            self.look_by(field, has_missed=to_choose.has_missed)
        rows = to_choose.rows
        self.fields["certification"].queryset = rows.for_list() if detailed else rows
