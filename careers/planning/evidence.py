"""What a person can do now, from what is known of it.

The rule, in this order:

1. Of each source only the newest claim counts. Own ratings are one source, HR's word is one; every test and every
   certificate is a source of its own, by its name.
2. What somebody else verified (certificate, test, HR's word) beats one's own rating, be it higher or lower.
3. Of several verified sources the strongest counts: a certificate once earned is not undone by an easier one earned
   later. Levels are never added up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

OWN_RATING = "own_rating"
# Equal levels name the source that weighs more as the reason.
WEIGHT = {OWN_RATING: 0, "test": 1, "certificate": 2, "hr_word": 3}


@dataclass(frozen=True)
class Claim:
    """One dated claim about one skill. `order` tells claims of one day apart: the later recorded is the higher."""

    kind: str
    proficiency: int
    shown_on: date
    source: str = ""
    order: int = 0

    @property
    def is_verified(self) -> bool:
        return self.kind != OWN_RATING


def current_claim(claims: Iterable[Claim]) -> Claim | None:
    """The claim that says what the person can do now, None where nothing is known. Independent of their order."""
    newest: dict[tuple[str, str], Claim] = {}
    for claim in sorted(claims, key=lambda claim: (claim.shown_on, claim.order)):
        newest[claim.kind, claim.source] = claim
    verified = [claim for claim in newest.values() if claim.is_verified]
    return max(verified or newest.values(), key=rank, default=None)


def rank(claim: Claim) -> tuple[int, int, date, int]:
    return claim.proficiency, WEIGHT[claim.kind], claim.shown_on, claim.order
