"""A visitor cannot speak in the proxy's name: through the real server, a real Caddy and a real HAProxy."""

import http.client
import json
import signal
import socket
import subprocess
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpo_portal.asgi import key_of
from careers.forms.accounts import address_of
from tests.faults.processes import wait_for
from tests.faults.small_processes import small_server
from tests.programs import or_skip
from tests.services import caddy, free_port, haproxy

FORGED = {
    "X_Forwarded_For": "203.0.113.9",
    "x_forwarded-for": "203.0.113.9",
    "X-Forwarded_Proto": "https",
    "X_Forwarded_Proto": "https",
    "X_Forwarded_Host": "evil.example",
    "X_CSRFToken": "forged",
    "HX_Request": "true",
}
CADDY = "{{\n admin off\n auto_https off\n}}\nhttp://127.0.0.1:{port} {{\n reverse_proxy 127.0.0.1:{behind}\n}}\n"
HAPROXY = """\
defaults
 mode http
 timeout connect 5s
 timeout client 30s
 timeout server 30s
frontend portal
 bind 127.0.0.1:{port}
 option forwardfor
 http-request set-header X-Forwarded-Proto http
 default_backend portal
backend portal
 server portal 127.0.0.1:{behind}
"""


@pytest.fixture(scope="module")
def server():
    with small_server() as server:
        yield server.port


@pytest.fixture(scope="module", params=["no proxy", "Caddy", "HAProxy"])
def front(request, server, tmp_path_factory):
    """The port that a visitor reaches, and whether a proxy stands there."""
    if request.param == "no proxy":
        yield server, False
        return
    port, folder = free_port(), tmp_path_factory.mktemp("proxy")
    config = folder / "config"
    if request.param == "Caddy":
        config.write_text(CADDY.format(port=port, behind=server))
        command = [or_skip(caddy), "run", "--adapter", "caddyfile", "--config", config]
    else:
        config.write_text(HAPROXY.format(port=port, behind=server))
        command = [or_skip(haproxy), "-f", config]
    with running(command, port):
        yield port, True


@contextmanager
def running(command, port):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: process.poll() is None and listens(port))
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=10)


def listens(port):
    with socket.create_connection(("127.0.0.1", port), timeout=1):
        return True


def heard(port, headers):
    """What arrives behind the server, as WSGI names it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/heard/", headers=headers)
    said = json.loads(connection.getresponse().read())
    connection.close()
    return said


@pytest.mark.parametrize("is_last", [True, False])
def test_no_header_takes_the_place_of_another_by_an_underscore(front, is_last):
    port, is_behind_proxy = front
    true = {"Accept-Language": "tl"}
    headers = {**true, **FORGED} if is_last else {**FORGED, **true}
    said = heard(port, headers)
    assert not {name for name, value in said.items() if value in FORGED.values() and name.startswith("HTTP_")}
    assert said["HTTP_ACCEPT_LANGUAGE"] == "tl"
    assert said.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() == ("127.0.0.1" if is_behind_proxy else "")
    assert said.get("HTTP_X_FORWARDED_PROTO", "") == ("http" if is_behind_proxy else "")


def test_wrong_tries_count_for_one_visitor_whatever_they_call_themselves(front, rf, settings):
    """What a limit counts by is the same for each, behind a proxy that adds to what the visitor sent, too."""
    port, settings.BEHIND_PROXY = front
    counted = set()
    for number in range(20):
        forged = dict.fromkeys(("X_Forwarded_For", "X-Forwarded_For", "X-Forwarded-For"), f"203.0.113.{number}")
        said = heard(port, forged)
        counted.add(address_of(rf.get("/", **said)))
    assert counted == {"127.0.0.1"}


NAMES = st.text("abcXYZ0-_", min_size=1, max_size=12)


@given(NAMES)
def test_a_header_is_known_by_its_own_name_or_not_at_all(name):
    expected = "" if "_" in name else "HTTP_" + name.upper().replace("-", "_")
    assert (key_of(name) or "") == expected
