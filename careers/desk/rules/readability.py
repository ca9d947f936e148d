"""What an editor is told of how hard a page is to read. They are hints: nothing is refused for them."""

from collections.abc import Iterable, Sequence

from careers.lib.readability import LONG, beginning, long_sentences, reading, words
from careers.lib.words import counted, in_a_sentence

HARDEST = 8  # school grade; somebody whose second language is English still reads it with ease
FEWEST = 40  # words, below which a grade says nothing
MOST_SHOWN = 3
A_MINUTE = 200  # words that somebody reads in it whose second language is English


def hints(texts: Sequence[tuple[str, str]]) -> list[str]:
    """Sentences about the texts of a page, (name of the field, text) each; nothing where there is nothing to mend.

    >>> hints([("summary", "You book trips.")])
    []
    >>> hints([("answer", "You ask what it costs, " + "and then you wait, " * 7 + "and go.")])
    ['1 long sentence (over 25 words): “You ask what it costs, and …” in answer (35 words).']
    """
    said = said_of_long_ones(texts), said_of_grade(text for _, text in texts)
    return [sentence for sentence in said if sentence]


def length_in_words(texts: Iterable[tuple[str, str]]) -> str:
    """How much there is to read, of a page's texts; empty of none.

    >>> length_in_words([("summary", "You book trips."), ("duties", "word " * 450)])
    '453 words, about 2 minutes to read.'
    >>> length_in_words([("summary", "You book trips.")])
    '3 words, less than a minute to read.'
    """
    number = sum(len(words(text)) for _, text in texts)
    minutes = round(number / A_MINUTE)
    time = f"about {counted(minutes, 'minute')}" if number >= A_MINUTE else "less than a minute"
    return f"{counted(number, 'word')}, {time} to read." if number else ""


def said_of_long_ones(texts: Iterable[tuple[str, str]]) -> str:
    long_ones = [(name, sentence) for name, text in texts for sentence in long_sentences(text)]
    if not long_ones:
        return ""
    shown = [
        f"“{beginning(sentence)}” in {name} ({counted(len(words(sentence)), 'word')})"
        for name, sentence in long_ones[:MOST_SHOWN]
    ]
    more = len(long_ones) - len(shown)
    said = in_a_sentence([*shown, *([f"{more} more"] if more else [])])
    return f"{counted(len(long_ones), 'long sentence')} (over {LONG} words): {said}."


def said_of_grade(texts: Iterable[str]) -> str:
    """Empty where it reads with ease, or is too short to say."""
    read = reading(texts)
    if read.words < FEWEST or read.grade <= HARDEST:
        return ""
    return (
        f"Reading level: grade {read.grade:.1f}; readers manage up to {HARDEST} with ease. "
        f"Shorter sentences and shorter words lower it."
    )
