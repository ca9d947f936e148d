"""What a reader asked of the occupations, read from the address: nothing in it can make a page fail."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms

from careers.lib.texts import query_text
from careers.occupations.rules.occupations import ZONES, Aim
from careers.routes.forms import planner_helper
from careers.web.query import cut_short, page_number

UNKNOWN = "unknown"
MISSING = {"from": "Now say where from.", "to": "Now say where to."}
ZONE_VALUES = (*map(str, ZONES), UNKNOWN)


@dataclass(frozen=True)
class OccupationSearch:
    """Words that are looked for or, without any, a job zone: “1” to “5”, “unknown”, or empty for all."""

    words: str = ""
    zone: str = ""
    page: int = 1

    @classmethod
    def read(cls, query):
        words, zone = query_text(query.get("q", "")), query.get("zone", "")
        zone = zone if zone in ZONE_VALUES and not words else ""
        return cls(words, zone, page_number(query.get("page", "")) or 1)

    def query(self, *, page=None):
        """The query string of the same list at another page."""
        pairs = {"q": self.words, "zone": self.zone, "page": page}
        return urlencode({name: value for name, value in pairs.items() if value})

    def narrow(self, occupations):
        if not self.zone:
            return occupations
        return occupations.filter(job_zone=None if self.zone == UNKNOWN else int(self.zone))


class OccupationRouteForm(forms.Form):
    """Between which occupations, and what matters. It is sent by GET, so the address of the answer can be shared."""

    def __init__(self, query):
        aim = query.get("by", "")
        asked = {
            "from": query_text(query.get("from", "")),
            "to": query_text(query.get("to", "")),
            "by": aim if aim in list(Aim) else Aim.FEWEST.value,
        }
        super().__init__(asked)
        self.start, self.target, self.aim = asked["from"], asked["to"], Aim(asked["by"])
        examples = {"from": "A title: “tellers”.", "to": "Or a code: “43-3071.00”."}
        for name, label in (("from", "From"), ("to", "To")):
            self.fields[name] = forms.CharField(label=label, required=False, help_text=examples[name])
        self.fields["by"] = forms.ChoiceField(
            label="What matters most", choices=[(one.value, one.label) for one in Aim], widget=forms.RadioSelect
        )
        for name in ("from", "to"):
            self.fields[name].widget.attrs.update(autocomplete="off", maxlength=200)
        self.helper = planner_helper("occupation-route")

    def show(self, ends):
        """`ends` is {field: what was understood}: name what is meant, say where it is nothing or more than one."""
        for name, end in ends.items():
            if end.place:
                self.data[name] = end.place.title
            elif end.is_near and end.choices:
                self.add_error(name, f"No occupation is called “{cut_short(end.text)}”. Those below come near it.")
            elif end.choices:
                self.add_error(name, "More than one occupation may be meant. Choose one below.")
            elif end.text:
                self.add_error(
                    name, f"No occupation is called that, or has that code. You wrote “{cut_short(end.text)}”."
                )

    @property
    def next_choice(self):
        """The question for the other end, if one end is said and nothing is wrong with it; else empty."""
        missing = [words for name, words in MISSING.items() if not self.data[name]]
        return missing[0] if len(missing) == 1 and not self.errors else ""
