"""Reading what an address says, which may be anything."""

from urllib.parse import urlencode

from django.core.paginator import Paginator

from careers.lib.texts import query_text


def cut_short(value):
    cleaned = query_text(value)
    return cleaned if len(cleaned) <= 40 else f"{cleaned[:39]}…"


class Pages:
    """The page of a list that an address asks for, where that is all it asks: `Pages(request, rows, a_page=60)`."""

    def __init__(self, request, rows, *, a_page):
        asked = page_number(request.GET.get("page", "")) or 1
        self.page = Paginator(rows, a_page).get_page(asked)
        self.is_understood = is_page(request, self.page)

    def query(self, *, page):
        return urlencode({"page": page})


def is_page(request, page):
    """Whether an address asks for just this page of a list: not beyond its end, and nothing that is no number."""
    return request.GET.get("page", "") in ("", str(page.number))


def page_number(text):
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 6 and int(text) else None
