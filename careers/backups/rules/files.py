"""The one file of a backup: a ZIP of the database, people's files and a manifest with the checksum of each.

It may be encrypted as a whole (`encryption`); otherwise the ZIP's comment is the checksum of all that is before it. The
manifest and the ZIP's table are written last, so a file that was cut off has neither. What no manifest names is no part
of the backup.
"""

import hashlib
import io
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from careers.backups.rules.encryption import Damaged, EncryptedReader, EncryptedWriter, WrongPassphrase, is_encrypted

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

FORMAT = 1
MANIFEST = "manifest.json"
FILES = "files/"
PIECE = 1 << 20  # bytes in memory at once
CHECKSUM = 64  # bytes of a SHA-256 in hexadecimal
MOST_OF_MANIFEST = 1 << 28
DAMAGED = "The file was cut off or changed, or is no backup: {file}. Take another one."
NOT_OPENED = "The passphrase is wrong, or the beginning of the file was changed: {file}."
IS_ENCRYPTED = "This backup is encrypted: say where its passphrase is with --passphrase-file."
NOT_ENCRYPTED = "This backup is not encrypted, so others may have made it. Without --passphrase-file it is taken."
OTHER_FORMAT = "This backup has format {format}, and this version of the portal reads {ours}. Update the portal first."
# What `zipfile` and `json` raise over bytes that are not as they were written.
NOT_AS_WRITTEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, Damaged, EOFError, OSError),
    *(ValueError, LookupError, TypeError, AttributeError, RuntimeError, OverflowError, MemoryError),
)


class Unusable(Exception):
    """The backup cannot be used. The message says why, in one sentence for the operator."""


@dataclass(frozen=True)
class Member:
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    made_at: str  # ISO 8601, UTC
    vendor: str  # of the database: "sqlite" or "postgresql"
    database: str  # the name of its member
    migrations: list[str]  # all that were applied, as "careers.0001_guide"
    secret: str  # tells whether a SECRET_KEY is the same, and nothing else of it
    missing: list[str] = field(default_factory=list)  # files that the database names and nobody had
    members: dict[str, Member] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def files(self) -> dict[str, Member]:
        """People's files by their names in the storage."""
        return {name.removeprefix(FILES): one for name, one in self.members.items() if name.startswith(FILES)}


class CheckedWriter(io.RawIOBase):
    """Writes into `out`, and in `finish` the checksum of all before instead of the last bytes."""

    def __init__(self, out: BinaryIO) -> None:
        self.out, self.digest, self.rest = out, hashlib.sha256(), b""

    def writable(self) -> bool:
        return True

    def write(self, data: "ReadableBuffer") -> int:
        piece = bytes(data)
        self.rest += piece
        self.pass_on(self.rest[:-CHECKSUM])
        self.rest = self.rest[-CHECKSUM:]
        return len(piece)

    def pass_on(self, piece: bytes) -> None:
        self.out.write(piece)
        self.digest.update(piece)

    def finish(self) -> None:
        self.out.write(self.digest.hexdigest().encode())


def is_as_checked(file: BinaryIO) -> bool:
    """Whether a file of `CheckedWriter` has all its bytes as they were written."""
    digest, rest = hashlib.sha256(), file.seek(0, os.SEEK_END) - CHECKSUM
    file.seek(0)
    while rest > 0 and (piece := file.read(min(PIECE, rest))):
        digest.update(piece)
        rest -= len(piece)
    return file.read() == digest.hexdigest().encode()


class BackupWriter:
    """`with` it: whatever breaks off inside leaves nothing to be written later."""

    def __init__(self, out: BinaryIO, passphrase: bytes | None) -> None:
        self.stream = EncryptedWriter(out, passphrase) if passphrase else CheckedWriter(out)
        self.archive = zipfile.ZipFile(cast(BinaryIO, self.stream), "w")
        self.archive.comment = bytes(CHECKSUM)
        self.members: dict[str, Member] = {}

    def __enter__(self) -> "BackupWriter":
        return self

    def __exit__(self, *error: object) -> None:
        with suppress(OSError, ValueError):
            self.archive.close()

    def add(self, name: str, source: IO[bytes], *, packed: bool) -> None:
        """`packed`: whether it is worth compressing."""
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        info.external_attr = 0o600 << 16
        digest, size = hashlib.sha256(), 0
        with self.archive.open(info, "w", force_zip64=True) as member:
            while piece := source.read(PIECE):
                member.write(piece)
                digest.update(piece)
                size += len(piece)
        self.members[name] = Member(size, digest.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        packed = json.dumps(asdict(manifest), indent=1, sort_keys=True).encode()
        self.add(MANIFEST, io.BytesIO(packed), packed=True)
        self.archive.close()
        self.stream.finish()


class Backup:
    """An opened one. Everything it raises over what it reads is `Unusable`."""

    def __init__(self, path: Path, file: BinaryIO, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self.path, self.file, self.archive, self.manifest = path, file, archive, manifest

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        with self.archive.open(name) as member:
            yield member

    def check(self) -> None:
        """Read all of it and compare it with its checksums. Nothing is written."""
        with as_unusable(self.path):
            if not is_encrypted(self.file) and not is_as_checked(self.file):
                raise Damaged
            for name, member in self.manifest.members.items():
                with self.open(name) as content:
                    if digest_of(content) != member.sha256:
                        raise Damaged


def digest_of(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := content.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


@contextmanager
def as_unusable(path: Path) -> Iterator[None]:
    try:
        yield
    except WrongPassphrase:
        raise Unusable(NOT_OPENED.format(file=path)) from None
    except NOT_AS_WRITTEN as error:
        raise Unusable(DAMAGED.format(file=path)) from error


@contextmanager
def opened(path: Path, passphrase: bytes | None) -> Iterator[Backup]:
    """Raises `Unusable` where it cannot be opened; only `check` has seen all of it."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise Unusable(f"Cannot read the backup {path}: {error.strerror}.") from error
    with file:
        with as_unusable(path):
            archive = zipfile.ZipFile(plain(file, passphrase))
        with archive:
            with as_unusable(path):
                manifest = read_manifest(archive)
            yield Backup(path, file, archive, manifest)


def plain(file: BinaryIO, passphrase: bytes | None) -> BinaryIO:
    encrypted = is_encrypted(file)
    file.seek(0)
    if encrypted and not passphrase:
        raise Unusable(IS_ENCRYPTED)
    if passphrase and encrypted:
        return cast(BinaryIO, io.BufferedReader(EncryptedReader(file, passphrase), PIECE))
    if passphrase and zipfile.is_zipfile(file):
        raise Unusable(NOT_ENCRYPTED)
    file.seek(0, os.SEEK_SET)
    return file


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    if archive.getinfo(MANIFEST).file_size > MOST_OF_MANIFEST:
        raise Damaged
    facts = json.loads(archive.read(MANIFEST))
    if facts["format"] != FORMAT:
        raise Unusable(OTHER_FORMAT.format(format=facts["format"], ours=FORMAT))
    members = {name: Member(**one) for name, one in facts.pop("members").items()}
    manifest = Manifest(**facts, members=members)
    if not is_plain(manifest) or any(archive.getinfo(name).file_size != one.size for name, one in members.items()):
        raise Damaged
    return manifest


def is_plain(manifest: Manifest) -> bool:
    """Whether it says what a `Backup` writes. Others may have made it, and what it says is shown on a terminal."""
    named = [*manifest.migrations, *manifest.missing, *manifest.members, *manifest.files]
    lines = [manifest.made_at, manifest.vendor, manifest.database, *named]
    are_typed = isinstance(manifest.migrations, list) and isinstance(manifest.missing, list)
    are_typed = are_typed and isinstance(manifest.secret, str)  # which is compared, and never shown
    return are_typed and manifest.database in manifest.members and all(is_line(line) for line in lines)


def is_line(said: object) -> bool:
    return isinstance(said, str) and said != "" and said.isprintable()
