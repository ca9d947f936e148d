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
        if row["fields"]["checked_against"] != CheckedAgainst.OWN
    }
    assert [name for name, has_address in own.items() if not has_address] == []


def test_every_object_says_with_what_it_was_compared_and_when():
    kinds = set(CheckedAgainst.values)
    assert [named(row) for row in ROWS if row["fields"].get("checked_against") not in kinds] == []
    assert [named(row) for row in ROWS if not row["fields"].get("checked_on")] == []


def test_releases_are_named_where_a_page_may_show_a_newer_one():
    names = {name for row in ROWS for name, _ in sources_of(row["fields"])}
    onet = [name for name in names if name.startswith("O*NET 30.1")]
    assert onet
    assert [name for name in onet if "as of December 2025; the page may show newer data" not in name] == []


ESCO = re.compile(
    r"ESCO (?:1\.2\.0, (?P<title>.+)|1\.1\.1, skills of the (?P<skilled>.+)) (?P<code>\d{4}(?:\.\d+)+) "
    r"\(as of (?:May 2024|September 2022); the page may show newer data\)"
)
ESCO_PAGE = re.compile(
    r"https://esco\.ec\.europa\.eu/en/classification/occupation\?uri="
    r"http://data\.europa\.eu/esco/occupation/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)


def esco_of(fields):
    """The occupations that its sources name, each as title, code and address."""
    found = []
    for name, url in sources_of(fields):
        if re.match(r"ESCO\b|https://esco", name) or "esco.ec.europa.eu" in url:
            one = ESCO.fullmatch(name)
            assert one, name
            assert ESCO_PAGE.fullmatch(url), (name, url)
            found.append((one["title"] or one["skilled"], one["code"], url))
    return found


def test_whatever_names_an_occupation_of_esco_leads_to_its_own_page():
    named_so = {occupation for row in ROWS for occupation in esco_of(row["fields"])}
    assert len(named_so) > 20
    titles, codes, addresses = (set(part) for part in zip(*named_so, strict=True))
    assert len(named_so) == len(titles) == len(codes) == len(addresses)


def test_a_code_of_esco_on_a_role_is_in_its_sources():
    for row in ROWS:
        fields = row["fields"]
        if row["model"] != "careers.role":
            continue
        occupations = esco_of(fields)
        if fields["esco_code"]:
            assert (fields["esco_title"], fields["esco_code"]) in [one[:2] for one in occupations], named(row)
        codes = {code for _, code, _ in occupations}
        told = re.findall(r"(?<![\d.-])\d{4}\.\d{1,2}(?:\.\d+)*(?![\d.]*\d)", fields["code_note"])
        assert set(told) <= codes, named(row)


def test_a_release_that_lists_occupations_comes_before_what_others_say_of_roles_and_moves():
    """Only the article that the guide follows may stand before it."""
    official = re.compile(r"O\*NET 30\.1, (?!Job Zones|list of titles)|ESCO ")
    first = re.compile(rf"{official.pattern}|Career Guide: Starting and Growing in BPO Operations")
    late = [
        named(row)
        for row in ROWS
        if row["model"] in ("careers.role", "careers.move") and not first.match(row["fields"]["source_name"])
        for name, _ in sources_of(row["fields"])[1:]
        if official.match(name)
    ]
    assert late == []


def test_few_measures_rest_on_the_editors_alone():
    """The others have a page that defines them."""
    alone = {
        row["fields"]["slug"]
        for row in ROWS
        if row["model"] == "careers.metric" and not any(url for _, url in sources_of(row["fields"]))
    }
    assert alone <= {"nesting-score", "go-live-readiness", "reports-on-time"}


def test_every_move_says_how_one_gets_there():
    assert [named(row) for row in ROWS if row["model"] == "careers.move" and not row["fields"]["how"]] == []


def test_an_entry_role_says_that_one_leads_nobody_and_who_judged_it():
    entry = [row for row in ROWS if row["model"] == "careers.role" and row["fields"]["level"] == 1]
    assert len(entry) == 8
    for row in entry:
        assert row["fields"]["team_size"] == "You lead nobody in this role", named(row)
        assert re.search(r"by the editors: .*\bteam size\b", row["fields"]["further_sources"]), named(row)
