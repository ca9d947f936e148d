"""Takes from a PDF what acts, hides, or says who made it. What may stay is listed; the rest goes.

Pictures, fonts and colours stay as they are packed, but for what JPEG and JPEG 2000 say beside their pixels. What is
named as a part of a page stays even if nothing draws it, and so does what is drawn where nobody sees it.
"""

from collections.abc import Callable, Iterable
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, PdfError, Stream, StreamDecodeLevel

from careers.plans.files.rules.jpeg2000 import without_notes_beside
from careers.plans.files.rules.kinds import DAMAGED, TOO_INTRICATE, Unfit
from careers.plans.files.rules.pdf_drawings import has_photo_inside, is_drawing, without_comments
from careers.plans.files.rules.pdf_objects import keep_only, names_of, part_of, parts_of
from careers.plans.files.rules.pictures import without_notes

MOST_OBJECTS = 20_000
DEEPEST = 500  # objects that hold each other
OF_RESOURCES = {"/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font", "/ProcSet", "/Properties"}
# Of the whole document: what decides how its pages look.
OF_PREFERENCES = {"/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip", "/PrintScaling", "/Direction", "/Duplex"}
OF_AN_INTENT = {"/Type", "/S", "/OutputCondition", "/OutputConditionIdentifier", "/RegistryName", "/DestOutputProfile"}
OF_LAYERS = {"/OCGs", "/D"}
OF_SHOWN_LAYERS = {"/BaseState", "/ON", "/OFF", "/Intent", "/AS"}
OF_A_LAYER = {"/Type", "/Name", "/Intent", "/Usage"}
OF_PROPERTIES = OF_A_LAYER | {"/OCGs", "/VE", "/P"}  # layers, and what is shown with several; no words beside the text
OF_USAGE = {"/View", "/Print", "/Export", "/Zoom", "/Language"}
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
PHOTOS: dict[str, Callable[[bytes], bytes]] = {JPEG_FILTER: without_notes, "/JPXDecode": without_notes_beside}
IN_FULL = {
    **{"/AHx": "/ASCIIHexDecode", "/A85": "/ASCII85Decode", "/LZW": "/LZWDecode", "/Fl": "/FlateDecode"},
    **{"/RL": "/RunLengthDecode", "/CCF": "/CCITTFaxDecode", "/DCT": JPEG_FILTER},
}


def clear_document(root: Object) -> None:
    """Remove from what holds for all pages whatever does not decide how they look."""
    keep_only(part_of(root, "/ViewerPreferences"), OF_PREFERENCES)
    layers = part_of(root, "/OCProperties")
    keep_only(layers, OF_LAYERS)
    keep_only(part_of(layers, "/D"), OF_SHOWN_LAYERS)
    for layer in parts_of(layers, "/OCGs"):
        keep_only(layer, OF_A_LAYER)
        keep_only(part_of(layer, "/Usage"), OF_USAGE)


def clear(roots: Iterable[Object]) -> set[tuple[int, int]]:
    """Take from all that hangs on them what is never kept.

    Returns which drawings have a photo of their own inside: what that says beside its pixels is still there.
    """
    waiting = [(root, False, 0) for root in roots]
    known: set[tuple[tuple[int, int], bool]] = set()
    with_photos: set[tuple[int, int]] = set()
    left = MOST_OBJECTS
    while waiting:
        thing, is_named_freely, depth = waiting.pop()
        if not isinstance(thing, Dictionary | Array | Stream):
            continue
        is_named_freely &= isinstance(thing, Dictionary)
        if thing.is_indirect:  # one may hang in several places, and goes by the strictest
            if (thing.objgen, is_named_freely) in known:
                continue
            known.add((thing.objgen, is_named_freely))
        left -= 1
        if left < 0 or depth > DEEPEST:
            raise Unfit(TOO_INTRICATE)
        if isinstance(thing, Array):
            parts = [(one, False) for one in thing]
        else:
            if isinstance(thing, Stream):
                if not clear_stream(thing):
                    with_photos.add(thing.objgen)
            elif not is_named_freely:
                remove_never(thing)
            parts = [(thing[name], name in NAMED_FREELY) for name in names_of(thing) if name != "/Resources"]
            parts += parts_of_resources(thing)
        waiting += [(one, is_named, depth + 1) for one, is_named in parts]
    return with_photos


def remove_never(thing: Object) -> None:
    """A name under “/P” says when several layers are shown, and leads nowhere."""
    for name in [name for name in names_of(thing) if name in NEVER]:
        if name != "/P" or not isinstance(thing[name], Name):
            del thing[name]
    for intent in parts_of(thing, "/OutputIntents"):
        keep_only(intent, OF_AN_INTENT)


def parts_of_resources(thing: Object) -> list[tuple[Any, bool]]:
    """Each is a list of names. What is no such part does not stay."""
    if "/Resources" not in thing:
        return []
    resources = thing["/Resources"]
    if not isinstance(resources, Dictionary):
        del thing["/Resources"]
        return []
    keep_only(resources, OF_RESOURCES)
    properties = part_of(resources, "/Properties")
    for name in names_of(properties):
        if isinstance(properties[name], Dictionary):
            keep_only(properties[name], OF_PROPERTIES)
        else:
            del properties[name]
    return [(resources[name], True) for name in names_of(resources)]


def clear_stream(thing: Object) -> bool:
    """Whether nothing is left in it that could not be taken out."""
    if thing.get("/Type") == Name.Metadata:
        thing.write(b"")
        keep_only(thing, {"/Length"})
        return True
    keep_only(thing, OF_STREAMS)
    filters = filters_of(thing)
    for kind in PHOTOS:
        if kind in filters:
            keep_photo(thing, filters, kind)
            return True
    return not is_drawing(thing) or clear_drawing(thing)


def clear_drawing(thing: Object) -> bool:
    try:
        drawing = thing.read_bytes(StreamDecodeLevel.generalized)
    except PdfError:  # a reader may still draw some of it
        return False
    if has_photo_inside(drawing):
        return False
    plain = without_comments(drawing)
    if plain != drawing:
        thing.write(plain)
    return True


def filters_of(thing: Object) -> list[str]:
    found = thing.get("/Filter")
    every = found if isinstance(found, Array) else [] if found is None else [found]
    return [IN_FULL.get(name, name) for name in (str(one) for one in every)]


def keep_photo(thing: Object, filters: list[str], kind: str) -> None:
    """Unpacked from what else it is packed in, and without its notes."""
    if filters.index(kind) != len(filters) - 1:
        raise Unfit(DAMAGED)
    found = thing.get("/DecodeParms")
    settings: list[Any] = list(found) if isinstance(found, Array) else [found]
    settings = settings if len(settings) == len(filters) else [None] * len(filters)
    photo = thing.read_raw_bytes()
    if len(filters) > 1:
        thing.write(photo, filter=Array(map(Name, filters[:-1])), decode_parms=Array(settings[:-1]))
        photo = thing.read_bytes(StreamDecodeLevel.generalized)
    thing.write(PHOTOS[kind](photo), filter=Name(kind), decode_parms=settings[-1])
