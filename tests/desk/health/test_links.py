"""Links to other sites: found by what the guide has, tried politely, and never into the operator's own network."""

import io
import socket
import ssl
from datetime import timedelta
from time import monotonic

import pytest
from django.core.management import CommandError, call_command
from django.db import models
from django.utils import timezone

from careers.desk.models.links import LinkResult
from careers.desk.rules.links import Answer, Verdict
from careers.desk.selectors.links import all_nouns, columns_of, links_of, used_addresses
from careers.desk.services.links import check_links
from careers.guide.models.publishing import GuideModel
from careers.management.commands import check_links as command
from tests.desk.small_sites import drips, hangs_up, no_such_host, slow, small_sites
from tests.factories import make_book, make_company, make_role, make_skill
from tests.house.test_constraints import NOUN_MAKERS
from tests.queries import queries_of

Status = GuideModel.Status


@pytest.fixture(scope="module")
def of_module():
    with small_sites() as sites:
        yield sites


@pytest.fixture
def sites(of_module):
    for kept in (of_module.answers, of_module.asked, of_module.most_at, of_module.elsewhere, of_module.resolved):
        kept.clear()
    return of_module


def ask(sites, place, **changes):
    return sites.asker(**changes).ask(sites.url(place))


def test_head_is_enough_where_a_site_answers_it_and_else_get_is_asked(sites):
    sites.answers |= {
        "good.example/a": 200,
        "nohead.example/a": lambda handler: 405 if handler.command == "HEAD" else 200,
        "resets.example/a": lambda handler: hangs_up(handler) if handler.command == "HEAD" else 200,
    }
    for place in ("good.example/a", "nohead.example/a", "resets.example/a"):
        assert ask(sites, place) == Answer(Verdict.GOOD), place
    assert sites.methods("good.example/a") == ["HEAD"]
    assert sites.methods("nohead.example/a") == sites.methods("resets.example/a") == ["HEAD", "GET"]
    assert all("link" not in agent.lower() for agent in sites.agents)


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503, 999])
def test_a_site_that_does_not_talk_to_programs_is_blocked(sites, status):
    sites.answers["shy.example/a"] = status
    assert ask(sites, "shy.example/a").verdict == Verdict.BLOCKED


def test_what_is_gone_and_what_is_silent(sites):
    sites.answers |= {"a.example/410": 410, "a.example/hangs-up": hangs_up, "a.example/drips": drips}
    sites.elsewhere |= {
        "nowhere.example": no_such_host(),
        "unknown.example": socket.gaierror(socket.EAI_AGAIN, "Temporary failure"),
    }
    assert ask(sites, "a.example/404") == ask(sites, "a.example/410") == Answer(Verdict.GONE)
    assert ask(sites, "nowhere.example/") == Answer(Verdict.GONE, has_answered=False)
    assert ask(sites, "unknown.example/") == Answer(Verdict.SILENT, has_answered=False)
    assert ask(sites, "a.example/hangs-up").verdict == Verdict.SILENT
    assert sites.asker().ask("http://[::1/") == Answer(Verdict.GONE, has_answered=False)
    begun = monotonic()
    assert ask(sites, "a.example/drips", longest=0.3).verdict == Verdict.SILENT
    assert monotonic() - begun < 3


def test_a_site_that_cannot_be_checked_is_there_and_one_that_can_is_good(sites, tmp_path):
    """The connection is to a number, and the certificate is still asked for the name."""
    sites.answers |= {"safe.example/a": 200, "other.example/a": 200}
    port = sites.serve_tls("safe.example", tmp_path)
    trusting = ssl.create_default_context(cafile=tmp_path / "certificate.pem")
    assert sites.asker(tls=trusting).ask(f"https://safe.example:{port}/a") == Answer(Verdict.GOOD)
    assert sites.asker(tls=trusting).ask(f"https://other.example:{port}/a").verdict == Verdict.BLOCKED
    assert sites.asker().ask(f"https://safe.example:{port}/a").verdict == Verdict.BLOCKED
    assert sites.asker().ask(f"https://plain.example:{sites.port}/").verdict == Verdict.BLOCKED
    assert {place for _, place in sites.asked} == {"safe.example/a"}


def test_where_nobody_is_there_a_run_waits_once(sites):
    sites.elsewhere["nowhere.example"] = no_such_host()
    asker = sites.asker()
    assert {asker.ask(sites.url(f"nowhere.example/{page}")).verdict for page in range(3)} == {Verdict.GONE}
    assert sites.resolved == ["nowhere.example"]


def test_only_what_moved_for_good_has_moved(sites):
    def to(place, status=301):
        return status, {"Location": sites.url(place) if "." in place else place}

    sites.answers |= {
        "old.example/a": to("/b"),
        "old.example/b": to("new.example/c", 308),
        "new.example/c": 200,
        "old.example/today": to("new.example/c", 302),
        "old.example/both": to("old.example/today"),
        "old.example/lost": to("/nothing"),
        "old.example/round": to("/round"),
        "old.example/login": to("/login?again=1", 302),
        "old.example/login?again=1": to("/login", 302),
        "old.example/odd": (301, {"Location": "http://[::1"}),
    }
    sites.answers |= {f"long.example/{step}": to(f"/{step + 1}") for step in range(20)}
    assert ask(sites, "old.example/a") == Answer(Verdict.MOVED, sites.url("new.example/c"))
    assert ask(sites, "old.example/today") == ask(sites, "old.example/both") == Answer(Verdict.GOOD)
    assert ask(sites, "old.example/lost").verdict == Verdict.GONE
    for place in ("old.example/round", "old.example/login", "long.example/0"):
        assert ask(sites, place).verdict == Verdict.BLOCKED, place
    assert len(sites.methods("long.example/6")) == 0
    assert ask(sites, "old.example/odd").verdict == Verdict.GONE


INSIDE = ["10.0.0.1", "169.254.169.254", "0.0.0.0", "::ffff:127.0.0.1", "::1", "fe80::1%eth0"]


@pytest.mark.parametrize("inside", INSIDE)
def test_nobody_inside_is_asked_at_once_or_after_a_redirect_or_beside_one_who_may_be(sites, inside, monkeypatch):
    sites.answers["open.example/a"] = 302, {"Location": f"http://inside.example:{sites.port}/secret"}
    sites.elsewhere["inside.example"] = inside
    reached, connect = [], socket.create_connection
    monkeypatch.setattr(
        socket, "create_connection", lambda to, **values: reached.append(to[0]) or connect(to, **values)
    )
    assert ask(sites, "inside.example/") == Answer(Verdict.SILENT, has_answered=False)
    assert ask(sites, "open.example/a") == Answer(Verdict.SILENT)
    sites.elsewhere["both.example"] = ["127.0.0.1", inside]
    assert ask(sites, "both.example/").verdict == Verdict.SILENT
    assert set(reached) == {"127.0.0.1"}
    assert [place for _, place in sites.asked] == ["open.example/a"]


def test_by_itself_nobody_asks_this_machine(sites):
    sites.answers["open.example/a"] = 200
    assert sites.asker(may_ask=type(sites.asker())().may_ask).ask(sites.url("open.example/a")).verdict == Verdict.SILENT
    assert type(sites.asker())().ask(f"http://127.0.0.1:{sites.port}/").verdict == Verdict.SILENT
    assert type(sites.asker())().ask(f"http://localhost:{sites.port}/").verdict == Verdict.SILENT
    assert sites.asked == []


def test_a_name_that_means_something_else_a_moment_later_leads_nowhere_else(sites, monkeypatch):
    """The connection goes to the address that was looked at; each request looks once."""
    means = iter(["127.0.0.1", "10.0.0.1"])
    sites.elsewhere["turns.example"] = lambda: next(means)
    sites.answers["turns.example/a"] = lambda handler: 405 if handler.command == "HEAD" else 200
    monkeypatch.setattr(socket, "getaddrinfo", resolves_nothing_but_numbers(socket.getaddrinfo))
    assert ask(sites, "turns.example/a").verdict == Verdict.SILENT
    assert sites.resolved == ["turns.example", "turns.example"]
    assert sites.asked == [("HEAD", "turns.example/a")]


def resolves_nothing_but_numbers(really):
    def resolve(host, *args, **values):
        assert host in ("127.0.0.1", "10.0.0.1"), "a name is resolved once, by ourselves"
        return really(host, *args, **values)

    return resolve


def linked(*urls):
    return [make_company(careers_url=url) for url in urls]


def run(sites, *, at=None, again=False, **changes):
    return check_links(asker=sites.asker(**changes), again=again, clock=lambda: at or timezone.now())


@pytest.mark.django_db
def test_hosts_are_asked_one_request_at_a_time_and_four_at_once_at_most(sites):
    places = [f"host{host}.example/{page}" for host in range(6) for page in range(3)]
    sites.answers |= dict.fromkeys(places, slow) | {
        "host0.example/to": (302, {"Location": sites.url("host1.example/0")})
    }
    linked(*map(sites.url, [*places, "host0.example/to"]))
    assert run(sites).verdicts == {Verdict.GOOD: 19}
    assert sites.most_at.pop("all") in (2, 3, 4)
    assert set(sites.most_at.values()) == {1}


@pytest.mark.django_db
def test_between_two_requests_to_one_host_there_is_a_pause(sites):
    sites.answers |= {"a.example/1": 200, "a.example/2": 200, "a.example/3": 200}
    linked(*(sites.url(place) for place in sites.answers))
    begun = monotonic()
    run(sites, pause=0.1)
    assert monotonic() - begun >= 0.2


@pytest.mark.django_db
def test_a_host_that_wants_to_be_left_alone_is_until_its_time_also_by_the_next_run(sites):
    sites.answers |= {"busy.example/1": (429, {"Retry-After": "7200"}), "busy.example/2": 200, "other.example/1": 200}
    linked(*(sites.url(place) for place in sites.answers))
    now = timezone.now()
    report = run(sites, at=now)
    assert (report.verdicts, report.waiting) == ({Verdict.BLOCKED: 1, Verdict.GOOD: 1}, 1)
    assert sites.methods("busy.example/1") == ["HEAD"]
    assert run(sites, at=now + timedelta(minutes=119), again=True).waiting == 2
    assert sites.methods("busy.example/2") == []
    assert run(sites, at=now + timedelta(minutes=121), again=True).tried == 2
    assert sites.methods("busy.example/2") == []  # it asked for the same once more


@pytest.mark.django_db
def test_a_link_is_broken_after_three_days_and_comes_off_the_list_once_it_is_there(sites, client, admin_user):
    client.force_login(admin_user)
    sites.answers["here.example/"] = 200
    [company, _] = linked(sites.url("a.example/gone"), sites.url("here.example/"))
    role = make_role(further_sources=f"A page {company.careers_url}\nA book")
    day = timezone.now()
    for number in range(3):
        assert not LinkResult.objects.broken().exists()
        run(sites, at=day + timedelta(days=number))
        run(sites, at=day + timedelta(days=number), again=True)
    for page in ("/admin/guide-health/", "/admin/guide-health/links/broken/"):
        text = client.get(page).text
        assert company.careers_url in text
        assert "There is no such page any more. It failed on 3 days, last on " in text
        for name in (company.name, role.title):
            assert f">{name}</a>" in text
        assert sites.url("here.example/") not in text
    sites.answers["a.example/gone"] = 200
    run(sites, at=day + timedelta(days=4))
    assert not LinkResult.objects.broken().exists()


@pytest.mark.django_db
def test_what_moved_is_listed_with_its_new_address(sites, client, admin_user):
    client.force_login(admin_user)
    sites.answers |= {"a.example/old": (301, {"Location": "/new"}), "a.example/new": 200}
    linked(sites.url("a.example/old"))
    run(sites)
    assert f"It is at {sites.url('a.example/new')} now." in client.get("/admin/guide-health/links/moved/").text


@pytest.mark.django_db
def test_what_was_tried_today_is_left_and_what_no_page_uses_any_more_leaves(sites):
    sites.answers |= {"a.example/1": 200, "a.example/2": 200}
    company, _ = linked(*(sites.url(place) for place in sites.answers))
    assert run(sites).tried == 2
    assert run(sites).tried == 0
    assert run(sites, again=True).tried == 2
    company.status = Status.ARCHIVED
    company.save()
    report = run(sites)
    assert (report.tried, report.removed) == (0, 1)
    assert [one.url for one in LinkResult.objects.all()] == [sites.url("a.example/2")]


@pytest.mark.django_db
def test_a_run_that_was_stopped_is_gone_on_with(sites):
    places = [f"a.example/{number}" for number in range(4)]
    sites.answers |= dict.fromkeys(places, 200)
    linked(*map(sites.url, places))

    class Stopping:
        def __init__(self):
            self.asker, self.count = sites.asker(), 0

        def rests(self, host):
            return False

        def ask(self, url):
            self.count += 1
            if self.count == 3:
                raise RuntimeError("It broke.")
            return self.asker.ask(url)

    report = check_links(asker=Stopping())
    assert (report.tried, report.faults) == (2, 1)
    assert run(sites).tried == 2
    assert LinkResult.objects.count() == 4
    assert {place: len(sites.methods(place)) for place in places} == dict.fromkeys(places, 1)


@pytest.mark.django_db
def test_nothing_is_noted_where_it_may_be_our_own_line_that_is_cut(sites):
    sites.elsewhere |= {"a.example": no_such_host(), "b.example": "10.0.0.1"}
    linked(sites.url("a.example/"), sites.url("b.example/"))
    report = run(sites)
    assert (report.is_offline, report.tried, LinkResult.objects.count()) == (True, 0, 0)
    sites.answers["there.example/"] = 200
    linked(sites.url("there.example/"))
    assert run(sites).verdicts == {Verdict.GOOD: 1, Verdict.GONE: 1, Verdict.SILENT: 1}
    LinkResult.objects.exclude(verdict=Verdict.GOOD).delete()
    assert run(sites).tried == 2, "somebody has answered today"


@pytest.mark.django_db
@pytest.mark.parametrize("model", all_nouns(), ids=lambda model: model._meta.model_name)
def test_every_column_of_a_published_page_that_holds_addresses_is_looked_at(model):
    columns = columns_of(model)[0]
    assert {field.name for field in model._meta.fields if isinstance(field, models.URLField)} == set(columns.urls)
    assert "further_sources" in columns.texts
    for status, expected in ((Status.PUBLISHED, True), (Status.DRAFT, False), (Status.ARCHIVED, False)):
        values = {name: f"https://{name.replace('_', '-')}.example/{status.value}" for name in columns.urls}
        lines = {"further_sources": f"A book\nA site https://further.example/{status.value}"}
        make, own = NOUN_MAKERS[model._meta.model_name], {"status": status}
        if model._meta.model_name == "collection":
            own |= {"slug": status.value, "title": status.label}
        make(**values, **lines, **own)
        wanted = {*values.values(), f"https://further.example/{status.value}"}
        assert (wanted <= used_addresses()) == expected
        assert bool(wanted & used_addresses()) == expected


@pytest.mark.django_db
def test_the_list_of_links_costs_the_same_for_many():
    def more(number):
        for one in range(number):
            url = f"https://a.example/{LinkResult.objects.count()}/{one}"
            values = {"verdict": "gone", "since": "2026-11-01", "days_failed": 3, "failed_on": "2026-11-03"}
            LinkResult.objects.create(url=url, tried_at=timezone.now(), **values)
            make_book(source_url=url)
            make_skill(further_sources=f"A site {url}")

    more(1)
    few = queries_of(lambda: links_of(LinkResult.objects.broken()))
    more(5)
    assert queries_of(lambda: links_of(LinkResult.objects.broken())) == few
    assert [[page.noun for page in link.pages] for link in links_of(LinkResult.objects.broken())] == [
        ["skill", "book"]
    ] * 6


@pytest.mark.django_db
def test_the_command_says_what_it_did_in_words(sites, monkeypatch):
    monkeypatch.setattr(command, "Asker", sites.asker)
    sites.answers["a.example/1"] = 200
    linked(sites.url("a.example/1"), sites.url("a.example/2"), f"https://a.example/{'x' * 260}")
    make_role(further_sources=f"Long https://a.example/{'x' * 700}")
    make_role(further_sources="Closed https://closed.example:1/")
    out = io.StringIO()
    call_command("check_links", stdout=out)
    assert out.getvalue().splitlines()[0].startswith("Tried 4 addresses: 1 good, 0 moved, ")
    assert out.getvalue().splitlines()[1:] == ["Broken by now: 0.", "Too long to be tried: 1."]


@pytest.mark.django_db
def test_a_second_run_beside_the_first_refuses(monkeypatch):
    class Busy:
        def __enter__(self):
            return False

        def __exit__(self, *args):
            return None

    monkeypatch.setattr(command, "alone", lambda name: Busy())
    with pytest.raises(CommandError, match="Another run is trying the links right now"):
        call_command("check_links")
