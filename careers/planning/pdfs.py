"""PDF files as they are kept: their pages, written anew. What acts, hides, or says who made them stays behind.

What is kept looks as it did: every page is rendered before and after (`planning.rendering`). A page that would not look
the same is kept as a picture of itself, and the person is told; what each reader draws in its own way is refused.
"""

import io
import logging
from collections.abc import Iterable, Iterator
from typing import Any

from pikepdf import (
    Array,
    Dictionary,
    Name,
    Object,
    ObjectStreamMode,
    PasswordError,
    Pdf,
    Stream,
    StreamDecodeLevel,
    String,
)
from pikepdf.settings import set_qpdf_limits

from careers.planning.pictures import without_notes
from careers.planning.rendering import Rendered, are_alike, changed
from careers.planning.uploads import DAMAGED, MOST_BYTES, TOO_INTRICATE, Clean, Unfit

MOST_PAGES = 200
MOST_OBJECTS = 20_000
DEEPEST = 500  # objects that hold each other
MOST_UNPACKED = 50_000_000  # bytes of what is not a picture
TOO_MANY_PAGES = f"This PDF has more than {MOST_PAGES} pages. Choose a shorter one."
TAKE_OFF_PASSWORD = "This PDF opens with a password. Take the password off, save it and choose that."  # noqa: S105, a sentence
TOO_LARGE_ANEW = "Written anew this PDF has more than 5 MB. Save it smaller and choose that."
XFA = "This PDF is a form that only some programs can show (XFA). Print it to a new PDF and choose that."
PORTFOLIO = "This PDF is a folder of other files (a portfolio). Take out the one that you want to keep and choose that."
CHANGES_ITSELF = "This PDF changes how it looks when it is opened. Print it to a new PDF and choose that."
WITHOUT_LOOK = (
    "On page {page} a note, a drawing or a field was saved without its look, so each program draws it in its own way. "
    "Print it to a new PDF and choose that."
)
NOT_ALIKE = "Written anew this PDF would not look the same. Print it to a new PDF and choose that."
# What the person is told of one that is kept.
LOOKS_MADE_UP = "What was filled in or marked on it is kept as most programs draw it: open it and check."
WITHOUT_SIGNATURE = "Its digital signature is not kept, so keep the file that you have, too."
WITHOUT_ATTACHED = "The files attached to it are not kept."
AS_PICTURES = "It is kept as pictures of its pages, because written anew they would not look the same."
SOME_AS_PICTURES = (
    "{some} of its {all} pages {are} kept as pictures, because written anew they would not look the same."
)

INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
BOXES = {"/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"}
OF_A_PAGE = {"/Type", "/Rotate", "/UserUnit", "/Group", "/Resources", "/Contents", "/OutputIntents", *BOXES}
OF_RESOURCES = {"/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font", "/ProcSet", "/Properties"}
# Of the whole document: what decides how its pages look.
OF_A_DOCUMENT = {"/Type", "/OCProperties", "/OutputIntents", "/ViewerPreferences"}
OF_PREFERENCES = {"/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip", "/PrintScaling", "/Direction", "/Duplex"}
OF_AN_INTENT = {"/Type", "/S", "/OutputCondition", "/OutputConditionIdentifier", "/RegistryName", "/DestOutputProfile"}
OF_LAYERS = {"/OCGs", "/D"}
OF_SHOWN_LAYERS = {"/BaseState", "/ON", "/OFF", "/Intent", "/AS"}
OF_A_LAYER = {"/Type", "/Name", "/Intent", "/Usage"}
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
IN_FULL = {
    **{"/AHx": "/ASCIIHexDecode", "/A85": "/ASCII85Decode", "/LZW": "/LZWDecode", "/Fl": "/FlateDecode"},
    **{"/RL": "/RunLengthDecode", "/CCF": "/CCITTFaxDecode", "/DCT": JPEG_FILTER},
}
# Flags of an annotation.
HIDDEN = 2
NOT_ON_SCREENS = 32
WHERE_SEEN = 4 | 8 | 16 | NOT_ON_SCREENS  # on paper; not enlarged, not turned
NOT_DRAWN = {"/Link", "/PrinterMark", "/TrapNet", "/Watermark"}  # without a look they have none
# These are drawn alike everywhere without a look of their own, so one can be made for them.
MADE_UP = {"/Widget", "/Square", "/Circle", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Ink", "/Text"}
CHANGE_LOOKS = {"/SetOCGState", "/Hide"}  # actions
MOST_ABOVE = 50  # what pages and fields have above them, and an action after it


def clean_pdf(content: bytes) -> Clean:
    """Runs where time and memory are bounded (`planning.washing`): reading alone can take more than there is."""
    set_qpdf_limits(flate_max_memory=MOST_UNPACKED, run_length_max_memory=MOST_UNPACKED)
    for library in ("pikepdf", "pypdfium2"):  # they say what they mended
        logging.getLogger(library).setLevel(logging.CRITICAL)
    try:
        return cleaned(content)
    except (Unfit, MemoryError, RecursionError):
        raise
    except PasswordError:
        raise Unfit(TAKE_OFF_PASSWORD) from None
    except Exception:  # neither library has one name for what it cannot read
        raise Unfit(DAMAGED) from None


def cleaned(content: bytes) -> Clean:
    with opened(content) as pdf:
        pages = pages_of(pdf)
        refuse_what_differs_by_program(pdf.Root, pages)
        told = list(lost_with(pdf.Root, pages))
        undrawn = [undrawn_marks(pdf.Root, page) for page in pages]
        # A look that is made up writes all but ASCII in fonts that other programs may not have.
        foreign = {number for number, marks in enumerate(undrawn) if any(map(is_foreign, marks))}
    before = Rendered(content)
    if len(before) != len(pages):  # nobody knows then which page is which
        raise Unfit(DAMAGED)
    if any(undrawn):
        told.append(LOOKS_MADE_UP)
        content = before.with_looks()
    with opened(content) as pdf:
        pages = pages_of(pdf)
        refuse_what_has_no_look(pages)
        frames = [list(frames_of_links(pdf, page)) for page in pages]
        only_here = {number for number, page in enumerate(pages) if not any(map(is_seen_elsewhere, seen_marks(page)))}
        write_anew(pdf, pages)
        different = foreign | changed(before, Rendered(packed(pdf)))
        if not different <= only_here:
            raise Unfit(NOT_ALIKE)
        if different:
            told.append(kept_as_pictures(different, pages))
            become_pictures(pdf, pages, different, Rendered(content))
            if not are_alike(before, Rendered(packed(pdf)), different):
                raise Unfit(NOT_ALIKE)
        for page, marks in zip(pages, frames, strict=True):
            if marks:
                page["/Annots"] = Array([*page.get("/Annots", Array()), *marks])
        anew = packed(pdf)
    if len(anew) > MOST_BYTES:
        raise Unfit(TOO_LARGE_ANEW)
    return Clean(anew, tuple(told))


def kept_as_pictures(some: set[int], pages: list[Object]) -> str:
    if len(some) == len(pages):
        return AS_PICTURES
    return SOME_AS_PICTURES.format(some=len(some), all=len(pages), are="is" if len(some) == 1 else "are")


def opened(content: bytes) -> Pdf:
    return Pdf.open(io.BytesIO(content), suppress_warnings=True)


def pages_of(pdf: Pdf) -> list[Object]:
    """Each with all that it has from the nodes above it."""
    if not len(pdf.pages):
        raise Unfit(DAMAGED)
    if len(pdf.pages) > MOST_PAGES:
        raise Unfit(TOO_MANY_PAGES)
    pages: list[Object] = [page.obj for page in pdf.pages]
    for page in pages:
        for name in INHERITED:
            value = inherited(page, name)
            if value is not None:
                page[name] = value
    return pages


def inherited(thing: Object, name: str) -> Any:
    for _ in range(MOST_ABOVE):
        if name in thing:
            return thing[name]
        above = thing.get("/Parent")
        if not isinstance(above, Dictionary):
            break
        thing = above
    return None


def packed(pdf: Pdf) -> bytes:
    anew = io.BytesIO()
    pdf.save(
        anew,
        stream_decode_level=StreamDecodeLevel.none,  # nothing is unpacked that might not fit
        object_stream_mode=ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return anew.getvalue()


def part(thing: Object, name: str) -> Object:
    """The dictionary that hangs there; an empty one where there is none."""
    found = thing.get(name)
    return found if isinstance(found, Dictionary) else Dictionary()


# What cannot be kept as it looks, and what goes without being seen.


def refuse_what_differs_by_program(root: Object, pages: list[Object]) -> None:
    if "/XFA" in part(root, "/AcroForm") or root.get("/NeedsRendering"):
        raise Unfit(XFA)
    if "/Collection" in root:
        raise Unfit(PORTFOLIO)
    actions = [root.get("/OpenAction"), *(part(page, "/AA").get("/O") for page in pages)]
    if any(changes_looks(action) for action in actions):
        raise Unfit(CHANGES_ITSELF)
    for number, page in enumerate(pages):
        if any(mark.get("/Subtype") not in MADE_UP or is_worked_out(mark) for mark in undrawn_marks(root, page)):
            raise Unfit(WITHOUT_LOOK.format(page=number + 1))


def changes_looks(action: Any) -> bool:
    for _ in range(MOST_ABOVE):
        if not isinstance(action, Dictionary):
            return False
        if action.get("/S") in CHANGE_LOOKS:
            return True
        following = action.get("/Next")
        action = following[0] if isinstance(following, Array) and len(following) else following
    return True


def lost_with(root: Object, pages: list[Object]) -> Iterator[str]:
    marks = [mark for page in pages for mark in list_of(page, "/Annots")]
    if "/Perms" in root or any(
        inherited(mark, "/FT") == "/Sig" and inherited(mark, "/V") is not None for mark in marks
    ):
        yield WITHOUT_SIGNATURE
    if "/EmbeddedFiles" in part(root, "/Names") or any("/FS" in mark for mark in marks):
        yield WITHOUT_ATTACHED


# What was filled into a form, stamped or drawn on a page.


def seen_marks(page: Object) -> list[Object]:
    return [
        mark
        for mark in list_of(page, "/Annots")
        if mark.get("/Subtype") != "/Popup" and not int(mark.get("/F", 0)) & HIDDEN and has_room(mark)
    ]


def has_room(mark: Object) -> bool:
    sides = sides_of(mark.get("/Rect"))
    return sides is not None and sides[0] < sides[2] and sides[1] < sides[3]


def sides_of(box: Any) -> tuple[float, float, float, float] | None:
    """Left, bottom, right and top, whichever corners say so."""
    if not isinstance(box, Array) or len(box) != 4:
        return None
    one, two, other, last = (float(side) for side in box)
    return min(one, other), min(two, last), max(one, other), max(two, last)


def undrawn_marks(root: Object, page: Object) -> list[Object]:
    """Those that each program draws for itself, as they have no look, or are said to need a new one."""
    redraws = bool(part(root, "/AcroForm").get("/NeedAppearances"))
    return [mark for mark in seen_marks(page) if is_without_look(mark) or (redraws and is_redrawn(mark))]


def is_redrawn(mark: Object) -> bool:
    return is_text(mark) and ("/N" in part(mark, "/AP") or is_to_be_seen(mark))


def is_without_look(mark: Object) -> bool:
    """A look for other states than its own is one: it is not to be seen then."""
    kind = mark.get("/Subtype")
    if kind in NOT_DRAWN or "/N" in part(mark, "/AP"):
        return False
    return kind != "/Widget" or is_to_be_seen(mark)


def is_to_be_seen(field: Object) -> bool:
    """Whether programs draw it: its value, or the button that it is."""
    if inherited(field, "/FT") == "/Sig":
        return False
    has_value = bool(text_of(field)) if is_text(field) else inherited(field, "/V") not in (None, "/Off")
    return has_value or any(name in part(field, "/MK") for name in ("/BC", "/BG", "/CA"))


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
    """What is written in it. A value that is no text has a letter that no font has."""
    value = inherited(field, "/V")
    every = value if isinstance(value, Array) else [] if value is None else [value]
    return " ".join(str(one) if isinstance(one, String) else "\uffff" for one in every)


def refuse_what_has_no_look(pages: list[Object]) -> None:
    for number, page in enumerate(pages):
        if any(is_without_look(mark) for mark in seen_marks(page)):
            raise Unfit(WITHOUT_LOOK.format(page=number + 1))


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
    look = part(mark, "/AP").get("/N")
    if isinstance(look, Dictionary):
        look = look.get(str(mark.get("/AS", "/None")))
    return look if isinstance(look, Stream) else None


def frames_of_links(pdf: Pdf, page: Object) -> Iterator[Object]:
    """The line around a link, which readers draw of themselves, and only where a link says that it has one."""
    for mark in seen_marks(page):
        drawing = frame_of(mark) if mark.get("/Subtype") == "/Link" and "/N" not in part(mark, "/AP") else b""
        if drawing:
            about = {"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array(mark["/Rect"])}
            yield stamp(pdf, Stream(pdf, drawing, Dictionary(about)), mark)


def frame_of(link: Object) -> bytes:
    style, border, colour = part(link, "/BS"), link.get("/Border"), link.get("/C", Array([0]))
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


# The pages themselves.


def write_anew(pdf: Pdf, pages: list[Object]) -> None:
    for page in pages:
        marks = [*stamps(pdf, page)]
        keep_only(page, OF_A_PAGE)
        if marks:
            page["/Annots"] = Array(marks)
    root = pdf.Root
    keep_only(root, OF_A_DOCUMENT)
    root["/Pages"] = pdf.make_indirect(Dictionary({"/Type": Name.Pages, "/Kids": Array(pages), "/Count": len(pages)}))
    clear_document(root)
    clear([*pages, *(root[name] for name in names_of(root) if name != "/Pages")])
    for page in pages:
        page["/Parent"] = root["/Pages"]
    for name in names_of(pdf.trailer):
        if name not in ("/Root", "/Size"):
            del pdf.trailer[name]


def become_pictures(pdf: Pdf, pages: list[Object], which: set[int], seen: Rendered) -> None:
    """In place of all that is drawn on them, within the same edges and turned as they were."""
    for number in which:
        page = pages[number]
        jpeg, (width, height) = seen.as_jpeg(number)
        about = {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": width, "/Height": height}
        about |= {"/ColorSpace": Name.DeviceRGB, "/BitsPerComponent": 8, "/Filter": Name.DCTDecode}
        left, bottom, right, top = edges_of(page)
        drawn = f"{right - left:f} 0 0 {top - bottom:f} {left:f} {bottom:f} cm /P Do"
        keep_only(page, {"/Type", "/Parent", "/Rotate", "/UserUnit", *BOXES})
        page["/Resources"] = Dictionary({"/XObject": Dictionary({"/P": Stream(pdf, jpeg, Dictionary(about))})})
        page["/Contents"] = Stream(pdf, drawn.encode())


def edges_of(page: Object) -> tuple[float, float, float, float]:
    """What of it is shown."""
    paper, shown = sides_of(page["/MediaBox"]), sides_of(page.get("/CropBox"))
    if paper is None:
        raise Unfit(DAMAGED)
    shown = shown or paper
    return max(paper[0], shown[0]), max(paper[1], shown[1]), min(paper[2], shown[2]), min(paper[3], shown[3])


def clear_document(root: Object) -> None:
    """What decides for all pages how they look stays, without the rest that it says."""
    keep_only(part(root, "/ViewerPreferences"), OF_PREFERENCES)
    layers = part(root, "/OCProperties")
    keep_only(layers, OF_LAYERS)
    keep_only(part(layers, "/D"), OF_SHOWN_LAYERS)
    for layer in list_of(layers, "/OCGs"):
        keep_only(layer, OF_A_LAYER)
        keep_only(part(layer, "/Usage"), OF_USAGE)


def names_of(thing: Object) -> list[str]:
    return sorted(thing.keys())


def list_of(thing: Object, name: str) -> list[Object]:
    """The dictionaries in the list that hangs there."""
    every = thing.get(name)
    found: list[Object] = [one for one in every if isinstance(one, Dictionary)] if isinstance(every, Array) else []
    return found


def keep_only(thing: Object, kept: set[str]) -> None:
    for name in [name for name in names_of(thing) if name not in kept]:
        del thing[name]


def clear(roots: Iterable[Object]) -> None:
    """Take from all that hangs on them what is never kept."""
    waiting = [(root, False, 0) for root in roots]
    known: set[tuple[int, int]] = set()
    left = MOST_OBJECTS
    while waiting:
        thing, is_named_freely, depth = waiting.pop()
        if not isinstance(thing, Dictionary | Array | Stream) or thing.objgen in known:
            continue
        if thing.is_indirect:
            known.add(thing.objgen)
        left -= 1
        if left < 0 or depth > DEEPEST:
            raise Unfit(TOO_INTRICATE)
        if isinstance(thing, Array):
            parts = [(one, False) for one in thing]
        else:
            if isinstance(thing, Stream):
                clear_stream(thing)
            elif not is_named_freely:
                remove_never(thing)
            parts = [(thing[name], name in NAMED_FREELY) for name in names_of(thing) if name != "/Resources"]
            parts += parts_of_resources(thing)
        waiting += [(one, is_named, depth + 1) for one, is_named in parts]


def remove_never(thing: Object) -> None:
    """A name under “/P” says when several layers are shown, and leads nowhere."""
    for name in [name for name in names_of(thing) if name in NEVER]:
        if name != "/P" or not isinstance(thing[name], Name):
            del thing[name]
    for intent in list_of(thing, "/OutputIntents"):
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
    return [(resources[name], True) for name in names_of(resources)]


def clear_stream(thing: Object) -> None:
    keep_only(thing, OF_STREAMS)
    filters = filters_of(thing)
    if JPEG_FILTER in filters:
        keep_photo(thing, filters)


def filters_of(thing: Object) -> list[str]:
    found = thing.get("/Filter")
    every = found if isinstance(found, Array) else [] if found is None else [found]
    return [IN_FULL.get(name, name) for name in (str(one) for one in every)]


def keep_photo(thing: Object, filters: list[str]) -> None:
    """A JPEG, unpacked from what else it is packed in, and without its notes."""
    if filters.index(JPEG_FILTER) != len(filters) - 1:
        raise Unfit(DAMAGED)
    found = thing.get("/DecodeParms")
    settings: list[Any] = list(found) if isinstance(found, Array) else [found]
    settings = settings if len(settings) == len(filters) else [None] * len(filters)
    photo = thing.read_raw_bytes()
    if len(filters) > 1:
        thing.write(photo, filter=Array(map(Name, filters[:-1])), decode_parms=Array(settings[:-1]))
        photo = thing.read_bytes(StreamDecodeLevel.generalized)
    thing.write(without_notes(photo), filter=Name.DCTDecode, decode_parms=settings[-1])
