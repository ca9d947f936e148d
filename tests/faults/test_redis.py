"""A Redis that is stopped, hangs or is full: pages are made, limits hold, and it is found again by itself."""

import logging
import signal
import time

import pytest
from django.core.cache import caches
from django.test import Client

from careers.accounts.models.users import User
from careers.runtime import counts
from careers.runtime.models import Count
from tests.factories import make_role, make_user
from tests.programs import or_skip
from tests.services import free_port, redis, redis_server

OURS = {"Sec-Fetch-Site": "same-origin", "Cookie": "a=1"}
SIGN_IN = {"login": "asha@example.org", "password": "wrong"}
SIGN_UP = {"email": "ravi@example.org", "password1": "correct horse battery"}
FULL = ["--maxmemory", "1", "--maxmemory-policy", "noeviction"]  # less than it takes for itself


@pytest.fixture
def port(settings, monkeypatch):
    """The portal counts in the Redis of this port, if there is one."""
    port = free_port()
    counted = {"BACKEND": "careers.runtime.counts.RedisCounts", "LOCATION": f"redis://127.0.0.1:{port}/0"}
    settings.CACHES = {**settings.CACHES, "default": {**counted, "KEY_PREFIX": "counts"}}
    monkeypatch.setattr(counts, "AGAIN", 1)
    counts.breaker_of.cache_clear()
    return port


def fails_in(seconds, ask):
    begun = time.monotonic()
    answer = ask()
    assert time.monotonic() - begun < seconds
    return answer


def refused_after(client):
    """How many wrong sign-ins are answered before the first refusal."""
    for number in range(60):
        page = client.post("/account/login/", SIGN_IN)
        if "Too many wrong tries" in page.text or page.status_code == 429:
            return number
        assert page.status_code == 200
    return None


@pytest.mark.parametrize("fault", ["stopped", "hanging", "full"])
def test_wrong_sign_ins_stay_limited_and_pages_are_made(db, client, port, fault, caplog):
    make_role(slug="agent")
    make_user(email="asha@example.org")
    assert client.get("/roles/").status_code == 200  # templates are read
    with redis(or_skip(redis_server), port, *(FULL if fault == "full" else [])) as process:
        if fault == "stopped":
            process.kill()
        if fault == "hanging":
            process.send_signal(signal.SIGSTOP)
        caplog.set_level(logging.WARNING, "careers.runtime.counts")
        assert fails_in(2, lambda: client.get("/roles/agent/")).status_code == 200
        assert refused_after(client) == 8
        assert client.post("/roles/agent/save/", headers=OURS).status_code < 400
        assert Client().post("/account/signup/", SIGN_UP).status_code == 302
        assert User.objects.filter(email=SIGN_UP["email"]).exists()
        assert client.get("/healthz").status_code == 200
        assert len([line for line in caplog.records if line.name == "careers.runtime.counts"]) == 1, "one line a minute"
        assert "127.0.0.1" not in " ".join(Count.objects.values_list("cache_key", flat=True))


def test_it_comes_back_by_itself(db, port, caplog):
    caplog.set_level(logging.WARNING, "careers.runtime.counts")
    cache = caches["default"]
    cache.add("tries", 1, 60)
    assert cache.incr("tries") == 2
    with redis(or_skip(redis_server), port):
        time.sleep(1.1)
        assert cache.get("tries") is None, "Redis is asked again"
        cache.set("tries", 1, 60)
        rows = Count.objects.count()
        assert cache.incr("tries") == 2
        assert Count.objects.count() == rows
    assert cache.incr("tries") == 3, "back to the database, which has its own"
    assert [line.levelname for line in caplog.records] == ["ERROR", "WARNING"]


def test_a_redis_that_was_restarted_costs_nothing(db, port, caplog):
    cache = caches["default"]
    with redis(or_skip(redis_server), port):
        cache.set("tries", 1, 60)
    with redis(or_skip(redis_server), port):
        assert cache.get("tries") is None
    assert not caplog.records


def test_a_count_keeps_its_time_and_its_number_in_the_database(db, port):
    cache = caches["default"]
    assert cache.add("guests", 0, 3600)
    until = Count.objects.get().expires
    assert [cache.incr("guests") for _ in range(3)] == [1, 2, 3]
    assert Count.objects.get().expires == until
    assert not cache.add("guests", 0, 3600)
    with pytest.raises(ValueError, match="no such count"):
        cache.incr("others")
