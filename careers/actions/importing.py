"""Import the files of an O*NET release as a collection of occupations.

Each file is read and checked whole, then written in one transaction, so a run that is killed leaves whole files, and
running it again finishes the work. Only what differs is written: a second run changes nothing. What a file no longer
has is removed, unless lines of it were left out: then one of those may have said it. Two imports at once take turns,
file by file.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from careers.actions.importing_rows import WRITERS, Counts
from careers.actions.onet_files import LAYOUTS, OnetError, check_headings, read_release, read_rows
from careers.actions.patience import long_patience
from careers.models import Collection, Revision
from careers.planning.onet_rows import codes_of

HOME = "https://www.onetcenter.org/database.html"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
ATTRIBUTION = (
    "This page includes information from the O*NET {release} Database by the U.S. Department of Labor, Employment and "
    "Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET® is a trademark of USDOL/ETA."
)
MODIFICATION = (
    "BPO Careers has modified all or some of this information. USDOL/ETA has not approved, endorsed, or tested these "
    "modifications."
)
FIXED = {"title": "O*NET occupations", "modification": MODIFICATION, "licence_url": LICENCE, "source_url": HOME}
RELEASE = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){1,2}")


@dataclass(frozen=True)
class FileReport:
    """What one file changed; `skipped` says what was wrong with the lines that were left out."""

    name: str
    file: str
    counts: Counts
    skipped: list[str]


class Faults:
    """The bad lines of a file: the first one stops it, or all of them are `skipped`."""

    def __init__(self, file, *, skip_bad):
        self.file, self.skip_bad, self.skipped = file, skip_bad, []

    def found(self, number, fault):
        said = f"{self.file}, line {number}: {fault}."
        if not self.skip_bad:
            raise OnetError(f"{said} Nothing of this file was imported; with --skip-bad such lines are left out.")
        self.skipped.append(said)


def quiet(name, done, total):
    """Nobody watches."""


def import_onet(*, folder: Path, today, release="", layouts=LAYOUTS, skip_bad=False, progress: Callable = quiet):
    """Import every file; yields a FileReport after each. `progress(name, done, total)` hears of bytes read.

    Raises OnetError before anything is written if a file or column is missing, and at the first bad line unless
    `skip_bad`: then the files before it are in, and nothing of its own.
    """
    check_headings(folder, layouts)
    release = release or read_release(folder)
    if not RELEASE.fullmatch(release):
        said = f"“{release[:40]}” is no release" if release else f"{folder} does not say which release it is"
        raise OnetError(f"{said}. Say it yourself: --release 30.1")
    for name, layout in layouts.items():
        faults = Faults(layout.file, skip_bad=skip_bad)
        rows = good_rows(folder, name, layout, faults, progress=progress)
        with long_patience(), transaction.atomic():
            Revision.lock()
            collection = collection_of(release=release, today=today)
            rows = known_rows(rows, collection, faults)
            counts = WRITERS[name](collection, rows, partial=bool(faults.skipped))
        yield FileReport(name, layout.file, counts, faults.skipped)


def good_rows(folder, name, layout, faults, *, progress):
    """(line number, row) of the lines that can be read."""
    total = (folder / layout.file).stat().st_size
    good = []
    for number, row in read_rows(folder, name, layout, tell=lambda done: progress(name, done, total)):
        if isinstance(row, ValueError):
            faults.found(number, row)
        else:
            good.append((number, row))
    if not good:
        raise OnetError(f"{layout.file} has no line that could be imported.")
    return good


def known_rows(rows, collection, faults):
    """The rows whose occupations are all there."""
    codes, known = set(collection.occupations.values_list("code", flat=True)), []
    for number, row in rows:
        if strange := [code for code in codes_of(row) if code not in codes]:
            faults.found(number, f"no occupation has the code {strange[0]}")
        else:
            known.append(row)
    return known


def collection_of(*, release, today):
    """The collection, a draft until HR publishes it. What HR wrote on it stays, but for what the release decides."""
    decided = {
        "release": release,
        "attribution": ATTRIBUTION.format(release=release),
        "source_name": f"O*NET {release} Database",
        "checked_on": today,
    }
    defaults = {**FIXED, **decided, "is_addition": True}
    collection, _ = Collection.objects.get_or_create(slug=Collection.ONET, defaults=defaults)
    if collection.release != release:
        for name, value in decided.items():
            setattr(collection, name, value)
        collection.save()
    return collection
