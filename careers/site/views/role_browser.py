"""The list of roles as a reader narrowed it: what fits, what each filter would leave, what to give up."""

from functools import cached_property

from careers.guide.rules.facets import Row, closest, counts, narrow, relaxations
from careers.lib.words import counted
from careers.site.forms.role_filters import FACETS, SORTS, facet_labels, facet_row

# Long lists that a reader opens when they want them.
FOLDED = ("industry", "skill", "certification")


class RoleBrowser:
    def __init__(self, roles, filters, found):
        """`roles` are all published ones, fetched `for_facets`; `found` is the search's answer, None without words."""
        self.every_role = roles
        self.filters = filters
        self.found = found
        self.by_pk = {role.pk: role for role in roles}
        self.rows = [facet_row(role) for role in roles]
        self.labels = facet_labels(roles)

    @cached_property
    def candidates(self):
        """Roles that answer the words, in the order of the answer; all of them without words."""
        return self.every_role if self.found is None else self.in_order(self.found.entries)

    @cached_property
    def candidate_rows(self):
        ids = {role.pk for role in self.candidates}
        return [row for row in self.rows if row.id in ids]

    @cached_property
    def roles(self):
        fitting = {row.id for row in narrow(self.candidate_rows, self.filters.chosen)}
        roles = [role for role in self.candidates if role.pk in fitting]
        if self.filters.sort == "name":
            return sorted(roles, key=lambda role: role.title.casefold())
        if self.filters.sort == "level":
            return sorted(roles, key=lambda role: (role.level, role.position, role.title))
        return roles

    def in_order(self, entries):
        return [self.by_pk[entry.object_pk] for entry in entries if entry.object_pk in self.by_pk]

    def nearest(self, entries, *, most=4):
        """Roles that fit most of what was asked: the filters and, counted as one more, the words (`entries`)."""
        named = [role.pk for role in self.in_order(entries)]
        order = [*named, *(role.pk for role in self.every_role if role.pk not in named)]
        words = {pk: frozenset({"near"}) for pk in named}
        rows = {row.id: Row(row.id, {**row.values, "words": words.get(row.id, frozenset())}) for row in self.rows}
        chosen = {**self.filters.chosen, "words": frozenset({"near"} if named else ())}
        return [self.by_pk[pk] for pk in closest([rows[pk] for pk in order], chosen)[:most]]

    @cached_property
    def groups(self):
        """Filter groups for the template: name, label, and options with value, label, count and whether chosen."""
        tally = counts(self.candidate_rows, self.filters.chosen, FACETS)
        present = counts(self.rows, {}, FACETS)
        return [
            {
                "name": facet,
                "label": label,
                "is_folded": facet in FOLDED,
                "is_open": bool(self.filters.chosen[facet]),
                "options": [
                    {
                        "value": value,
                        "label": text,
                        "count": tally[facet].get(value, 0),
                        "chosen": value in self.filters.chosen[facet],
                    }
                    for value, text in self.labels[facet].items()
                    if value in present[facet] or value in self.filters.chosen[facet]
                ],
            }
            for facet, label in FACETS.items()
        ]

    @cached_property
    def chips(self):
        """The chosen filters: label and the address without each."""
        return [
            {"label": self.chip_label(facet, value), "query": self.filters.query(without=[(facet, value)])}
            for facet in FACETS
            for value in sorted(self.filters.chosen[facet])
        ]

    def chip_label(self, facet, value):
        """“Entry”, “Night shift”, “Degree not needed”: readable without the group's name beside it."""
        label = self.labels[facet][value]
        return {
            "shift": f"{label} shift",
            "degree": f"Degree {label.lower()}",
            "track": f"{label} line",
        }.get(facet, label)

    @cached_property
    def ways_out(self):
        """Label, count and address of each list with something given up."""
        found = frozenset(role.pk for role in self.candidates)
        options = relaxations(self.rows, found, self.filters.chosen, words=bool(self.filters.words))
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
