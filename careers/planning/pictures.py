"""Pictures as they are kept: painted anew from their pixels, so nothing that was written beside those comes along."""

import io
import warnings

from PIL import Image, ImageOps

from careers.planning.uploads import DAMAGED, JPEG, MOST_BYTES, Unfit

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 20_000
QUALITIES = (90, 80, 70)  # of a JPEG: the first that fits
READERS = ("PNG", "JPEG")
TOO_MANY_PIXELS = "This picture has more than 50 million points. Save it smaller and choose it again."
TOO_LARGE_ANEW = "Written anew this picture has more than 5 MB. Save it smaller, or as JPEG."
# Segments of a JPEG file that paint nothing: Exif and XMP, profiles, Photoshop's, comments. JFIF and Adobe's stay.
NOTES = {0xE1, 0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xEB, 0xEC, 0xED, 0xEF, 0xFE}
SCAN = 0xDA


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
    """A JPEG as it stands within a PDF, without Exif and the like; its pixels are not touched.

    >>> without_notes(b"\\xff\\xd8\\xff\\xe1\\x00\\x06GPS!\\xff\\xda\\x00\\x02pixels")
    b'\\xff\\xd8\\xff\\xda\\x00\\x02pixels'
    """
    if not jpeg.startswith(b"\xff\xd8"):
        return jpeg
    kept, at = [jpeg[:2]], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != SCAN:
        after = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if jpeg[at + 1] not in NOTES:
            kept.append(jpeg[at:after])
        at = after
    return b"".join([*kept, jpeg[at:]])
