"""How the pages of a PDF look to a reader: with its forms, its notes, and the layers that it shows."""

import io
from collections.abc import Iterable

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageStat

COMPARED_AT = 1000  # pixels of a page's longer side
TINY = 0.01
KEPT_AT = 150 / 72  # pixels to a point, where a page becomes a picture
LONGEST_KEPT = 3000
QUALITY = 80
SAME = 8  # of 255: more in one colour of one pixel is another look
LIKE = 10  # of 255, as the average of a page: less between it and its picture is what packing it took
WITHOUT_PASSWORD = 3  # what the library's own header calls FPDF_REMOVE_SECURITY


class Rendered:
    """An open PDF. Raises what the library raises where it cannot read it; drawing costs as much as its pages ask."""

    def __init__(self, content: bytes) -> None:
        self.document = pdfium.PdfDocument(content)
        self.document.init_forms()  # draws the fields, also those that have a value and no look

    def __len__(self) -> int:
        return len(self.document)

    def look(self, number: int) -> Image.Image:
        """Fields are smoothed for screens of three colours whatever one asks for, so all else is, too."""
        page = self.document[number]
        drawn: Image.Image = page.render(scale=COMPARED_AT / max(page.get_size()), optimize_mode="lcd").to_pil()
        page.close()
        return drawn.convert("RGB")

    def as_jpeg(self, number: int) -> tuple[bytes, tuple[int, int]]:
        """The page as a picture, not yet turned as its “/Rotate” says, and its width and height."""
        page = self.document[number]
        scale = min(KEPT_AT, LONGEST_KEPT / max(page.get_size()))
        drawn = page.render(scale=scale, rotation=-page.get_rotation() % 360).to_pil().convert("RGB")
        page.close()
        packed = io.BytesIO()
        drawn.save(packed, "JPEG", quality=QUALITY, optimize=True)
        return packed.getvalue(), drawn.size

    def with_looks(self) -> bytes:
        """Written with a look for each field and note that had none and that the library draws one for."""
        for number in range(len(self)):
            page = self.document[number]
            page.render(scale=TINY)
            page.close()
        packed = io.BytesIO()
        self.document.save(packed, flags=WITHOUT_PASSWORD)
        return packed.getvalue()


def changed(before: Rendered, after: Rendered) -> set[int]:
    """The pages that do not look the same."""
    return {number for number in range(len(before)) if not is_same(before.look(number), after.look(number))}


def is_same(one: Image.Image, other: Image.Image) -> bool:
    if one.size != other.size:
        return False
    return all(most <= SAME for _, most in ImageStat.Stat(ImageChops.difference(one, other)).extrema)


def are_alike(before: Rendered, after: Rendered, pages: Iterable[int]) -> bool:
    """Whether the pictures of these pages stand where the pages did, as far as packing them lets one say."""
    return all(is_alike(before.look(number), after.look(number)) for number in pages)


def is_alike(one: Image.Image, other: Image.Image) -> bool:
    return one.size == other.size and max(ImageStat.Stat(ImageChops.difference(one, other)).mean) <= LIKE
