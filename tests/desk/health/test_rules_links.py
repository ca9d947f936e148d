"""What an answer to a link means, which addresses may be asked, and when a link is broken."""

import ipaddress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.desk.rules.links import (
    DAYS_TO_BREAK,
    FAILS,
    LONGEST_REST,
    USUAL_REST,
    Verdict,
    is_broken,
    is_public,
    next_record,
    rest_of,
    target_of,
    verdict_of,
)

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


@given(st.lists(st.tuples(st.sampled_from(Verdict), st.integers(0, 2)), max_size=20))
def test_a_link_is_broken_only_after_three_days_of_failing_and_never_while_it_is_blocked(tries):
    day, record, failed_on = date(2026, 1, 1), None, set()
    for verdict, later in tries:
        day += timedelta(days=later)
        record = next_record(record, verdict, day)
        if verdict in FAILS:
            failed_on.add(day)
        elif verdict != Verdict.BLOCKED:
            failed_on.clear()
        assert record.days_failed == len(failed_on)
        assert is_broken(record) == (verdict in FAILS and len(failed_on) >= DAYS_TO_BREAK)
        assert record.since <= day


@given(st.integers(100, 599))
def test_only_no_such_page_is_gone_and_whoever_does_not_talk_to_programs_is_blocked(status):
    verdict = verdict_of(status, {})
    assert (verdict == Verdict.GONE) == (status in (404, 410))
    assert (verdict == Verdict.GOOD) == (200 <= status < 300)
    if status in (401, 403, 429) or status >= 500:
        assert verdict == Verdict.BLOCKED


@pytest.mark.parametrize("headers", [{"cf-mitigated": "challenge"}, {"x-amzn-waf-action": "captcha"}])
def test_a_challenge_is_a_block_whatever_its_status(headers):
    assert {verdict_of(status, headers) for status in (200, 202, 403, 404)} == {Verdict.BLOCKED}


def test_a_host_is_left_alone_for_as_long_as_it_asks():
    assert rest_of(429, {"retry-after": "120"}, NOW) == 120
    assert rest_of(503, {"retry-after": "Sun, 29 Nov 2026 12:01:00 GMT"}, NOW) == 60
    assert rest_of(503, {"retry-after": "Sun, 29 Nov 2026 11:00:00 GMT"}, NOW) == 0
    assert rest_of(429, {}, NOW) == rest_of(429, {"retry-after": "soon"}, NOW) == USUAL_REST
    assert rest_of(503, {}, NOW) == rest_of(200, {"retry-after": "9"}, NOW) == 0
    assert rest_of(429, {"retry-after": "9" * 400}, NOW) == LONGEST_REST


@pytest.mark.parametrize("zone", ["+" + "9" * 30, "-" + "9" * 30, "+9999", "+" + "9" * 5000, "-0000", "+2400"])
@pytest.mark.parametrize("year", ["0001", "2026", "9999", "99999"])
def test_no_moment_to_come_back_is_too_far(zone, year):
    """It ended all that was asked of its host, as a fault of ours."""
    text = f"Mon, 01 Jan {year} 00:00:00 {zone}"
    assert 0 <= rest_of(429, {"retry-after": text}, NOW) <= LONGEST_REST


@given(st.text(max_size=40))
def test_no_retry_after_is_too_odd(text):
    assert 0 <= rest_of(429, {"retry-after": text}, NOW) <= LONGEST_REST


INSIDE = [
    *("0.0.0.0", "10.1.2.3", "127.0.0.1", "100.64.0.1", "169.254.169.254", "172.16.0.1", "192.168.1.1", "224.0.0.1"),
    *("255.255.255.255", "240.0.0.1", "198.18.0.1", "192.0.2.1"),
    *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1"),
    *("2002:7f00:1::", "2001:0:7f00:1::", "64:ff9b:1::a00:1", "::127.0.0.1", "::8.8.8.8"),
    *("::ffff:0:127.0.0.1", "::ffff:0:a9fe:a9fe", "5f00::1", "3fff::1"),
    *("localhost", "", "127.1", "0x7f000001", "2130706433"),
]


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_not_of_the_open_internet_is_refused(address):
    assert not is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_in_the_clothes_of_ipv6_is_judged_as_what_it_is(ip):
    number = int(ip)
    for dressed in (0xFFFF << 32 | number, int(ipaddress.ip_address("64:ff9b::")) | number):
        assert is_public(str(ipaddress.IPv6Address(dressed))) == is_public(str(ip))
    if ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast:
        assert not is_public(str(ip))


def test_open_addresses_may_be_asked():
    assert all(map(is_public, ("8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8")))


def test_an_address_is_asked_as_a_browser_would():
    target = target_of("https://Example.org/a b?q=ä#part".replace(" ", "%20"))
    assert (target.host, target.port, target.path) == ("example.org", 443, "/a%20b?q=%C3%A4")
    assert target_of("http://münchen.example:8080").host == "xn--mnchen-3ya.example"
    assert target_of("http://example.org.").host == "example.org"
    assert target_of("http://[::1]/").host == "::1"


@pytest.mark.parametrize(
    "url",
    [
        *(
            "ftp://a.org/",
            "file:///etc/passwd",
            "https://",
            "http://[::1",
            "http://a.org:99999/",
            "javascript:alert(1)",
        ),
        *(
            "http://user:pw@a.org/",
            "http://a.org/\r\nHost: b.org",
            "https://a b.org/",
            "a.org",
            f"https://{'a' * 64}.org/",
        ),
    ],
)
def test_what_no_browser_opens_is_not_asked(url):
    assert target_of(url) is None


@given(st.text(max_size=60))
def test_no_text_makes_a_target_that_could_write_a_header(text):
    target = target_of(f"https://a.org/{text}")
    if target:
        assert target.path.isascii()
        assert not set(target.path) & set(" \r\n\0")
