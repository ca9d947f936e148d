"""What a reader asked of the list of roles, read from the address: nothing in it can make the page fail."""

from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from careers.lib.texts import query_text
from careers.web.query import cut_short, page_number

SORTS = {"relevance": "Best first", "level": "Level", "name": "Name"}
FACETS = {
    "level": "Level",
    "track": "Line",
    "degree": "Degree",
    "work_type": "Work type",
    "nights": "Nights",
    "days": "Days",
    "industry": "Industry",
    "skill": "Skill",
    "certification": "Certification",
}


@dataclass(frozen=True)
class RoleFilters:
    words: str = ""
    chosen: dict[str, frozenset[str]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1
    ignored: tuple[str, ...] = ()

    @classmethod
    def read(cls, query, labels):
        """Read a QueryDict; `labels` is facet → value → label of everything that may be chosen."""
        ignored = []
        chosen = {}
        for facet in FACETS:
            values = [value for value in query.getlist(facet) if value]
            chosen[facet] = frozenset(value for value in values if value in labels[facet])
            ignored += [f"{FACETS[facet]} “{cut_short(value)}”" for value in values if value not in labels[facet]]
        # Links of before lead here; nobody should take the whole list for what goes at night.
        ignored += [f"Shift “{cut_short(value)}”" for value in query.getlist("shift") if value]
        sort = query.get("sort") or "relevance"
        if sort not in SORTS:
            ignored.append(f"Order “{cut_short(sort)}”")
            sort = "relevance"
        page = query.get("page") or "1"
        if not page_number(page):
            ignored.append(f"Page “{cut_short(page)}”")
        words = query_text(query.get("q", ""))
        return cls(words, chosen, sort, page_number(page) or 1, tuple(dict.fromkeys(ignored))[:5])

    def query(self, *, without_words=False, without=(), page=None):
        """The query string of the same request with something left out; facets by name or as (facet, value)."""
        pairs = [] if without_words or not self.words else [("q", self.words)]
        for facet, values in self.chosen.items():
            if facet not in without:
                pairs += [(facet, value) for value in sorted(values) if (facet, value) not in without]
        if self.sort != "relevance":
            pairs.append(("sort", self.sort))
        if page:
            pairs.append(("page", page))
        return urlencode(pairs)

    def query_with(self, facet, values):
        """The query string of the same request with other values of a facet."""
        return replace(self, chosen={**self.chosen, facet: frozenset(values)}).query()

    def in_words(self):
        """The chosen filters in one line, the same for the same choice: “level=entry&nights=never”."""
        return urlencode([(facet, value) for facet in FACETS for value in sorted(self.chosen.get(facet, ()))])
