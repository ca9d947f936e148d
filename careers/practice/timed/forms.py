"""The signed start of a test, and what comes back when its time is over."""

from secrets import choice, randbelow
from uuid import UUID, uuid4

from django.core import signing
from django.utils import timezone

from careers.practice.timed.rules import passages, records
from careers.practice.timed.rules.keystrokes import LONGEST_TEXT, Impossible
from careers.practice.timed.rules.levels import TYPING
from careers.practice.timed.rules.starts import KINDS, MINUTES, Start, finish

SALT = "practice-start"
A_DAY = 24 * 3600  # seconds for which a start is good: who loses the network sends later
USUAL_MINUTES = 3
START_GONE = "This page was not opened here, or more than a day ago. Begin a new test."


def asked_test(query):
    """(kind, minutes) that an address asks for; what it does not say, or says wrongly, is the usual one."""
    kind, minutes = query.get("kind", ""), query.get("minutes", "")
    return (
        kind if kind in KINDS else TYPING,
        next((number for number in MINUTES if str(number) == minutes), USUAL_MINUTES),
    )


def new_start(kind, minutes, *, not_text=""):
    """Chosen by chance. A typing test does not begin with the passage `not_text`."""
    if kind == TYPING:
        texts = tuple(passages.chain(choice, minutes=minutes, not_first=not_text))
    else:
        texts = (str(randbelow(records.LARGEST_SEED)),)
    return Start(uuid4(), kind, minutes, texts, milliseconds(timezone.now()))


def signed(start):
    data = [start.key.hex, start.kind, start.minutes, start.texts, start.at]
    return signing.dumps(data, salt=SALT)


def start_of(text):
    """Raises `Impossible`: it is not ours, too old, or of a passage that is there no more."""
    try:
        key, kind, minutes, texts, at = signing.loads(text[:2000], salt=SALT, max_age=A_DAY)
        start = Start(UUID(key), kind, minutes, tuple(texts), at)
        _ = start.given
    except (signing.BadSignature, KeyError) as wrong:
        raise Impossible(START_GONE) from wrong
    return start


def finish_of(post, *, now):
    """The test that was sent. Raises `Impossible`, with a sentence for the person."""
    start = start_of(post.get("start", ""))
    return finish(start, log=post.get("log", ""), typed=post.getlist("typed"), now=milliseconds(now))


def untimed_of(post):
    """(the start, its measures) of a test that was sent without a log: nothing is said of its speed.

    Fields that were not sent are empty, and line ends are blanks. Raises `Impossible`.
    """
    start = start_of(post.get("start", ""))
    typed = [" ".join(text.split()) for text in post.getlist("typed")[: len(start.given)]]
    if sum(map(len, typed)) > LONGEST_TEXT:
        raise Impossible("The text is longer than any test makes it.")
    return start, start.measure([*typed, *[""] * (len(start.given) - len(typed))])


def milliseconds(moment):
    return int(moment.timestamp() * 1000)
