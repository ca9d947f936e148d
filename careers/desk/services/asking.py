"""Asks other sites whether a page is there, politely, and never a machine that is not on the open internet.

Editors type addresses, so whoever asks them must not be led into the operator's own network: each name is resolved
here, all that it resolves to must be public, and the connection goes to what was looked at and not to the name, which
could mean something else a moment later. So at each redirect.
"""

import http.client
import socket
import ssl
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic, sleep
from urllib.parse import urljoin

from django.utils import timezone

from careers.desk.rules.links import (
    FOR_GOOD,
    REDIRECTS,
    Answer,
    Target,
    Verdict,
    is_public,
    rest_of,
    target_of,
    verdict_of,
)

MOST_HOPS = 5
PAUSE = 1  # seconds between two requests to one host
PATIENCE = 10  # seconds without a sign
LONGEST_REQUEST = 20  # seconds in all, also where a letter comes now and then
# Some firewalls refuse whoever names what it does.
USER_AGENT = "Mozilla/5.0 (compatible; BPO-Careers-Portal/1.0)"
NO_SUCH_HOST = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


def resolve(host, port):
    """The IP addresses of a host, each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(info[4][0] for info in found))


@dataclass
class Host:
    """One request at a time, with a pause after it; none before `not_before`, a moment of `monotonic`.

    `unreached` are the ports at which nobody was, each with what that means: it is not waited for once more.
    """

    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0
    not_before: float = 0
    unreached: dict = field(default_factory=dict)


class Unanswered(Exception):
    """No answer, and what that means."""

    def __init__(self, verdict, *, was_connected=False):
        self.verdict, self.was_connected = verdict, was_connected
        super().__init__(verdict)


class Asker:
    """Asks addresses, for several threads at once. Tests give it another resolver and let it ask this machine."""

    def __init__(
        self, *, resolve=resolve, may_ask=is_public, pause=PAUSE, patience=PATIENCE, longest=LONGEST_REQUEST, tls=None
    ):
        self.resolve, self.may_ask, self.pause = resolve, may_ask, pause
        self.patience, self.longest = patience, longest
        self.tls = tls or ssl.create_default_context()
        self.hosts, self.lock = {}, threading.Lock()

    def host(self, name):
        with self.lock:
            return self.hosts.setdefault(name, Host())

    def rests(self, name):
        """Whether this host said that it wants to be left alone for now."""
        return self.host(name).not_before > monotonic()

    def ask(self, url):
        """An `Answer`, after at most `MOST_HOPS` redirects."""
        here, for_good, seen, has_answered = url, True, {url}, False
        for _ in range(MOST_HOPS + 1):
            target = target_of(here)
            if target is None:
                return Answer(Verdict.GONE, has_answered=has_answered)
            if self.rests(target.host):
                return Answer(Verdict.BLOCKED)
            try:
                status, headers = self.look(target)
            except Unanswered as none:
                return Answer(none.verdict, has_answered=has_answered)
            has_answered = True
            if status not in REDIRECTS or "location" not in headers:
                return self.judged(url, here, for_good, target, status, headers)
            try:
                here = urljoin(here, headers["location"])
            except ValueError:
                return Answer(Verdict.GONE)
            for_good = for_good and status in FOR_GOOD
            if here in seen:  # as where one cannot go on without a cookie
                return Answer(Verdict.BLOCKED)
            seen.add(here)
        return Answer(Verdict.BLOCKED)

    def judged(self, url, here, for_good, target, status, headers):
        rest = rest_of(status, headers, timezone.now())
        if rest:
            self.host(target.host).not_before = monotonic() + rest
        verdict = verdict_of(status, headers)
        if verdict == Verdict.GOOD and here != url and for_good:
            return Answer(Verdict.MOVED, here)
        return Answer(verdict, rest=rest)

    def look(self, target):
        """(status, headers in small letters) of HEAD; of GET where that is answered with a fault, or not at all."""
        try:
            status, headers = self.request("HEAD", target)
        except Unanswered as none:
            if not none.was_connected:
                raise
        else:
            if 200 <= status < 400 or rest_of(status, headers, timezone.now()):
                return status, headers
        return self.request("GET", target)

    def request(self, method, target: Target):
        host = self.host(target.host)
        with host.lock:
            if target.port in host.unreached:
                raise Unanswered(host.unreached[target.port])
            sleep(max(0, host.free_at - monotonic()))
            try:
                return self.answer(method, target)
            finally:
                host.free_at = monotonic() + self.pause

    def answer(self, method, target):
        with self.connected(target) as (connection, guard):
            try:
                connection.putrequest(method, target.path, skip_accept_encoding=True)
                connection.putheader("User-Agent", USER_AGENT)
                connection.putheader("Accept", "text/html,*/*;q=0.8")
                connection.putheader("Accept-Language", "en")
                connection.putheader("Connection", "close")
                connection.endheaders()
                response = connection.getresponse()
            except (OSError, http.client.HTTPException, ValueError) as error:
                raise Unanswered(Verdict.SILENT, was_connected=not guard.is_over) from error
            if guard.is_over:  # cut off in the middle of what it said
                raise Unanswered(Verdict.SILENT)
            return response.status, {name.lower(): value for name, value in response.getheaders()}

    @contextmanager
    def connected(self, target):
        """A connection to what the name means now, which ends when its time is over."""
        try:
            sock = self.open(target)
        except Unanswered as none:
            self.host(target.host).unreached[target.port] = none.verdict
            raise
        guard = Guard(sock, self.longest)
        try:
            connection = http.client.HTTPConnection(target.host, target.port)
            if target.scheme == "https":
                sock = self.secured(sock, target, guard)
                connection = http.client.HTTPSConnection(target.host, target.port, context=self.tls)
            connection.sock = sock  # so that it opens none itself
            yield connection, guard
        finally:
            guard.end()
            sock.close()

    def secured(self, sock, target, guard):
        try:
            return self.tls.wrap_socket(sock, server_hostname=target.host)
        except ssl.SSLError as error:  # somebody is there, whom a browser may be able to check where we are not
            raise Unanswered(Verdict.SILENT if guard.is_over else Verdict.BLOCKED) from error
        except (OSError, ValueError) as error:
            raise Unanswered(Verdict.SILENT) from error

    def open(self, target):
        for ip in self.addresses(target):
            try:
                return socket.create_connection((ip, target.port), timeout=self.patience)
            except OSError:
                continue
        raise Unanswered(Verdict.SILENT)

    def addresses(self, target):
        """At most two, all of them public: a host of which one is not may not be asked at all."""
        try:
            found = self.resolve(target.host, target.port)
        except socket.gaierror as error:
            raise Unanswered(Verdict.GONE if error.errno in NO_SUCH_HOST else Verdict.SILENT) from error
        except (OSError, ValueError) as error:
            raise Unanswered(Verdict.SILENT) from error
        if not found or not all(map(self.may_ask, found)):
            raise Unanswered(Verdict.SILENT)
        return found[:2]


class Guard:
    """Ends a connection when its time is over, whatever it waits for."""

    def __init__(self, sock, seconds):
        self.is_over, self.handle = False, sock.dup()
        self.timer = threading.Timer(seconds, self.cut)
        self.timer.daemon = True
        self.timer.start()

    def cut(self):
        self.is_over = True
        try:
            self.handle.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it had ended by itself

    def end(self):
        self.timer.cancel()
        self.handle.close()
