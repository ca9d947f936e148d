"""What a full disk or a lost folder leaves is repaired by the next start."""

import os
import re
import shutil
import time

import pytest

from bpo_portal.env import FIRST_ENV, write_env_file
from careers.lib import whole_files
from careers.lib.whole_files import write_whole
from careers.management.commands.serve import Command, forget_collected

WHOLE_ENV = FIRST_ENV.format(secret="s" * 67)


@pytest.mark.parametrize("length", [0, 1, 40, FIRST_ENV.index("{"), FIRST_ENV.index("{") + 20])
def test_an_env_file_that_was_cut_off_is_written_anew(tmp_path, length):
    file = tmp_path / ".env"
    file.write_text(WHOLE_ENV[:length])
    assert write_env_file(file)
    assert re.search(r"^SECRET_KEY=.{50,}\n$", file.read_text(), re.MULTILINE)
    assert not write_env_file(file)


@pytest.mark.parametrize("text", ["SECRET_KEY=mine", "# Written by hand\n", WHOLE_ENV, "DEBUG=1\n" + WHOLE_ENV[:90]])
def test_an_env_file_that_somebody_wrote_is_theirs(tmp_path, text):
    file = tmp_path / ".env"
    file.write_text(text)
    assert not write_env_file(file)
    assert file.read_text() == text


def test_a_full_disk_leaves_what_was_there_and_nothing_else(tmp_path, monkeypatch):
    file = tmp_path / "one"
    file.write_text("before")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(whole_files.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(file, "after", mode=0o600)
    assert file.read_text() == "before"
    assert os.listdir(tmp_path) == ["one"]


class TestStaticFiles:
    @pytest.fixture
    def start(self, tmp_path, settings, monkeypatch):
        """Begin with two collected files. Returns a function that starts again: what it said, and the files."""
        source, root = tmp_path / "source", tmp_path / "static"
        (source / "deep").mkdir(parents=True)
        (source / "site.css").write_text("body { color: black; background: url(deep/dot.svg); }\n" * 50)
        (source / "deep" / "dot.svg").write_text("<svg/>" * 500)
        root.mkdir()
        (root / "somebody-else.txt").write_text("theirs")
        settings.STATIC_ROOT, settings.STATICFILES_DIRS = str(root), [source]
        settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
        backend = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
        settings.STORAGES = {**settings.STORAGES, "staticfiles": backend}
        said = []
        monkeypatch.setattr(Command, "say", lambda self, text: said.append(text))

        def start():
            said.clear()
            Command().collect_static_files()
            return list(said), {
                str(one.relative_to(root)): one.read_bytes() for one in root.rglob("*") if one.is_file()
            }

        start.root, start.source = root, source
        start()
        return start

    def test_are_collected_once(self, start):
        said, files = start()
        assert said == []
        assert "staticfiles.json" in files
        assert "site.css" not in files, "pages name it by its digest"
        assert any(re.fullmatch(r"deep/dot\.\w{12}\.svg", name) for name in files)

    def test_are_collected_again_when_a_source_changes(self, start):
        (start.source / "site.css").write_text("body { color: red }")
        later = time.time() + 10  # collecting compares whole seconds
        os.utime(start.source / "site.css", (later, later))
        said, files = start()
        assert said
        assert b"body { color: red }" in files.values()

    @pytest.mark.parametrize("lost", ["folder", "staticfiles.json", "hashed", "compressed"])
    @pytest.mark.parametrize("how", ["lost", "cut off"])
    def test_that_were_lost_or_cut_off_are_repaired(self, start, lost, how):
        _, before = start()
        pattern = {"hashed": r"site\.\w{12}\.css", "compressed": r"site\.\w{12}\.css\.gz"}.get(lost, re.escape(lost))
        files = [start.root / name for name in before if re.fullmatch(pattern, name)]
        if lost == "folder":
            shutil.rmtree(start.root)
            start.root.mkdir()
        for file in files:
            file.unlink()
            if how == "cut off":
                file.write_text("")
        assert files or lost == "folder"
        said, after = start()
        assert said
        assert after.keys() | {"somebody-else.txt"} == before.keys()
        assert all(after[name] == before[name] for name in after if not name.endswith(".gz"))
        assert start()[0] == []

    def test_of_others_in_the_same_folder_are_left_alone(self, start):
        forget_collected()
        assert [file.name for file in start.root.rglob("*") if file.is_file()] == ["somebody-else.txt"]
