"""Files that are there in full or not at all, however a disk or a process ends while they are written."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp

END = ".partial"
SURELY_LOCKED = 60  # seconds after it was made


@contextmanager
def partial_file(folder: Path, *, prefix: str) -> Iterator[Path]:
    """The path of a new file for its owner only. It goes at the end, unless it was renamed.

    What a process left that was killed goes as well: nobody holds the lock of such a file.
    """
    remove_abandoned(folder, prefix)
    handle, path = mkstemp(prefix=prefix, suffix=END, dir=folder)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield Path(path)
    finally:
        os.close(handle)
        for name in (path, f"{path}-journal", f"{path}-wal", f"{path}-shm"):
            with suppress(FileNotFoundError):
                os.unlink(name)


def remove_abandoned(folder: Path, prefix: str) -> None:
    for path in Path(folder).glob(f"{prefix}*{END}"):
        with suppress(OSError), path.open("rb") as file:
            if time.time() - path.stat().st_mtime > SURELY_LOCKED:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()


def put_in_place(path: Path, place: Path) -> None:
    """Rename, and be sure that both the content and the name are on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    os.rename(path, place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def write_whole(path: Path, text: str, *, mode: int) -> None:
    """Write `text` to `path` in one step: whoever reads sees what was there before, or all of it."""
    with partial_file(path.parent, prefix=f".{path.name}.") as partial:
        partial.write_text(text)
        os.chmod(partial, mode)
        put_in_place(partial, path)
