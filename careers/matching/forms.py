"""How a person narrows the roles ranked for them, read from the address: nothing in it can make the page fail."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from careers.guide.models.choices import Level
from careers.matching.selectors import FITS
from careers.web.query import cut_short, page_number

# What has to go together with what the person said: each is a facet of its own, as all that is chosen has to hold.
# There is none for languages, as the guide says of no role which ones it is worked in.
ONLY = {
    "shift": "Only shifts I accept, or can ask about",
    "work_type": "Only work types I accept",
    "degree": "Without a degree I lack, or where I can ask",
}
LEVELS = {level.slug: level.label for level in Level}
FACETS = (*ONLY, "level")


@dataclass(frozen=True)
class MatchFilters:
    chosen: dict[str, frozenset[str]] = field(default_factory=dict)
    page: int = 1
    ignored: tuple[str, ...] = ()

    @classmethod
    def read(cls, query, said):
        """Read a QueryDict; `said` are the facts the person said anything about, only they can be filtered by."""
        only = {value for value in query.getlist("only") if value in said}
        levels = frozenset(value for value in query.getlist("level") if value in LEVELS)
        ignored = [f"“{cut_short(value)}”" for value in query.getlist("only") if value and value not in ONLY]
        ignored += [f"Level “{cut_short(value)}”" for value in query.getlist("level") if value and value not in LEVELS]
        ignored += [
            f"Page “{cut_short(value)}”" for value in query.getlist("page")[-1:] if value and not page_number(value)
        ]
        chosen = {key: frozenset({FITS} if key in only else ()) for key in ONLY}
        page = page_number(query.get("page") or "1") or 1
        return cls({**chosen, "level": levels}, page, tuple(dict.fromkeys(ignored))[:5])

    def query(self, *, without=(), page=None):
        """The query string of the same request with something left out; facets by name or as (facet, value)."""
        pairs = [
            ("level", value) if facet == "level" else ("only", facet)
            for facet in FACETS
            for value in sorted(self.chosen[facet])
            if facet not in without and (facet, value) not in without
        ]
        return urlencode([*pairs, ("page", page)] if page else pairs)

    def picked(self):
        """The choices as (facet, value, label)."""
        return [
            (facet, value, ONLY.get(facet) or LEVELS[value]) for facet in FACETS for value in sorted(self.chosen[facet])
        ]
