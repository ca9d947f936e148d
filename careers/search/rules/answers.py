"""How a search goes on until something answers: the same for everything that can be searched."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from careers.search.rules.queries import Query, loosened
from careers.search.rules.texts import as_said

Found = TypeVar("Found")


@dataclass(frozen=True)
class Answer(Generic[Found]):
    """Things found, best first; `instead` says what was looked for if words were mended."""

    found: list[Found]
    instead: str = ""


def answer(
    query: Query, look: Callable[[Query], list[Found]], *, attempts: Iterable[Query], mended: Iterable[Query]
) -> Answer[Found]:
    """Return what `look` finds for the first of the `attempts`, else of the `mended` queries, for which it finds any.

    Both are asked for one after another, so what is costly to make is made only where nothing before it answers.
    """
    tried = set[Query]()
    for attempt in attempts:
        if attempt not in tried and (found := look(attempt)):
            return Answer(found)
        tried.add(attempt)
    for other in mended:
        if other.terms != loosened(query).terms and (found := look(other)):
            return Answer(found, as_said(other.whole))
    return Answer([])
