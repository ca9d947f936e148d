"""What an uploaded file is, by what is in it, and what it may be called. Nothing here trusts its sender."""

import re
import unicodedata
from typing import NamedTuple

from careers.lib.texts import is_blank

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
WORKBOOK = b"PK\x03\x04"  # of the HR desk's sheets, which no plan keeps
BEGINNINGS = {PDF: b"%PDF-", PNG: b"\x89PNG\r\n\x1a\n", JPEG: b"\xff\xd8\xff"}
# The first is the one that a name gets; the others may stay.
ENDINGS = {PDF: (".pdf",), PNG: (".png",), JPEG: (".jpg", ".jpeg")}
LONGEST_NAME = 120
MOST_BYTES = 5_000_000  # of one file as it is kept, and of a PDF as it is sent
MOST_BYTES_OF_PICTURE = 15_000_000  # as it is sent: it shrinks
TAKEN = "A PDF up to 5 MB, or a PNG or JPEG picture up to 15 MB."
HEADER_WITHIN = 1024  # bytes before a PDF's own beginning, as readers take it
REFUSED = 3  # what `plans.files.rules.cleaning` ends with when it has said a sentence
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # control, format, halves of characters, ends of lines
JOINERS = "\u200c\u200d"  # names in many scripts need them
AT_THE_ENDS = ". " + JOINERS  # where it hides the name or its ending, and joins nothing

EMPTY = "This file is empty. Choose another one."
WRONG_KIND = "This is no PDF, PNG or JPEG, whatever its name says. Save or scan it as one of them, and choose that."
DAMAGED = "This file is damaged or not complete, so it cannot be opened. Save it anew and choose that."
TOO_INTRICATE = (
    "This file takes too long or too much memory to open. Print it to a new PDF or save it smaller, and choose that."
)


class Clean(NamedTuple):
    """A file as it may be kept, and sentences to the person on what is not as it was."""

    content: bytes
    told: tuple[str, ...] = ()


class Unfit(Exception):
    """The file cannot be kept. The text says why, to the person."""


def kind_of(content: bytes) -> str:
    r"""Its media type, by its first bytes; `Unfit` for all that the portal does not keep.

    >>> kind_of(b"%PDF-1.7"), kind_of(b"\xef\xbb\xbf%PDF-1.7")
    ('application/pdf', 'application/pdf')
    """
    if not content:
        raise Unfit(EMPTY)
    for kind, beginning in BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    if BEGINNINGS[PDF] in content[:HEADER_WITHIN]:
        return PDF
    raise Unfit(WRONG_KIND)


def most_bytes(content: bytes) -> int:
    r"""How much of a file may be sent that begins so.

    >>> most_bytes(b"\xff\xd8\xff\xe0"), most_bytes(b"%PDF-1.7")
    (15000000, 5000000)
    """
    is_large = content.startswith((BEGINNINGS[PNG], BEGINNINGS[JPEG], WORKBOOK))
    return MOST_BYTES_OF_PICTURE if is_large else MOST_BYTES


def clean_name(name: str, kind: str) -> str:
    r"""One line that says what kind of file it is, and nothing that a folder or a screen takes for something else.

    >>> clean_name("C:\\scans\\..\\My certificate.PDF", PDF)
    'My certificate.pdf'
    >>> clean_name("../../etc/passwd\x00.html", PNG)
    'passwd.html.png'
    >>> clean_name("photo\u202egnp.exe", JPEG)
    'photognp.exe.jpg'
    >>> clean_name("می\u200cخواهم.pdf", PDF) == "می\u200cخواهم.pdf"
    True
    >>> clean_name("", PDF), clean_name("\u3164.pdf", PDF)
    ('file.pdf', 'file.pdf')
    """
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(sign for sign in last if sign in JOINERS or unicodedata.category(sign) not in UNSEEN)
    line = " ".join(re.sub(r'[<>:"|?*]', " ", seen).split()).strip(AT_THE_ENDS)
    ending = next((end for end in ENDINGS[kind] if line.lower().endswith(end)), None)
    stem = (line[: -len(ending)] if ending else line).strip(AT_THE_ENDS)
    stem = "file" if is_blank(stem) else stem
    ending = ending or ENDINGS[kind][0]
    return stem[: LONGEST_NAME - len(ending)].rstrip(AT_THE_ENDS) + ending


def in_megabytes(size: int) -> str:
    """
    >>> [in_megabytes(size) for size in (0, 1, 49_999, 50_000, 5_000_000, 12_345_678)]
    ['0 MB', '0.1 MB', '0.1 MB', '0.1 MB', '5 MB', '12.4 MB']
    """
    tenths = -(-size // 100_000)  # rounded up, so that nothing looks smaller than a limit it is over
    return f"{tenths // 10} MB" if tenths % 10 == 0 else f"{tenths / 10:.1f} MB"
