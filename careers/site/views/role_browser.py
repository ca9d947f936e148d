"""The list of roles as a reader narrowed it: what fits, what each filter would leave, what to give up."""

from functools import cached_property

from careers.guide.rules.working_life import BY_DAY, NEVER, TO_ASK
from careers.guide.selectors.kept import role_cards
from careers.lib.words import counted
from careers.site.forms.role_filters import FACETS, SORTS

# Long lists that a reader opens when they want them.
FOLDED = ("industry", "skill", "certification")
MOST_OPTIONS = 40  # of a group; the others are found by their own pages
MOST_TO_ASK = 4
LISTS = {"industry": "industry-list", "skill": "skill-list", "certification": "certification-list"}


class RoleBrowser:
    """Keys of roles until a page is shown: only what stands on it is read (`cards`)."""

    def __init__(self, guide, filters, found):
        """`guide` is `role_facets()`; `found` is the search's answer, None without words."""
        self.guide = guide
        self.filters = filters
        self.found = found

    @property
    def total(self):
        return self.guide.count

    @cached_property
    def named(self):
        """The roles that the words found, as a set of `Facets`; None without words."""
        return None if self.found is None else self.guide.facets.set_of(entry.object_pk for entry in self.found.entries)

    @cached_property
    def roles(self):
        """Keys of the roles that fit, in the order that was asked for."""
        facets = self.guide.facets
        fitting = facets.fitting(self.filters.chosen, among=self.named)
        return [key for key in self.in_order() if facets.has(fitting, key)]

    def in_order(self):
        if self.filters.sort == "name":
            return self.guide.places.by_name
        if self.filters.sort == "level" or self.found is None:
            return self.guide.places.by_level
        return [entry.object_pk for entry in self.found.entries]

    def nearest(self, entries, *, most=4):
        """Roles that fit most of what was asked: the filters and, counted as one more, the words (`entries`)."""
        named = [entry.object_pk for entry in entries if entry.object_pk in self.guide.order]
        order = dict.fromkeys([*named, *self.guide.places.by_level])
        return role_cards(self.guide.facets.closest(order, self.filters.chosen, most=most, named=named))

    @cached_property
    def groups(self):
        """Filter groups for the template: name, label, options with value, label, count and whether chosen, and how
        many more there are, with the list that has them.
        """
        tally = self.guide.facets.counts(self.filters.chosen, FACETS, among=self.named)
        present = self.guide.facets.counts({}, FACETS)
        return [self.group(facet, label, tally[facet], present[facet]) for facet, label in FACETS.items()]

    def group(self, facet, label, tally, present):
        labels, chosen = self.guide.labels[facet], self.filters.chosen[facet]
        known = [value for value in labels if value in present or value in chosen]
        often = sorted(known, key=lambda value: -present.get(value, 0))[:MOST_OPTIONS]
        shown = {*often, *chosen}
        return {
            "name": facet,
            "label": label,
            "is_folded": facet in FOLDED,
            "is_open": bool(chosen),
            "options": [
                {"value": value, "label": labels[value], "count": tally.get(value, 0), "chosen": value in chosen}
                for value in known
                if value in shown
            ],
            "more": len(known) - len(shown),
            "list": LISTS.get(facet),
        }

    @cached_property
    def ask_first(self):
        """Of who looks for roles where nights, or days, never come: what they are called, and of the other roles, where
        one asks first, how many there are, the first ones, and the query that shows them all. None for anybody else.
        """
        facets, chosen = self.guide.facets, self.filters.chosen
        noun = next((facet for facet in ("nights", "days") if chosen[facet] == {NEVER}), None)
        if noun is None:
            return None
        fitting = facets.fitting({**chosen, noun: TO_ASK}, among=self.named)
        keys = [key for key in self.in_order() if facets.has(fitting, key)]
        return {
            "noun": noun,
            "count": len(keys),
            "roles": role_cards(keys[:MOST_TO_ASK]),
            "query": self.filters.query_with(noun, TO_ASK),
        }

    @property
    def sure_text(self):
        return f"These are the roles of which a source says that {self.ask_first['noun']} never come."

    @property
    def none_sure_text(self):
        noun = self.ask_first["noun"]
        known = f"We know of no such role where {noun} never come. In these roles, ask the employer first."
        return f"{known} {BY_DAY}" if noun == "nights" else known

    @cached_property
    def chips(self):
        """The chosen filters: label and the address without each."""
        return [
            {"label": self.chip_label(facet, value), "query": self.filters.query(without=[(facet, value)])}
            for facet in FACETS
            for value in sorted(self.filters.chosen[facet])
        ]

    def chip_label(self, facet, value):
        """“Entry”, “Nights possible: ask first”, “Degree not needed”: readable without the group's name beside it."""
        label = self.guide.labels[facet][value]
        return {
            "nights": f"Nights {label.lower()}",
            "days": f"Days {label.lower()}",
            "degree": f"Degree {label.lower()}",
            "track": f"{label} line",
        }.get(facet, label)

    @cached_property
    def ways_out(self):
        """Label, count and address of each list with something given up."""
        options = self.guide.facets.relaxations(self.filters.chosen, found=self.named if self.filters.words else None)
        return [
            {
                "label": self.way_out_label(option),
                "count": option.count,
                "query": self.filters.query(without=option.facets, without_words=option.without_words),
            }
            for option in options
        ]

    def way_out_label(self, option):
        named = [
            " or ".join(f"“{self.chip_label(facet, value)}”" for value in sorted(self.filters.chosen[facet]))
            for facet in option.facets
        ]
        return "Without " + " and ".join((["the words"] if option.without_words else []) + named)

    @property
    def read_as(self):
        """How the request was understood, in one sentence."""
        words = f"“{self.filters.words}”" if self.filters.words else ""
        number = len(self.chips)
        filters = counted(number, "filter") if number else ""
        read = " with ".join(part for part in (words, filters) if part)
        return f"We read {read}. Take something away:" if self.ways_out and read else read and f"We read {read}."

    @property
    def ignored_text(self):
        return "We do not know: " + ", ".join(self.filters.ignored) + "."

    @property
    def sorts(self):
        return SORTS

    @property
    def clear_query(self):
        return self.filters.query(without=list(FACETS))
