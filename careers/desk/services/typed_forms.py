"""Which form a version came from, and what that form had said before."""

import re
from dataclasses import dataclass

from django.db.models import Q

from careers.guide.models.desk.drafts import Draft
from careers.guide.models.versions import Version
from careers.guide.rules.snapshots import content_digest
from careers.guide.selectors.snapshots import identities_of
from careers.guide.services.versions import versions_of

WORD = re.compile(r"[A-Za-z0-9-]{8,40}")
MOST_SEQUENCE = 2**53  # beyond it a browser cannot count


@dataclass(frozen=True)
class Typing:
    """The word of a form and the number of its post; nothing of either where no script runs."""

    form: str = ""
    sequence: int = 0

    @classmethod
    def sent(cls, data):
        word, number = data.get("typing", ""), data.get("sequence", "")
        if not WORD.fullmatch(word):
            return cls()
        is_number = number.isascii() and number.isdigit() and len(number) < 17
        return cls(word, min(int(number), MOST_SEQUENCE) if is_number else 0)

    @property
    def columns(self):
        return {"form": self.form, "sequence": self.sequence}


def kept_of(page, by, typing):
    """The version that this form of this person kept last by itself; None where it has not."""
    if not typing.form:
        return None
    return versions_of(page).filter(kind=Version.Kind.AUTOSAVED, by=by, form=typing.form).first()


def typed_before(content, merged):
    """The content to keep besides the version: None where that says the same."""
    return None if content_digest(content) == content_digest(merged) else content


def typed_from(kept, opened, head):
    """The content that the form said when it was last kept. Where that was thrown away it begins anew."""
    if kept is None or head.digest == opened.digest:
        return opened.content
    return kept.typed or kept.content


def with_known_keys(page, content, opened, before):
    """The content with the keys of rows that were new to it before already: they are found by what they are about."""
    identities, rows = identities_of(page._meta.model), {}
    for relation, entries in content["rows"].items():
        identity = identities.get(relation, ())
        old = {row["pk"] for row in opened["rows"].get(relation, ())}
        new = [row for row in before["rows"].get(relation, ()) if row["pk"] not in old]
        known = {subject_of(row, identity): row["pk"] for row in new} if identity else {}
        rows[relation] = [
            row if row["pk"] in old else {**row, "pk": known.pop(subject_of(row, identity), row["pk"])}
            for row in entries
        ]
    return {**content, "rows": rows}


def subject_of(row, identity):
    return tuple(row["fields"].get(name) for name in identity)


def go(kept):
    """Its successor is there. It stays where a form shows it, or something was done or said about it."""
    if kept is None or kept.is_opened or kept.actions.exists() or kept.remarks.exists():
        return
    if not Draft.objects.filter(Q(head=kept) | Q(base=kept)).exists():
        kept.delete()
