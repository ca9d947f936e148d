"""The score sheet of a call: nine things that listeners hear, each with 0, 1 or 2 points."""

from collections.abc import Mapping

POINTS = {0: "Not heard", 1: "In part", 2: "Heard"}
CRITERIA = {
    "opening": ("Opening", "Greets, says who they are and asks how they can help, or why they call."),
    "listening": ("Listening", "Lets the other finish, and says back in own words what they understood."),
    "checking": ("Checking", "Makes sure whom they speak to before they say anything private."),
    "empathy": ("Empathy", "Names what it is like for the other, once and honestly."),
    "questions": ("Questions", "Asks what is needed, one question at a time, and none twice."),
    "solution": ("Solution", "Finds a way that the card allows, and promises nothing that it does not."),
    "speaking": ("Speaking", "Speaks clearly, at a calm speed, without words that the other does not know."),
    "waiting": ("Waiting", "Says why and how long the other has to wait; no silence without a word."),
    "closing": ("Closing", "Says who does what by when, asks whether all is clear, and thanks."),
}
MOST = max(POINTS) * len(CRITERIA)


def total(points: Mapping[str, int]) -> int:
    """The points of what the sheet knows.

    >>> total({"opening": 2, "closing": 1, "something of old": 2})
    3
    """
    return sum(given for name, given in points.items() if name in CRITERIA)


def weakest(points: Mapping[str, int]) -> str:
    """The name of the first thing that had the fewest points, empty where all had the most: what to try next.

    >>> weakest({"opening": 2, "listening": 0, "closing": 0})
    'Listening'
    """
    known = [name for name in CRITERIA if name in points]
    least = min(known, key=lambda name: points[name], default=None)
    return CRITERIA[least][0] if least and points[least] < max(POINTS) else ""
