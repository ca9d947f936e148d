"""Style sheets as they are collected: whole, so that a page asks for one."""

import json
import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.core.management import call_command

from bpo_portal.static import whole


@pytest.fixture
def sheets():
    """`sheets({"css/a.css": text, …})`: them as Django hands over what it collects."""

    def sheets(texts):
        storage = InMemoryStorage()
        return {storage.save(name, ContentFile(text)): (storage, name) for name, text in texts.items()}

    return sheets


def test_a_sheet_holds_what_it_imports_where_it_imports_it(sheets):
    found = sheets(
        {
            "css/all.css": '@import url("../vendor/first.css");\n@import url("second.css");\nb { color: red }\n',
            "vendor/first.css": "i { color: red }",
            "css/second.css": '@import url("third.css");\nu { color: red }',
            "css/third.css": "s { color: red }",
        }
    )
    assert re.findall(r"^\w", whole("css/all.css", found), re.MULTILINE) == ["i", "s", "u", "b"]


def test_an_import_of_what_is_not_there_or_would_lead_elsewhere_is_said(sheets):
    with pytest.raises(KeyError, match=r"css/none\.css"):
        whole("css/all.css", sheets({"css/all.css": '@import url("none.css");'}))
    with pytest.raises(ValueError, match=r"deep/one\.css, which all\.css imports"):
        whole(
            "all.css", sheets({"all.css": '@import url("deep/one.css");', "deep/one.css": "b { background: url(x) }"})
        )


def test_collected_sheets_ask_for_no_other(settings, tmp_path):
    settings.STATIC_ROOT = str(tmp_path)
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "bpo_portal.static.WholeSheets"}}
    settings.STATICFILES_DIRS = [tmp_path / "sources"]
    (tmp_path / "sources/css").mkdir(parents=True)
    (tmp_path / "sources/css/all.css").write_text('@import url("one.css");\n')
    (tmp_path / "sources/css/one.css").write_text("b { color: red }\n")
    for _ in range(2):  # a second time too, over what is there
        call_command("collectstatic", interactive=False, verbosity=0)
        name = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]["css/all.css"]
        assert (tmp_path / name).read_text() == "b { color: red }\n\n"
