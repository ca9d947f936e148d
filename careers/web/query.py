"""Reading what an address says, which may be anything."""

from careers.lib.text import clean_text


def shown(value):
    cleaned = clean_text(value)
    return cleaned if len(cleaned) <= 40 else f"{cleaned[:39]}…"


def page_number(text):
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 6 and int(text) else None
