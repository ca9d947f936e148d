"""Where the tests' own services come from: found, installed where that is allowed, or missed in one clear line."""

import os

import pytest

from tests import services

PROGRAMS = {"postgresql": services.postgresql_bin, "chromium": services.chromium, "pango": services.pango}


@pytest.fixture
def bare_machine(tmp_path, monkeypatch):
    """Nothing of what is looked for is there; programs on its PATH come from the returned folder."""
    monkeypatch.setattr(services, "find_postgresql", lambda: None)
    monkeypatch.setattr(services, "find_chromium", lambda: None)
    monkeypatch.setattr(services, "find_pango", lambda: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def package_manager(folder, name, *, exit_status=0):
    """A stand-in that notes what it was asked for."""
    file = folder / name
    file.write_text(f'#!/bin/sh\necho "{name} $@" >> {folder}/asked\nexit {exit_status}\n')
    file.chmod(0o755)


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_missing_service_is_one_line_that_says_how_to_get_it(bare_machine, monkeypatch, name):
    package_manager(bare_machine, "apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(services.Missing, match=r"^.* is missing.*\. Install it \(apt-get install .*$"):
        PROGRAMS[name]()
    assert not (bare_machine / "asked").exists()


@pytest.mark.parametrize(
    ("manager", "asked"),
    [
        ("apt-get", "apt-get update\napt-get install -y --no-install-recommends chromium\n"),
        ("dnf", "dnf install -y chromium\n"),
        ("apk", "apk add chromium\n"),
    ],
)
def test_root_has_it_installed(bare_machine, monkeypatch, manager, asked):
    package_manager(bare_machine, manager)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(services, "find_chromium", lambda: (bare_machine / "asked").exists() and bare_machine)
    assert services.chromium() == bare_machine
    assert (bare_machine / "asked").read_text() == asked


def test_where_the_lighter_browser_is_not_to_be_had_nothing_is_said_and_another_is_taken(bare_machine, monkeypatch):
    package_manager(bare_machine, "apt-get", exit_status=100)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    services.lighter_chromium()
    assert "install -y --no-install-recommends chromium-headless-shell" in (bare_machine / "asked").read_text()
    monkeypatch.setattr(services, "find_chromium", lambda: bare_machine)
    assert services.chromium() == bare_machine


@pytest.mark.parametrize("name", PROGRAMS)
def test_an_installation_that_fails_is_no_silent_skip(bare_machine, monkeypatch, name):
    package_manager(bare_machine, "apt-get", exit_status=100)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(services.Missing):
        PROGRAMS[name]()


def test_an_old_postgresql_does_not_count(tmp_path, monkeypatch):
    for version in (14, 9):
        package = tmp_path / str(version)
        package.mkdir()
        (package / "initdb").write_text(f"#!/bin/sh\necho 'initdb (PostgreSQL) {version}.3'\n")
        (package / "initdb").chmod(0o755)
    monkeypatch.setattr(services, "postgresql_folders", lambda: [tmp_path / "14", tmp_path / "9"])
    assert services.find_postgresql() is None
