"""Pictures as they are kept: painted anew from their pixels, so nothing that was written beside those comes along."""

import io
import re
import warnings

from PIL import Image, ImageOps

from careers.planning.uploads import DAMAGED, JPEG, MOST_BYTES, Unfit

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 20_000
QUALITIES = (90, 80, 70)  # of a JPEG: the first that fits
READERS = ("PNG", "JPEG")
TOO_MANY_PIXELS = "This picture has more than 50 million points. Save it smaller and choose it again."
TOO_LARGE_ANEW = "Written anew this picture has more than 5 MB. Save it smaller, or as JPEG."
# Of a JPEG's segments: what paints (tables, frames, scans), and of the notes beside them these two.
SCAN, END = 0xDA, 0xD9
NOTES = {*range(0xE0, 0xF0), 0xFE}
KEPT_NOTES = {0xE0: b"JFIF\0", 0xEE: b"Adobe"}
WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD9)}
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # within a scan: what is not a part of it


def clean_picture(content: bytes, kind: str) -> bytes:
    warnings.simplefilter("ignore")  # Pillow's own limits warn first; ours refuse
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(io.BytesIO(content), formats=READERS) as picture:
            if picture.width * picture.height > MOST_PIXELS or max(picture.size) > LONGEST_SIDE:
                raise Unfit(TOO_MANY_PIXELS)
            picture.load()
            return written(upright(picture), kind)
    except Image.DecompressionBombError:
        raise Unfit(TOO_MANY_PIXELS) from None
    except (Unfit, MemoryError):
        raise
    except Exception:  # Pillow has no one name for what it cannot read
        raise Unfit(DAMAGED) from None


def upright(picture: Image.Image) -> Image.Image:
    """As a viewer turns it by its Exif; that says it no more afterwards."""
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # the picture is whole; only what was written beside it is not
        return picture


def written(picture: Image.Image, kind: str) -> bytes:
    picture = as_jpeg(picture) if kind == JPEG else as_png(picture)
    clear = picture.info.get("transparency") if picture.mode == "P" else None
    picture.info.clear()  # or the writers would take profiles and comments from there
    for quality in QUALITIES if kind == JPEG else (None,):
        packed = io.BytesIO()
        if quality:
            picture.save(packed, "JPEG", quality=quality, optimize=True)
        elif clear is None:
            picture.save(packed, "PNG")
        else:
            picture.save(packed, "PNG", transparency=clear)
        if packed.tell() <= MOST_BYTES:
            return packed.getvalue()
    raise Unfit(TOO_LARGE_ANEW)


def as_jpeg(picture: Image.Image) -> Image.Image:
    return picture if picture.mode in ("L", "RGB") else picture.convert("RGB")


def as_png(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):  # sixteen bits of grey
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("1", "L", "RGB") and "transparency" in picture.info:  # one colour that is to be seen through
        return picture.convert("RGBA")
    return picture if picture.mode in ("1", "L", "LA", "P", "RGB", "RGBA") else picture.convert("RGBA")


def without_notes(jpeg: bytes) -> bytes:
    """A JPEG as it stands within a PDF, without Exif and the like, nor what stands behind it.

    >>> without_notes(b"\\xff\\xd8\\xff\\xe1\\x00\\x06GPS!\\xff\\xda\\x00\\x02pixels")
    b'\\xff\\xd8\\xff\\xda\\x00\\x02pixels\\xff\\xd9'
    """
    at = jpeg.find(b"\xff\xd8") + 2
    kept = [b"\xff\xd8"]
    while at > 1 and at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != END:
        kind = jpeg[at + 1]
        if kind == 0xFF:  # one may stand before any segment, to fill
            at += 1
            continue
        length = 0 if kind in WITHOUT_LENGTH else int.from_bytes(jpeg[at + 2 : at + 4], "big")
        after = at + 2 + length
        if kind == SCAN:
            marker = MARKER.search(jpeg, after)
            after = marker.start() if marker else len(jpeg)
        if kind not in NOTES or jpeg[at + 4 :].startswith(KEPT_NOTES.get(kind, b"?")):
            kept.append(jpeg[at:after])
        at = after
    if kept == [b"\xff\xd8"] or jpeg[at : at + 1] not in (b"", b"\xff"):
        raise Unfit(DAMAGED)
    return b"".join(kept) + b"\xff\xd9"
