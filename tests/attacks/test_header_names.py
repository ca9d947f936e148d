"""A visitor cannot speak in the proxy's name: through the real server, a real Caddy and a real HAProxy."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpo_portal.asgi import key_of
from bpo_portal.env import BASE_DIR
from careers.forms.accounts import address_of
from tests.attacks.echo import LARGE
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
    port = free_port()
    with running([sys.executable, "-m", "tests.attacks.echo", str(port)], port):
        yield port


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
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=BASE_DIR, env=variables, **quiet)
    try:
        wait_for(port, process)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=10)


def wait_for(port, process):
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    pytest.fail(f"Nothing listens on port {port}.")


def ask(port, method="GET", path="/", **options):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, **options)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, content


@pytest.mark.parametrize("is_last", [True, False])
def test_no_header_takes_the_place_of_another_by_an_underscore(front, is_last):
    port, is_behind_proxy = front
    true = {"Accept-Language": "tl"}
    headers = {**true, **FORGED} if is_last else {**FORGED, **true}
    said = json.loads(ask(port, headers=headers)[1])
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
        said = json.loads(ask(port, headers=forged)[1])
        counted.add(address_of(rf.get("/", **said)))
    assert counted == {"127.0.0.1"}


def test_a_form_arrives_whole_and_a_large_answer_leaves_whole(server):
    form = "x" * 300_000
    assert json.loads(ask(server, "POST", body=form)[1])["body"] == form
    chunks = iter([b"one, ", b"two"])
    said = json.loads(
        ask(server, "POST", body=chunks, encode_chunked=True, headers={"Transfer-Encoding": "chunked"})[1]
    )
    assert said["body"] == "one, two"
    answer, content = ask(server, path="/large")
    assert content == LARGE
    answer, content = ask(server, "HEAD", "/large")
    assert (answer.headers["Content-Length"], content) == (str(len(LARGE)), b"")


def test_a_form_that_breaks_off_is_not_taken_for_a_whole_one(server):
    with socket.create_connection(("127.0.0.1", server), timeout=10) as visitor:
        visitor.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nab")
        visitor.shutdown(socket.SHUT_WR)
        assert not visitor.recv(1000).startswith(b"HTTP/1.1 200")


NAMES = st.text("abcXYZ0-_", min_size=1, max_size=12)


@given(NAMES)
def test_a_header_is_known_by_its_own_name_or_not_at_all(name):
    expected = "" if "_" in name else "HTTP_" + name.upper().replace("-", "_")
    assert (key_of(name) or "") == expected
