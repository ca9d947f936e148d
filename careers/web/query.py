"""Reading what an address says, which may be anything."""

from careers.lib.texts import query_text


def shown(value):
    cleaned = query_text(value)
    return cleaned if len(cleaned) <= 40 else f"{cleaned[:39]}…"


def is_key(text):
    """Whether it may be the key of a row: a form names rows by theirs, and may say anything."""
    return text.isascii() and text.isdigit() and len(text) < 19


def page_number(text):
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 6 and int(text) else None
