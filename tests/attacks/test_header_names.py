"""A visitor cannot speak in the proxy's name: through the real server, a real Caddy, HAProxy and nginx."""

import http.client
import json
import signal
import socket
import subprocess
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from bpo_portal.asgi import key_of
from careers.accounts.forms.accounts import ip_of
from careers.adapters import TOO_MANY
from tests.faults.processes import serving, take_database, wait_for
from tests.faults.small_processes import small_server
from tests.programs import or_skip
from tests.services import caddy, free_port, haproxy, nginx

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
# Left to itself it drops names with an underscore; here it is told to let them through.
NGINX = """\
daemon off;
pid {folder}/pid;
error_log {folder}/log;
events {{}}
http {{
 access_log off;
 client_body_temp_path {folder}/body;
 proxy_temp_path {folder}/proxy;
 fastcgi_temp_path {folder}/fastcgi;
 uwsgi_temp_path {folder}/uwsgi;
 scgi_temp_path {folder}/scgi;
 underscores_in_headers on;
 server {{
  listen 127.0.0.1:{port};
  location / {{
   proxy_pass http://127.0.0.1:{behind};
   proxy_set_header Host $http_host;
   proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
   proxy_set_header X-Forwarded-Proto $scheme;
  }}
 }}
}}
"""
PROXIES = {
    "Caddy": (caddy, CADDY, ["run", "--adapter", "caddyfile", "--config"]),
    "HAProxy": (haproxy, HAPROXY, ["-f"]),
    "nginx": (nginx, NGINX, ["-c"]),
}


@pytest.fixture(scope="module")
def server():
    with small_server() as server:
        yield server.port


@pytest.fixture(scope="module", params=["no proxy", *PROXIES])
def front(request, server, tmp_path_factory):
    """The port that a visitor reaches, and whether a proxy stands there."""
    if request.param == "no proxy":
        yield server, False
        return
    with proxy(request.param, server, tmp_path_factory.mktemp("proxy")) as port:
        yield port, True


@contextmanager
def proxy(name, behind, folder):
    """Yields the port of a proxy in front of the one `behind`."""
    (find, content, options), port, config = PROXIES[name], free_port(), folder / "config"
    config.write_text(content.format(port=port, behind=behind, folder=folder))
    with running([or_skip(find), *options, config], port):
        yield port


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
        counted.add(ip_of(rf.get("/", **said)))
    assert counted == {"127.0.0.1"}


@pytest.mark.soak
@pytest.mark.skipif(connection.vendor != "sqlite", reason="one database is enough for it")
@pytest.mark.parametrize("forged", ["X_Forwarded_For", "X-Forwarded-For", "X-Forwarded_For"])
@pytest.mark.parametrize("name", PROXIES)
@pytest.mark.django_db
def test_sixty_wrong_sign_ins_with_made_up_addresses_meet_the_limit(tmp_path, name, forged):
    """On the whole portal: 40 wrong ones of one visitor are answered, and none after them."""
    take_database(tmp_path)
    with serving(tmp_path, BEHIND_PROXY="1") as server, proxy(name, urlsplit(server.url).port, tmp_path) as port:
        visitor = replace(server, url=f"http://127.0.0.1:{port}")
        refused = [TOO_MANY in wrong_sign_in(visitor, number, forged).text for number in range(60)]
        print(name, forged, refused.count(False), "tried,", refused.count(True), "refused")
        assert refused == 40 * [False] + 20 * [True]


def wrong_sign_in(visitor, number, forged):
    form = {"csrfmiddlewaretoken": "a" * 32, "login": f"nobody{number}@example.com", "password": "wrong"}
    headers = {"Cookie": "csrftoken=" + "a" * 32, forged: f"203.0.113.{number}"}
    return visitor.get("/account/login/", urlencode(form).encode(), **headers)


NAMES = st.text("abcXYZ0-_", min_size=1, max_size=12)


@given(NAMES)
def test_a_header_is_known_by_its_own_name_or_not_at_all(name):
    expected = "" if "_" in name else "HTTP_" + name.upper().replace("-", "_")
    assert (key_of(name) or "") == expected
