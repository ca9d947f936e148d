"""The log of a test: what was changed in which field at which moment, and whether a person can have typed that.

A log is one list of JSON: `[[moment, field, place, gone, new], …]`. `moment` counts milliseconds since the page was
ready; at `place` of the field's text `gone` characters went and the characters `new` came. So the text can be made
again from it, whatever was mended on the way, and nothing that the browser says of a speed is believed.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

LONGEST_LOG = 400_000  # characters: more than five minutes at the fastest
LONGEST_TEXT = 20_000  # characters in all fields
MOST_CHANGES = 20_000
MOST_AT_ONCE = 2  # characters of one key: some keyboards make “. ” of two blanks
FASTEST = 300  # gross words a minute, over the whole test; records are below it
BURST, BURST_LASTS = 12, 200  # so many characters never come in fewer milliseconds: it would be 60 in a second
SLACK = 3_000  # milliseconds by which the server's clock may have been set meanwhile


class Impossible(Exception):
    """The log is none of a test that somebody typed. Says why in one sentence that the person may read."""


@dataclass(frozen=True)
class Change:
    moment: int
    field: int
    place: int
    gone: int
    new: str


def changes_of(log: str, *, fields: int) -> list[Change]:
    """Read a log of a test with so many `fields`. Raises `Impossible`; costs no more than the log is long."""
    if len(log) > LONGEST_LOG:
        raise Impossible("The log of the keys is longer than any test makes it.")
    try:
        rows = json.loads(log)
    except (ValueError, RecursionError):
        rows = None
    if not isinstance(rows, list) or not rows:
        raise Impossible("The log of the keys cannot be read.")
    if len(rows) > MOST_CHANGES:
        raise Impossible("The log of the keys is longer than any test makes it.")
    found = [change_of(row, fields) for row in rows]
    if any(later.moment < earlier.moment for earlier, later in pairwise(found)):
        raise Impossible("The keys are not in the order of time.")
    return found


def change_of(row: object, fields: int) -> Change:
    if not isinstance(row, list) or len(row) != 5:
        raise Impossible("The log of the keys cannot be read.")
    moment, field, place, gone, new = row
    if not all(type(number) is int for number in (moment, field, place, gone)) or not isinstance(new, str):
        raise Impossible("The log of the keys cannot be read.")
    if min(moment, field, place, gone) < 0:
        raise Impossible("The log has a number below zero.")
    if field >= fields:
        raise Impossible("The log speaks of a field that the test does not have.")
    if len(new) > MOST_AT_ONCE:
        raise Impossible("Several characters came at once, as when a text is pasted. Only typing counts.")
    if not is_plain(new):
        raise Impossible("The text has characters that no English keyboard types.")
    return Change(moment, field, place, gone, new)


def is_plain(text: str) -> bool:
    return all(" " <= character <= "~" for character in text)


def texts_typed(changes: Sequence[Change], *, fields: int) -> list[str]:
    """Type it all again; returns what stands in each field at the end. Raises `Impossible`."""
    texts = [""] * fields
    room = LONGEST_TEXT
    for change in changes:
        text = texts[change.field]
        if change.place + change.gone > len(text):
            raise Impossible("The log changes text that is not there.")
        room += change.gone - len(change.new)
        if room < 0:
            raise Impossible("The text is longer than any test makes it.")
        texts[change.field] = f"{text[: change.place]}{change.new}{text[change.place + change.gone :]}"
    return texts


def check_times(changes: Sequence[Change], *, minutes: int, since_start: int) -> None:
    """`since_start`: milliseconds on the server's clock between the page and the end. Raises `Impossible`.

    The time of a test runs from the first key.
    """
    begins, lasts = changes[0].moment, minutes * 60_000
    if changes[-1].moment - begins > lasts:
        raise Impossible("There are keys after the end of the test.")
    if begins + lasts > since_start + SLACK:
        raise Impossible("The test came back before its time was over.")
    typed = [change.moment for change in changes for _ in change.new]
    if len(typed) > FASTEST * 5 * minutes:
        raise Impossible("That is faster than anybody can type.")
    pairs = zip(typed, typed[BURST - 1 :], strict=False)
    if any(later - earlier < BURST_LASTS for earlier, later in pairs):
        raise Impossible("Keys followed each other faster than hands can move.")
