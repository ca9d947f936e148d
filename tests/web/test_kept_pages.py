"""What is kept of pages for everybody: which addresses share a page, what no flood pushes out, what is made once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import get_resolver

from careers.guide.models.roles import Role
from careers.lib.memory import Memory
from careers.web import public_pages
from careers.web.private import is_known, is_personal
from careers.web.public_pages import kept_by_path, kept_by_query
from tests.factories import make_role

pytestmark = pytest.mark.django_db


def kept():
    return {*kept_by_path, *kept_by_query}


@pytest.mark.parametrize(
    "addresses",
    [
        ["/roles/", "/roles/?", "/roles/?q=", "/roles/?level=&page=", "/roles/?unread=1&unread=2"],
        [
            "/roles/?level=entry&level=lead",
            "/roles/?level=lead&level=entry",
            "/roles/?level=entry&level=lead&q=",
        ],
        [
            "/roles/?level=entry&sort=name",
            "/roles/?sort=name&level=entry&level=entry",
            "/roles/?sort=x&level=entry&sort=name",
        ],
        [
            "/roles/compare/?role=a&role=b",
            "/roles/compare/?role=a&role=b&only=",
            "/roles/compare/?only=&role=a&role=b",
        ],
    ],
)
def test_addresses_that_ask_for_the_same_share_a_page_byte_for_byte(addresses):
    for slug, level in (("a", 1), ("b", 3)):
        make_role(slug=slug, level=level)
    first = Client().get(addresses[0])
    number = len(kept())
    assert number == 1
    for address in addresses[1:]:
        made_anew = fresh(address)
        assert Client().get(address).content == first.content == made_anew, address
    assert len(kept()) == number


def fresh(address):
    """The page at an address as nobody has kept it."""
    pages = {memory: dict(memory.kept) for memory in (kept_by_path, kept_by_query)}
    public_pages.forget_pages()
    content = Client().get(address).content
    public_pages.forget_pages()
    for memory, rows in pages.items():
        for key, page in rows.items():
            memory.keep(key, page)
    return content


def test_the_order_of_what_is_compared_makes_another_page():
    for slug in ("a", "b"):
        make_role(slug=slug)
    one, other = (Client().get(f"/roles/compare/?role={x}&role={y}").content for x, y in ("ab", "ba"))
    assert one != other


@pytest.mark.parametrize(
    "address",
    [
        "/roles/?page={}",
        "/roles/?page=x{}",
        "/skills/?page={}",
        "/skills/?page=x{}",
        "/certifications/?page=0{}",
        "/industries/?page=-{}",
        "/search/suggest/?q=role&kind=kind-{}",
        "/roles/compare/?role=a&only=x{}",
        "/roles/?sort=by-{}",
        "/roles/?level=level-{}",
        "/roles/?skill=x&skill=skill-{}",
        "/roles/compare/?role=a&role=role-{}",
        "/paths/?around=role-{}",
        "/paths/plan/?from=a&to=role-{}",
    ],
)
def test_what_nobody_understands_is_answered_and_never_kept(address):
    make_role(slug="a")
    Client().get("/roles/")
    before = kept()
    for number in range(2, 12):
        assert Client().get(address.format(number)).status_code in (200, 404)
    assert kept() == before


def test_no_flood_of_searches_pushes_a_page_out(monkeypatch):
    """Searches have a room of their own."""
    make_role(slug="a", title="Customer support agent")
    small = Memory(60_000, seconds=60, size=lambda page: page.size)
    monkeypatch.setattr(public_pages, "kept_by_query", small)
    Client().get("/roles/a/")
    for number in range(30):
        assert Client().get("/search/suggest/", {"q": f"customer{number}"}).status_code == 200
    assert 0 < len(small) < 30
    assert {key.path for key in kept_by_path} == {"/roles/a/"}


@pytest.mark.django_db(transaction=True)
def test_after_an_edit_a_page_is_made_once_for_all_who_ask_at_once(monkeypatch):
    make_role(slug="a", title="Before")
    made = []
    keep = public_pages.KeptPage.__init__

    def note(self, *args):
        made.append(1)
        keep(self, *args)

    monkeypatch.setattr(public_pages.KeptPage, "__init__", note)
    Client().get("/roles/a/")
    Role.objects.filter(slug="a").update(title="After")
    with ThreadPoolExecutor(16) as people:
        texts = list(people.map(lambda _: read_and_close("/roles/a/"), range(64)))
    assert all("After" in text for text in texts)
    assert len(made) == 2


def read_and_close(address):
    try:
        return Client().get(address).text
    finally:
        connection.close()


def test_a_kept_answer_says_all_that_the_first_one_said():
    make_role(slug="a")
    first, second = (Client().get("/roles/a/", headers={"Accept-Encoding": "br"}) for _ in range(2))
    assert dict(first.items()) == dict(second.items())
    assert {"Content-Security-Policy", "X-Frame-Options", "Permissions-Policy", "ETag"} <= set(dict(second.items()))
    unchanged = Client().get("/roles/a/", headers={"If-None-Match": first["ETag"]})
    assert unchanged.status_code == 304
    of_a_body = {"Content-Type", "Content-Length", "Content-Encoding"}
    assert dict(unchanged.items()) == {name: value for name, value in first.items() if name not in of_a_body}


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": 'W/"other", {tag}'}, 304),
        ({"If-None-Match": '"other"'}, 200),
        ({"If-Match": '"other"'}, 412),
        ({"If-Modified-Since": "Sat, 29 Oct 1994 19:43:31 GMT"}, 200),
    ],
)
def test_conditions_are_understood(condition, status):
    make_role(slug="a")
    tag = Client().get("/roles/a/")["ETag"]
    headers = {name: value.replace("{tag}", tag) for name, value in condition.items()}
    assert Client().get("/roles/a/", headers=headers).status_code == status


def test_a_wrong_host_gets_no_kept_page(settings):
    make_role(slug="a")
    settings.ALLOWED_HOSTS = ["testserver"]
    assert Client().get("/roles/a/").status_code == 200
    assert Client().get("/roles/a/", headers={"Host": "evil.example"}).status_code == 400


def test_plain_http_is_led_to_https_though_the_page_is_kept(settings):
    make_role(slug="a")
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/roles/a/", secure=True).status_code == 200
    assert Client().get("/roles/a/", secure=False).status_code == 301


@pytest.mark.parametrize(
    "cookies",
    [
        "",
        "time_zone=UTC",
        "sessionid=a",
        "a=b; sessionid=x",
        "a=b;messages=x",
        "guest_work=x",
        "xsessionid=a",
        "sessionid =a",
    ],
)
def test_who_is_known_by_a_cookie_is_known_by_its_header(cookies):
    request = RequestFactory().get("/", headers={"Cookie": cookies})
    assert not is_personal(request) or is_known(cookies)


def test_every_page_for_everybody_says_how_it_reads_its_address():
    pages = [pattern for pattern in walk(get_resolver()) if hasattr(pattern.callback, "parameters")]
    assert len(pages) > 20
    for pattern in pages:
        once, sets, lists = (
            pattern.callback.parameters.once,
            pattern.callback.parameters.sets,
            pattern.callback.parameters.lists,
        )
        assert len({*once, *sets, *lists}) == len(once) + len(sets) + len(lists), pattern


def walk(resolver):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from walk(pattern)
        else:
            yield pattern
