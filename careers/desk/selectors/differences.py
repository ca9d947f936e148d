"""Two contents of a page side by side, in an editor's words."""

from dataclasses import dataclass, field
from difflib import SequenceMatcher

from careers.guide.rules.snapshots import content_changes
from careers.guide.selectors.merging import saying_all
from careers.guide.selectors.snapshots import fields_of, hanging_rows, identities_of, many_of, row_fields_of
from careers.lib.words import capital

EMPTY = "empty"
SAME, GONE, NEW = "same", "gone", "new"  # what became of a line


@dataclass
class Difference:
    """A place and what stands there on each side, in words; of several lines each with what became of it."""

    where: str
    before: str = ""
    after: str = ""
    lines: list = field(default_factory=list)


class Words:
    """Says what is in the contents of a noun."""

    def __init__(self, model, *contents):
        self.model, self.names = model, {}
        for content in contents:
            for label, names in content["names"].items():
                self.names.setdefault(label, {}).update(names)

    def value(self, column, value):
        if value is None or value == "":
            return EMPTY
        if column is None:
            return str(value)
        if column.is_relation:
            return self.page(column.related_model, value)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if column.choices:
            return str(dict(column.flatchoices).get(value, value))
        return str(value)

    def page(self, related, key):
        return self.names.get(related._meta.label_lower, {}).get(str(key), ["", f"number {key}"])[1]

    def row(self, relation, entry):
        """“skill Coaching”: what a row is about."""
        row, back = hanging_rows(self.model)[relation]
        columns = row_fields_of(row, back)
        parts = [self.value(columns[name], entry["fields"].get(name)) for name in identities_of(self.model)[relation]]
        if "title" in columns and "title" not in identities_of(self.model)[relation]:
            parts.append(self.value(columns["title"], entry["fields"].get("title")))
        return f"{row._meta.verbose_name} {', '.join(parts)}"

    def whole_row(self, relation, entry):
        if entry is None:
            return "not there"
        row, back = hanging_rows(self.model)[relation]
        said = (
            f"{column.verbose_name}: {self.value(column, entry['fields'].get(name))}"
            for name, column in row_fields_of(row, back).items()
            if entry["fields"].get(name) not in (None, "")
        )
        return ", ".join(said)

    def where(self, place, *contents):
        """A place in words: “Summary”, “Skill Coaching: proficiency”."""
        name, *rest = place
        if name in hanging_rows(self.model):
            key = int(rest[0])
            entry = next(row for one in contents for row in one["rows"].get(name, ()) if row["pk"] == key)
            row, back = hanging_rows(self.model)[name]
            column = row_fields_of(row, back).get(rest[1]) if rest[1:] else None
            about = capital(self.row(name, entry))
            return f"{about}: {column.verbose_name}" if column else about
        column = fields_of(self.model).get(name) or many_of(self.model).get(name)
        return capital(str(column.verbose_name)) if column else f"{name} (no longer kept)"

    def field(self, place):
        """The field in which a place is, whatever row it is about: “Summary”, “Role skills”."""
        name = place[0]
        if name in hanging_rows(self.model):
            return capital(str(hanging_rows(self.model)[name][0]._meta.verbose_name_plural))
        return self.where((name,))

    def at(self, place, value):
        """In words, what stands at a place."""
        name, *rest = place
        if name in hanging_rows(self.model):
            row, back = hanging_rows(self.model)[name]
            if not rest[1:]:
                return self.whole_row(name, value)
            return self.value(row_fields_of(row, back).get(rest[1]), value)
        if name in many_of(self.model):
            return EMPTY if value is None else self.page(many_of(self.model)[name].related_model, value)
        return self.value(fields_of(self.model).get(name), value)


def content_differences(model, before, after):
    """[Difference] from one content to the other, as they stand on the form. What one does not say, as it is older than
    a field, is no difference.
    """
    before = saying_all(model, before)
    after = saying_all(model, after, before)
    words = Words(model, before, after)
    return [difference(words, one, before, after) for one in content_changes(before, after, identities_of(model))]


def difference(words, change, before, after):
    where = words.where(change.place, after, before)
    old, new = words.at(change.place, change.before), words.at(change.place, change.after)
    if "\n" in f"{old}{new}":
        return Difference(where, lines=lines_between(change.before or "", change.after or ""))
    return Difference(where, old, new)


@dataclass
class Clashing:
    """A place that two changed: how it was, theirs and mine, in words; `chosen` is a `Side`, or none."""

    where: str
    base: str
    mine: str
    theirs: str
    chosen: str = ""


def difference_of_clash(words, clash, contents, chosen):
    base, mine, theirs = (words.at(clash.place, one) for one in (clash.base, clash.mine, clash.theirs))
    return Clashing(words.where(clash.place, *contents[::-1]), base, mine, theirs, chosen or "")


def lines_between(before, after):
    """[(what became of it, line)] with the lines beside a change, for a text of several lines."""
    old, new, found = before.splitlines(), after.splitlines(), []
    for tag, begin, end, start, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [(SAME, line) for line in old[begin:end]] if end - begin < 4 else around(old[begin:end])
        else:
            found += [(GONE, line) for line in old[begin:end]]
            found += [(NEW, line) for line in new[start:stop]]
    return found


def around(lines):
    return [(SAME, lines[0]), (SAME, "…"), (SAME, lines[-1])]
