"""A CV as plain data: its parts in their order, which of them is the longest, and what its files are called."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# In the order of somebody who has worked; who has not begins with what they learned.
PARTS = {
    "summary": "Summary",
    "work": "Work",
    "education": "Education",
    "skills": "Skills",
    "certificates": "Certificates",
    "tests": "Tests passed",
    "languages": "Languages",
    "availability": "I can work",
}
A_LINE = 100  # characters of text that a sheet has room for beside each other, about
LONGEST_NAME = 60  # characters of a file's name
NAMELESS = "cv"


@dataclass(frozen=True)
class CVEntry:
    """One thing in a part: `head` in bold, `beside` and `when` on its line, `text` below it."""

    head: str = ""
    beside: str = ""
    when: str = ""
    text: str = ""

    @property
    def lines(self) -> int:
        first = " ".join(part for part in (self.head, self.beside, self.when) if part)
        written = [*([first] if first else []), *self.text.split("\n")]
        return sum(-(-len(line) // A_LINE) for line in written)


@dataclass(frozen=True)
class CVPart:
    """`columns`: so many of its entries stand beside each other."""

    key: str
    entries: tuple[CVEntry, ...]
    columns: int = 1

    @property
    def title(self) -> str:
        return PARTS[self.key]

    @property
    def lines(self) -> int:
        """About as many as it takes on paper."""
        return -(-sum(entry.lines for entry in self.entries) // self.columns)


def in_order(chosen: Iterable[str], *, has_worked: bool) -> list[str]:
    """The keys of the parts that were chosen, each once, as a reader wants them. Unknown keys are left out.

    >>> in_order(["skills", "work", "summary", "education"], has_worked=False)
    ['summary', 'education', 'skills', 'work']
    """
    wanted = set(chosen)
    if has_worked:
        return [key for key in PARTS if key in wanted]
    return [key for key in sorted(PARTS, key=lambda key: key == "work") if key in wanted]


def longest(parts: Iterable[CVPart]) -> CVPart | None:
    """The part that takes most lines on paper, the first of equals; None where there is none."""
    return max(parts, key=lambda part: part.lines, default=None)


def file_name(name: str, ending: str) -> str:
    """A name of letters, digits and hyphens alone, whatever the person is called.

    >>> file_name("Asha Ráo", "pdf"), file_name("../..;आशा", "json")
    ('cv-asha-rao.pdf', 'cv.json')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME].strip("-")
    return f"{NAMELESS}-{words}.{ending}" if words else f"{NAMELESS}.{ending}"


def too_long_in_words(pages: int, parts: Iterable[CVPart]) -> str:
    """Say what to do where it takes more than one page; empty where it does not."""
    if pages <= 1:
        return ""
    most = longest(parts)
    hint = f" The longest part is “{most.title}”. Shorten it, or leave out a part." if most else ""
    return f"It prints on {pages} pages, and a CV has one.{hint}"
