"""A PDF looks the same when it is kept, or is refused in a sentence: each kind of what decides how it looks."""

import io
import zlib
from functools import cache
from typing import NamedTuple

import pytest
from PIL import Image
from pypdf import PdfReader

from careers.plans.files.rules.kinds import Unfit
from careers.plans.files.rules.pdfs import (
    AS_PICTURES,
    CHANGES_ITSELF,
    LOOKS_MADE_UP,
    NOT_ALIKE,
    PORTFOLIO,
    SOME_AS_PICTURES,
    WITHOUT_ATTACHED,
    WITHOUT_LOOK,
    WITHOUT_SIGNATURE,
    XFA,
    clean_pdf,
)
from careers.plans.files.rules.rendering import Rendered, is_alike, is_same
from tests.plans.test_files import (
    GPS,
    PAGE,
    SECRET,
    acting_pdf,
    locked_pdf,
    pdf,
    plain_pdf,
    stream,
    unpacked,
    with_place,
)

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
SQUARE = b"0 0 50 50 re f"
FILLED = b"q 1 0 0 rg 60 60 20 20 re f Q"
FORM = b"/AcroForm<</Fields[6 0 R]/DA(/F1 12 Tf 0 g)/DR<</Font<</F1 5 0 R>>>>%s>>"
FIELD = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/Rect[5 60 90 80]/F 4/DA(/F1 12 Tf 0 g)%s>>"
MARK = b"<</Type/Annot/Rect[60 60 80 80]/F 4/C[1 0 0]/Subtype/%s>>"
LAYERS = b"/OCProperties<</OCGs[6 0 R]/D<<%s>>>>"


def document(catalog=b"", page=b"", *more, drawn=SQUARE, resources=b"", mark=b"", pages=b"", count=1):
    """A page with a black square; what stands in `more` are the objects from 6 on, `mark` becomes the first of them."""
    more = (mark, *more) if mark else more
    page += b"/Annots[6 0 R]" if mark else b""
    page += b"/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>" % resources
    kids = b"3 0 R " * count
    tree = b"<</Type/Pages/Kids[%s]/Count %d%s>>" % (kids, count, pages)
    return pdf(b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog, tree, PAGE % page, stream(drawn), FONT, *more)


def look(about=b"", drawn=FILLED):
    return stream(drawn, b"/Type/XObject/Subtype/Form/BBox[60 60 80 80]" + about)


def on_layer(drawn):
    return b"/OC /L BDC %s EMC %s" % (drawn, SQUARE)


def of_layer(shown, layer=b"<</Type/OCG/Name(Specimen)>>", **more):
    return document(LAYERS % shown, b"", layer, drawn=on_layer(FILLED), resources=b"/Properties<</L 6 0 R>>", **more)


class Kind(NamedTuple):
    content: bytes
    is_seen: bool = True  # whether it makes the page look other than the bare one
    told: tuple[str, ...] = ()


ATTACHED = b"/Names<</EmbeddedFiles<</Names[(a) 6 0 R]>>>>"
OFF_ON_SCREENS = b"<</Type/OCG/Name(Specimen)/Usage<</View<</ViewState/OFF>>>>>>"
OFF_IF_BOTH = b"<</Type/OCMD/OCGs[6 0 R 8 0 R]/P/AllOn>>"
KINDS = {
    "nothing beside the page": Kind(document(), is_seen=False),
    "a field with a value and no look": Kind(
        document(FORM % b"/NeedAppearances true", mark=FIELD % b"/V(Asha)"), told=(LOOKS_MADE_UP,)
    ),
    "a field with no look that nobody says to need one": Kind(
        document(FORM % b"", mark=FIELD % b"/V(Asha)"), told=(LOOKS_MADE_UP,)
    ),
    "a field whose look is older than its value": Kind(
        document(FORM % b"/NeedAppearances true", b"", look(), mark=FIELD % b"/V(Asha)/AP<</N 7 0 R>>"),
        told=(LOOKS_MADE_UP,),
    ),
    "a field with a value and a look": Kind(document(FORM % b"", b"", look(), mark=FIELD % b"/V(A)/AP<</N 7 0 R>>")),
    "an empty field": Kind(document(FORM % b"/NeedAppearances true", mark=FIELD % b"/V()"), is_seen=False),
    "a ticked box with no look": Kind(
        document(FORM % b"", mark=FIELD.replace(b"/Tx", b"/Btn") % b"/V/Yes/AS/Yes/MK<</CA(4)>>"),
        told=(LOOKS_MADE_UP,),
    ),
    "a ticked box with a look that nothing chooses": Kind(
        document(FORM % b"", b"", look(), mark=FIELD.replace(b"/Tx", b"/Btn") % b"/V/Yes/AP<</N<</Yes 7 0 R>>>>"),
        told=(AS_PICTURES,),
    ),
    "letters that made-up looks write in any font": Kind(
        document(FORM % b"", mark=FIELD % b"/V(Zo\xeb)"), told=(LOOKS_MADE_UP, AS_PICTURES)
    ),
    "a place marked, without a look": Kind(
        document(mark=MARK % b"Highlight/QuadPoints[60 80 80 80 60 60 80 60]"), told=(LOOKS_MADE_UP,)
    ),
    "a square without a look": Kind(document(mark=MARK % b"Square"), told=(LOOKS_MADE_UP,)),
    "a stamp": Kind(document(b"", b"", look(), mark=MARK % b"Stamp/AP<</N 7 0 R>>")),
    "a hidden stamp": Kind(
        document(b"", b"", look(), mark=MARK.replace(b"/F 4", b"/F 2") % b"Stamp/AP<</N 7 0 R>>"), is_seen=False
    ),
    "a stamp over the text that it marks": Kind(
        document(b"", b"", look(), mark=b"<</Type/Annot/Subtype/Highlight/Rect[40 40 60 60]/F 4/AP<</N 7 0 R>>>>")
    ),
    "a layer that is off": Kind(of_layer(b"/OFF[6 0 R]"), is_seen=False),
    "a layer that is on": Kind(of_layer(b"/ON[6 0 R]")),
    "all layers off": Kind(of_layer(b"/BaseState/OFF"), is_seen=False),
    "a layer off on screens": Kind(
        of_layer(b"/AS[<</Event/View/Category[/View]/OCGs[6 0 R]>>]", OFF_ON_SCREENS), is_seen=False
    ),
    "a drawing on a layer that is off": Kind(
        document(
            LAYERS % b"/OFF[6 0 R]",
            b"",
            b"<</Type/OCG/Name(Specimen)>>",
            look(b"/OC 6 0 R"),
            drawn=SQUARE + b" /X Do",
            resources=b"/XObject<</X 7 0 R>>",
        ),
        is_seen=False,
    ),
    "what is shown with two layers of which one is off": Kind(
        document(
            b"/OCProperties<</OCGs[6 0 R 8 0 R]/D<</OFF[8 0 R]>>>>",
            b"",
            b"<</Type/OCG/Name(A)>>",
            OFF_IF_BOTH,
            b"<</Type/OCG/Name(B)>>",
            drawn=on_layer(FILLED),
            resources=b"/Properties<</L 7 0 R>>",
        ),
        is_seen=False,
    ),
    "a page turned, cut and enlarged by what stands above it": Kind(
        document(page=b"/UserUnit 2", pages=b"/Rotate 90/CropBox[10 0 60 90]")
    ),
    "what shines through": Kind(
        document(
            page=b"/Group<</S/Transparency/CS/DeviceRGB>>",
            drawn=b"/G gs " + SQUARE,
            resources=b"/ExtGState<</G<</ca .4>>>>",
        )
    ),
    "colours of a press": Kind(document(b"/OutputIntents[<</S/GTS_PDFX/Info(x)>>]"), is_seen=False),
    "no password to open it": Kind(locked_pdf(""), is_seen=False),
    "a table that is wrong": Kind(plain_pdf().replace(b"startxref\n", b"startxref\n9"), is_seen=False),
    "a byte order mark before it": Kind(b"\xef\xbb\xbf" + document(), is_seen=False),
    "actions, scripts and an author": Kind(acting_pdf(), is_seen=False, told=(WITHOUT_ATTACHED,)),
    "a file attached": Kind(document(ATTACHED, b"", b"<<>>"), is_seen=False, told=(WITHOUT_ATTACHED,)),
    "a signature": Kind(
        document(FORM % b"", b"", look(), mark=FIELD.replace(b"/Tx", b"/Sig") % b"/V<<>>/AP<</N 7 0 R>>"),
        told=(WITHOUT_SIGNATURE,),
    ),
}
SCRIPT = b"/AA<</F<</S/JavaScript/JS(event.value='x')>>>>"
REFUSED = {
    "XFA": (document(b"/AcroForm<</Fields[]/XFA 6 0 R>>", b"", stream(b"<xdp/>")), XFA),
    "an XFA form that waits for its program": (document(b"/NeedsRendering true"), XFA),
    "a portfolio": (document(b"/Collection<</View/T>>"), PORTFOLIO),
    "layers that change when it opens": (
        document(b"/OpenAction<</S/GoTo/Next[<</S/SetOCGState/State[/ON 6 0 R]>>]>>"),
        CHANGES_ITSELF,
    ),
    "letters that no font of forms has": (document(FORM % b"", mark=FIELD % b"/V<FEFF09060936>"), WITHOUT_LOOK),
    "a value that a script writes": (document(FORM % b"", mark=FIELD % (b"/V(1)" + SCRIPT)), WITHOUT_LOOK),
    "a field in no form": (document(mark=FIELD % b"/V(Asha)"), WITHOUT_LOOK),
    **{
        f"a {kind.decode()} without a look": (document(mark=MARK % (kind + b"/Contents(Typed)")), WITHOUT_LOOK)
        for kind in (b"FreeText", b"Line", b"Polygon", b"Stamp", b"Redact", b"FileAttachment", b"Invented")
    },
}


@cache
def bare():
    return Rendered(document()).look(0)


@pytest.mark.parametrize("name", KINDS)
def test_looks_the_same_when_it_is_kept(name):
    kind = KINDS[name]
    before = Rendered(kind.content).look(0)
    assert is_same(before, bare()) is not kind.is_seen
    kept = clean_pdf(kind.content)
    is_right = is_alike if AS_PICTURES in kept.told else is_same
    assert is_right(before, Rendered(kept.content).look(0))
    assert kept.told == kind.told
    again = clean_pdf(kept.content)
    assert again.told == ()
    assert is_right(before, Rendered(again.content).look(0))


@pytest.mark.parametrize("name", REFUSED)
def test_what_programs_show_differently_is_refused_with_its_reason(name):
    content, sentence = REFUSED[name]
    with pytest.raises(Unfit) as refused:
        clean_pdf(content)
    assert str(refused.value) == sentence.format(page=1)


def on_hidden_layer(mark):
    layers = b"/OCProperties<</OCGs[8 0 R]/D<</OFF[8 0 R]>>>>"
    return document(layers + FORM % b"", b"", look(), b"<</Type/OCG/Name(Specimen)>>", mark=mark)


def test_a_stamp_stays_on_its_layer_which_not_every_program_hides():
    stamp = MARK % b"Stamp/OC 8 0 R/AP<</N 7 0 R>>"
    kept = clean_pdf(on_hidden_layer(stamp)).content
    (mark,) = PdfReader(io.BytesIO(kept)).pages[0]["/Annots"]
    assert mark.get_object()["/OC"]["/Name"] == "Specimen"


def test_what_is_on_a_layer_becomes_no_picture():
    field = FIELD.replace(b"/Tx", b"/Btn") % b"/V/Yes/OC 8 0 R/AP<</N<</Yes 7 0 R>>>>"
    with pytest.raises(Unfit) as refused:
        clean_pdf(on_hidden_layer(field))
    assert str(refused.value) == NOT_ALIKE


def test_only_the_pages_that_would_look_different_become_pictures():
    box = FIELD.replace(b"/Tx", b"/Btn") % b"/V/Yes/AP<</N<</Yes 7 0 R>>>>"
    other = PAGE % b"/Contents 4 0 R"
    content = document(FORM % b"", b"", look(), other, mark=box, count=2).replace(b"3 0 R 3 0 R", b"3 0 R 8 0 R", 1)
    kept = clean_pdf(content)
    assert kept.told == (SOME_AS_PICTURES.format(some=1, all=2, are="is"),)
    assert unpacked(kept.content).count(b"/DCTDecode") == 1


def test_the_line_around_a_link_is_drawn_and_the_link_goes():
    kept = clean_pdf(document(mark=MARK % b"Link/Border[0 0 2]/A<</S/URI/URI(https://example.org/)>>"))
    (dark,) = [Rendered(kept.content).look(0)]
    assert not is_same(dark, bare())
    assert dark.getpixel((int(1000 * 61 / 99), int(1000 * (99 - 70) / 99))) == (255, 0, 0)
    assert b"example.org" not in unpacked(kept.content)


def test_of_layers_the_names_stay_and_nothing_that_acts():
    spoken = b"<</Type/OCG/Name(Specimen)/Usage<</CreatorInfo<</Creator(Asha)>>/View<</ViewState/ON>>>>>>"
    kept = unpacked(clean_pdf(of_layer(b"/OFF[6 0 R]/Creator(Asha)", spoken)).content)
    assert b"Asha" not in kept
    assert b"(Specimen)" in kept


def of_jpeg_2000(*, boxes=b"", **options):
    packed, painted = io.BytesIO(), Image.radial_gradient("L").convert("RGB")
    painted.save(packed, "JPEG2000", comment=SECRET, tile_size=(99, 99), **options)
    return packed.getvalue() + boxes


def with_picture(packed, packed_as=b"/JPXDecode"):
    about = b"/Type/XObject/Subtype/Image/Width 256/Height 256/Filter" + packed_as
    return document(b"", b"", stream(packed, about), drawn=b"50 0 0 50 9 9 cm /I Do", resources=b"/XObject<</I 6 0 R>>")


def with_photo_inside(drawn=b"/F/DCT", pack=bytes):
    photo = pack(with_place("JPEG"))
    return b"q 50 0 0 50 40 40 cm BI /W 40 /H 30 /CS /RGB /BPC 8 %s ID %s\nEI Q" % (drawn, photo)


BOX_OF_WORDS = (8 + len(GPS)).to_bytes(4, "big") + b"xml " + GPS.encode()
SPEAKS = b"<</Author(%s)/AA<</O<</S/URI/URI(https://%s/)>>>>/Metadata 7 0 R>>" % (SECRET, SECRET)
WORDS = stream(SECRET, b"/Type/Metadata/Subtype/XML")
HIDDEN = {
    "a comment in a JPEG 2000 and a box behind it": with_picture(of_jpeg_2000(boxes=BOX_OF_WORDS)),
    "a comment in a JPEG 2000 without boxes": with_picture(of_jpeg_2000(no_jp2=True)),
    "Exif of a JPEG among the words that draw": document(drawn=with_photo_inside()),
    "Exif of a JPEG among them, packed and named in full": document(
        drawn=with_photo_inside(b"/Filter[/AHx/D#43TDecode]", lambda jpeg: jpeg.hex().encode() + b">")
    ),
    "Exif of a JPEG within a drawing": document(
        b"", b"", look(drawn=with_photo_inside()), drawn=b"/X Do", resources=b"/XObject<</X 6 0 R>>"
    ),
    "a comment between words that draw": document(drawn=SQUARE + b" % " + SECRET),
    "a comment within a drawing": document(
        b"", b"", look(drawn=FILLED + b"%" + SECRET), drawn=b"/X Do", resources=b"/XObject<</X 6 0 R>>"
    ),
    "words about the document, named as a part of a page": document(
        b"", b"", b"null", WORDS, resources=b"/Properties<</Metadata 7 0 R>>/Pattern<</A 7 0 R>>/XObject<</B 7 0 R>>"
    ),
    "words about a passage": document(b"", b"", SPEAKS, WORDS, resources=b"/Properties<</A 6 0 R>>"),
    "what hangs where names are free and where they are not": document(
        b"", b"/Group 6 0 R", SPEAKS, WORDS, resources=b"/ExtGState 6 0 R/Properties 6 0 R"
    ),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_nobody_sees_does_not_stay_and_all_else_does(name):
    before, kept = Rendered(HIDDEN[name]).look(0), clean_pdf(HIDDEN[name])
    assert [
        word
        for word in (SECRET, GPS.encode(), b"Exif", b"/URI", b"/AA", b"/Metadata")
        if word in unpacked(kept.content)
    ] == []
    assert is_alike(before, Rendered(kept.content).look(0))
    assert kept.told == ((AS_PICTURES,) if "Exif" in name else ())


def test_only_the_page_with_a_jpeg_among_its_words_becomes_a_picture():
    other = PAGE % b"/Contents[9 0 R 4 0 R]"
    content = document(b"", b"", b"null", b"null", other, stream(with_photo_inside()), count=2)
    kept = clean_pdf(content.replace(b"3 0 R 3 0 R", b"3 0 R 8 0 R", 1))
    assert kept.told == (SOME_AS_PICTURES.format(some=1, all=2, are="is"),)


@pytest.mark.parametrize(("packed_as", "pack"), [(b"/JPXDecode", bytes), (b"[/Fl/JPXDecode]", zlib.compress)])
def test_a_jpeg_2000_keeps_its_points_however_it_is_packed(packed_as, pack):
    sent = of_jpeg_2000(boxes=BOX_OF_WORDS)
    kept = clean_pdf(with_picture(pack(sent), packed_as)).content
    picture = PdfReader(io.BytesIO(kept)).pages[0]["/Resources"]["/XObject"]["/I"]._data
    points = [Image.open(io.BytesIO(one)).convert("RGB").tobytes() for one in (picture, sent)]
    assert points[0] == points[1]
    assert SECRET not in picture
    assert GPS.encode() not in picture


@pytest.mark.parametrize("cut", [3, 40, 90, 150])
def test_a_jpeg_2000_that_cannot_be_read_is_not_kept(cut):
    with pytest.raises(Unfit):
        clean_pdf(with_picture(of_jpeg_2000()[:cut]))
