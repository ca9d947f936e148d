"""“Was this page useful?”: asked on every public page, of readers of whom nothing is known or kept."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client, RequestFactory
from django.urls import get_resolver, resolve
from django.utils.timezone import localdate

from careers.accounts.models.sessions import Session
from careers.people.models.profiles import Profile
from careers.site.models import KEPT_DAYS, LONGEST_COMMENT, PageVote
from careers.site.selectors import PARTS, SHOWN, WITHOUT_ROW, is_public_page
from careers.site.views import votes as views
from careers.web.public_pages import cached_page
from tests import factories as make
from tests.as_sent import as_sent
from tests.web.test_kept_pages import walk
from tests.web.test_public import every_address

OURS = {"Sec-Fetch-Site": "same-origin"}
QUESTION = "Was this page useful?"
pytestmark = pytest.mark.django_db


def votes():
    return list(PageVote.objects.order_by("pk").values_list("path", "is_useful", "comment"))


def vote(page, useful="no", comment="", headers=OURS, client=None):
    client = client or Client(enforce_csrf_checks=True)
    return client.post("/useful/", {"page": page, "useful": useful, "comment": comment}, headers=headers)


def test_every_public_page_asks_the_same_of_everybody(guide, client):
    for address in every_address():
        page = client.get(address).text
        asks = "suggest" not in address
        assert (QUESTION in page) == asks, address
        if asks:
            form = as_sent(page, form_id="useful-form")
            assert set(form) == {"page", "comment"}, address
            assert form["page"] == [address.partition("?")[0]]


def test_each_kind_of_public_page_can_be_voted_on():
    kinds = {pattern.name: pattern for pattern in walk(get_resolver()) if hasattr(pattern.callback, "parameters")}
    with_things = {name for name, pattern in kinds.items() if pattern.pattern.converters}
    assert len(kinds) > 15
    assert with_things == set(SHOWN) | set(WITHOUT_ROW)
    assert set(kinds) > PARTS


def test_an_answer_is_kept_without_a_word_about_the_reader_and_leads_back():
    role, browser = make.make_role(), Client(enforce_csrf_checks=True)
    page = role.get_absolute_url()
    answer = vote(page, "no", "The shift\r\nis wrong.", client=browser)
    assert answer.status_code == 303
    thanks = browser.get(answer["Location"])
    assert f'href="{page}">Back to the page</a>' in thanks.text
    for response in (answer, thanks):
        assert not response.cookies
        assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert votes() == [(page, False, "The shift is wrong.")]
    assert PageVote.objects.get().day == localdate()
    assert {field.name for field in PageVote._meta.fields} == {"id", "path", "is_useful", "comment", "day", "is_done"}
    assert not Session.objects.exists()
    assert not Profile.objects.exists()


def test_an_old_browser_is_believed_and_another_site_refused():
    make.make_role()
    assert vote("/roles/", headers={}).status_code == 303
    for foreign in ({"Sec-Fetch-Site": "cross-site"}, OURS | {"Origin": "https://evil.example"}):
        assert vote("/roles/", "yes", headers=foreign).status_code == 403
    assert votes() == [("/roles/", False, "")]


@pytest.mark.parametrize(
    "page",
    ["", "/me/", "/admin/", "/roles/none/", "/roles", "//evil.example/", "/search/suggest/", "/roles/?q=x", "\0",
     "/occupations/43-4051.00/", "/" + "x" * 5000]
)  # fmt: skip
def test_only_a_page_that_is_there_can_be_voted_on(page):
    answer = vote(page, "yes", "x")
    assert (answer.status_code, votes()) == (400, [])
    assert "evil" not in answer.text
    assert Client().get("/useful/thanks/", {"page": page}).text.count("To the first page") == 1


def test_a_page_that_was_taken_offline_takes_no_votes_and_asks_for_none():
    role = make.make_role()
    role.status = "archived"
    role.save()
    assert vote(role.get_absolute_url()).status_code == 400
    assert QUESTION not in Client().get(role.get_absolute_url()).text
    assert QUESTION not in Client().get("/roles/none/").text


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"comment": "x" * (LONGEST_COMMENT + 1)}, "Write at most 500 characters."),
        ({"useful": "perhaps", "comment": "kept <b>"}, "Press Yes or No."),
        ({"useful": ""}, "Press Yes or No."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_comes_back(wrong, says):
    answer = vote("/roles/", **wrong)
    assert answer.status_code == 400
    assert says in answer.text
    assert as_sent(answer.text, form_id="useful-form")["comment"] == [wrong.get("comment", "")]
    assert votes() == []


def test_a_form_that_is_sent_twice_counts_once_and_another_answer_is_another():
    for _ in range(2):
        assert vote("/roles/", "yes").status_code == 303
    vote("/roles/", "no")
    assert votes() == [("/roles/", True, ""), ("/roles/", False, "")]


def test_one_network_address_has_a_limit_and_reads_so_in_words(monkeypatch):
    monkeypatch.setattr(views, "MOST_VOTES", 3)
    for number in range(3):
        vote("/roles/", comment=f"{number}")
    refused = vote("/roles/", comment="One more.")
    assert refused.status_code == 429
    assert "from your network address" in refused.text
    assert "One more." in refused.text
    assert PageVote.objects.count() == 3
    other = Client(REMOTE_ADDR="203.0.113.9")
    assert vote("/roles/", client=other).status_code == 303


def test_a_day_has_a_limit_old_votes_go_and_what_was_not_kept_can_be_sent_again(monkeypatch):
    day = localdate()
    give = {"path": "/roles/", "is_useful": True, "comment": ""}
    PageVote.objects.add(**give, day=day - timedelta(days=KEPT_DAYS + 1))
    assert PageVote.objects.add(**give, day=day, most_rows=1)
    assert not PageVote.objects.add(**give, day=day, most_rows=1)
    assert PageVote.objects.get().day == day
    monkeypatch.setattr(type(PageVote.objects), "add", lambda *args, **kwargs: False)
    assert "Very many answers came today" in vote("/paths/").text
    monkeypatch.undo()
    assert vote("/paths/").status_code == 303
    assert PageVote.objects.count() == 2


def test_the_question_has_a_page_of_its_own_for_browsers_that_send_forms_as_links():
    page = Client().get("/useful/", {"page": "/roles/"})
    assert page.status_code == 200
    assert f'<h1 id="useful">{QUESTION}' in page.text
    assert Client().get("/useful/", {"page": "/me/"}).status_code == 302


def test_neither_a_copy_during_an_outage_nor_paper_asks(client):
    make.make_role()
    assert QUESTION in client.get("/roles/").text
    request = RequestFactory().get("/roles/")
    request.resolver_match = resolve("/roles/")
    copy = cached_page(request).content.decode()
    assert QUESTION not in copy
    assert copy.endswith("</html>\n")
    assert "useful" not in copy.partition("</head>")[2]
    assert 'class="useful no-print"' in client.get("/roles/").text


def test_a_preview_at_the_desk_asks_nothing(publisher):
    role = make.make_role()
    preview = publisher.get(f"/admin/careers/role/{role.pk}/preview/").text
    assert role.title in preview
    assert QUESTION not in preview


def test_an_answer_that_could_not_be_written_can_be_sent_again(monkeypatch):
    def fails(*args, **kwargs):
        raise IntegrityError("full")

    monkeypatch.setattr(type(PageVote.objects), "add", fails)
    with pytest.raises(IntegrityError), transaction.atomic():
        vote("/roles/")
    monkeypatch.undo()
    assert vote("/roles/").status_code == 303
    assert len(votes()) == 1


@pytest.fixture(autouse=True)
def no_counts():
    cache.clear()
    yield
    cache.clear()


@pytest.mark.django_db
def test_a_destination_is_a_page_as_long_as_a_role_leads_there():
    move = make.make_move(make.make_role(), destination="Retail")
    assert is_public_page("/paths/ways-out/retail/")
    move.delete()
    assert not is_public_page("/paths/ways-out/retail/")
