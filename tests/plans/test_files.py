"""Files that people keep: every attack in a table, each refused or cleaned; private, bounded, and gone when they go."""

import base64
import errno
import io
import signal
import stat
import struct
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image, PngImagePlugin
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject

from careers.people.models.profiles import Profile
from careers.people.services.deleting import delete_accounts, delete_guest
from careers.people.services.guests import prune_guests
from careers.personal_data.services.claiming import claim_guest
from careers.plans.files import services as files
from careers.plans.files.forms import MOST_READ
from careers.plans.files.models import MOST_BYTES_A_PERSON, EvidenceFile, private_storage
from careers.plans.files.rules import cleaning as cleaning
from careers.plans.files.rules.kinds import (
    DAMAGED,
    EMPTY,
    JPEG,
    MOST_BYTES,
    MOST_BYTES_OF_PICTURE,
    PNG,
    TOO_INTRICATE,
    WRONG_KIND,
    Unfit,
)
from careers.plans.files.rules.pdf_clearing import MOST_OBJECTS
from careers.plans.files.rules.pdfs import TAKE_OFF_PASSWORD, TOO_MANY_PAGES, WITHOUT_ATTACHED, clean_pdf
from careers.plans.files.rules.pictures import too_many_pixels
from careers.plans.files.services import BUSY, cleaned, keep_file, on_disk, prune_files
from tests import factories as make
from tests.house.test_concurrency import at_once
from tests.private_files import kept_in
from tests.queries import queries_of_page

SECRET = b"SECRET-WORDS"
GPS = "GPS-IS-HERE"
HTML = b"<!doctype html><script>alert(1)</script>"
GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]%s>>"


def picture(kind="PNG", *, size=(40, 30), mode="RGB", **options):
    packed, painted = io.BytesIO(), Image.new(mode, size)
    if mode == "P":
        painted.putpalette([9, 9, 9, 200, 0, 0])
    painted.save(packed, kind, **options)
    return packed.getvalue()


def noise(kind, size, **options):
    packed = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(packed, kind, **options)
    return packed.getvalue()


def with_place(kind):
    """A picture lying on its side, as its Exif says, with the place it was taken at and more words beside it."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it by a quarter
    exif[0x010E] = GPS
    exif.get_ifd(0x8825)[2] = (14.0, 33.0, 0.0)
    options = {"exif": exif, "icc_profile": SECRET}
    if kind == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_text("Comment", SECRET.decode())
        words.add_itxt("XML:com.adobe.xmp", f"<x>{GPS}</x>", zip=False)
        return picture(kind, pnginfo=words, **options)
    return picture(kind, comment=SECRET, xmp=GPS.encode(), **options)


def animated():
    packed = io.BytesIO()
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    frames[0].save(packed, "PNG", save_all=True, append_images=frames[1:])
    return packed.getvalue()


def png_of(width, height):
    """Says it is that large, in a few bytes."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 10**6, 9)) + chunk(b"IEND", b"")


def jpeg_of(width, height):
    """Says it is that large, and is not."""
    content = picture("JPEG")
    at = content.index(b"\xff\xc0") + 5
    return content[:at] + struct.pack(">HH", height, width) + content[at + 4 :]


def pdf(*objects, extra=b""):
    """A whole PDF of these objects, the first of them its catalogue."""
    parts, places, end = [b"%PDF-1.7\n"], [], 9
    for number, one in enumerate(objects, 1):
        places.append(end)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, one))
        end += len(parts[-1])
    packed = b"".join(parts)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    packed += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return packed + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, extra, end)


def stream(data, about=b""):
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), about, data)


def plain_pdf():
    return pdf(CATALOG, PAGES, PAGE % b"/Contents 4 0 R", stream(b"0 0 50 50 re f"))


def acting_pdf():
    """With all that a PDF can do and say beside its page."""
    script = b"<</S/JavaScript/JS(app.alert\\('%s'\\))>>" % SECRET
    catalog = b"<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R/AA<</WC 5 0 R>>/Metadata 6 0 R/AcroForm<</Fields[]>>"
    catalog += b"/Names<</JavaScript<</Names[(a) 5 0 R]>>/EmbeddedFiles<</Names[(b) 7 0 R]>>>>>>"
    link = b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://%s/)>>>>" % SECRET
    launch = b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(%s.exe)>>>>" % SECRET
    page = PAGE % b"/AA<</O 5 0 R>>/Metadata 6 0 R/PieceInfo<</X 6 0 R>>/Contents 4 0 R/Annots[%s %s]" % (link, launch)
    file = b"<</Type/Filespec/F(%s.exe)/EF<</F 6 0 R>>>>" % SECRET
    facts = b"<</Author(%s)/Title(%s)>>" % (SECRET, SECRET)
    return pdf(
        catalog, PAGES, page, stream(b"0 0 50 50 re f"), script, stream(SECRET), file, facts, extra=b"/Info 8 0 R"
    )


def pdf_with_photo(packed_as, pack=bytes, *more):
    photo = pack(with_place("JPEG"))
    about = b"/Type/XObject/Subtype/Image/Width 40/Height 30/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter"
    page = PAGE % b"/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>"
    drawn, author = stream(b"40 0 0 30 0 0 cm /A Do"), b"/Author(%s)" % SECRET
    return pdf(CATALOG, PAGES, page, drawn, stream(photo, about + packed_as + author), *more)


def photo_of(kept):
    """As it is drawn on the page, and the bytes that are stored for it."""
    drawn = PdfReader(io.BytesIO(kept)).pages[0]["/Resources"]["/XObject"]["/A"]
    return Image.open(io.BytesIO(drawn._data)), drawn


def locked_pdf(password):
    writer = PdfWriter(clone_from=io.BytesIO(plain_pdf()))
    writer.encrypt(user_password=password, owner_password="of the owner", algorithm="AES-256")
    packed = io.BytesIO()
    writer.write(packed)
    return packed.getvalue()


def zipped(data=b"x"):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("page.html", data)
    return packed.getvalue()


def bomb(megabytes=100):
    return zlib.compress(b" " * megabytes * 1_000_000, 1)


def pdf_of_many_objects(count):
    patterns = b"".join(b"/A%d %d 0 R" % (number, number + 4) for number in range(count))
    return pdf(CATALOG, PAGES, PAGE % b"/Resources<</Pattern<<%s>>>>" % patterns, *[b"<<>>"] * count)


def nested_pdf(depth=5000):
    """Each object within the one before it, all of them its own."""
    chain = [b"<</Next%d %d 0 R>>" % (number, number + 5) for number in range(depth)]
    return pdf(CATALOG, PAGES, PAGE % b"/Resources<</Font<</A 4 0 R>>>>", *chain, b"null")


def pdf_of_drawings_that_double(times=30):
    """Each draws the next one twice."""
    about = b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</X %d 0 R>>>>"
    drawings = [stream(b"/X Do /X Do", about % (number + 6)) for number in range(times)]
    page = PAGE % b"/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>"
    return pdf(CATALOG, PAGES, page, stream(b"/X Do"), *drawings, stream(b"0 0 50 50 re f", about % 4))


def xref_bomb():
    packed = bomb()
    table = stream(packed, b"/Type/XRef/Size 10/W[1 2 1]/Root 1 0 R/Filter/FlateDecode")
    return b"%%PDF-1.7\n1 0 obj\n%s\nendobj\nstartxref\n9\n%%%%EOF\n" % table


def object_stream_bomb():
    """The page itself is within the stream that grows."""
    inside = zlib.compress(b"3 0 " + PAGE % b"" + b" " * 100_000_000, 1)
    holder = stream(inside, b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode")
    packed = b"%PDF-1.7\n"
    places = []
    for number, one in ((1, CATALOG), (2, PAGES), (4, holder)):
        places.append(len(packed))
        packed += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    rows = [(0, 0, 0), (1, places[0], 0), (1, places[1], 0), (2, 4, 0), (1, places[2], 0), (1, len(packed), 0)]
    table = b"".join(struct.pack(">BIB", *row) for row in rows)
    end = len(packed)
    packed += b"5 0 obj\n%s\nendobj\n" % stream(table, b"/Type/XRef/Size 6/W[1 4 1]/Root 1 0 R")
    return packed + b"startxref\n%d\n%%%%EOF\n" % end


# What takes a while to make is made in its test only.
REFUSED = {
    "nothing in it": (b"", EMPTY),
    "text": (b"I have passed.", WRONG_KIND),
    "HTML named .pdf": (HTML, WRONG_KIND),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', WRONG_KIND),
    "GIF": (GIF, WRONG_KIND),
    "GIF and Java archive": (GIF + zipped(), WRONG_KIND),
    "ZIP": (zipped(), WRONG_KIND),
    "TIFF": (b"II*\x00\x08\x00\x00\x00", WRONG_KIND),
    "HEIC": (b"\x00\x00\x00\x18ftypheic", WRONG_KIND),
    "WebP": (b"RIFF\x00\x00\x00\x00WEBPVP8 ", WRONG_KIND),
    "a PDF that begins after 1,024 bytes": (b"\n" * 1024 + plain_pdf(), WRONG_KIND),
    "HTML that begins as a PDF": (b"%PDF-1.7\n" + HTML, DAMAGED),
    "EPS that begins as a PDF": (b"%PDF-1.7\n%!PS-Adobe-3.0 EPSF-3.0\n(x) run\n", DAMAGED),
    "a GIF that begins as a PNG": (b"\x89PNG\r\n\x1a\n" + GIF, DAMAGED),
    "the beginning of a JPEG only": (b"\xff\xd8\xff\xe0", DAMAGED),
    "PNG cut off": (lambda: noise("PNG", (90, 90))[:9000], DAMAGED),
    "JPEG cut off": (noise("JPEG", (200, 200))[:3000], DAMAGED),
    "PDF cut off": (plain_pdf()[:250], DAMAGED),
    "PDF without a page": (pdf(CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"), DAMAGED),
    "PDF with a password": (lambda: locked_pdf("open sesame"), TAKE_OFF_PASSWORD),
    "PDF of 201 pages": (
        pdf(CATALOG, b"<</Type/Pages/Kids[%s]/Count 201>>" % (b"3 0 R " * 201), PAGE % b""),
        TOO_MANY_PAGES,
    ),
    "PNG of 64 billion points": (png_of(2**18, 2**18), str(too_many_pixels(PNG))),
    "PNG of 51 million points": (png_of(6000, 8500), str(too_many_pixels(PNG))),
    "PNG of one long line": (png_of(20_001, 1), str(too_many_pixels(PNG))),
    "JPEG of 111 million points": (lambda: jpeg_of(11_100, 10_000), str(too_many_pixels(JPEG))),
    "pages that hold each other": (
        pdf(CATALOG, b"<</Type/Pages/Kids[3 0 R]>>", b"<</Type/Pages/Kids[2 0 R]>>"),
        DAMAGED,
    ),
    "one object too many": (lambda: pdf_of_many_objects(MOST_OBJECTS), TOO_INTRICATE),
    "objects 5,000 deep": (nested_pdf, TOO_INTRICATE),
}
# Opening them takes all that there is, so that happens where it is bounded.
DEAR = {
    "a table that grows to 100 MB": xref_bomb,
    "objects that grow to 100 MB": object_stream_bomb,
    "unclosed to the end": lambda: b"%PDF-1.7\n" + b"1 0 obj<<" * 500_000,
}
CLEANED = {
    "PNG": picture,
    "PNG with words and place": lambda: with_place("PNG"),
    "PNG that moves": animated,
    "PNG with a ZIP behind it": lambda: picture() + zipped(SECRET),
    "PNG of sixteen bits": lambda: picture(mode="I;16"),
    "PNG with a palette": lambda: picture(mode="P", transparency=0),
    "JPEG": lambda: picture("JPEG"),
    "JPEG with words and place": lambda: with_place("JPEG"),
    "JPEG with HTML behind it": lambda: picture("JPEG") + HTML + SECRET,
    "JPEG in four inks": lambda: picture("JPEG", mode="CMYK"),
    "PDF": plain_pdf,
    "PDF after a byte order mark": lambda: b"\xef\xbb\xbf" + plain_pdf(),
    "PDF after HTML": lambda: HTML + plain_pdf(),
    "PDF that acts and says who made it": acting_pdf,
    "PDF with HTML and a ZIP behind it": lambda: plain_pdf() + HTML + zipped(SECRET),
    "PDF with a photo": lambda: pdf_with_photo(b"/DCTDecode"),
    "PDF with a photo, its filter in a list": lambda: pdf_with_photo(b"[/DCTDecode]"),
    "PDF that opens without its password": lambda: locked_pdf(""),
}
NEVER = [SECRET, GPS.encode(), b"<script", b"PK\x03\x04", b"Exif", b"JavaScript", b"/URI", b"/Launch", b"/OpenAction"]
NEVER += [b"/Metadata", b"/EmbeddedFile", b"/Author", b"/Info", b"/XFA", b"acTL", b"tEXt", b"iTXt", b"iCCP", b"eXIf"]


@pytest.fixture
def in_this_process(monkeypatch):
    """Without a process for each file, which takes a while to start."""
    monkeypatch.setattr("careers.plans.files.services.run_cleaner", cleaning.clean)


def unpacked(content):
    """A PDF's objects as they can be read; a picture as it is."""
    if not content.startswith(b"%PDF-"):
        return content
    plain = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as opened:
        opened.save(
            plain,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
        )
    return plain.getvalue()


def clean(content):
    return cleaned(content=content, name="proof")


class TestCleaning:
    @pytest.mark.usefixtures("in_this_process")
    @pytest.mark.parametrize("name", REFUSED)
    def test_is_refused_in_words(self, name):
        content, sentence = REFUSED[name]
        content = content() if callable(content) else content
        assert len(content) <= MOST_BYTES, "or it would not come so far"
        with pytest.raises(Unfit) as refused:
            clean(content)
        assert str(refused.value) == sentence

    @pytest.mark.parametrize("name", DEAR)
    def test_what_takes_much_is_refused_within_seconds(self, name):
        content = DEAR[name]()
        assert len(content) <= MOST_BYTES, "or it would not come so far"
        begun = time.monotonic()
        with pytest.raises(Unfit) as refused:
            clean(content)
        assert time.monotonic() - begun < 30  # a busy machine; alone it is one
        assert str(refused.value) in (DAMAGED, TOO_INTRICATE)

    def test_the_program_that_cleans_says_why_it_refuses(self):
        with pytest.raises(Unfit) as refused:
            clean(jpeg_of(11_100, 10_000))
        assert str(refused.value) == str(too_many_pixels(JPEG))

    def test_the_program_that_cleans_is_bounded(self):
        asked = "import io, resource, sys; from careers.plans.files.rules import cleaning as cleaning; "
        asked += "sys.stdin = io.TextIOWrapper(io.BytesIO()); "
        asked += "cleaning.clean = lambda _: cleaning.Clean(b''); cleaning.main(); "
        asked += "print(resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_CPU)[0])"
        said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
        assert said.split() == ["[]", "1000000000", "10"]

    def test_whoever_finds_all_places_taken_is_told_at_once(self, monkeypatch):
        places = threading.BoundedSemaphore(1)
        monkeypatch.setattr(files, "CLEANERS", places)
        begun = time.monotonic()
        with places, pytest.raises(Unfit) as refused:
            clean(picture())
        assert str(refused.value) == BUSY
        assert time.monotonic() - begun < 1

    def test_one_that_holds_a_thread_of_the_server_is_ended(self, monkeypatch):
        assert files.SECONDS_AT_MOST <= 25
        monkeypatch.setattr(files, "SECONDS_AT_MOST", 1)
        with pytest.raises(Unfit) as refused:
            clean(pdf_of_drawings_that_double())
        assert str(refused.value) == TOO_INTRICATE

    def test_one_that_brings_its_program_down_is_refused_in_words(self, monkeypatch):
        crashed = SimpleNamespace(returncode=-signal.SIGSEGV, stdout=b"", stderr=b"")
        monkeypatch.setattr("subprocess.run", lambda *_, **__: crashed)
        with pytest.raises(Unfit) as refused:
            clean(plain_pdf())
        assert str(refused.value) == TOO_INTRICATE

    def test_what_the_person_is_told_comes_with_the_clean_file(self):
        kept = clean(acting_pdf())
        assert kept.told == (WITHOUT_ATTACHED,)
        assert kept.content.startswith(b"%PDF-")


@pytest.mark.usefixtures("in_this_process")
class TestWhatIsKept:
    @pytest.mark.parametrize("name", CLEANED)
    def test_is_cleaned_of_all_but_what_one_sees(self, name):
        kept = clean(CLEANED[name]())
        assert [word for word in NEVER if word in unpacked(kept.content)] == []
        assert clean(kept.content).kind == kept.kind

    @pytest.mark.parametrize("kind", ["PNG", "JPEG"])
    def test_a_picture_stands_upright_without_saying_so(self, kind):
        with Image.open(io.BytesIO(clean(with_place(kind)).content)) as kept:
            assert kept.size == (30, 40)
            assert not kept.getexif()
            assert set(kept.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}

    def test_of_a_moving_picture_the_first_stays(self):
        with Image.open(io.BytesIO(clean(animated()).content)) as kept:
            assert getattr(kept, "n_frames", 1) == 1
            assert kept.getpixel((0, 0)) == (255, 0, 0)

    def test_what_can_be_seen_through_stays_so(self):
        with Image.open(io.BytesIO(clean(picture(mode="P", transparency=0)).content)) as kept:
            assert kept.convert("RGBA").getpixel((0, 0))[3] == 0

    def test_a_large_photo_is_kept_as_it_was_or_a_little_coarser(self, monkeypatch):
        content = noise("JPEG", (600, 600), quality=85)
        most = len(content) * 11 // 10
        monkeypatch.setattr("careers.plans.files.rules.pictures.MOST_BYTES", most)
        kept = clean(content)
        assert len(content) * 7 // 10 < len(kept.content) <= most
        with Image.open(io.BytesIO(kept.content)) as photo:
            assert photo.size == (600, 600)

    def test_a_pdf_keeps_its_pages(self):
        (page,) = PdfReader(io.BytesIO(clean(acting_pdf()).content)).pages
        assert page.get_contents().get_data() == b"0 0 50 50 re f"
        assert page.mediabox.width == 99

    def test_what_was_filled_into_a_form_is_still_seen(self):
        writer = PdfWriter(clone_from=io.BytesIO(plain_pdf()))
        look = StreamObject()
        look.set_data(b"BT (Asha) Tj ET")
        look.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form")})
        field = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/FT"): NameObject("/Tx"),
                NameObject("/V"): TextStringObject(SECRET.decode()),
                NameObject("/Rect"): ArrayObject(NumberObject(side) for side in (1, 2, 30, 40)),
                NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(look)}),
            }
        )
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(field)])
        packed = io.BytesIO()
        writer.write(packed)
        kept = clean(packed.getvalue()).content
        (mark,) = PdfReader(io.BytesIO(kept)).pages[0]["/Annots"]
        assert mark.get_object()["/AP"]["/N"].get_object().get_data() == b"BT (Asha) Tj ET"
        assert SECRET not in unpacked(kept)

    def test_the_same_file_cleans_to_the_same_bytes(self):
        for content in (plain_pdf(), with_place("JPEG"), with_place("PNG")):
            assert clean(content).digest == clean(content).digest


def behind_the_scan(jpeg):
    """As phones do: a second picture, with a place of its own, behind the first one's end."""
    return picture("JPEG") + jpeg


PHOTOS = {
    "plainly": (b"/DCTDecode", bytes),
    "in a list": (b"[/DCTDecode]", bytes),
    "packed once more": (b"[/FlateDecode/DCTDecode]", zlib.compress),
    "packed twice": (b"[/A85/Fl/DCTDecode]", lambda jpeg: base64.a85encode(zlib.compress(jpeg)) + b"~>"),
    "as letters": (b"[/ASCIIHexDecode/DCTDecode]", lambda jpeg: jpeg.hex().encode() + b">"),
    "in short": (b"/DCT", bytes),
    "in short and packed": (b"[/Fl/DCT]", zlib.compress),
    "elsewhere": (b" 6 0 R", bytes, b"/DCTDecode"),
    "elsewhere in a list": (b"[6 0 R]", bytes, b"/DCTDecode"),
    "with settings": (b"[/FlateDecode/DCTDecode]/DecodeParms[null<</ColorTransform 1>>]", zlib.compress),
    "with settings elsewhere": (b"[/FlateDecode/DCTDecode]/DecodeParms 6 0 R", zlib.compress, b"[null null]"),
    "after a byte": (b"/DCTDecode", lambda jpeg: b"\n" + jpeg),
    "with a byte between": (b"/DCTDecode", lambda jpeg: jpeg[:2] + b"\xff" + jpeg[2:]),
    "before another": (b"/DCTDecode", behind_the_scan),
}


@pytest.mark.parametrize("name", PHOTOS)
def test_a_photo_in_a_pdf_says_nothing_beside_its_pixels_however_it_is_packed(name):
    kept = clean_pdf(pdf_with_photo(*PHOTOS[name])).content
    photo, drawn = photo_of(kept)
    photo.load()
    assert photo.size == (40, 30)
    assert not photo.getexif()
    assert drawn["/Filter"] == "/DCTDecode"
    assert [word for word in (SECRET, GPS.encode(), b"Exif") if word in unpacked(kept)] == []


@pytest.mark.parametrize(
    ("packed_as", "pack"),
    [(b"/DCTDecode", zlib.compress), (b"[/DCTDecode/FlateDecode]", bytes), (b"[/Unknown/DCTDecode]", bytes)],
)
def test_a_photo_in_a_pdf_that_cannot_be_read_is_not_kept(packed_as, pack):
    with pytest.raises(Unfit) as refused:
        clean_pdf(pdf_with_photo(packed_as, pack))
    assert str(refused.value) == DAMAGED


NAMES = {
    "certificate.pdf": "certificate.png",
    "../../etc/passwd": "passwd.png",
    "..\\..\\boot.ini": "boot.ini.png",
    "a\x00b\nc\x7f.png": "abc.png",
    "n" * 1000 + ".png": "n" * 116 + ".png",
    "\u202egnp.exe": "gnp.exe.png",
    "…/": "file.png",
    "": "file.png",
    "...": "file.png",
    "Zertifikat Übung ✓.PNG": "Zertifikat Übung ✓.png",
    'a"b;c.png': "a b;c.png",
    "प्रमाणपत्र.png": "प्रमाणपत्र.png",
}


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_name_is_one_line_that_says_the_true_kind(name):
    expected = NAMES[name].replace("certificate.png", "certificate.pdf.png")
    assert cleaned(content=picture(), name=name).name == expected


@pytest.fixture
def plan(guest):
    return make.make_plan(guest.profile, title="Six Sigma Yellow Belt", issuer="ASQ")


def upload(client, plan, content=None, *, name="proof.png", follow=True, **fields):
    file = SimpleUploadedFile(name, picture() if content is None else content)
    return client.post(reverse("plan-file-add", args=[plan.pk]), {**fields, "file": file}, follow=follow)


def paths():
    """What is on the disk."""
    root = Path(private_storage().location)
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def disk(settings, tmp_path, monkeypatch):
    """A folder of its own for what people keep: `disk()` is what is in it."""
    with kept_in(tmp_path / "private", monkeypatch):
        yield paths


@pytest.mark.django_db
@pytest.mark.usefixtures("in_this_process")
class TestAdding:
    def test_a_file_is_kept_privately_under_a_random_name(self, guest, plan, disk):
        page = upload(guest, plan, name="my belt.png")
        assert "“my belt.png” is kept. Only you can open it." in page.text
        row = plan.files.get()
        assert disk() == {row.file.name}
        assert "belt" not in row.file.name
        assert len(row.file.name) == 65
        path = Path(row.file.path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == stat.S_IMODE(path.parents[1].stat().st_mode) == 0o700

    def test_the_plan_lists_it_with_kind_size_and_day(self, guest, plan):
        make.make_file(plan, name="scan.pdf", content=b"x" * 1_230_000)
        page = guest.get(reverse("plan-read", args=[plan.pk])).text
        assert "scan.pdf" in page
        assert f"PDF · 1.3 MB · {timezone.localdate():%-d %B %Y}" in page
        assert "You use 1.3 MB of 10 MB. An account keeps 50 MB." in page

    def test_it_may_be_called_otherwise(self, guest, plan):
        file = SimpleUploadedFile("IMG_0001.PNG", picture())
        guest.post(reverse("plan-file-add", args=[plan.pk]), {"file": file, "name": "Belt / front"})
        assert plan.files.get().name == "front.png"

    def test_what_is_refused_is_said_and_the_rest_stays_written(self, guest, plan, disk):
        file = SimpleUploadedFile("belt.pdf", HTML)
        page = guest.post(reverse("plan-file-add", args=[plan.pk]), {"name": "My belt", "file": file})
        assert page.status_code == 200
        assert WRONG_KIND in page.text
        assert 'value="My belt"' in page.text
        assert not plan.files.exists()
        assert disk() == set()

    def test_none_chosen_and_none_in_it(self, guest, plan):
        assert "Choose a file." in guest.post(reverse("plan-file-add", args=[plan.pk])).text
        assert EMPTY in upload(guest, plan, b"").text

    def test_the_same_file_twice_is_once(self, guest, plan, disk):
        upload(guest, plan)
        page = upload(guest, plan, name="again.png")
        assert "You have kept this file here already, as “proof.png”." in page.text
        assert plan.files.count() == len(disk()) == 1

    def test_the_person_is_told_what_is_not_as_it_was(self, guest, plan):
        page = upload(guest, plan, acting_pdf(), name="belt.pdf")
        assert f"“belt.pdf” is kept. Only you can open it. {WITHOUT_ATTACHED}" in page.text
        assert page.redirect_chain[-1][0] == reverse("plan-read", args=[plan.pk]), "at its top, where that stands"

    def test_a_photo_of_fifteen_megabytes_counts_as_it_is_stored(self, guest, plan):
        content = picture("JPEG") + b"x" * (MOST_BYTES_OF_PICTURE - len(picture("JPEG")))
        assert "is kept" in upload(guest, plan, content, name="belt.jpg").text
        page = upload(guest, plan, content + b"x", name="larger.jpg")
        assert "This file has 15.1 MB. A PDF may have 5 MB, a picture 15 MB: save it smaller" in page.text
        assert "You use 0.1 MB of 10 MB." in page.text
        assert plan.files.get().size < 1000

    def test_both_forms_say_how_large_a_file_may_be(self, guest, plan):
        for name in ("plan-read", "plan-file-add"):
            page = guest.get(reverse(name, args=[plan.pk])).text
            assert "A PDF up to 5 MB, or a PNG or JPEG picture up to 15 MB." in page

    def test_one_that_is_too_large_is_not_held_in_memory(self, guest, plan):
        page = upload(guest, plan, b"%PDF-1.7" + b"x" * 12_345_670)
        assert "This file has 12.4 MB. A PDF may have 5 MB, a picture 15 MB: save it smaller" in page.text
        assert not plan.files.exists()

    def test_of_one_that_is_vast_the_end_is_not_even_read(self, guest, plan):
        class Endless(io.RawIOBase):
            read_bytes = 0

            def read(self, size=-1):
                self.read_bytes += size
                return b"x" * size

        token = b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nMy belt\r\n'
        head = token + b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        body = Endless()
        first = io.BytesIO(head)
        body_read = body.read
        body.read = lambda size=-1: first.read(size) or body_read(size)
        page = guest.generic(
            "POST",
            reverse("plan-file-add", args=[plan.pk]),
            CONTENT_TYPE="multipart/form-data; boundary=b",
            CONTENT_LENGTH=str(10**9),
            **{"wsgi.input": body},
        )
        assert "This file has 1000 MB. A PDF may have 5 MB, a picture 15 MB: save it smaller" in page.text
        assert 'value="My belt"' in page.text
        assert body.read_bytes < 2 * MOST_READ

    def test_many_large_files_at_once_take_no_more_memory_than_one(self, guest, plan, rf):
        content = picture("JPEG") + b"x" * 6_000_000
        files = [SimpleUploadedFile(f"{number}.jpg", content) for number in range(4)]
        request = rf.post("/", {"file": files})
        held = sum(len(file.read()) for file in request.FILES.getlist("file"))
        assert len(content) < held <= MOST_BYTES_OF_PICTURE
        page = guest.post(reverse("plan-file-add", args=[plan.pk]), {"file": files})
        assert page.status_code == 200
        assert not plan.files.exists()

    def test_no_form_of_the_portal_takes_a_file_to_the_disk(self, client, monkeypatch):
        monkeypatch.setattr("tempfile.NamedTemporaryFile", None)
        file = SimpleUploadedFile("a.bin", b"x" * 8_000_000)
        assert client.post(reverse("account_login"), {"login": "a@example.org", "file": file}).status_code == 200

    def test_what_is_full_says_how_much_is_used(self, person, disk):
        plan = make.make_plan(person.profile)
        for number in range(10):
            make.make_file(plan, size=MOST_BYTES, content=b"%d" % number)
        page = upload(person, plan)
        assert "You keep 50 MB of files, and 50 MB is the most. This one has 0.1 MB: remove another" in page.text
        assert "Nothing more can be added until some are removed." in page.text
        assert plan.files.count() == len(disk()) == 10

    def test_a_guest_has_a_little_room_and_what_came_along_into_an_account_stays(self, guest, plan, disk):
        for number in range(2):
            make.make_file(plan, size=MOST_BYTES, content=b"%d" % number)
        page = upload(guest, plan)
        assert "You keep 10 MB of files, and 10 MB is the most." in page.text
        assert "An account keeps 50 MB." in page.text
        assert plan.files.count() == len(disk()) == 2
        user = make.make_user()
        own = make.make_plan(make.make_profile(user=user))
        for number in range(2, 11):
            make.make_file(own, size=MOST_BYTES, content=b"%d" % number)
        guest.force_login(user)
        guest.post(reverse("data-guest-claim"), {"guest": plan.profile_id})
        page = guest.get(reverse("plan-read", args=[plan.pk])).text
        assert "You use 55 MB of 50 MB. Nothing more can be added until some are removed." in page

    @pytest.mark.parametrize(("total", "free", "is_kept"), [(1e12, 5e8, True), (1e12, 4e8, False), (1e9, 6e7, True)])
    def test_a_disk_that_is_nearly_full_is_left_to_the_rest(self, guest, plan, disk, monkeypatch, total, free, is_kept):
        Path(private_storage().location).mkdir()
        monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(total=total, free=free))
        page = upload(guest, plan)
        assert ("There is no room for files just now." in page.text) is not is_kept
        assert plan.files.count() == len(disk()) == is_kept

    def test_a_second_upload_waits_for_the_first(self, guest, plan, monkeypatch):
        said = []

        def impatient(content):
            said.append(upload(guest, plan, picture(size=(9, 9))).text)
            return cleaning.clean(content)

        monkeypatch.setattr("careers.plans.files.services.run_cleaner", impatient)
        upload(guest, plan)
        assert "Another file of yours is still being checked." in said[0]
        assert plan.files.count() == 1

    def test_one_network_address_adds_so_many_an_hour(self, guest, plan, monkeypatch):
        monkeypatch.setattr("careers.plans.files.views.MOST_UPLOADS", 2)
        for number in range(3):
            page = upload(guest, plan, picture(size=(40 + number, 30)), name=f"{number}.png")
        assert "Very many files were sent from your network address in the last hour." in page.text
        assert plan.files.count() == 2

    def test_a_row_that_cannot_be_written_leaves_no_file(self, guest, plan, disk, monkeypatch):
        monkeypatch.setattr("careers.plans.files.views.keep_file", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            upload(guest, plan)
        assert disk() == set()

    def test_a_disk_that_fills_up_meanwhile_keeps_nothing_of_it(self, guest, plan, disk, monkeypatch):
        def half(name, content):
            path = Path(private_storage().path(name))
            path.parent.mkdir(parents=True)
            path.write_bytes(content.read(9))
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(private_storage(), "_save", half)
        file = SimpleUploadedFile("belt.png", picture())
        page = guest.post(reverse("plan-file-add", args=[plan.pk]), {"name": "My belt", "file": file})
        assert page.status_code == 200
        assert "There is no room for files just now." in page.text
        assert 'value="My belt"' in page.text
        assert not plan.files.exists()
        assert disk() == set()

    def test_needs_a_token_as_every_form(self, plan):
        client = Client(enforce_csrf_checks=True)
        assert upload(client, plan).status_code == 403


def test_two_at_once_do_not_share_the_last_room(transactional_db, disk, in_this_process):
    profile = make.make_profile(user=make.make_user())
    plan, files = make.make_plan(profile), [clean(picture(size=(40 + number, 40))) for number in range(4)]
    sizes = sorted(len(file.content) for file in files)
    assert sum(sizes[:3]) > sum(sizes[2:]), "any two fit, no three"
    left = MOST_BYTES_A_PERSON - sum(sizes[2:])
    for number in range(11):
        size = min(left, MOST_BYTES)
        left -= size
        if size:
            make.make_file(plan, size=size, content=b"%d" % number)

    def keep(number):
        try:
            with on_disk(files[number].content) as stored, transaction.atomic():
                Profile.objects.select_for_update().get(pk=profile.pk)
                return keep_file(plan=plan, cleaned=files[number], stored=stored, now=timezone.now())[1]
        except Unfit:
            return False

    before = len(disk())
    assert sum(at_once(4, keep)) == 2
    assert len(disk()) == before + 2
    assert EvidenceFile.objects.of_person(profile).bytes() <= MOST_BYTES_A_PERSON


@pytest.mark.django_db
class TestReading:
    def test_only_its_owner_gets_it_and_as_a_download(self, guest, plan):
        row = make.make_file(plan, name="Übung.pdf")
        response = guest.get(reverse("file-read", args=[row.pk]))
        assert response.getvalue() == b"%PDF-1.7 some proof"
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == "attachment; filename*=utf-8''%C3%9Cbung.pdf"
        assert response["Content-Length"] == "19"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["Cache-Control"] == "private, no-store"

    def test_to_others_it_is_not_there(self, plan):
        row = make.make_file(plan)
        other = Client()
        other.force_login(make.make_user())
        for client, refused in ((Client(), 403), (other, 404)):  # who is not signed in may be the owner
            for name in ("file-read", "file-remove"):
                assert client.get(reverse(name, args=[row.pk])).status_code == refused
            assert client.post(reverse("file-remove", args=[row.pk])).status_code == refused
        assert EvidenceFile.objects.exists()

    def test_nobody_finds_the_folder(self, client, plan):
        row = make.make_file(plan)
        for address in (
            f"/{row.file.name}",
            f"/media/{row.file.name}",
            f"/static/{row.file.name}",
            f"/private/{row.file.name}",
        ):
            assert client.get(address).status_code == 404

    def test_a_head_has_no_body(self, guest, plan):
        response = guest.head(reverse("file-read", args=[make.make_file(plan).pk]))
        assert (response.status_code, response.getvalue()) == (200, b"")

    def test_one_that_the_disk_has_lost_is_not_found(self, guest, plan):
        row = make.make_file(plan)
        private_storage().delete(row.file.name)
        assert guest.get(reverse("file-read", args=[row.pk])).status_code == 403

    def test_the_cost_of_the_plan_does_not_grow_with_its_files(self, guest, plan):
        page = reverse("plan-read", args=[plan.pk])
        make.make_file(plan)
        few = queries_of_page(guest, page)
        for number in range(30):
            make.make_file(plan, content=b"%d" % number)
        assert queries_of_page(guest, page) <= few


@pytest.fixture
def committing(django_capture_on_commit_callbacks):
    """What waits for the end of a transaction is done at the end of the block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.mark.django_db
class TestGoing:
    def test_removing_is_asked_first_and_takes_the_file(self, guest, plan, disk, committing):
        row = make.make_file(plan)
        page = reverse("file-remove", args=[row.pk])
        assert "at once and for good" in guest.get(page).text
        assert len(disk()) == 1
        with committing():
            assert "“proof.pdf” is removed." in guest.post(page, follow=True).text
        assert disk() == set()
        assert guest.post(page).status_code == 403

    def test_what_is_taken_back_keeps_its_file(self, guest, plan, disk):
        row = make.make_file(plan)
        with suppress(ZeroDivisionError), transaction.atomic():
            row.delete()
            _ = 1 / 0
        assert disk() == {row.file.name}

    def test_it_goes_with_its_plan(self, plan, disk, committing):
        make.make_file(plan)
        with committing():
            plan.delete()
        assert disk() == set()

    def test_it_goes_with_an_account_and_with_a_guest(self, disk, committing):
        user, guest = make.make_user(), make.make_profile()
        make.make_file(make.make_plan(make.make_profile(user=user)))
        make.make_file(make.make_plan(guest))
        other = make.make_file()
        with committing():
            delete_accounts(users=[user])
            delete_guest(profile=guest)
        assert disk() == {other.file.name}

    def test_it_goes_with_a_guest_who_stays_away(self, disk, committing):
        make.make_file(make.make_plan(make.make_profile(active_on=date(2026, 1, 1))))
        with committing():
            prune_guests(idle_since=date(2026, 2, 1), now=timezone.now())
        assert disk() == set()

    def test_it_comes_along_when_a_guest_signs_in_once_where_both_kept_it(self, disk, committing):
        certification, user = make.make_certification(), make.make_user()
        guest, own = make.make_profile(), make.make_profile(user=user)
        both = make.make_file(make.make_plan(own, certification), content=b"of both")
        theirs = make.make_plan(guest, certification)
        make.make_file(theirs, content=b"of both")
        new = make.make_file(theirs, content=b"of the guest only")
        with committing():
            claim_guest(user=user, guest_pk=guest.pk)
        assert EvidenceFile.objects.of_person(own).count() == 2
        assert disk() == {both.file.name, new.file.name}

    def test_what_a_crash_left_is_deleted_after_a_day(self, plan, disk, run_command):
        row, now = make.make_file(plan), timezone.now()
        stray = private_storage().save(f"{row.file.name[:2]}/stray", ContentFile(b"x"))
        assert prune_files(now=now) == 0
        assert disk() == {row.file.name, stray}
        assert prune_files(now=now + timedelta(days=2)) == 1
        assert disk() == {row.file.name}
        assert "Deleted: 0 files without an owner." in run_command("prune_files")
        assert "0 files without an owner" in run_command("prune_guests")

    def test_where_nobody_kept_a_file_there_is_nothing_to_prune(self, disk, db):
        assert prune_files(now=timezone.now()) == 0


@pytest.mark.django_db
class TestTakingThemAlong:
    def test_the_download_of_everything_has_them(self, guest, plan):
        row = make.make_file(plan, name="../../Übung.pdf"[6:], content=b"%PDF-" + b"x" * 3_000_000)
        lost = make.make_file(plan, content=b"lost")
        private_storage().delete(lost.file.name)
        response = guest.get(reverse("data-download"))
        with zipfile.ZipFile(io.BytesIO(response.getvalue())) as archive:
            assert archive.testzip() is None
            files = [name for name in archive.namelist() if name.startswith("files/")]
            assert files == [f"files/{row.pk}-Übung.pdf"]
            assert archive.read(files[0]) == b"%PDF-" + b"x" * 3_000_000
            assert "files/" in archive.read("README.txt").decode()

    def test_your_data_counts_them(self, guest, plan):
        make.make_file(plan, content=b"x" * 1_500_000)
        page = guest.get(reverse("data-read")).text
        assert "Files" in page
        assert "1.5 MB" in page
