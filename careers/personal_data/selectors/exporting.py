"""Everything about a person as one ZIP file to take away."""

import json
import logging
import shutil
import tempfile
import zipfile

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone

from careers.cv.selectors.json_resume import whole_resume
from careers.personal_data.selectors.own_data import NAME, own_data, schema
from careers.plans.files.models import EvidenceFile

log = logging.getLogger(__name__)
IN_MEMORY = 2_000_000  # bytes: a larger ZIP waits in a file that has no name and goes when it was sent


def export(*, profile, sessions, now):
    """The ZIP as an open file; `sessions` as in `own_data`."""
    data = own_data(profile, sessions=sessions, now=now)
    first = "your account, your" if profile.user else "your"
    files = {
        "README.txt": render_to_string("careers/personal_data/README.txt", {"first": first, "now": now}),
        "profile.json": as_json(data),
        NAME: as_json(schema()),
        "resume.json": as_json(whole_resume(profile)),
    }
    kept = EvidenceFile.objects.of_person(profile).order_by("pk")
    return zipped(files, kept, day=timezone.localtime(now))


def as_json(data):
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2) + "\n"


def zipped(files, kept, *, day):
    """`files` are texts by their names; `kept` are copied piece by piece, never whole in memory."""
    packed = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115, whoever sends it closes it
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zip_info(name, day), text.encode("utf-8"), zipfile.ZIP_DEFLATED)
        for row in kept:
            copy_into(archive, row, day)
    packed.seek(0)
    return packed


def copy_into(archive, row, day):
    try:
        with (
            row.file.open("rb") as source,
            archive.open(zip_info(f"files/{row.pk}-{row.name}", day), "w") as target,
        ):
            shutil.copyfileobj(source, target)
    except FileNotFoundError:
        log.error("The file of row %s is not on the disk.", row.pk)


def zip_info(name, day):
    info = zipfile.ZipInfo(name, day.timetuple()[:6])
    info.external_attr = 0o600 << 16
    return info
