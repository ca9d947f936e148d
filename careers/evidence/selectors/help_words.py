"""What a certification would bring a person, in sentences for a page."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# Aloud an arrow is “from 2 to 3”.
FROM_TO = (
    '{} (<span class="visually-hidden">from </span>{} <span aria-hidden="true">→</span>'
    '<span class="visually-hidden">to</span> {}{})'
)


def gains_in_words(gains) -> SafeString:
    """Of the gaps of a role, each with its levels: what is closed, narrowed, and shown for the first time. `gains` is a
    `GainsShown`. Each sentence ends with a space.
    """
    closes = format_html("Closes the gap in {}. ", raised(gains.closes)) if gains.closes else ""
    narrows = format_html("Narrows the gap in {}. ", raised(gains.narrows, is_part=True)) if gains.narrows else ""
    shows = format_html("Shows {}, not rated yet.", raised_from_nothing(gains.shows)) if gains.shows else ""
    return format_html("{}{}{}", closes, narrows, shows)


def raised(pairs, *, is_part=False):
    """`is_part`: what is asked is not reached, so that it is named."""
    of_asked = " of {}" if is_part else ""
    rows = ((skill.name, gain.before, gain.after, of_asked.format(gain.asked)) for skill, gain in pairs)
    return format_html_join(", ", FROM_TO, rows)


def raised_from_nothing(pairs):
    return format_html_join(", ", "{} ({} of {})", ((skill.name, gain.after, gain.asked) for skill, gain in pairs))
