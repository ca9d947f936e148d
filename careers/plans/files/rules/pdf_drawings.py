"""The words of a PDF that draw: what stands in them and draws nothing."""

import re

from pikepdf import Name, Object

# Of functions, shadings, halftones, fonts, maps of letters and colours: these streams draw nothing of themselves.
OF_OTHERS = ("/FunctionType", "/ShadingType", "/HalftoneType", "/Length1", "/CMapName", "/N", "/Type")
PICTURE_INSIDE = re.compile(rb"\bBI\b")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
OUTSIDE_TEXT = re.compile(rb"\(|%[^\r\n]*")
WITHIN_TEXT = re.compile(rb"\\.|[()]", re.DOTALL)


def is_drawing(stream: Object) -> bool:
    """A page's own, one that others draw, a pattern's, or the shape of a letter."""
    if stream.get("/Subtype") == Name.Form or "/PatternType" in stream:
        return "/ShadingType" not in stream
    return "/Subtype" not in stream and not any(name in stream for name in OF_OTHERS)


def has_photo_inside(drawing: bytes) -> bool:
    """A JPEG among the words that draw, by its filter's name, whatever letters that is written with.

    >>> has_photo_inside(b"q BI /W 9 /H 9 /F /D#43T ID ... EI Q"), has_photo_inside(b"q BI /F /CCF ID ... EI Q")
    (True, False)
    """
    if not PICTURE_INSIDE.search(drawing):
        return False
    return b"/DCT" in ESCAPED.sub(lambda escaped: bytes.fromhex(escaped[1].decode()), drawing)


def without_comments(drawing: bytes) -> bytes:
    r"""Those in a drawing with a picture inside stay: bytes of that look like comments, too.

    >>> without_comments(b"q % by Asha\n(50% \\) of (it) %) Tj Q %")
    b'q \n(50% \\) of (it) %) Tj Q '
    """
    if b"%" not in drawing or PICTURE_INSIDE.search(drawing):
        return drawing
    kept, at, depth = [], 0, 0
    while found := (WITHIN_TEXT if depth else OUTSIDE_TEXT).search(drawing, at):
        is_comment = not depth and found[0] != b"("
        kept.append(drawing[at : found.start() if is_comment else found.end()])
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        at = found.end()
    return b"".join([*kept, drawing[at:]])
