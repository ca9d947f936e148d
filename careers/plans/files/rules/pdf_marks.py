"""What was filled into a form, stamped or drawn on a page of a PDF: how it looks, and who says so."""

from collections.abc import Iterable, Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from careers.plans.files.rules.pdf_objects import inherited, part_of, parts_of, sides_of

# Flags of an annotation.
HIDDEN = 2
NOT_ON_SCREENS = 32
WHERE_SEEN = 4 | 8 | 16 | NOT_ON_SCREENS  # on paper; not enlarged, not turned
NOT_DRAWN = {"/Link", "/PrinterMark", "/TrapNet", "/Watermark"}  # without a look they have none
# These are drawn alike everywhere without a look of their own, so one can be made for them.
MADE_UP = {"/Widget", "/Square", "/Circle", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Ink", "/Text"}


def seen_marks(page: Object) -> list[Object]:
    return [
        mark
        for mark in parts_of(page, "/Annots")
        if mark.get("/Subtype") != "/Popup" and not int(mark.get("/F", 0)) & HIDDEN and has_room(mark)
    ]


def has_room(mark: Object) -> bool:
    sides = sides_of(mark.get("/Rect"))
    return sides is not None and sides[0] < sides[2] and sides[1] < sides[3]


def undrawn_marks(root: Object, page: Object) -> list[Object]:
    """Those that each program draws for itself, as they have no look, or are said to need a new one."""
    redraws = bool(part_of(root, "/AcroForm").get("/NeedAppearances"))
    return [mark for mark in seen_marks(page) if is_without_look(mark) or (redraws and is_redrawn(mark))]


def is_redrawn(mark: Object) -> bool:
    return is_text(mark) and ("/N" in part_of(mark, "/AP") or is_to_be_seen(mark))


def is_without_look(mark: Object) -> bool:
    """A look for other states than its own is one: it is not to be seen then."""
    kind = mark.get("/Subtype")
    if kind in NOT_DRAWN or "/N" in part_of(mark, "/AP"):
        return False
    return kind != "/Widget" or is_to_be_seen(mark)


def is_to_be_seen(field: Object) -> bool:
    """Whether programs draw it: its value, or the button that it is."""
    if inherited(field, "/FT") == "/Sig":
        return False
    has_value = bool(text_of(field)) if is_text(field) else inherited(field, "/V") not in (None, "/Off")
    return has_value or any(name in part_of(field, "/MK") for name in ("/BC", "/BG", "/CA"))


def is_text(mark: Object) -> bool:
    return mark.get("/Subtype") == "/Widget" and inherited(mark, "/FT") in ("/Tx", "/Ch")


def is_worked_out(mark: Object) -> bool:
    """A script says how its value is written, or its letters are in none of the fonts that every program has."""
    acts = inherited(mark, "/AA")
    if isinstance(acts, Dictionary) and "/F" in acts:
        return True
    return is_text(mark) and not is_written_in(text_of(mark), "cp1252")


def is_foreign(mark: Object) -> bool:
    return is_text(mark) and not is_written_in(text_of(mark), "ascii")


def is_written_in(text: str, letters: str) -> bool:
    return text.encode(letters, "ignore").decode(letters) == text


def text_of(field: Object) -> str:
    """Return the text in it. A value that is no text becomes a letter that no font has."""
    value = inherited(field, "/V")
    every = value if isinstance(value, Array) else [] if value is None else [value]
    return " ".join(str(one) if isinstance(one, String) else "\uffff" for one in every)


def stamps(pdf: Pdf, page: Object) -> Iterator[Object]:
    """How each mark looks, and nothing of what it does."""
    for mark in seen_marks(page):
        look = look_of(mark)
        if look is not None:
            layer = {"/OC": mark["/OC"]} if "/OC" in mark else {}
            yield stamp(pdf, look, mark, **layer)


def stamp(pdf: Pdf, look: Object, mark: Object, **more: Object) -> Object:
    flags = int(mark.get("/F", 0)) & WHERE_SEEN
    about = {"/Type": Name.Annot, "/Subtype": Name.Stamp, "/Rect": Array(mark["/Rect"]), "/F": flags}
    return pdf.make_indirect(Dictionary({**about, "/AP": Dictionary({"/N": look}), **more}))


def is_seen_elsewhere(mark: Object) -> bool:
    """On paper, or not, as its layer says: a picture of the screen does not tell."""
    return "/OC" in mark or bool(int(mark.get("/F", 0)) & NOT_ON_SCREENS)


def look_of(mark: Object) -> Object | None:
    """The stream that paints it; of several, the one for the state it is in."""
    look = part_of(mark, "/AP").get("/N")
    if isinstance(look, Dictionary):
        look = look.get(str(mark.get("/AS", "/None")))
    return look if isinstance(look, Stream) else None


def frames_of_links(pdf: Pdf, page: Object) -> Iterator[Object]:
    """The line around a link, which readers draw of themselves, and only where a link says that it has one."""
    for mark in seen_marks(page):
        drawing = frame_of(mark) if mark.get("/Subtype") == "/Link" and "/N" not in part_of(mark, "/AP") else b""
        if drawing:
            about = {"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array(mark["/Rect"])}
            yield stamp(pdf, Stream(pdf, drawing, Dictionary(about)), mark)


def frame_of(link: Object) -> bytes:
    style, border, colour = part_of(link, "/BS"), link.get("/Border"), link.get("/C", Array([0]))
    width, dashes = 0.0, None
    if "/BS" in link:
        width, dashes = float(style.get("/W", 1)), style.get("/D", Array([3])) if style.get("/S") == "/D" else None
    elif isinstance(border, Array) and len(border) > 2:
        width, dashes = float(border[2]), border[3] if len(border) > 3 else None
    paint = {1: "G", 3: "RG", 4: "K"}.get(len(colour))
    if not width > 0 or not paint:
        return b""
    left, bottom, right, top = sides_of(link["/Rect"]) or (0, 0, 0, 0)
    half = width / 2
    drawn = f"{left + half:f} {bottom + half:f} {right - left - width:f} {top - bottom - width:f} re S"
    if style.get("/S") == "/U":
        drawn = f"{left:f} {bottom + half:f} m {right:f} {bottom + half:f} l S"
    pattern = f"[{numbers(dashes)}] 0 d" if isinstance(dashes, Array) else ""
    return f"{numbers(colour)} {paint} {width:f} w {pattern} {drawn}".encode()


def numbers(every: Iterable[Any]) -> str:
    return " ".join(f"{float(one):f}" for one in every)
