"""Whoever connects and then sends slowly, or nothing more, keeps nobody else waiting, and is not waited for long."""

import asyncio
import socket
import time
import urllib.request
from contextlib import suppress
from statistics import median

import pytest

from bpo_portal import asgi
from bpo_portal.headers import ON_EVERY_ANSWER
from tests.attacks.test_header_names import PROXIES, proxy
from tests.faults.small_processes import small_server

HEAD = b"POST /body/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"


@pytest.fixture(scope="module")
def server():
    with small_server() as server:
        yield server


def seconds_of_others(server, *, port=None):
    """At the server itself, or through the proxy at `port`."""
    seconds = []
    for _ in range(20):
        begun = time.monotonic()
        with urllib.request.urlopen(f"http://127.0.0.1:{port or server.port}/", timeout=60) as answer:
            assert answer.read() == b"here"
        seconds.append(time.monotonic() - begun)
    return median(seconds)


def read_all(connection):
    with connection:
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
        return b"".join(parts)


@pytest.mark.parametrize(
    "sent", [b"", b"POST /body/ HTTP/1.1\r\nHost:", HEAD % 9 + b"xx", HEAD % 10_000_000 + b"x" * 500_000]
)
def test_silent_connections_keep_nobody_waiting(server, sent):
    silent = [server.connect(sent) for _ in range(40)]
    assert seconds_of_others(server) < 1
    for connection in silent:
        connection.close()


@pytest.mark.parametrize("name", PROXIES)
def test_nor_do_they_through_a_proxy(server, tmp_path, name):
    with proxy(name, server.port, tmp_path) as port:
        silent = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(40)]
        for connection in silent:
            connection.sendall(HEAD % 9 + b"xx")
        assert seconds_of_others(server, port=port) < 1
        for connection in silent:
            connection.close()


def test_answers_that_nobody_takes_keep_nobody_waiting(server):
    silent = [server.connect(b"GET /large/ HTTP/1.1\r\nHost: x\r\n\r\n") for _ in range(20)]
    time.sleep(0.5)
    assert seconds_of_others(server) < 1
    for connection in silent:
        connection.close()


def test_a_body_that_stops_or_trickles_is_told_so(server):
    stopped, begun = server.connect(HEAD % 9 + b"xx"), time.monotonic()
    with server.connect(HEAD % 900) as trickles, suppress(OSError):
        while time.monotonic() < begun + 10:
            trickles.sendall(b"x")
            time.sleep(0.2)
    assert time.monotonic() - begun < 10
    said = read_all(stopped)
    assert said.startswith(b"HTTP/1.1 408 ")
    assert b"Nothing was saved" in said
    head = said.partition(b"\r\n\r\n")[0].decode().lower()
    for name, value in ON_EVERY_ANSWER.items():
        assert f"{name}: {value}".lower() in head


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"])
def test_a_connection_without_a_request_is_closed(server, sent):
    begun = time.monotonic()
    read_all(server.connect(sent))
    assert time.monotonic() - begun < 10


def test_a_whole_body_arrives_however_it_was_cut(server):
    pieces = [b"a" * 70_000, b"b", b"c" * 300_000]
    connection = server.connect(HEAD % sum(map(len, pieces)) + pieces[0])
    for piece in pieces[1:]:
        time.sleep(0.2)
        connection.sendall(piece)
    assert read_all(connection).endswith(b"".join(pieces))


def test_chunks_arrive_as_a_body(server):
    head = b"POST /body/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    assert read_all(server.connect(head + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")).endswith(b"\r\n\r\nabcde")


def test_a_form_that_breaks_off_is_not_taken_for_a_whole_one(server):
    connection = server.connect(HEAD % 10 + b"ab")
    connection.shutdown(socket.SHUT_WR)
    assert not read_all(connection).startswith(b"HTTP/1.1 200")


def test_cookies_in_several_headers_arrive_as_one(server):
    cookies = b"Cookie: a=1\r\nCookie: b=2\r\n"
    head = b"GET /heard/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
    assert b'"HTTP_COOKIE": "a=1; b=2"' in read_all(server.connect(head + cookies + b"\r\n"))


def test_all_bodies_together_have_room_and_one_network_has_half_of_it(monkeypatch):
    monkeypatch.setattr(asgi, "ROOM", 100_000)
    monkeypatch.setattr(asgi, "ROOM_OF_ONE", 50_000)
    portal, go = asgi.Portal(lambda environ, start: [start("200 OK", []) or b""]), asyncio.Event()

    async def ask(size, network="192.0.2.1", *, ends_later=False):
        answers, pieces = [], iter([(b"x" * size, ends_later), (b"", False)])

        async def receive():
            piece, more = next(pieces)
            if not piece:
                await go.wait()
            return {"type": "http.request", "body": piece, "more_body": more}

        async def send(message):
            answers.append(message)

        # As little as a server has to say of a request.
        scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "http_version": "1.1"}
        await portal({**scope, "scheme": "http", "headers": [], "client": (network, 1)}, receive, send)
        return answers[0]["status"]

    async def ask_beside_another():
        other = asyncio.create_task(ask(60_000, ends_later=True))
        await asyncio.sleep(0)  # it begins, and waits for its end
        sizes = [(30_000, "192.0.2.1"), (10_000, "192.0.2.1"), (60_000, "192.0.2.2"), (90_000, "192.0.2.3")]
        statuses = [await ask(*one) for one in sizes]
        go.set()
        return [*statuses, await other]

    assert [asyncio.run(ask(size)) for size in (60_000, 200_000, 60_000)] == [200, 503, 200]
    assert asyncio.run(ask_beside_another()) == [503, 200, 200, 503, 200]
    assert not portal.held


def test_who_leaves_in_the_middle_is_no_fault(server):
    for sent in (HEAD % 9 + b"xx", HEAD % 900_000 + b"x" * 100_000, b"GET /large/ HTTP/1.1\r\nHost: x\r\n\r\n"):
        connection = server.connect(sent)
        time.sleep(0.3)
        connection.close()
    time.sleep(0.5)
    assert server.get("/") == b"here"
    assert server.read() == ""
