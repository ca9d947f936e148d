"""The ranked roles as a person narrowed them: what is left, what each filter would leave, what to give up."""

from collections import Counter
from functools import cached_property
from itertools import groupby

from django.urls import reverse
from django.utils.html import format_html, format_html_join

from careers.guide.models.roles import Role
from careers.lib.words import plural
from careers.matching.forms import FACETS, LEVELS, ONLY
from careers.matching.selectors import FITS

MOST_UNASKED = 24

ACCEPTED = {"shift": "shifts", "work_type": "work"}  # what one says that one accepts, by the fact


class MatchBrowser:
    def __init__(self, matches, filters, said):
        """`matches` from `matching.selectors`; `said`: the facts of working life that the person said anything
        about.
        """
        self.matches = matches
        self.filters = filters
        self.said = said
        self.facets = matches.facets
        self.fitting = self.facets.fitting(filters.chosen)

    @property
    def count(self):
        """How many roles there are, and `left_count` how many are left."""
        return self.facets.every.bit_count()

    @property
    def left_count(self):
        return self.fitting.bit_count()

    @cached_property
    def ranked(self):
        """Keys of the ranked roles that are left."""
        return [key for key in self.matches.ranked if self.facets.has(self.fitting, key)]

    def by_band(self, keys):
        """Matches of one page under their part and band, with how many of all that is left stand in it."""

        def place(match):
            return self.matches.part_of[match.role.pk], match.match.band

        totals = Counter((self.matches.part_of[key], self.matches.band(key)) for key in self.ranked)
        return [
            {
                "part": self.matches.parts.title(part),
                "band": band,
                "count": totals[part, band],
                "matches": list(some),
            }
            for (part, band), some in groupby(self.matches.shown(keys), key=place)
        ]

    @cached_property
    def unasked_keys(self):
        return [key for key in self.matches.unasked if self.facets.has(self.fitting, key)]

    @cached_property
    def unasked(self):
        """The first of the roles that are left and ask for no skill."""
        keys = self.unasked_keys[:MOST_UNASKED]
        found = Role.objects.published().for_rows().in_bulk(keys)
        return [found[key] for key in keys if key in found]

    @property
    def more_unasked(self):
        return len(self.unasked_keys) - len(self.unasked)

    @cached_property
    def groups(self):
        """Filter groups for the template: name, label, and options with value, label, count and whether chosen."""
        tally = self.facets.counts(self.filters.chosen, FACETS)
        present = self.facets.counts({}, ["level"])["level"]
        only = [
            {"value": key, "label": label, "count": tally[key].get(FITS, 0), "chosen": bool(self.filters.chosen[key])}
            for key, label in ONLY.items()
            if key in self.said
        ]
        levels = [
            {
                "value": slug,
                "label": label,
                "count": tally["level"].get(slug, 0),
                "chosen": slug in self.filters.chosen["level"],
            }
            for slug, label in LEVELS.items()
            if slug in present or slug in self.filters.chosen["level"]
        ]
        working_life = [{"name": "only", "label": "Working life", "options": only}] if only else []
        return [*working_life, {"name": "level", "label": "Level", "options": levels}]

    @property
    def is_silent_about(self):
        """The facts that nothing can be filtered by before the person says what they accept."""
        return [key for key in ONLY if key not in self.said]

    @property
    def silence_text(self):
        """The answers that are wanted first, with their pages; empty where all are given."""
        work = " and ".join(ACCEPTED[key] for key in self.is_silent_about if key in ACCEPTED)
        working_life, about = reverse("profile-working-life"), reverse("profile-about")
        asked = [format_html('<a href="{}">Say which {} you accept</a>', working_life, work)] if work else []
        if "degree" in self.is_silent_about:
            say = "say" if asked else "Say"
            asked.append(format_html('<a href="{}">{} what you have finished</a>', about, say))
        them = plural(len(self.is_silent_about), "it,them")
        asked = format_html_join(" and ", "{}", ((one,) for one in asked))
        return format_html("{}: then you can filter by {}.", asked, them) if asked else ""

    @cached_property
    def chips(self):
        """The chosen filters: label and the address without each."""
        return [
            {"label": label, "query": self.filters.query(without=[(facet, value)])}
            for facet, value, label in self.filters.picked()
        ]

    @cached_property
    def ways_out(self):
        """Label, count and address of each list with something given up."""
        options = self.facets.relaxations(self.filters.chosen, found=None)
        return [
            {
                "label": "Without " + " and ".join(self.named(facet) for facet in option.facets),
                "count": option.count,
                "query": self.filters.query(without=option.facets),
            }
            for option in options
        ]

    def named(self, facet):
        return " or ".join(f"“{label}”" for chosen, _, label in self.filters.picked() if chosen == facet)

    @property
    def ignored_text(self):
        return "We do not know: " + ", ".join(self.filters.ignored) + "."
