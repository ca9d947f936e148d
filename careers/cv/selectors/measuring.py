"""How many pages a CV really takes: counted in the PDF that is made of it."""

from hashlib import sha256
from importlib import import_module
from io import BytesIO

from django.core.cache import cache
from django.template.loader import render_to_string

from careers.runtime.pdfs import NoPdf, pdf_of

SHEET = "css/cv_paper.css"
KEPT = 24 * 3600  # seconds; only the hash of the page is kept with it


def page_of(content):
    """The HTML that becomes the PDF."""
    return render_to_string("careers/cv/paper/pdf.html", {"cv": content})


def made_pdf(content, *, profile):
    """Raises a `NoPdf`."""
    return pdf_of(page_of(content), whose=profile.pk, sheet=SHEET)


def pages_of(content, *, profile):
    """The number of pages; None while nobody knows. Costs a PDF where this very page was not counted today."""
    key = f"cv-pages:{sha256(page_of(content).encode()).hexdigest()}"
    known = cache.get(key)
    if known is not None:
        return known
    try:
        count = counted_in(made_pdf(content, profile=profile))
    except NoPdf:
        return None
    if count:
        cache.set(key, count, KEPT)
    return count


def counted_in(pdf):
    """None for what is no PDF. The library is loaded with the first CV: no other page needs it."""
    library = import_module("pikepdf")
    try:
        with library.Pdf.open(BytesIO(pdf)) as made:
            return len(made.pages)
    except library.PdfError:
        return None
