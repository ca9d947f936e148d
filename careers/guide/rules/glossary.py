"""Words of the glossary, explained where they first stand on a page.

The explanation is a popover of HTML: it opens by mouse, touch and keyboard without a script. In print, and in a browser
that knows no popovers, it stands in brackets behind its word.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

# A comment without an end goes to the end of the page, as browsers read it; so each sign is looked at once.
ELEMENT = re.compile(
    r"<!--.*?(?:-->|\Z)|<(/?)([a-zA-Z][a-zA-Z0-9-]*+)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>", re.DOTALL
)
# A button fits into none of these, or their words are names. Nor into what is hidden from some, by class or attribute.
UNEXPLAINED = frozenset(
    (
        *("a", "article", "button", "caption", "code", "dt", "fieldset", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("label", "legend", "nav", "pre", "script", "select", "style", "summary", "svg", "template", "textarea"),
        *("th", "title"),
    )
)
WITHOUT_END = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
GAP = re.compile(r"[\s-]+")
ABBREVIATION = re.compile(r"[^a-z]*[A-Z][^a-z]*")


@dataclass(frozen=True)
class Word:
    """`anchor` is the id of its explanation on a page."""

    term: str
    meaning: str
    anchor: str


class Glossary:
    """Words and one pattern that finds them all: abbreviations as they are written, others in any case, both in the
    plural too. “Back office” is found as “back-office”. Of two that begin alike the longer is found.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]], *, href: str):
        meanings: dict[str, str] = {}
        for term, meaning in pairs:
            if GAP.sub("", term) and meaning:
                meanings.setdefault(term, meaning)
        self.href = href
        self.words = [
            Word(term, meanings[term], f"explained-{number}")
            for number, term in enumerate(sorted(meanings, key=lambda term: (-len(term), term)), start=1)
        ]
        self.pattern = pattern_of([word.term for word in self.words])
        self.by_spelling = {spelling: word for word in self.words for spelling in spellings(word.term)}

    def explain(self, html: str) -> str:
        """The same HTML, with the first place of each word explained that is no name, link or control."""
        if self.pattern is None:
            return html
        parts: list[str] = []
        found: set[str] = set()
        within, begin = Within(), 0
        for element in ELEMENT.finditer(html):
            parts += (self.said(html[begin : element.start()], within, found), element[0])
            within.pass_by(*element.groups(""))
            begin = element.end()
        return "".join([*parts, self.said(html[begin:], within, found)])

    def said(self, text: str, within: "Within", found: set[str]) -> str:
        """`found` are the words of the page so far, and afterwards those of this text too."""
        if within.name or not text or text.isspace() or self.pattern is None:
            return text

        def replaced(match: re.Match[str]) -> str:
            word = self.by_spelling.get(plain_spelling(match[0]))
            if word is None or word.term in found:
                return match[0]
            found.add(word.term)
            return self.shown(match[0], word)

        return self.pattern.sub(replaced, text)

    def shown(self, written: str, word: Word) -> str:
        return (
            f'<span class="term"><button type="button" popovertarget="{word.anchor}">{written}</button>'
            f'<span id="{word.anchor}" popover><b>{escape(word.term)}: </b>{escape(word.meaning)}'
            f'<small> <a href="{escape(self.href)}">All words</a></small></span></span>'
        )


class Within:
    """Where one is in a page: `name` is the element in which nothing is explained, empty elsewhere."""

    def __init__(self) -> None:
        self.name, self.depth = "", 0

    def pass_by(self, ends: str, name: str, attributes: str) -> None:
        if self.name:
            if name == self.name:
                self.depth += -1 if ends else 1
                if not self.depth:
                    self.name = ""
        elif not ends and (name in UNEXPLAINED or "hidden" in attributes or "data-unexplained" in attributes):
            if name not in WITHOUT_END and not attributes.endswith("/"):
                self.name, self.depth = name, 1


def pattern_of(terms: Sequence[str]) -> re.Pattern[str] | None:
    """None where there are no terms. To ask for the first letter before anything else makes it ten times as fast."""
    ways = [way_to_write(term) for term in terms]
    firsts = "".join(sorted({re.escape(letter) for term in terms for letter in (term[0].lower(), term[0].upper())}))
    return re.compile(rf"(?<![\w&#-])(?=[{firsts}])(?:{'|'.join(ways)})(?![\w-])") if ways else None


def way_to_write(term: str) -> str:
    """As a page has it, which escapes what HTML would read."""
    parts = [escape(part) for part in GAP.split(term)]
    if ABBREVIATION.fullmatch(term):
        return r"[\s-]".join(map(re.escape, parts)) + "s?"
    return r"[\s-]".join(map(in_either_case, parts)) + "(?:e?s)?"


def in_either_case(part: str) -> str:
    """
    >>> in_either_case("office")
    '[oO]ffice'
    """
    first, rest = part[:1], re.escape(part[1:])
    return f"[{first.lower()}{first.upper()}]{rest}" if first.isalpha() else re.escape(part)


def spellings(term: str) -> list[str]:
    """Of a term in the singular and the plural, as `plain_spelling` gives what stands on a page."""
    plain = plain_spelling(escape(term))
    return [plain, f"{plain}s", f"{plain}es"]


def plain_spelling(written: str) -> str:
    """
    >>> plain_spelling("Back-office")
    'back office'
    """
    return GAP.sub(" ", written).lower()
