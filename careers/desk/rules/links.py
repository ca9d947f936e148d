"""What an answer to a link means, which addresses may be asked at all, and when a link is broken."""

import ipaddress
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from urllib.parse import quote, urldefrag, urlsplit, urlunsplit

from careers.lib.days import day_in_words
from careers.lib.words import counted

DAYS_TO_BREAK = 3  # different days on which it failed
LONGEST_REST = 7 * 24 * 3600  # seconds that a host may ask to be left alone
USUAL_REST = 3600  # where it says only that it was too much
REDIRECTS = (301, 302, 303, 307, 308)
FOR_GOOD = (301, 308)
TOO_MANY = 429
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # how IPv6 alone reaches an IPv4 address
# Old ways of carrying an IPv4 address, an operator's own NAT64, and what older lists do not know to be of nobody.
NOWHERE = [
    ipaddress.ip_network(one) for one in ("::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48", "3fff::/20", "5f00::/16")
]
SAFE = "!#$%&'()*+,/:;=?@[]~"  # what stands in a path or query as it is; "%" since it may be escaped already


class Verdict(StrEnum):
    GOOD = "good"
    MOVED = "moved"  # for good, to an address that is
    BLOCKED = "blocked"  # something is there, and does not talk to programs, or not now
    GONE = "gone"
    SILENT = "silent"


FAILS = (Verdict.GONE, Verdict.SILENT)
IN_WORDS = {
    Verdict.GONE: "There is no such page any more.",
    Verdict.SILENT: "Nothing answers.",
}


@dataclass(frozen=True)
class Answer:
    verdict: Verdict
    redirected_to: str = ""
    rest: int = 0  # seconds that its host wants to be left alone
    has_answered: bool = True  # whether anybody was there: else it may be our own line


@dataclass(frozen=True)
class Record:
    """Kept of a link from day to day."""

    verdict: Verdict
    since: date
    days_failed: int = 0
    failed_on: date | None = None


def next_record(before: Record | None, verdict: Verdict, today: date) -> Record:
    """Two failures on one day are one. Where it was blocked nobody knows, so that neither adds a day nor takes one."""
    since = before.since if before and before.verdict == verdict else today
    days, failed_on = (before.days_failed, before.failed_on) if before else (0, None)
    if verdict in FAILS:
        return Record(verdict, since, days + (failed_on != today), today)
    if verdict == Verdict.BLOCKED:
        return Record(verdict, since, days, failed_on)
    return Record(verdict, since)


def is_broken(record: Record) -> bool:
    return record.verdict in FAILS and record.days_failed >= DAYS_TO_BREAK


def fault_in_words(record: Record) -> str:
    """“Nothing answers. It failed on 3 days, last on 29 November 2026.”"""
    last = f", last on {day_in_words(record.failed_on)}" if record.failed_on else ""
    return f"{IN_WORDS[record.verdict]} It failed on {counted(record.days_failed, 'day')}{last}."


def verdict_of(status: int, headers: Mapping[str, str]) -> Verdict:
    """Of an answer that leads nowhere else. Whatever is not plainly there or plainly gone counts as blocked."""
    if headers.get("cf-mitigated") == "challenge" or headers.get("x-amzn-waf-action"):
        return Verdict.BLOCKED
    if 200 <= status < 300:
        return Verdict.GOOD
    return Verdict.GONE if status in (404, 410) else Verdict.BLOCKED


def rest_of(status: int, headers: Mapping[str, str], now: datetime) -> int:
    """Seconds for which its host wants to be left alone; 0 where it wants nothing."""
    text = headers.get("retry-after", "").strip()
    if status not in (TOO_MANY, 503):
        return 0
    usual = USUAL_REST if status == TOO_MANY else 0
    if text.isascii() and text.isdigit():
        return min(int(text[:9]), LONGEST_REST)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return usual
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0, min(math.ceil((until - now).total_seconds()), LONGEST_REST))


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, also in what it carries inside.

    >>> [is_public(one) for one in ("8.8.8.8", "::ffff:127.0.0.1", "169.254.169.254", "0.0.0.0", "64:ff9b::a00:1")]
    [True, False, False, False, False]
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped or ip in NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip.sixtofour or ip.teredo or ip.is_site_local or any(ip in network for network in NOWHERE):
            return False
    return ip.is_global and not ip.is_multicast


@dataclass(frozen=True)
class Target:
    """A web address in the parts that a request needs."""

    url: str
    scheme: str
    host: str
    port: int
    path: str


def target_of(url: str) -> Target | None:
    """None for what no browser could open, and for an address that carries a name and a password."""
    try:
        parts = urlsplit(urldefrag(url).url)
        host = (parts.hostname or "").rstrip(".")
        host = host if ":" in host else host.encode("idna").decode()
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    except (ValueError, KeyError):  # UnicodeError is a ValueError
        return None
    if not host or parts.username is not None or any(char.isspace() or not char.isprintable() for char in url):
        return None
    path = quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), safe=SAFE)
    return Target(url, parts.scheme, host, port, path if path.startswith("/") else f"/{path}")
