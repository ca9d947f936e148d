"""What a cache may take for the same: a strong ETag names bytes, so answers in several encodings never share one."""

import gzip

import brotli
import pytest
from django.http import HttpResponseNotFound
from django.test import RequestFactory
from django.urls import reverse

from bpo_portal.static import StaticFiles
from tests.factories import make_profile

ENCODINGS = ("", "gzip", "br")
BODY = b"body { color: black }\n" * 50
PUBLIC = ("/", "/roles/", "/paths/", "/sitemap.xml", "/robots.txt", "/search/suggest/?q=agent")


@pytest.fixture
def static(settings, tmp_path):
    """Asks Whitenoise, set up as it is, for a file that was collected and compressed."""
    for ending, content in (("", BODY), (".gz", gzip.compress(BODY)), (".br", brotli.compress(BODY))):
        (tmp_path / f"portal.css{ending}").write_bytes(content)
    settings.STATIC_ROOT = str(tmp_path)
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    files = StaticFiles(lambda request: HttpResponseNotFound())

    def ask(**headers):
        return files(RequestFactory().get("/static/portal.css", headers=headers))

    return ask


def test_a_static_file_has_no_strong_tag_for_several_encodings_and_is_not_sent_twice(static):
    answers = [static(**{"Accept-Encoding": encoding}) for encoding in ENCODINGS]
    assert [answer.get("Content-Encoding", "") for answer in answers] == list(ENCODINGS)
    strong = [answer["ETag"] for answer in answers if not answer["ETag"].startswith("W/")]
    assert len(strong) == len(set(strong))
    for encoding, answer in zip(ENCODINGS, answers, strict=True):
        assert "Accept-Encoding" in answer["Vary"]
        again = static(**{"Accept-Encoding": encoding, "If-None-Match": answer["ETag"]})
        assert (again.status_code, again["ETag"]) == (304, answer["ETag"])
    assert static(**{"If-None-Match": 'W/"another"'}).status_code == 200


def test_a_static_file_that_went_away_while_the_server_ran_is_not_found(static, tmp_path):
    for path in tmp_path.iterdir():
        path.unlink()
    assert [static(**{"Accept-Encoding": encoding}).status_code for encoding in ENCODINGS] == [404] * 3


@pytest.mark.django_db
def test_no_other_answer_has_one_either(client):
    feed = make_profile().calendar_feeds.create()
    addresses = [*PUBLIC, reverse("calendar-feed", args=[feed.token])]
    for address in addresses:
        seen = {}
        for encoding in ENCODINGS:
            answer = client.get(address, headers={"Accept-Encoding": encoding})
            tag, coding = answer.get("ETag"), answer.get("Content-Encoding", "")
            assert tag is None or tag.startswith("W/") or seen.setdefault(tag, coding) == coding, address
