"""How fast and how right somebody typed.

Definitions, each with its source in `SOURCES`:

- A word is five characters, blanks included.
- Gross words a minute: the characters that stand at the end, as words, by the minutes. What was taken back is not
  counted; it has cost its time.
- Mistakes of a typed text: the fewest characters to add, take away or exchange that make it the text that was given, as
  far as one came. A word that was left out is so many mistakes as it has characters, and does not make the rest wrong.
- Accuracy: the share of characters without a mistake, of the longer one of the two texts.
- Net words a minute: gross words less one word for each mistake, by the minutes; never below zero.
- Data entry: a field is right when it is what the form says, to the last character. Of the fields as far as one came,
  also of those that were left out, accuracy is the share that is right. One that the end of time cut off is no mistake.
- Keystrokes an hour: characters, by the minutes, times 60. The net ones are those that count: of typed text the net
  words times five, of data entry the characters of the fields that are right.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WORD = 5  # characters


@dataclass(frozen=True)
class Measures:
    """`characters` stand at the end, `counted` of them count after mistakes. `errors` are of what was `compared`:
    characters of a text, fields of a form; `late_errors` of them were made in the second half.
    """

    minutes: int
    characters: int
    counted: int
    errors: int
    compared: int
    late_errors: int

    @property
    def gross_wpm(self) -> int:
        """Rounded down, as all here: nothing shows a speed that it has not reached."""
        return self.characters // (WORD * self.minutes)

    @property
    def net_wpm(self) -> int:
        return self.counted // (WORD * self.minutes)

    @property
    def gross_kph(self) -> int:
        return self.characters * 60 // self.minutes

    @property
    def net_kph(self) -> int:
        return self.counted * 60 // self.minutes

    @property
    def accuracy(self) -> int:
        """In percent; 0 where nothing was typed."""
        return 100 * (self.compared - self.errors) // self.compared if self.compared else 0


def measure_text(typed: str, given: str, *, minutes: int) -> Measures:
    errors, reached = mistakes(typed, given)
    early, _ = mistakes(typed[: len(typed) // 2], given)
    return Measures(
        minutes=minutes,
        characters=len(typed),
        counted=max(0, len(typed) - WORD * errors),
        errors=errors,
        compared=max(len(typed), reached),
        late_errors=errors - early,
    )


def measure_fields(typed: Sequence[str], given: Sequence[str], *, minutes: int) -> Measures:
    last = max((place for place, text in enumerate(typed) if text), default=-1)
    pairs = list(zip(typed, given, strict=True))[: last + 1]
    if pairs and is_cut_off(*pairs[-1]):
        pairs.pop()
    wrong = [text != wanted for text, wanted in pairs]
    return Measures(
        minutes=minutes,
        characters=sum(map(len, typed)),
        counted=sum(len(text) for text, wanted in pairs if text == wanted),
        errors=sum(wrong),
        compared=len(pairs),
        late_errors=sum(wrong[len(wrong) // 2 :]),
    )


def is_cut_off(text: str, wanted: str) -> bool:
    return text != wanted and wanted.startswith(text)


def mistakes(typed: str, given: str) -> tuple[int, int]:
    """(the fewest changes that make `typed` a beginning of `given`, how long that beginning is).

    Of several such beginnings the longest. Myers' algorithm: a column of the table of distances is two numbers, whose
    bits say where the distance rises and where it falls from one row to the next. So 7,500 characters against as many
    take some 20 ms, not the minute of 56 million cells.
    """
    given = given[: 2 * len(typed)]  # nothing behind is nearer than typing nothing
    every = (1 << len(given)) - 1
    at: dict[str, int] = {}
    for place, character in enumerate(given):
        at[character] = at.get(character, 0) | 1 << place
    rises, falls = every, 0
    for character in typed:
        equal = at.get(character, 0)
        vertical = equal | falls
        across = (((equal & rises) + rises) ^ rises) | equal
        up = falls | (every & ~(across | rises))
        down = rises & across
        up, down = (up << 1 | 1) & every, (down << 1) & every
        rises = down | (every & ~(vertical | up))
        falls = up & vertical
    return least(len(typed), rises, falls, len(given))


def least(distance: int, rises: int, falls: int, length: int) -> tuple[int, int]:
    """The least of a column that begins with `distance`, and the last row in which it stands."""
    best, reached = distance, 0
    up, down = f"{rises:0{length}b}"[::-1], f"{falls:0{length}b}"[::-1]
    for row in range(length):
        distance += (up[row] == "1") - (down[row] == "1")
        if distance <= best:
            best, reached = distance, row + 1
    return best, reached


SOURCES = [
    (
        "Soukoreff and MacKenzie, Metrics for text entry research (CHI 2003): mistakes by alignment, and their share",
        "http://www.yorku.ca/mack/chi03.html",
    ),
    (
        "Official Typing Test, help: five characters a word, net words, keystrokes an hour",
        "http://official-typing-test.com/help.html",
    ),
    (
        "Typing Exam, SSC: speeds by post, and at most 5 mistakes in 100 words for data entry posts",
        "https://typingexam.in/exam/ssc/",
    ),
]
