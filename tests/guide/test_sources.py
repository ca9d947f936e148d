"""Each source of the guide has an address, or says why it has none: they are the editors' own words, or it was lost."""

import json
import re
from pathlib import Path

from django.conf import settings

from careers.guide.models.publishing import CheckedAgainst, lines, split_source

OWN = re.compile(r"\bby the editors\b|\(no address kept\)")
ROWS = [
    row
    for path in sorted((Path(settings.BASE_DIR) / "fixtures").glob("*.json"))
    for row in json.loads(path.read_text())
    if "source_name" in row["fields"]
]


def sources_of(fields):
    further = map(split_source, lines(fields.get("further_sources", "")))
    return [(fields["source_name"], fields.get("source_url", "")), *further]


def named(row):
    fields = row["fields"]
    return (
        f"{row['model']} {fields.get('slug') or fields.get('role') or [fields.get('from_role'), fields.get('to_role')]}"
    )


def test_every_object_says_where_it_comes_from_with_an_address_or_why_there_is_none():
    without = [
        (named(row), name)
        for row in ROWS
        for name, url in sources_of(row["fields"])
        if not name or not (url or OWN.search(name))
    ]
    assert len(ROWS) > 150
    assert without == []


def test_no_source_is_a_blank_cheque():
    """What the editors judged is named, field by field."""
    vague = re.compile(r"whatever|everything else|all the rest|anything else", re.IGNORECASE)
    assert [named(row) for row in ROWS for name, _ in sources_of(row["fields"]) if vague.search(name)] == []


def test_what_was_compared_with_something_names_something_that_can_be_opened():
    """The editors' own words alone are compared with nothing."""
    own = {
        named(row): any(url for _, url in sources_of(row["fields"]))
        for row in ROWS
        if row["fields"].get("checked_against") not in (None, CheckedAgainst.OWN)
    }
    assert [name for name, has_address in own.items() if not has_address] == []


def test_releases_are_named_where_a_page_may_show_a_newer_one():
    sources = {source for row in ROWS for source in sources_of(row["fields"])}
    onet = [name for name, _ in sources if name.startswith("O*NET 30.1")]
    esco = [(name, url) for name, url in sources if name.startswith("ESCO")]
    assert onet
    assert [name for name in onet if "as of December 2025; the page may show newer data" not in name] == []
    assert [name for name, url in esco if not (url and re.match(r"ESCO \d+\.\d+\.\d+, ", name))] == []
