"""Reading what an address says, which may be anything."""

import re
from urllib.parse import urlencode

from django.core.paginator import Paginator

from careers.lib.texts import query_text


def cut_short(value):
    cleaned = query_text(value)
    return cleaned if len(cleaned) <= 40 else f"{cleaned[:39]}…"


class Pages:
    """The page of a list that an address asks for: `Pages(request, rows, a_page=60)`. `also` are {parameter: value} of
    what else it asks.
    """

    def __init__(self, request, rows, *, a_page, also=None, first=1):
        """`first` is the page that stands there where the address asks for none."""
        self.also = also or {}
        asked = page_number(request.GET.get("page", "")) or first
        self.page = Paginator(rows, a_page).get_page(asked)
        self.is_understood = is_page(request, self.page)

    def query(self, *, page):
        return urlencode({**self.also, "page": page})


def is_page(request, page):
    """Whether an address asks for just this page of a list: not beyond its end, and nothing that is no number."""
    return request.GET.get("page", "") in ("", str(page.number))


def is_slug(text):
    return bool(re.fullmatch(r"[-a-zA-Z0-9_]{1,80}", text))


def page_number(text):
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 6 and int(text) else None
