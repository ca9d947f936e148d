"""Which build of the portal this is: changes with its code, its templates and its static files."""

import hashlib
from pathlib import Path

SOURCES = ("bpo_portal/**/*.py", "careers/**/*.py", "templates/**/*", "static/**/*")


def build_id(folder: Path) -> str:
    """A short digest of every source below `folder`. Reads some 200 small files, once a process."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in SOURCES for path in folder.glob(pattern) if path.is_file()):
        digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
