"""What no browser sends: requests that two readers would end at two places, heads and lines without an end."""

import re

import pytest
from django.test import Client

from bpo_portal.headers import ON_EVERY_ANSWER
from careers.management.server import HEAD
from tests.faults.small_processes import small_server
from tests.faults.test_silence import read_all

AFTER = b"GET /after/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"  # would be heard if it were another request


@pytest.fixture(scope="module")
def server():
    with small_server() as server:
        yield server


def statuses(server, *lines, body=b"", first=b"POST /body/ HTTP/1.1"):
    head = b"\r\n".join([first, b"Host: x", *lines])
    said = read_all(server.connect(head + b"\r\n\r\n" + body))
    return [int(number) for number in re.findall(rb"HTTP/1\.[01] (\d+)", said)], said


@pytest.mark.parametrize(
    "lines",
    [
        (b"Content-Length: 5", b"Content-Length: 6"),
        (b"Content-Length: 5, 5",),
        (b"Content-Length: +5",),
        (b"Content-Length: -1",),
        (b"Content-Length: " + b"9" * 30,),
        (b"Transfer-Encoding: xchunked",),
        (b"Transfer-Encoding: chunked, identity",),
        (b"Transfer-Encoding : chunked",),
        (b"Transfer-Encoding:\r\n chunked",),
        (b"Transfer-Encoding: \x0bchunked",),
        (b"X: a\0b",),
    ],
)
def test_a_head_that_may_be_read_in_two_ways_is_refused(server, lines):
    assert statuses(server, *lines, body=b"hello" + AFTER)[0] == [400]


@pytest.mark.parametrize("order", [1, -1])
def test_after_a_length_and_chunks_the_connection_ends(server, order):
    lines = [b"Content-Length: 4", b"Transfer-Encoding: chunked"][::order]
    assert len(statuses(server, *lines, body=b"0\r\n\r\n" + AFTER)[0]) == 1


@pytest.mark.parametrize(
    "chunks",
    [
        b"zz\r\nabc\r\n",
        b"-1\r\nabc\r\n",
        b"0x3\r\nabc\r\n",
        b"f" * 17 + b"\r\nabc\r\n",
        b"3\nabc\n",
        b"3\r\nabcXX",
        b"3;" + b"x" * 100_000 + b"\r\nabc\r\n",
        b"0\r\n" + b"A: b\r\n" * 20_000,
    ],
)
def test_chunks_that_are_none_are_the_senders_fault(server, chunks):
    found, said = statuses(server, b"Transfer-Encoding: chunked", body=chunks + b"0\r\n\r\n" + AFTER)
    assert found == [400]
    assert b"Nothing was saved" in said
    for name, value in ON_EVERY_ANSWER.items():
        assert f"{name.lower()}: {value}".encode() in said
    assert server.get("/") == b"here"
    assert server.read() == ""


@pytest.mark.parametrize("method", [b"XYZ", b"PROPFIND", b"TRACE", b"PRI"])
def test_an_odd_method_is_answered(server, method):
    assert statuses(server, b"Connection: close", first=method + b" /body/ HTTP/1.1")[0] == [200]


@pytest.mark.parametrize(
    ("first", "lines"),
    [
        (b"GET / HTTP/1.1", (b"Cookie: " + b"a=1; " * HEAD,)),
        (b"GET / HTTP/1.1", (b"X: y",) * 9_000),
        (b"GET /" + b"a" * 5 * HEAD + b" HTTP/1.1", ()),
        (b"A" * 5 * HEAD + b" / HTTP/1.1", ()),
    ],
)
def test_a_head_without_an_end_is_refused(server, first, lines):
    found, said = statuses(server, *lines, b"Connection: close", first=first)
    assert found in ([431], [414], [])
    assert len(said) < 1000
    assert server.get("/") == b"here"


@pytest.mark.parametrize(
    "sent", [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\x16\x03\x01\x02\0\1\0\1\xfc\3\3" + b"\0" * 99]
)
def test_another_protocol_is_not_spoken(server, sent):
    assert re.match(rb"HTTP/1.[01] 400|$", read_all(server.connect(sent)))
    assert server.get("/") == b"here"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/" + "a" * 50_000, "/roles/" + "%C3%A4" * 9_000 + "/"])
def test_a_page_does_not_repeat_a_long_address(path):
    assert len(Client().get(path).content) < 20_000
