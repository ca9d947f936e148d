"""The PDF of "My plan" as a browser gets it: it looks again while it is being made."""

from time import monotonic, sleep

from django.urls import reverse


def pdf_for(client, *, seconds=120):
    until = monotonic() + seconds
    while True:
        response = client.get(reverse("me-pdf"))
        if response.status_code != 202 or monotonic() > until:
            return response
        sleep(0.2)
