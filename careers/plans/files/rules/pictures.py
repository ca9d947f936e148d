"""Pictures as they are kept: painted anew from their pixels, so nothing that was written beside those comes along."""

import io
import re
import warnings
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageCms, ImageOps

from careers.plans.files.rules.kinds import DAMAGED, JPEG, MOST_BYTES, PNG, Clean, Unfit

MOST_PIXELS = {PNG: 50_000_000, JPEG: 110_000_000}  # as phones take
LONGEST_SIDE = 20_000
KEPT_PIXELS = 16_000_000  # a page of A4 at 400 points to the inch
QUALITIES = (90, 80, 70)  # of a JPEG: the first that fits
SMALLER = 0.7  # of the pixels, where none fits
READERS = ("PNG", "JPEG")
TOO_MANY_PIXELS = "This picture has more than {most} million points. Save it smaller and choose it again."
MADE_SMALLER = "It was made smaller: {width:,} by {height:,} points."
SRGB = ImageCms.createProfile("sRGB")
PAINTED = {"RGB": "RGB ", "CMYK": "CMYK", "L": "GRAY"}  # what a profile for such pixels says to be for
GAMMA_OF_SRGB = 0.45455
# Of a JPEG's segments: what paints (tables, frames, scans), and of the notes beside them these two.
SCAN, END = 0xDA, 0xD9
NOTES = {*range(0xE0, 0xF0), 0xFE}
KEPT_NOTES = {0xE0: b"JFIF\0", 0xEE: b"Adobe"}
WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD9)}
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # within a scan: what is not a part of it


def clean_picture(content: bytes, kind: str) -> Clean:
    warnings.simplefilter("ignore")  # Pillow's own limits warn first; ours refuse
    Image.MAX_IMAGE_PIXELS = most = MOST_PIXELS[kind]
    try:
        with Image.open(io.BytesIO(content), formats=READERS) as picture:
            if picture.width * picture.height > most or max(picture.size) > LONGEST_SIDE:
                raise too_many_pixels(kind)
            pixels = picture.width * picture.height
            # A JPEG is unpacked at half its size, or less, where that leaves three quarters of what is kept.
            picture.draft(None, kept_size(picture.size, 0.75 * KEPT_PIXELS))
            picture.load()
            return written(painted(picture), kind, pixels)
    except Image.DecompressionBombError:
        raise too_many_pixels(kind) from None
    except (Unfit, MemoryError):
        raise
    except Exception:  # Pillow has no one name for what it cannot read
        raise Unfit(DAMAGED) from None


def too_many_pixels(kind: str) -> Unfit:
    return Unfit(TOO_MANY_PIXELS.format(most=MOST_PIXELS[kind] // 1_000_000))


def kept_size(size: tuple[int, int], most: float) -> tuple[int, int]:
    """Of no more pixels than are kept, in the same shape.

    >>> kept_size((8000, 6000), 16_000_000), kept_size((300, 200), 16_000_000)
    ((4618, 3464), (300, 200))
    """
    width, height = size
    scale = min(1.0, (most / (width * height)) ** 0.5)
    return max(1, int(width * scale)), max(1, int(height * scale))


def painted(picture: Image.Image) -> Image.Image:
    """As a viewer shows it: turned by its Exif, in the colours that its profile says, and no larger than is kept."""
    info = picture.info
    profile, gamma = info.get("icc_profile"), None if "srgb" in info else info.get("gamma")
    picture = smaller(upright(picture), KEPT_PIXELS)
    if profile:
        return in_srgb(picture, profile)
    return with_gamma(picture, gamma) if gamma else picture


def upright(picture: Image.Image) -> Image.Image:
    """As a viewer turns it by its Exif; that says it no more afterwards."""
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # the picture is whole; only what was written beside it is not
        return picture


def smaller(picture: Image.Image, most: float) -> Image.Image:
    size = kept_size(picture.size, most)
    if size == picture.size:
        return picture
    info = picture.info
    picture = in_plain_mode(picture).resize(size, Image.Resampling.LANCZOS, reducing_gap=2)
    picture.info = {name: value for name, value in info.items() if name != "transparency"}
    return picture


def in_plain_mode(picture: Image.Image) -> Image.Image:
    """With a number for each colour of each pixel, of eight bits."""
    if picture.mode.startswith("I"):  # sixteen bits of grey
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if "transparency" in picture.info or picture.mode in ("PA", "La", "RGBa"):  # a colour that is to be seen through
        return picture.convert("RGBA")
    if picture.mode == "1":
        return picture.convert("L")
    return picture if picture.mode in ("L", "LA", "RGB", "RGBA", "CMYK") else picture.convert("RGB")


def in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """With the numbers that mean in sRGB what they meant in its profile, if that is one for such pixels."""
    plain = in_plain_mode(picture)
    clear = plain.getchannel("A") if plain.mode in ("LA", "RGBA") else None
    plain = plain.convert(plain.mode.removesuffix("A")) if clear else plain
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if source.profile.xcolor_space != PAINTED[plain.mode]:
            return picture
        seen = ImageCms.profileToProfile(plain, source, SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    if seen is None:
        return picture
    seen = seen.convert("L") if plain.mode == "L" else seen
    if clear:
        seen.putalpha(clear)
    return seen


def with_gamma(picture: Image.Image, gamma: float) -> Image.Image:
    """As a PNG without a profile says how bright its numbers are."""
    if not 0.05 < gamma < 5 or abs(gamma - GAMMA_OF_SRGB) < 0.01:
        return picture
    plain = in_plain_mode(picture)
    bright = [round(255 * (value / 255) ** (GAMMA_OF_SRGB / gamma)) for value in range(256)]
    as_they_are = list(range(256))
    return plain.point(bright * len(plain.mode.removesuffix("A")) + as_they_are * plain.mode.endswith("A"))


def written(picture: Image.Image, kind: str, pixels: int) -> Clean:
    """Smaller in steps until it fits, which ends: what has a million pixels does. `pixels` is how many were sent."""
    picture = as_jpeg(picture) if kind == JPEG else as_png(picture)
    while True:
        for packed in packings(picture, kind):
            if len(packed) <= MOST_BYTES:
                width, height = picture.size
                said = MADE_SMALLER.format(width=width, height=height)
                return Clean(packed, (said,) if width * height < pixels else ())
        picture = smaller(picture, picture.width * picture.height * min(SMALLER, 0.9 * MOST_BYTES / len(packed)))


def packings(picture: Image.Image, kind: str) -> Iterator[bytes]:
    clear = picture.info.get("transparency") if picture.mode == "P" else None
    picture.info.clear()  # or the writers would take profiles and comments from there
    ways: list[dict[str, Any]] = [{"quality": quality, "optimize": True} for quality in QUALITIES]
    if kind == PNG:
        ways = [{} if clear is None else {"transparency": clear}]
    for way in ways:
        packed = io.BytesIO()
        picture.save(packed, "JPEG" if kind == JPEG else "PNG", **way)
        yield packed.getvalue()


def as_jpeg(picture: Image.Image) -> Image.Image:
    return picture if picture.mode in ("L", "RGB") else picture.convert("RGB")


def as_png(picture: Image.Image) -> Image.Image:
    if picture.mode == "P" or (picture.mode == "1" and "transparency" not in picture.info):  # as small as they are
        return picture
    return in_plain_mode(picture)


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
