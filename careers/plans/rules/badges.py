"""How the state of a plan or a certificate looks: a word, a shape and a tone, so that none of them stands alone."""

from dataclasses import dataclass

from careers.evidence.rules.renewal import Standing
from careers.plans.rules.status import Status


@dataclass(frozen=True)
class Badge:
    """`shape` is an icon of the sprite; `tone` one of "ok", "info", "warn", "bad", or empty where it is neutral."""

    word: str
    shape: str
    tone: str = ""


OF_STATUS = {
    Status.PLANNED: Badge("Planned", "circle"),
    Status.STUDYING: Badge("Studying", "half-circle", "info"),
    Status.BOOKED: Badge("Exam booked", "calendar", "info"),
    Status.PASSED: Badge("Passed", "circle-check", "ok"),
    Status.NOT_PASSED: Badge("Not passed", "circle-cross", "bad"),
    Status.DROPPED: Badge("Dropped", "circle-dashed"),
}
OF_STANDING = {
    Standing.VALID: Badge("Valid", "circle-check", "ok"),
    Standing.DUE: Badge("Renewal due", "triangle", "warn"),
    Standing.UNSURE: Badge("May have lapsed", "triangle", "warn"),
    Standing.LAPSED: Badge("Lapsed", "octagon-cross", "bad"),
}


def badge_of(status: Status, standing: Standing | None = None) -> Badge:
    """A certificate's standing says more than that its exam was passed.

    >>> badge_of(Status.PASSED, Standing.DUE).word, badge_of(Status.STUDYING).shape
    ('Renewal due', 'half-circle')
    """
    return OF_STANDING[standing] if standing else OF_STATUS[status]
