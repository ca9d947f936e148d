"""What a person can do now, from what is known of it.

The rule, in this order:

1. Of each source only the newest claim counts. Own ratings are one source, HR's word is one; every test, every practice
   test and every certificate is a source of its own, by its name.
2. What was measured or verified (practice test, certificate, test, HR's word) beats one's own rating, be it higher or
   lower. A practice test is measured here, while nobody watches; the person lets its result count, and can withdraw it.
3. Of several such sources the strongest counts: a certificate once earned is not undone by an easier one earned later.
   Levels are never added up. Of equal levels a practice test weighs least.

A certificate that has lapsed still shows what was learnt for it; whether it is valid is another question. A claim that
was withdrawn is not given to the rule at all, so that taking one back leaves what would stand without it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

OWN_RATING = "own_rating"
# Equal levels name the source that weighs more as the reason.
WEIGHT = {OWN_RATING: 0, "practice": 1, "test": 2, "certificate": 3, "hr_word": 4}
NAMED = ("practice", "test", "certificate")  # each name is a source of its own


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
    for claim in sorted(claims, key=age):
        newest[source_of(claim)] = claim
    verified = [claim for claim in newest.values() if claim.is_verified]
    return max(verified or newest.values(), key=rank, default=None)


def level_with(claim: Claim | None, credited: int) -> int:
    """The level of a skill for whoever earns a certificate that credits it; `claim` is what counts before."""
    earned = Claim("certificate", credited, date.max, source="a new one")
    found = current_claim([earned, *([claim] if claim else [])])
    return found.proficiency if found else credited


def source_of(claim: Claim) -> tuple[str, str]:
    """Own ratings and HR's word are one source each, whatever name came with them."""
    return claim.kind, claim.source if claim.kind in NAMED else ""


def age(claim: Claim) -> tuple[date, int, int, str]:
    """Oldest first. What day and order leave open the level decides, and then the name, never chance."""
    return claim.shown_on, claim.order, claim.proficiency, claim.source


def rank(claim: Claim) -> tuple[int, int, date, int, str]:
    return claim.proficiency, WEIGHT[claim.kind], claim.shown_on, claim.order, claim.source
