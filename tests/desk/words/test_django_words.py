"""What Django says is said in words that an editor uses: `careers/locale/en_GB` alone says which."""

import ast
import re
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation.trans_real import DjangoTranslation

from tests.desk.forms import save, url_of
from tests.desk.staff import client_of
from tests.factories import make_role, make_skill

DJANGO = Path(django.__file__).parent
THEIRS = ("conf", "contrib/admin", "contrib/auth")
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%s")
OF_DJANGO = (
    "Add another",
    "to change |",
    "for an action",
    "Toggle",
    "Models in the",
    "changed successfully",
    "Please correct",
    "Enter a valid",
    "valid choice",
)


def entries(path):
    """[(ours before, plural or "", ours after)] of a catalogue as it is written."""
    text = re.sub(r'"\n"', "", path.read_text())
    found = []
    for block in text.split("\n\n"):
        line = {key: ast.literal_eval(value) for key, value in re.findall(r'^(msg\S+) (".*")$', block, re.MULTILINE)}
        if line.get("msgid"):
            said = [line[key] for key in ("msgstr", "msgstr[0]", "msgstr[1]") if key in line]
            found.append((line["msgid"], line.get("msgid_plural", ""), said))
    return found


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_what_is_written_is_what_is_said_and_what_django_still_asks_for(domain):
    [folder] = settings.LOCALE_PATHS
    ours = entries(folder / "en_GB" / "LC_MESSAGES" / f"{domain}.po")
    assert ours
    known = {
        one
        for place in THEIRS
        for path in (DJANGO / place / "locale" / "en" / "LC_MESSAGES").glob(f"{domain}.po")
        for before, plural, _ in entries(path)
        for one in (before, plural)
    }
    said = DjangoTranslation(get_language(), domain=domain)
    for before, plural, after in ours:
        assert before in known, f"Django no longer says “{before}”"
        assert not plural or plural in known
        heard = [said.ngettext(before, plural, number) for number in (1, 2)] if plural else [said.gettext(before)]
        assert heard == after, "make the .mo of the .po anew, as its first lines say"
        assert all({*PLACE.findall(text)} <= {*PLACE.findall(plural or before)} for text in after), before


def test_no_page_that_an_editor_works_with_says_it_as_django_does(db):
    editor, role = client_of("Editor"), make_role(skills={make_skill(): 2})
    roles = reverse("admin:careers_role_changelist")
    pages = {url: editor.get(url).text for url in ("/admin/", roles, f"{roles}?q=x", url_of(role))}
    pages["faults"] = save(editor, role, source_url="ftp://x y", level="none").text
    for url, page in pages.items():
        assert not [words for words in OF_DJANGO if words in page], url
    assert "<title>Roles | " in pages[roles]
    assert "Add a row: " in pages[url_of(role)]
    assert "Source address: Write the whole address" in pages["faults"]
    assert "Your clock is %s hour ahead of the portal" in editor.get("/admin/jsi18n/").text
