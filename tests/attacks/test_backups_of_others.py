"""A backup that somebody else made writes nowhere but where it may, and says nothing to the terminal but its lines."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from careers.backups.rules.files import FILES, BackupWriter, Manifest, Unusable, opened
from tests.private_files import kept_in

PLAIN = Manifest("2026-11-29T00:00:00+00:00", "sqlite", "database.sqlite3", [], "secret")
OUTSIDE = ["../evil", "../../evil", "/evil", "ab/../../../evil", ".", "", "ab/", "..\\\0evil", "a" * 300]


def made(path, *, names=(), said=None):
    with path.open("wb") as out, BackupWriter(out, None) as writer:
        writer.add(PLAIN.database, io.BytesIO(b"no database"), packed=True)
        for name in names:
            writer.add(FILES + name, io.BytesIO(b"evil"), packed=False)
        manifest = replace(PLAIN, members=dict(writer.members))
        writer.finish(replace(manifest, **(said or {})))
    return path


@pytest.mark.parametrize(
    "said",
    [
        {"database": "files/../evil"},
        {"made_at": "\x1b[2Jnow"},
        {"missing": ["\x1b]0;evil\x07"]},
        {"missing": "all"},
        {"migrations": 5},
        {"migrations": [5]},
        {"secret": None},
        {"vendor": ["sqlite"]},
        {"members": []},
    ],
)
def test_a_manifest_that_we_would_not_write_is_refused(tmp_path, said):
    with pytest.raises(Unusable, match="cut off or changed"), opened(made(tmp_path / "one.zip", said=said), None):
        pass


@pytest.mark.parametrize("name", OUTSIDE)
def test_no_file_is_written_outside_of_the_private_folder(tmp_path, monkeypatch, name):
    (tmp_path / "deep" / "er").mkdir(parents=True)
    path = made(tmp_path / "one.zip", names=["ab/good", name])
    before = everything(tmp_path)
    with kept_in(tmp_path / "deep" / "er" / "private", monkeypatch), pytest.raises(CommandError):
        call_command("restore", path, overwrite=True)
    assert everything(tmp_path) == before


def everything(folder: Path):
    return {str(one) for one in folder.rglob("*") if one.is_file()}
