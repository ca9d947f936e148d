"""Everything about a person as one ZIP file to take away."""

import io
import json
import zipfile
from pathlib import Path

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone

from careers.actions.own_data import own_data
from careers.actions.resume import resume

SCHEMA = Path(__file__).resolve().parent.parent / "profile.schema.json"


def export(*, profile, sessions, now):
    """The ZIP's bytes; `sessions` as in `own_data`."""
    data = own_data(profile, sessions=sessions, now=now)
    files = {
        "README.txt": render_to_string("careers/data/README.txt", {"profile": profile, "now": now}),
        "profile.json": as_json(data),
        "profile.schema.json": SCHEMA.read_text(encoding="utf-8"),
        "resume.json": as_json(resume(profile)),
    }
    return zipped(files, day=timezone.localtime(now))


def as_json(data):
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2) + "\n"


def zipped(files, *, day):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, day.timetuple()[:6])
            info.external_attr = 0o600 << 16
            archive.writestr(info, text.encode("utf-8"), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
