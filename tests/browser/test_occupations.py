"""The catalogue of occupations in real Chromium, on a portal of its own where it is published."""

import subprocess
import sys

import pytest

from bpo_portal.env import BASE_DIR
from tests.browser.server import ready, variables
from tests.occupations.test_importing import ONET

PLAN = "/occupations/plan/?from=43-9021.00&to=13-1111.00"
PAGES = [
    "/occupations/",
    "/occupations/?q=tellr",
    "/occupations/?q=xqzxqy",
    "/occupations/43-4051.00/",
    "/occupations/43-4199.00/",
    PLAN,
    "/occupations/plan/?from=clerk&to=xqzxqy",
]
PUBLISH = "from careers.occupations.models import Collection; Collection.objects.get().publish()"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    folder = tmp_path_factory.mktemp("catalogue")
    with ready(folder) as portal:
        for command in (["import_onet", str(ONET)], ["shell", "-c", PUBLISH]):
            manage = [sys.executable, "manage.py", *command]
            subprocess.run(manage, env=variables(folder), cwd=BASE_DIR, check=True, capture_output=True)
        yield portal


@pytest.mark.parametrize("path", PAGES)
def test_pages_break_no_rule_and_fit_a_phone(open_page, axe, path):
    page = open_page(path, width=320, height=9000)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.console_errors == page.foreign_requests == []


def test_a_reader_finds_an_occupation_and_plans_a_route_from_it(open_page):
    page = open_page("/occupations/", javascript=False)
    page.get_by_label("Search all titles").fill("data entri")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Data Entry Keyers").click()
    page.get_by_role("link", name="Find a route from here").click()
    page.get_by_label("To", exact=True).fill("management analysts")
    page.get_by_role("button", name="Find routes").click()
    best = page.get_by_role("region", name="Best route")
    assert best.get_by_role("link").all_inner_texts() == [
        "Data Entry Keyers",
        "Office Clerks, General",
        "Management Analysts",
    ]
    page.get_by_label("Closest relations").check()
    page.get_by_role("button", name="Find routes").click()
    assert "by=closest" in page.url
    assert page.get_by_text("Best route").is_visible()
