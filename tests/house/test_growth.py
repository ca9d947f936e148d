"""A page of a guide of 1,000 roles costs what it costs with 70: in queries, in bytes and in the processor's time.

So do a person's own pages and the desk's forms and lists. Both sizes are measured in one run, so that a slow machine is
slow for both. What still grows is named with its reason.
"""

import gc
from time import process_time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from careers.accounts.models.users import User
from careers.demo.load import make_load
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.web.public_pages import forget_pages
from tests.factories import make_profile, rate

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
    "/guide/",
    "/paths/",
    "/paths/?around=load-role-7",
    "/paths/plan/",
    "/paths/plan/?from=load-role-1&to=load-role-9",
    "/paths/plan/?from=new&to=load-role-9&by=cheapest",
    "/match/",
    "/search/?q=load+role+7",
    "/search/?q=xqzxq",
    "/search/suggest/?q=load",
    "/sitemap.xml",
]
# Of somebody who has rated three skills, is in a role, and may edit the guide.
OWN = [
    "/match/",
    "/paths/",
    "/paths/plan/?from=load-role-1&to=load-role-9&by=least_new",
    "/me/profile/about/",
    "/me/profile/target/",
    "/admin/careers/role/",
    "/admin/careers/role/?q=load+role+7",
    "/admin/careers/move/add/",
    "/admin/careers/role/{role}/change/",
    "/admin/guide-health/",
]
# Twice the time is what a page may cost; a little more for what a machine does beside it.
MOST_TIMES, MOST_BYTES = 2.5, 1.5
# A search ranks what it finds, of which there is more.
MOST_TIMES_OF_SEARCH = 4
# What fills its first page only with many: a page of bytes, and of time, is what it may have.
LISTS = ("/skills/", "/certifications/", "/industries/", "/industries/load-industry-2/", "/skills/load-skill-3/")
LISTS += ("/roles/?level=lead&skill=load-skill-3&sort=name", "/roles/?q=load+role+7", "/guide/")
LISTS += ("/admin/careers/role/?q=load+role+7",)
FULL = 110_000
# Of many it is the list of its files, which asks for the newest page in each.
FILES = {"/sitemap.xml": 2}


@pytest.fixture
def costs(db, admin_client):
    def all_costs():
        found = {address: cost(Client(), address) for address in PAGES}
        return found | {f"own {address}": cost(admin_client, named(address)) for address in OWN}

    make_load(roles=FEW, today=localdate())
    person(admin_client)
    few = all_costs()
    make_load(roles=MANY, today=localdate())
    return few, all_costs()


def person(client):
    client.cookies["time_zone"] = "UTC"
    role = Role.objects.get(slug="load-role-1")
    profile = make_profile(user=User.objects.get(), situation="in_role", current_role=role, target_role=role)
    for number in range(1, 4):
        rate(profile, Skill.objects.get(slug=f"load-skill-{number}"), number)


def named(address):
    return address.format(role=Role.objects.get(slug="load-role-7").pk)


def cost(client, address):
    """Queries, bytes and milliseconds of the processor: the least of some, of a page that nobody has kept."""
    milliseconds = []
    gc.collect()  # of what other tests left
    client.get(address)  # what the process keeps of the guide is there
    for _ in range(3):
        forget_pages()
        begun = process_time()
        client.get(address)
        milliseconds.append((process_time() - begun) * 1000)
    forget_pages()
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address)
    assert page.status_code == 200, address
    return len(queries), len(page.content), min(milliseconds)


def test_no_page_costs_more_because_there_is_more(costs):
    few, many = costs
    grown = []
    for address in few:
        (queries, size, time), (more_queries, more_size, more_time) = few[address], many[address]
        is_list = address.removeprefix("own ") in LISTS
        is_larger = more_size > (FULL if is_list else size * MOST_BYTES)
        most_times = MOST_TIMES_OF_SEARCH if "/search/?" in address else MOST_TIMES
        is_slower = more_time > max(time, 5) * most_times and not is_list
        if more_queries > queries + FILES.get(address, 0) or is_larger or is_slower:
            grown.append((address, few[address], many[address]))
    assert not grown


AFTER_AN_EDIT = ("/paths/", "/paths/plan/?from=load-role-1&to=load-role-500", "/match/")


def test_the_first_page_after_an_edit_reads_what_the_edit_touched(db):
    make_load(roles=MANY, today=localdate())
    Client().get("/roles/?q=load")
    for address in AFTER_AN_EDIT:
        Client().get(address)
    connection.cursor().execute("UPDATE careers_role SET title = 'Night porter' WHERE slug = 'load-role-500'")
    begun = process_time()
    page = Client().get("/roles/?q=porter").text
    assert "Night porter" in page
    assert process_time() - begun < 2, "to index all of it takes longer"
    for address in AFTER_AN_EDIT:
        connection.cursor().execute("UPDATE careers_role SET team_size = '7' WHERE slug = 'load-role-500'")
        begun = process_time()
        page = Client().get(address).text
        assert process_time() - begun < 0.5, f"{address}: to read the whole guide takes longer"
        assert "Night porter" in page or "plan" not in address
