"""Import the files of an O*NET release as a collection of occupations.

All files are read and checked before the first is written; then each is written in one transaction, so a run that is
killed leaves whole files, and running it again finishes the work. The release is written with the last file: until
then the collection says the earlier one. Only what differs is written: a second run changes nothing. What a file no
longer has is removed, unless lines of it were left out: then one of those may have said it. Two imports at once take
turns, file by file.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from careers.guide.models.publishing import CheckedAgainst
from careers.guide.models.revisions import Revision
from careers.occupations.models import Collection, Occupation, OccupationRelation, OccupationTask, OccupationTitle
from careers.occupations.onet.rules import quoted
from careers.occupations.onet.selectors.checks import check_codes, check_removals, check_still_there
from careers.occupations.onet.selectors.files import LAYOUTS, OnetError, check_headings, read_file, read_release
from careers.occupations.onet.services.rows import WRITERS, Counts
from careers.runtime.lock_timeout import long_lock_timeout
from careers.runtime.statistics import analyze

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
MANY = Occupation, OccupationTitle, OccupationTask, OccupationRelation
RELEASE = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){1,2}")


@dataclass(frozen=True)
class FileReport:
    """The changes that one file made; `skipped` says what was wrong with the lines that were left out."""

    name: str
    file: str
    counts: Counts
    skipped: list[str]


def quiet(name, done, total):
    """Nobody watches."""


def import_onet(
    *,
    folder: Path,
    today,
    release="",
    layouts=LAYOUTS,
    skip_bad=False,
    allow_removals=False,
    progress: Callable = quiet,
):
    """Import every file; yields a FileReport after each. `progress(name, done, total)` hears of bytes read.

    Raises OnetError before anything is written: if a file or column is missing, at the first bad line unless
    `skip_bad`, and for a file that lacks much of what is stored unless `allow_removals`.
    """
    check_headings(folder, layouts)
    release = sure_release(folder, release)
    files = [read_file(folder, name, layout, skip_bad=skip_bad, progress=progress) for name, layout in layouts.items()]
    if not allow_removals:
        check_removals(files)
    check_codes(files)
    for file in files:
        with long_lock_timeout(), transaction.atomic():
            Revision.lock()
            collection = collection_of(release=release, today=today)
            check_still_there(collection, file)
            rows, skipped = [row for _, row in file.rows], file.faults.skipped
            counts = WRITERS[file.name](collection, rows, partial=bool(skipped))
            if file is files[-1]:
                say_release(collection, release=release, today=today)
        if counts.added or counts.updated or counts.removed:
            analyze(*MANY)
        yield FileReport(file.name, file.layout.file, counts, skipped)


def sure_release(folder, release):
    release = release or read_release(folder)
    if not RELEASE.fullmatch(release):
        said = f"{quoted(release)} is no release" if release else f"{folder} does not say which release it is"
        raise OnetError(f"{said}. Say it yourself: --release 30.1")
    return release


def collection_of(*, release, today):
    """The collection, a draft until HR publishes it."""
    defaults = {**FIXED, **decided_by(release, today), "is_addition": True}
    return Collection.objects.get_or_create(slug=Collection.ONET, defaults=defaults)[0]


def say_release(collection, *, release, today):
    """Write what a new release decides of the collection. All else that HR wrote on it stays."""
    if collection.release != release:
        for name, value in decided_by(release, today).items():
            setattr(collection, name, value)
        collection.save()


def decided_by(release, today):
    return {
        "release": release,
        "attribution": ATTRIBUTION.format(release=release),
        "source_name": f"O*NET {release} Database",
        "checked_on": today,
        "checked_against": CheckedAgainst.FILE,
    }
