"""JPEG 2000 as it stands within a PDF: what paints it stays, what is written beside its pixels does not."""

from collections.abc import Iterator

from careers.plans.files.rules.kinds import DAMAGED, Unfit

CODE = b"\xff\x4f\xff\x51"  # what the pixels begin with
SUPER = b"jp2h"  # the box that holds boxes
OF_A_PICTURE = {b"jP  ", b"ftyp", SUPER, b"jp2c"}
OF_ITS_HEADER = {b"ihdr", b"bpcc", b"colr", b"pclr", b"cmap", b"cdef"}
COMMENT, TILE, DATA, END = b"\xff\x64", b"\xff\x90", b"\xff\x93", b"\xff\xd9"


def without_notes_beside(picture: bytes) -> bytes:
    """Boxes that paint nothing go; a comment among the pixels is written over, so that all lengths stay true."""
    if picture.startswith(CODE):
        return without_comments_within(picture)
    kept = []
    for kind, content in boxes_of(picture):
        if kind not in OF_A_PICTURE:
            continue
        if kind == SUPER:
            content = b"".join(box(name, one) for name, one in boxes_of(content) if name in OF_ITS_HEADER)
        elif kind == b"jp2c":
            content = without_comments_within(content)
        kept.append((kind, content))
    if b"jp2c" not in dict(kept):
        raise Unfit(DAMAGED)
    return b"".join(box(kind, content) for kind, content in kept)


def boxes_of(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(content):
        length, kind, head = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8], 8
        if length == 1:  # too long for four bytes, it says
            length, head = int.from_bytes(content[at + 8 : at + 16], "big"), 16
        after = at + length if length else len(content)
        if after < at + head:
            raise Unfit(DAMAGED)
        yield kind, content[at + head : after]
        at = after


def box(kind: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4, "big") + kind + content


def without_comments_within(code: bytes) -> bytes:
    """Return it without comments and without anything behind its end. Raises `Unfit` if it is damaged."""
    if not code.startswith(CODE):
        raise Unfit(DAMAGED)
    kept, at, after_tile = bytearray(code), 2, 0
    while at + 4 <= len(code) and code[at : at + 2] != END:
        kind = code[at : at + 2]
        after = at + 2 + int.from_bytes(code[at + 2 : at + 4], "big")
        if kind == TILE:
            length = int.from_bytes(code[at + 6 : at + 10], "big")
            after_tile = at + length if length else end_of(code)
        elif kind == DATA:
            after = after_tile
        elif kind == COMMENT:
            kept[at + 4 : after] = bytes(after - at - 4)
        if code[at] != 0xFF or after < at + 2 or after > len(code):
            raise Unfit(DAMAGED)
        at = after
    if not after_tile:
        raise Unfit(DAMAGED)
    return bytes(kept[:at]) + END


def end_of(code: bytes) -> int:
    """Where the last tile ends that does not say how long it is."""
    at = code.rfind(END)
    return at if at > 0 else len(code)
