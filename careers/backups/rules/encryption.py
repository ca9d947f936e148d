"""A file that only its passphrase opens: AES-256-GCM in chunks, under a key that scrypt makes of the passphrase.

Each chunk is sealed with its number and whether it is the last, so that none can be changed, moved, left out or cut off
unseen (the STREAM construction). Chunks have one size, so any place of the file can be read without what is before it.
"""

import io
import os
from typing import TYPE_CHECKING, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

MAGIC = b"BPO Careers, encrypted 1\n"
SALT = 16
TAG = 16
HEADER = len(MAGIC) + SALT + TAG
CHUNK = 1 << 20
OF_THE_HEADER = b"\xff" * 12  # a number that no chunk has


class WrongPassphrase(Exception):
    """Or the header was changed, which nobody can tell apart."""


class Damaged(Exception):
    """Something of the file was changed or cut off."""


def key_of(passphrase: bytes, salt: bytes) -> AESGCM:
    """Takes 128 MB and some 0.3 s, so that guessing is dear."""
    return AESGCM(Scrypt(salt=salt, length=32, n=1 << 17, r=8, p=1).derive(passphrase))


def nonce(number: int, *, is_last: bool) -> bytes:
    """The key is this file's alone, so a number is never used twice under it."""
    return number.to_bytes(11, "big") + bytes([is_last])


class EncryptedWriter(io.RawIOBase):
    """Encrypts what is written to it into `out`, whole only after `finish`."""

    def __init__(self, out: BinaryIO, passphrase: bytes) -> None:
        salt = os.urandom(SALT)
        self.out, self.key, self.number, self.rest = out, key_of(passphrase, salt), 0, bytearray()
        out.write(MAGIC + salt + self.key.encrypt(OF_THE_HEADER, b"", MAGIC + salt))

    def writable(self) -> bool:
        return True

    def write(self, data: "ReadableBuffer") -> int:
        view = memoryview(data).cast("B")
        self.rest += view
        while len(self.rest) > CHUNK:  # a full one may be the last
            self.seal(bytes(self.rest[:CHUNK]), is_last=False)
            del self.rest[:CHUNK]
        return len(view)

    def seal(self, chunk: bytes, *, is_last: bool) -> None:
        self.out.write(self.key.encrypt(nonce(self.number, is_last=is_last), chunk, None))
        self.number += 1

    def finish(self) -> None:
        self.seal(bytes(self.rest), is_last=True)


def is_encrypted(file: BinaryIO) -> bool:
    file.seek(0)
    return file.read(len(MAGIC)) == MAGIC


class EncryptedReader(io.RawIOBase):
    """Reads `file` at any place. Raises `WrongPassphrase` at once, `Damaged` where it is not as written."""

    def __init__(self, file: BinaryIO, passphrase: bytes) -> None:
        file.seek(0)
        header = file.read(HEADER)
        salt, check = header[len(MAGIC) : -TAG], header[-TAG:]
        body = file.seek(0, os.SEEK_END) - HEADER
        if body < TAG:
            raise Damaged
        self.file, self.key, self.place = file, key_of(passphrase, salt), 0
        self.chunks = -(-body // (CHUNK + TAG))
        self.size = body - self.chunks * TAG
        self.open_number, self.open_chunk = -1, b""
        try:
            self.key.decrypt(OF_THE_HEADER, check, MAGIC + salt)
        except InvalidTag:
            raise WrongPassphrase from None
        self.chunk(self.chunks - 1)  # the end of a file that was cut is not sealed as an end

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        place = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self.place, os.SEEK_END: self.size}[whence]
        if place < 0:
            raise ValueError("before the beginning")
        self.place = place
        return place

    def readinto(self, buffer: "WriteableBuffer") -> int:
        wanted = memoryview(buffer).cast("B")
        if self.place >= self.size:
            return 0
        number, begin = divmod(self.place, CHUNK)
        piece = self.chunk(number)[begin : begin + len(wanted)]
        wanted[: len(piece)] = piece
        self.place += len(piece)
        return len(piece)

    def chunk(self, number: int) -> bytes:
        if number != self.open_number:
            self.file.seek(HEADER + number * (CHUNK + TAG))
            sealed, is_last = self.file.read(CHUNK + TAG), number == self.chunks - 1
            try:
                self.open_chunk = self.key.decrypt(nonce(number, is_last=is_last), sealed, None)
            except (InvalidTag, ValueError):
                raise Damaged from None
            self.open_number = number
        return self.open_chunk
