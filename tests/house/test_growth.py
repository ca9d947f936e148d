"""A page of a guide of 1,000 roles costs what it costs with 70: in queries, in bytes and in the processor's time.

Both are measured in one run, so that a slow machine is slow for both. What still grows is named with its reason.
"""

from time import process_time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from careers.demo.load import make_load
from careers.web.public_pages import forget_pages

FEW, MANY = 70, 1000  # more than are listed to choose from
PAGES = [
    "/",
    "/roles/",
    "/roles/?level=lead&skill=load-skill-3&sort=name",
    "/roles/?q=load+role+7",
    "/roles/load-role-7/",
    "/roles/compare/?role=load-role-7&role=load-role-8",
    "/roles/compare/?role=load-role-7&find=load+role+9",
    "/skills/",
    "/skills/load-skill-3/",
    "/certifications/",
    "/certifications/load-certification-3/",
    "/industries/",
    "/industries/load-industry-2/",
    "/search/?q=load+role+7",
    "/search/?q=xqzxq",
    "/search/suggest/?q=load",
]
# Twice the time is what a page may cost; a little more for what a machine does beside it.
MOST_TIMES, MOST_BYTES = 2.5, 1.5
# What fills its first page only with many: a page of bytes, and of time, is what it may have.
LISTS = ("/skills/", "/certifications/", "/industries/", "/industries/load-industry-2/", "/skills/load-skill-3/")
LISTS += ("/roles/?level=lead&skill=load-skill-3&sort=name", "/roles/?q=load+role+7")
FULL = 110_000


@pytest.fixture
def costs(db):
    make_load(roles=FEW, today=localdate())
    few = {address: cost(address) for address in PAGES}
    make_load(roles=MANY, today=localdate())
    return few, {address: cost(address) for address in PAGES}


def cost(address):
    """Queries, bytes and milliseconds of the processor: the least of some, of a page that nobody has kept."""
    milliseconds = []
    Client().get(address)  # what the process keeps of the guide is there
    for _ in range(5):
        forget_pages()
        begun = process_time()
        Client().get(address)
        milliseconds.append((process_time() - begun) * 1000)
    forget_pages()
    with CaptureQueriesContext(connection) as queries:
        page = Client().get(address)
    assert page.status_code == 200, address
    return len(queries), len(page.content), min(milliseconds)


def test_no_page_costs_more_because_there_is_more(costs):
    few, many = costs
    grown = []
    for address in PAGES:
        (queries, size, time), (more_queries, more_size, more_time) = few[address], many[address]
        is_larger = more_size > (FULL if address in LISTS else size * MOST_BYTES)
        is_slower = more_time > max(time, 5) * MOST_TIMES and address not in LISTS
        if more_queries > queries or is_larger or is_slower:
            grown.append((address, few[address], many[address]))
    assert not grown


def test_the_first_page_after_an_edit_reads_what_the_edit_touched(db):
    make_load(roles=MANY, today=localdate())
    Client().get("/roles/?q=load")
    connection.cursor().execute("UPDATE careers_role SET title = 'Night porter' WHERE slug = 'load-role-500'")
    begun = process_time()
    page = Client().get("/roles/?q=porter").text
    assert "Night porter" in page
    assert process_time() - begun < 2, "to index all of it takes longer"
