"""PDFs of a person's own page: how one is sent, and what is said where there is none now."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from careers.runtime.pdfs import BeingMade, Busy, Failed, NoLibrary, NoPdf, TooLong

PRINT_IT = "Your browser can: open the page to print, choose “Print” and save it as a PDF."
# What is said instead of a PDF (heading, text, and the words of a button that asks again), with which status, and what
# a browser is told to do then.
INSTEAD: dict[type[NoPdf], tuple] = {
    BeingMade: (
        "Your PDF is being made",
        "A long one takes some seconds. This page looks again every three seconds, until it is there.",
        "Look again",
        202,
        {"Refresh": "3"},
    ),
    Busy: (
        "Other PDFs are being made",
        "Yours can be made in some seconds: try again then.",
        "Try again",
        503,
        {"Retry-After": "10"},
    ),
    TooLong: ("This is too long for a PDF", f"It would take minutes. {PRINT_IT}", "", 409, {}),
    Failed: ("Your PDF could not be made", f"Something of it went wrong here. {PRINT_IT}", "", 500, {}),
    NoLibrary: ("This portal cannot make a PDF", f"Its machine has no program for it. {PRINT_IT}", "", 501, {}),
}


@dataclass(frozen=True)
class OnPaper:
    """Names of addresses: of the PDF, of the page to print, and of the page that both are of, with its `label`."""

    pdf: str
    print: str
    page: str
    label: str


def pdf_response(pdf, file_name):
    """`file_name` is of letters, digits, hyphens and a full stop alone."""
    shown = {"Content-Disposition": f'inline; filename="{file_name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(pdf, content_type="application/pdf", headers=shown)


def instead_of_pdf(request, why, on_paper):
    """`why` is a `NoPdf`."""
    heading, text, again, status, headers = INSTEAD[type(why)]
    words = {"heading": heading, "text": text, "again": again, "paper": on_paper}
    response = render(request, "careers/web/no_pdf.html", words, status=status)
    for name, value in headers.items():
        response[name] = value
    return response
