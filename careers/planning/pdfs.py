"""PDF files as they are kept: their pages, written anew. What acts, hides, or says who made them stays behind."""

import io
import logging
from collections.abc import Iterator

from pypdf import PdfReader, PdfWriter
from pypdf.errors import LimitReachedError
from pypdf.filters import decode_stream_data
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from careers.planning.pictures import without_notes
from careers.planning.uploads import DAMAGED, MOST_BYTES, TOO_INTRICATE, Unfit

MOST_PAGES = 200
MOST_OBJECTS = 20_000
TOO_MANY_PAGES = f"This PDF has more than {MOST_PAGES} pages. Choose a shorter one."
TAKE_OFF_PASSWORD = "This PDF opens with a password. Take the password off, save it and choose that."  # noqa: S105, a sentence
TOO_LARGE_ANEW = "Written anew this PDF has more than 5 MB. Save it smaller and choose that."

OF_A_PAGE = {"/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group", "/Resources", "/Contents"}
OF_RESOURCES = {"/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font", "/ProcSet", "/Properties"}
# Wherever they stand: actions, scripts, files, forms, and what says who made it, when and with what.
NEVER = {
    *("/A", "/AA", "/JS", "/JavaScript", "/OpenAction", "/Launch", "/URI", "/GoTo", "/SubmitForm", "/RichMedia"),
    *("/EF", "/AF", "/EmbeddedFiles", "/FS", "/Names", "/XFA", "/AcroForm", "/Ref", "/OPI", "/Alternates"),
    *("/Metadata", "/PieceInfo", "/LastModified", "/Info", "/Thumb"),
    *("/Parent", "/P", "/StructParent", "/StructParents"),
}
NAMED_FREELY = {"/CharProcs", "/Colorants"}  # and all within “/Resources”: what stands in them may be called anything
OF_STREAMS = {  # drawings, pictures, patterns, shadings, functions, halftones, fonts, maps of letters, colours
    *("/Type", "/Subtype", "/Name", "/Length", "/Filter", "/DecodeParms", "/OC"),
    *("/FormType", "/BBox", "/Matrix", "/Resources", "/Group"),
    *("/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Intent", "/ImageMask", "/Mask", "/Decode"),
    *("/Interpolate", "/SMask", "/SMaskInData", "/Matte"),
    *("/PatternType", "/PaintType", "/TilingType", "/XStep", "/YStep"),
    *("/ShadingType", "/Background", "/AntiAlias", "/BitsPerCoordinate", "/BitsPerFlag", "/VerticesPerRow"),
    *("/Function", "/FunctionType", "/Domain", "/Range", "/Size", "/BitsPerSample", "/Order", "/Encode"),
    *("/HalftoneType", "/HalftoneName", "/Xsquare", "/Ysquare", "/Width2", "/Height2", "/TransferFunction"),
    *("/Length1", "/Length2", "/Length3", "/CMapName", "/CIDSystemInfo", "/WMode", "/UseCMap", "/N", "/Alternate"),
}
JPEG_FILTER = "/DCTDecode"
IN_FULL = {
    **{"/AHx": "/ASCIIHexDecode", "/A85": "/ASCII85Decode", "/LZW": "/LZWDecode", "/Fl": "/FlateDecode"},
    **{"/RL": "/RunLengthDecode", "/CCF": "/CCITTFaxDecode", "/DCT": JPEG_FILTER},
}
HIDDEN = 2 | 32  # flags of an annotation: hidden, not viewed
PRINTED = 4


def clean_pdf(content: bytes) -> bytes:
    """Runs where time and memory are bounded (`planning.washing`): reading alone can take more than there is."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):  # many open without one and forbid printing only
            raise Unfit(TAKE_OFF_PASSWORD)
        return written(reader)
    except (Unfit, MemoryError, RecursionError):
        raise
    except LimitReachedError:
        raise Unfit(TOO_INTRICATE) from None
    except Exception:  # neither has pypdf one name for what it cannot read
        raise Unfit(DAMAGED) from None


def written(reader: PdfReader) -> bytes:
    pages = reader.pages
    if not len(pages):
        raise Unfit(DAMAGED)
    if len(pages) > MOST_PAGES:
        raise Unfit(TOO_MANY_PAGES)
    writer = PdfWriter()
    left = MOST_OBJECTS
    for page in pages:
        marks = ArrayObject(seen_marks(page))
        keep_only(page, OF_A_PAGE)
        if marks:
            page[NameObject("/Annots")] = marks
        left = clear(page, left=left)
        writer.add_page(page)
    writer.metadata = None
    packed = io.BytesIO()
    writer.write(packed)
    if packed.tell() > MOST_BYTES:
        raise Unfit(TOO_LARGE_ANEW)
    return packed.getvalue()


def keep_only(thing: DictionaryObject, names: set[str]) -> None:
    for name in [name for name in thing if name not in names]:
        del thing[name]


def clear(root: PdfObject, *, left: int) -> int:
    """Take from all that hangs on `root` what is never kept; returns how many objects there may still be."""
    waiting: list[tuple[PdfObject, bool]] = [(root, False)]
    known: set[int] = set()
    while waiting:
        raw, is_named_freely = waiting.pop()
        thing = raw.get_object()
        if thing is None or id(thing) in known or not isinstance(thing, DictionaryObject | ArrayObject):
            continue
        known.add(id(thing))
        left -= 1
        if left < 0:
            raise Unfit(TOO_INTRICATE)
        if isinstance(thing, DictionaryObject):
            if isinstance(thing, StreamObject):
                clear_stream(thing)
            elif not is_named_freely:
                remove(thing, NEVER)
            waiting += [(thing.raw_get(name), name in NAMED_FREELY) for name in thing if name != "/Resources"]
            waiting += parts_of_resources(thing)
        else:
            waiting += [(one, False) for one in list.__iter__(thing)]
    return left


def parts_of_resources(thing: DictionaryObject) -> list[tuple[PdfObject, bool]]:
    """Each is a list of names. What is no such part does not stay."""
    resources = thing.get("/Resources")
    resources = resources.get_object() if resources is not None else None
    if not isinstance(resources, DictionaryObject):
        thing.pop("/Resources", None)
        return []
    keep_only(resources, OF_RESOURCES)
    return [(resources.raw_get(name), True) for name in resources]


def remove(thing: DictionaryObject, names: set[str]) -> None:
    for name in [name for name in thing if name in names]:
        del thing[name]


def clear_stream(thing: StreamObject) -> None:
    keep_only(thing, OF_STREAMS)
    filters = filters_of(thing)
    if JPEG_FILTER in filters:
        keep_photo(thing, filters)


def filters_of(thing: StreamObject) -> list[str]:
    found = thing["/Filter"] if "/Filter" in thing else ArrayObject()
    every = found if isinstance(found, ArrayObject) else [found]
    return [IN_FULL.get(name, name) for name in (str(one.get_object()) for one in every)]


def keep_photo(thing: StreamObject, filters: list[str]) -> None:
    """A JPEG, unpacked from what else it is packed in, and without its notes."""
    settings = thing["/DecodeParms"] if "/DecodeParms" in thing else ArrayObject()
    settings = settings if isinstance(settings, ArrayObject) else ArrayObject([settings])
    thing.pop("/DecodeParms", None)
    thing[NameObject("/Filter")] = ArrayObject(NameObject(name) for name in filters)
    if len(settings) == len(filters):
        thing[NameObject("/DecodeParms")] = settings
    thing._data = without_notes(decode_stream_data(thing))
    thing[NameObject("/Filter")] = NameObject(JPEG_FILTER)
    last = settings[-1] if len(settings) == len(filters) else None
    thing.pop("/DecodeParms", None)
    if isinstance(last, DictionaryObject):
        thing[NameObject("/DecodeParms")] = last


def seen_marks(page: DictionaryObject) -> Iterator[DictionaryObject]:
    """What was filled into a form, stamped or drawn on a page: how it looks, and nothing of what it does."""
    annotations = page.get("/Annots")
    for one in annotations.get_object() if annotations is not None else ():
        mark = one.get_object()
        look = look_of(mark) if isinstance(mark, DictionaryObject) else None
        if look is not None and not int(mark.get("/F", 0)) & HIDDEN:
            yield DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/Annot"),
                    NameObject("/Subtype"): NameObject("/Stamp"),
                    NameObject("/Rect"): ArrayObject(FloatObject(side) for side in mark["/Rect"]),
                    NameObject("/F"): NumberObject(PRINTED),
                    NameObject("/AP"): DictionaryObject({NameObject("/N"): look}),
                }
            )


def look_of(mark: DictionaryObject) -> IndirectObject | None:
    """The stream that paints it; of several, the one for the state it is in."""
    looks = mark.get("/AP")
    look = looks.get_object().raw_get("/N") if looks is not None and "/N" in looks.get_object() else None
    if look is not None and not isinstance(look.get_object(), StreamObject):
        states = look.get_object()
        state = mark.get("/AS")
        look = states.raw_get(state) if isinstance(states, DictionaryObject) and state in states else None
    return look if isinstance(look, IndirectObject) and isinstance(look.get_object(), StreamObject) else None
