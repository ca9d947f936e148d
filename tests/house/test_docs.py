"""What the documents name is there."""

import json
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from docs import house
from tests.bench import report

ROOT = Path(settings.BASE_DIR)
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_is_there(path):
    named = re.findall(r"`((?:careers|bpo_portal|templates|static|tests|docs)/[\w./-]+)`", path.read_text())
    named += re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text())
    assert [name for name in named if not (ROOT / name).exists() and not (path.parent / name).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_heading_that_a_document_links_to_is_there(path):
    for name, heading in re.findall(r"\]\((?!https?:)([^)#]*)#([^)]+)\)", path.read_text()):
        page = (path.parent / name if name else path).read_text()
        titles = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
        assert heading in {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}, heading


def test_whoever_arrives_reads_a_short_page():
    readme = (ROOT / "README.md").read_text()
    assert len(readme.splitlines()) <= 120
    assert all(f"({page})" in readme for page in ("docs/operate.md", "docs/edit.md", "docs/architecture.md"))


def test_the_page_about_the_house_names_every_noun():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    lines = next(contract for contract in contracts if contract["id"] == "nouns")["layers"]
    nouns = {noun.strip(" ()") for line in lines for noun in line.split("|")}
    page = (ROOT / "docs/architecture.md").read_text()
    assert {"guide", "people", "lib"} < nouns
    assert [noun for noun in sorted(nouns) if f"`{noun}`" not in page] == []


def test_the_drawn_house_is_that_of_the_contracts():
    assert house.PICTURE.read_text() == house.picture(), "draw it anew: .venv/bin/python docs/house.py"
    assert f"]({house.PICTURE.name})" in (ROOT / "docs/architecture.md").read_text()


def test_figures_of_the_readme_are_those_that_were_measured():
    found = json.loads(report.KEPT.read_text())
    readme = report.README.read_text()
    assert report.TABLE.search(readme)[0] == report.table(found), "python -m tests.bench.report"
    assert report.PICTURE.read_text() == report.picture(found), "python -m tests.bench.report"
    assert f"]({report.PICTURE.relative_to(ROOT)})" in readme


# Folders of any length: Django numbers one, allauth looks for its templates by their names in the others.
NAMED_BY_OTHERS = {"careers/migrations", "templates/account", "templates/account/email"}


def test_no_folder_is_a_corridor():
    files = [
        path.relative_to(ROOT)
        for top in ("careers", "templates", "tests")
        for path in (ROOT / top).rglob("*")
        if path.suffix in (".py", ".html", ".txt") and path.stem != "__init__"
    ]
    counts = Counter(str(path.parent) for path in files)
    assert len(counts) > 100
    too_many = {name: count for name, count in counts.items() if count > 20}
    assert too_many.keys() <= NAMED_BY_OTHERS
