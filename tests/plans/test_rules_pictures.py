"""Pictures keep their colours and their shape, whatever says how to see them; what is too large shrinks."""

import io
import struct
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from careers.plans.files.rules.kinds import JPEG, MOST_BYTES, PNG
from careers.plans.files.rules.pictures import MADE_SMALLER, clean_picture

with Image.open(Path(__file__).parents[1] / "data/uploads/display-p3.png") as phone:
    P3 = phone.info["icc_profile"]
# What these mean in sRGB: their light, by the matrix from Display P3 to sRGB, which has the same curve.
OF_P3 = {(200, 100, 50): (215, 93, 31), (60, 170, 60): (0, 173, 35), (50, 80, 200): (40, 81, 207)}


def profile(space, tags):
    """A profile of version 2 with these tags."""
    at, table, data = 132 + 12 * len(tags), b"", b""
    for name, tag in tags.items():
        table += struct.pack(">4sII", name, at + len(data), len(tag))
        data += tag + b"\0" * (-len(tag) % 4)
    head = struct.pack(
        ">I4sI4s4s4s", at + len(data), b"none", 0x02400000, b"prtr", space, b"Lab " if space == b"CMYK" else b"XYZ "
    )
    head = head.ljust(36, b"\0") + b"acsp"
    head = head.ljust(68, b"\0") + struct.pack(">iii", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + data


WHITE = b"XYZ \0\0\0\0" + struct.pack(">iii", 63190, 65536, 54061)
GREY = profile(
    b"GRAY", {b"wtpt": WHITE, b"kTRC": b"curv\0\0\0\0" + struct.pack(">I", 0)}
)  # twice the number, twice the light


def inks():
    """Paper is white, with all of the first ink the grey of L* 50, with all of another black."""
    bright = [255] + [0] * 7 + [128] + [0] * 7
    corners = b"".join(bytes([lightness, 128, 128]) for lightness in bright)
    ramps = bytes(range(256))
    table = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    return profile(b"CMYK", {b"wtpt": WHITE, b"A2B0": table + ramps * 4 + corners + ramps * 3})


def sent(kind, mode, colour, size=(40, 30), **options):
    packed = io.BytesIO()
    painted = Image.new(mode, size, colour)
    if mode == "P":
        painted.putpalette(colour)
    painted.save(packed, kind, **options)
    return packed.getvalue()


def kept(content, kind=PNG):
    return Image.open(io.BytesIO(clean_picture(content, kind).content))


def is_near(one, other, by=4):
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("colour", OF_P3)
@pytest.mark.parametrize(("kind", "media"), [("PNG", PNG), ("JPEG", JPEG)])
def test_colours_of_a_phone_look_as_they_did(kind, media, colour):
    picture = kept(sent(kind, "RGB", colour, icc_profile=P3), media)
    assert is_near(picture.getpixel((9, 9)), OF_P3[colour])
    assert "icc_profile" not in picture.info


def with_gamma(gamma):
    words = PngImagePlugin.PngInfo()
    words.add(b"gAMA", struct.pack(">I", round(gamma * 100_000)))
    return words


COLOURED = {
    "seen through": (sent("PNG", "RGBA", (200, 100, 50, 99), icc_profile=P3), PNG, "RGBA", (215, 93, 31, 99)),
    "a palette": (sent("PNG", "P", [200, 100, 50], icc_profile=P3), PNG, "RGB", (215, 93, 31)),
    "one colour seen through": (
        sent("PNG", "RGB", (200, 100, 50), icc_profile=P3, transparency=(1, 2, 3)),
        PNG,
        "RGBA",
        (215, 93, 31, 255),
    ),
    "greys": (sent("PNG", "L", 55, icc_profile=GREY), PNG, "RGB", (128, 128, 128)),
    "greys seen through": (sent("PNG", "LA", (55, 99), icc_profile=GREY), PNG, "RGBA", (128, 128, 128, 99)),
    "greys of sixteen bits": (sent("PNG", "I;16", 55 * 257, icc_profile=GREY), PNG, "RGB", (128, 128, 128)),
    "greys of a JPEG": (sent("JPEG", "L", 55, icc_profile=GREY), JPEG, "RGB", (128, 128, 128)),
    "inks": (sent("JPEG", "CMYK", (255, 0, 0, 0), icc_profile=inks()), JPEG, "RGB", (119, 119, 119)),
    "inks, none of them": (sent("JPEG", "CMYK", (0, 0, 0, 0), icc_profile=inks()), JPEG, "RGB", (255, 255, 255)),
    "no profile": (sent("PNG", "RGB", (200, 100, 50)), PNG, "RGB", (200, 100, 50)),
    "what is no profile": (sent("PNG", "RGB", (200, 100, 50), icc_profile=b"x" * 200), PNG, "RGB", (200, 100, 50)),
    "a profile cut off": (sent("PNG", "RGB", (200, 100, 50), icc_profile=P3[:300]), PNG, "RGB", (200, 100, 50)),
    "a profile for other pixels": (sent("PNG", "RGB", (200, 100, 50), icc_profile=GREY), PNG, "RGB", (200, 100, 50)),
    "numbers of light": (sent("PNG", "RGB", (55, 55, 55), pnginfo=with_gamma(1)), PNG, "RGB", (127, 127, 127)),
    "light seen through": (sent("PNG", "LA", (55, 99), pnginfo=with_gamma(1)), PNG, "RGBA", (127, 127, 127, 99)),
    "numbers as in sRGB": (sent("PNG", "RGB", (55, 66, 77), pnginfo=with_gamma(0.45455)), PNG, "RGB", (55, 66, 77)),
    "numbers of no light": (sent("PNG", "RGB", (55, 66, 77), pnginfo=with_gamma(0)), PNG, "RGB", (55, 66, 77)),
}


@pytest.mark.parametrize("name", COLOURED)
def test_colours_are_kept_whatever_they_are_written_in(name):
    content, media, mode, colour = COLOURED[name]
    assert is_near(kept(content, media).convert(mode).getpixel((9, 9)), colour)


def test_a_photo_larger_than_any_page_is_made_smaller_and_says_so(monkeypatch):
    monkeypatch.setattr("careers.plans.files.rules.pictures.KEPT_PIXELS", 100_000)
    exif = Image.Exif()
    exif[0x0112] = 6
    clean = clean_picture(sent("JPEG", "RGB", (200, 100, 50), (800, 600), exif=exif, icc_profile=P3), JPEG)
    with Image.open(io.BytesIO(clean.content)) as picture:
        width, height = picture.size
        assert is_near(picture.getpixel((9, 9)), (215, 93, 31))
    assert 75_000 <= width * height <= 100_000
    assert height / width == pytest.approx(8 / 6, rel=0.01)
    assert clean.told == (MADE_SMALLER.format(width=width, height=height),)


def test_a_long_narrow_screenshot_stays_as_it_is():
    clean = clean_picture(sent("PNG", "L", 9, (80, 19_000)), PNG)
    assert Image.open(io.BytesIO(clean.content)).size == (80, 19_000)
    assert clean.told == ()


@pytest.mark.parametrize(("kind", "media"), [("PNG", PNG), ("JPEG", JPEG)])
def test_what_is_still_too_much_shrinks_until_it_fits(kind, media, monkeypatch):
    monkeypatch.setattr("careers.plans.files.rules.pictures.MOST_BYTES", 50_000)
    packed = io.BytesIO()
    Image.effect_noise((400, 300), 90).save(packed, kind, quality=100)
    clean = clean_picture(packed.getvalue(), media)
    assert 20_000 < len(clean.content) <= 50_000 < len(packed.getvalue()) < MOST_BYTES
    assert clean.told
