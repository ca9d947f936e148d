"""The PDF of "My plan" as a browser gets it: it looks again while it is being made."""

from time import monotonic, sleep

from django.urls import reverse

from careers.runtime import pdfs


def pdf_for(client):
    return once_made(lambda: client.get(reverse("me-pdf")), lambda response: response.status_code)


def once_made(ask, status_of, *, seconds=120):
    """The answer of `ask()` when it is no longer that the PDF is being made."""
    until = monotonic() + seconds
    while status_of(response := ask()) == 202 and monotonic() < until:
        sleep(0.2)
    return response


def forget_pdfs():
    """And wait for those that are being made, as each takes one of few places from whatever comes next."""
    until = monotonic() + pdfs.SECONDS_AT_MOST
    while any(not making.over.is_set() for making in list(pdfs.MAKING.values())) and monotonic() < until:
        sleep(0.01)
    pdfs.MAKING.clear()
