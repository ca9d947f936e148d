"""What it would cost to let a certificate lapse: only what is known, in sentences."""

from datetime import date

from careers.evidence.rules.renewal import has_lapsed
from careers.lib.about import About
from careers.lib.hours import Hours, hours_in_words
from careers.lib.words import counted, plural
from careers.plans.rules.countdowns import lapse_in_words

UNKNOWN = "The guide names no fee and no hours for it."
UNLISTED = "The guide does not list it: ask the issuer what renewing costs."
FAR_DAYS = 365  # from here on the day says more than their number


def cost_of_lapse(
    *,
    fee: str = "",
    hours: Hours | None = None,
    rule: str = "",
    goal: str = "",
    role: str = "",
    skills: int = 0,
    is_listed: bool = True,
) -> tuple[str, ...]:
    """Whole sentences, the heaviest first. Never empty: that nothing is known is said, too.

    `is_listed`: the guide shows it. `fee` is in words with its date; `goal` and `role` name the role in which the
    person counts on it.

    >>> cost_of_lapse(fee="US$422 (2024)", skills=1)
    ('Sitting the exam again costs US$422 (2024).', 'The skill that it showed stays as learnt.')
    """
    said = (
        f"Sitting the exam again costs {fee}." if fee else "",
        f"Preparing again takes {in_hours(hours)} by the guide." if hours else "",
        f"The step of your goal, {goal}, that asks for it is open again." if goal else "",
        f"{role}, the role you want to reach, recommends it." if role else "",
        f"What the guide says of renewing: {sentence(rule)}" if rule else "",
        stays(skills),
    )
    return tuple(line for line in said if line) or (UNKNOWN if is_listed else UNLISTED,)


def in_hours(hours: Hours) -> str:
    return f"{'at least' if hours.is_at_least else 'about'} {hours_in_words(hours.known)}"


def sentence(text: str) -> str:
    """With a full stop, and one only.

    >>> sentence("Pay the fee "), sentence("Pay.")
    ('Pay the fee.', 'Pay.')
    """
    trimmed = " ".join(text.split())
    return trimmed if trimmed.endswith((".", "!", "?")) else f"{trimmed}."


def stays(skills: int) -> str:
    if not skills:
        return ""
    whose = plural(skills, f"The skill that it showed stays,The {skills} skills that it showed stay")
    return f"{whose} as learnt."


def ends_in_words(*, today: date, expires: About) -> str:
    """
    >>> from careers.lib.about import Precision
    >>> ends_in_words(today=date(2026, 1, 1), expires=About(date(2026, 1, 2)))
    'It lapses on 2 January 2026, in 1 day.'
    >>> ends_in_words(today=date(2026, 1, 3), expires=About(date(2026, 1, 2)))
    'It lapsed on 2 January 2026.'
    >>> ends_in_words(today=date(2026, 1, 1), expires=About(date(2026, 3, 1), Precision.MONTH))
    'It lapses about March 2026, in about 2 months.'
    """
    days = (expires.day - today).days
    if days > FAR_DAYS:
        return f"It is valid until {expires}."
    if not expires.is_exact:
        return f"It {lapse_in_words(today, expires)}."
    if has_lapsed(today, expires.last):
        return f"It lapsed {expires.on}."
    if days == 0:
        return f"It lapses at the end of today, {expires}."
    return f"It lapses {expires.on}, in {counted(days, 'day')}."
