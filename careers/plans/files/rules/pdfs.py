"""PDF files as they are kept: their pages, written anew. What acts, hides, or says who made them stays behind.

What is kept looks as it did: every page is rendered before and after (`plans.files.rules.rendering`). A page that would
not look the same is kept as a picture of itself, and the person is told; what each reader draws in its own way is
refused. What is drawn stays as it was, also beyond a page's edges, under a picture, or white on white.
"""

import io
import logging
from collections.abc import Iterator
from typing import Any

from pikepdf import (
    Array,
    Dictionary,
    Name,
    Object,
    ObjectStreamMode,
    PasswordError,
    Pdf,
    Stream,
    StreamDecodeLevel,
)
from pikepdf.settings import set_qpdf_limits

from careers.lib.words import plural
from careers.plans.files.rules.kinds import DAMAGED, MOST_BYTES, Clean, Unfit
from careers.plans.files.rules.pdf_clearing import clear, clear_document
from careers.plans.files.rules.pdf_marks import (
    MADE_UP,
    frames_of_links,
    is_foreign,
    is_seen_elsewhere,
    is_without_look,
    is_worked_out,
    seen_marks,
    stamps,
    undrawn_marks,
)
from careers.plans.files.rules.pdf_objects import (
    MOST_ABOVE,
    inherited,
    keep_only,
    names_of,
    part_of,
    parts_of,
    sides_of,
)
from careers.plans.files.rules.rendering import Rendered, are_alike, changed

MOST_PAGES = 200
MOST_UNPACKED = 50_000_000  # bytes of what is not a picture
TOO_MANY_PAGES = f"This PDF has more than {MOST_PAGES} pages. Choose a shorter one."
TAKE_OFF_PASSWORD = "This PDF opens with a password. Take the password off, save it and choose that."  # noqa: S105, a sentence
TOO_LARGE_ANEW = "Written anew this PDF has more than 5 MB. Save it smaller and choose that."
XFA = "This PDF is a form that only some programs can show (XFA). Print it to a new PDF and choose that."
PORTFOLIO = "This PDF is a folder of other files (a portfolio). Take out the one that you want to keep and choose that."
CHANGES_ITSELF = "This PDF changes how it looks when it is opened. Print it to a new PDF and choose that."
WITHOUT_LOOK = (
    "On page {page} a note, a drawing or a field was saved without its look, so each program draws it in its own way. "
    "Print it to a new PDF and choose that."
)
NOT_ALIKE = "Written anew this PDF would not look the same. Print it to a new PDF and choose that."
# What the person is told of one that is kept.
LOOKS_MADE_UP = "What was filled in or marked on it is kept as most programs draw it: open it and check."
WITHOUT_SIGNATURE = "Its digital signature is not kept, so keep the file that you have, too."
WITHOUT_ATTACHED = "The files attached to it are not kept."
AS_PICTURES = "It is kept as pictures of its pages: only so they look the same and say nothing else."
SOME_AS_PICTURES = "{some} of its {all} pages {are} kept as pictures: only so they look the same and say nothing else."

INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
BOXES = {"/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"}
OF_A_PAGE = {"/Type", "/Rotate", "/UserUnit", "/Group", "/Resources", "/Contents", "/OutputIntents", *BOXES}
OF_A_DOCUMENT = {"/Type", "/OCProperties", "/OutputIntents", "/ViewerPreferences"}
CHANGE_LOOKS = {"/SetOCGState", "/Hide"}  # actions


def clean_pdf(content: bytes) -> Clean:
    """Runs where time and memory are bounded (`plans.files.rules.cleaning`): reading alone can take more than there
    is.
    """
    set_qpdf_limits(flate_max_memory=MOST_UNPACKED, run_length_max_memory=MOST_UNPACKED)
    for library in ("pikepdf", "pypdfium2"):  # they say what they mended
        logging.getLogger(library).setLevel(logging.CRITICAL)
    try:
        return cleaned(content)
    except (Unfit, MemoryError, RecursionError):
        raise
    except PasswordError:
        raise Unfit(TAKE_OFF_PASSWORD) from None
    except Exception:  # neither library has one name for what it cannot read
        raise Unfit(DAMAGED) from None


def cleaned(content: bytes) -> Clean:
    with opened(content) as pdf:
        pages = pages_of(pdf)
        refuse_what_differs_by_program(pdf.Root, pages)
        told = list(lost_with(pdf.Root, pages))
        undrawn = [undrawn_marks(pdf.Root, page) for page in pages]
        # A look that is made up writes all but ASCII in fonts that other programs may not have.
        foreign = {number for number, marks in enumerate(undrawn) if any(map(is_foreign, marks))}
    before = Rendered(content)
    if len(before) != len(pages):  # nobody knows then which page is which
        raise Unfit(DAMAGED)
    if any(undrawn):
        told.append(LOOKS_MADE_UP)
        content = before.with_looks()
    with opened(content) as pdf:
        pages = pages_of(pdf)
        refuse_what_has_no_look(pages)
        frames = [list(frames_of_links(pdf, page)) for page in pages]
        only_here = {number for number, page in enumerate(pages) if not any(map(is_seen_elsewhere, seen_marks(page)))}
        with_photos = write_anew(pdf, pages)
        different = foreign | with_photos | changed(before, Rendered(packed(pdf)))
        if not different <= only_here:
            raise Unfit(NOT_ALIKE)
        if different:
            told.append(kept_as_pictures(different, pages))
            become_pictures(pdf, pages, different, Rendered(content))
            if not are_alike(before, Rendered(packed(pdf)), different):
                raise Unfit(NOT_ALIKE)
        for page, marks in zip(pages, frames, strict=True):
            if marks:
                page["/Annots"] = Array([*page.get("/Annots", Array()), *marks])
        anew = packed(pdf)
    if len(anew) > MOST_BYTES:
        raise Unfit(TOO_LARGE_ANEW)
    return Clean(anew, tuple(told))


def kept_as_pictures(some: set[int], pages: list[Object]) -> str:
    if len(some) == len(pages):
        return AS_PICTURES
    return SOME_AS_PICTURES.format(some=len(some), all=len(pages), are=plural(len(some), "is,are"))


def opened(content: bytes) -> Pdf:
    return Pdf.open(io.BytesIO(content), suppress_warnings=True)


def pages_of(pdf: Pdf) -> list[Object]:
    """Each with all that it has from the nodes above it."""
    if not len(pdf.pages):
        raise Unfit(DAMAGED)
    if len(pdf.pages) > MOST_PAGES:
        raise Unfit(TOO_MANY_PAGES)
    pages: list[Object] = [page.obj for page in pdf.pages]
    for page in pages:
        for name in INHERITED:
            value = inherited(page, name)
            if value is not None:
                page[name] = value
    return pages


def packed(pdf: Pdf) -> bytes:
    anew = io.BytesIO()
    pdf.save(
        anew,
        stream_decode_level=StreamDecodeLevel.none,  # nothing is unpacked that might not fit
        object_stream_mode=ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return anew.getvalue()


def refuse_what_differs_by_program(root: Object, pages: list[Object]) -> None:
    if "/XFA" in part_of(root, "/AcroForm") or root.get("/NeedsRendering"):
        raise Unfit(XFA)
    if "/Collection" in root:
        raise Unfit(PORTFOLIO)
    actions = [root.get("/OpenAction"), *(part_of(page, "/AA").get("/O") for page in pages)]
    if any(changes_looks(action) for action in actions):
        raise Unfit(CHANGES_ITSELF)
    for number, page in enumerate(pages):
        if any(mark.get("/Subtype") not in MADE_UP or is_worked_out(mark) for mark in undrawn_marks(root, page)):
            raise Unfit(WITHOUT_LOOK.format(page=number + 1))


def changes_looks(action: Any) -> bool:
    for _ in range(MOST_ABOVE):
        if not isinstance(action, Dictionary):
            return False
        if action.get("/S") in CHANGE_LOOKS:
            return True
        following = action.get("/Next")
        action = following[0] if isinstance(following, Array) and len(following) else following
    return True


def lost_with(root: Object, pages: list[Object]) -> Iterator[str]:
    marks = [mark for page in pages for mark in parts_of(page, "/Annots")]
    if "/Perms" in root or any(
        inherited(mark, "/FT") == "/Sig" and inherited(mark, "/V") is not None for mark in marks
    ):
        yield WITHOUT_SIGNATURE
    if "/EmbeddedFiles" in part_of(root, "/Names") or any("/FS" in mark for mark in marks):
        yield WITHOUT_ATTACHED


def refuse_what_has_no_look(pages: list[Object]) -> None:
    for number, page in enumerate(pages):
        if any(is_without_look(mark) for mark in seen_marks(page)):
            raise Unfit(WITHOUT_LOOK.format(page=number + 1))


def write_anew(pdf: Pdf, pages: list[Object]) -> set[int]:
    """Returns the numbers of the pages that may still say what nobody sees."""
    for page in pages:
        marks = [*stamps(pdf, page)]
        keep_only(page, OF_A_PAGE)
        if marks:
            page["/Annots"] = Array(marks)
    root = pdf.Root
    keep_only(root, OF_A_DOCUMENT)
    root["/Pages"] = pdf.make_indirect(Dictionary({"/Type": Name.Pages, "/Kids": Array(pages), "/Count": len(pages)}))
    clear_document(root)
    unclear = clear([*pages, *(root[name] for name in names_of(root) if name != "/Pages")])
    for page in pages:
        page["/Parent"] = root["/Pages"]
    for name in names_of(pdf.trailer):
        if name not in ("/Root", "/Size"):
            del pdf.trailer[name]
    own = [contents_of(page) for page in pages]
    if not unclear <= set().union(*own):  # what several pages may draw
        return set(range(len(pages)))
    return {number for number, contents in enumerate(own) if contents & unclear}


def contents_of(page: Object) -> set[tuple[int, int]]:
    found = page.get("/Contents")
    return {one.objgen for one in (found if isinstance(found, Array) else [found]) if isinstance(one, Stream)}


def become_pictures(pdf: Pdf, pages: list[Object], which: set[int], seen: Rendered) -> None:
    """In place of all that is drawn on them, within the same edges and turned as they were."""
    for number in which:
        page = pages[number]
        jpeg, (width, height) = seen.as_jpeg(number)
        about = {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": width, "/Height": height}
        about |= {"/ColorSpace": Name.DeviceRGB, "/BitsPerComponent": 8, "/Filter": Name.DCTDecode}
        left, bottom, right, top = edges_of(page)
        drawn = f"{right - left:f} 0 0 {top - bottom:f} {left:f} {bottom:f} cm /P Do"
        keep_only(page, {"/Type", "/Parent", "/Rotate", "/UserUnit", *BOXES})
        page["/Resources"] = Dictionary({"/XObject": Dictionary({"/P": Stream(pdf, jpeg, Dictionary(about))})})
        page["/Contents"] = Stream(pdf, drawn.encode())


def edges_of(page: Object) -> tuple[float, float, float, float]:
    """Return left, bottom, right, top of the part that is shown. Raises `Unfit` if there is no paper."""
    paper, shown = sides_of(page["/MediaBox"]), sides_of(page.get("/CropBox"))
    if paper is None:
        raise Unfit(DAMAGED)
    shown = shown or paper
    return max(paper[0], shown[0]), max(paper[1], shown[1]), min(paper[2], shown[2]), min(paper[3], shown[3])
