"""The portal as its server calls it. A request takes one of a few threads only when all of it is here.

Django works in threads, and there are few. Whoever sends slowly, or nothing more, waits here, where waiting costs no
thread; so does an answer that is taken slowly. A proxy that buffers does the same: this holds without one.
"""

import asyncio
import io
import logging
import os
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from bpo_portal.headers import ON_EVERY_ANSWER
from bpo_portal.turns import Turns
from careers.lib.visitors import visitor_of
from careers.runtime.giving_way import giving_way
from careers.web.only_kept import NOT_KEPT, ONLY_KEPT
from careers.web.private import is_known

log = logging.getLogger(__name__)
# By what a request is, so that nobody waits for those who take long. A page that is kept is there at once: whoever
# makes one, or waits for the database, takes no thread of theirs. "plain" is a static file, or whether the process
# lives. A "stranger" reads, without a session, what is not kept. Of those who send something eight at most wait for
# SQLite's lock, as `careers.runtime.lock_timeout` says, and few tell the others that it is busy, which costs more than
# a kept page.
THREADS = {"kept": 4, "plain": 2, "stranger": 6, "known": 8, "sender": 10}
LIVES = "/healthz"
# Seconds. A page asks the database a dozen times, and after each of them waits so long for a thread that only computes;
# of Python's own 5 ms that would be most of its time.
SWITCH = 0.0005
BODY_TIMEOUT, LEAST = 20, 64_000  # seconds in which a body ends, or so many bytes of it arrive
LONGEST = 600  # seconds for a body in all
LARGEST = 31_000_000  # bytes of a body that are read: a little more than `careers.plans.files.forms` looks at
SMALL, ROOM = 16_000, 128_000_000  # bytes that each body may take, and bytes that all may take beyond those
ROOM_OF_ONE = ROOM // 2  # that one network may take; a flood's wait long for their turns
PIECE, TAKEN = 256_000, 60  # bytes of an answer that are sent at a time, and seconds for each such piece
BODY_HEADERS = {b"content-length", b"transfer-encoding"}
TOO_SLOW = 408, "This took too long to arrive. Nothing was saved. Please try again."
TOO_MUCH = 503, "Too much is being sent at once. Nothing was saved. Please try again in a minute."
CUT_OFF = 400, "This did not arrive whole. Nothing was saved. Please try again."
BROKEN = 500, "Something went wrong. Please try again."


class Refused(Exception):
    """Carries the status and the sentence to answer."""


class Portal:
    """An ASGI application around a WSGI one, `application`, which has kept pages where it is said so."""

    def __init__(self, application, *, has_kept_pages=False):
        self.application, self.has_kept_pages = application, has_kept_pages
        self.threads = {one: ThreadPoolExecutor(number) for one, number in THREADS.items()}
        self.turns = Turns()
        self.held = Counter()  # bytes of bodies beyond the small ones, by network

    def make_ready(self):
        """Import all views, or the first visitor waits a second for them."""
        if self.has_kept_pages:
            get_resolver().url_patterns  # noqa: B018, it imports them

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return
        environ = environ_of(scope)
        network = visitor(environ)
        body = Body(self, receive, network)
        try:
            if may_have_body(scope):
                await body.read()
            body.tell(environ)
            kind = whose(environ)
            is_for_everybody = kind in ("plain", "stranger")
            async with self.turns.turn_of((is_for_everybody, network)) as turn:
                # Others may wait for a stranger's page, which becomes theirs: it is made without a pause.
                others_work = turn.others_work if turn.asks_for_more and not is_for_everybody else None
                answer, piece, more = await self.begin(environ, kind, others_work)
                turn.note_answer()
                await self.give_all(answer, piece, more, self.threads[kind], send)
        except Refused as refusal:
            await refuse(send, *refusal.args)
        except TimeoutError:  # nobody takes the answer
            pass
        finally:
            body.forget()

    async def begin(self, environ, kind, others_work):
        """The `Answer`, its first bytes, and whether there may be more."""
        loop, answer = asyncio.get_running_loop(), Answer(self.application, environ, others_work)
        try:
            if kind == "stranger" and self.has_kept_pages:
                kept = Answer(self.application, {**environ, ONLY_KEPT: True})
                first = await loop.run_in_executor(self.threads["kept"], kept.begin)
                if kept.status != NOT_KEPT:
                    return kept, *first
            return answer, *await loop.run_in_executor(self.threads[kind], answer.begin)
        except Exception as error:
            log.exception("An answer could not be made.")
            raise Refused(*BROKEN) from error

    async def give_all(self, answer, piece, more, threads, send):
        loop = asyncio.get_running_loop()
        try:
            await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
            await give(send, piece, more=more)
            while more:
                piece, more = await loop.run_in_executor(threads, answer.piece)
                await give(send, piece, more=more)
        finally:
            if more:
                await loop.run_in_executor(threads, answer.close)


class Body:
    """The body of a request. Raises `Refused` for one that is too slow, breaks off, or finds no room."""

    def __init__(self, portal, receive, network):
        self.portal, self.receive, self.network = portal, receive, network
        self.content, self.length, self.taken = io.BytesIO(), 0, 0

    async def read(self):
        begun = time.monotonic()
        more = True
        while more and self.length < LARGEST:
            wanted = self.length + LEAST
            left = min(BODY_TIMEOUT, begun + LONGEST - time.monotonic())
            try:
                async with asyncio.timeout(left):
                    while more and self.length < wanted:
                        more = await self.read_piece()
            except TimeoutError as error:
                raise Refused(*TOO_SLOW) from error
        self.content.seek(0)

    async def read_piece(self):
        message = await self.receive()
        if message["type"] != "http.request":
            raise Refused(*CUT_OFF)  # who left does not hear it; whose chunks are wrong does
        piece = message.get("body", b"")
        self.take_room(len(piece))
        self.content.write(piece)
        return message.get("more_body", False)

    def take_room(self, number):
        self.length += number
        taken = max(0, self.length - SMALL)
        held, more = self.portal.held, taken - self.taken
        if held.total() + more > ROOM or held[self.network] + more > ROOM_OF_ONE:
            raise Refused(*TOO_MUCH)
        held[self.network] += more
        self.taken = taken

    def tell(self, environ):
        """The application: what to read, and how much, as one that came in chunks did not say."""
        environ["wsgi.input"] = self.content
        if self.length:
            environ.setdefault("CONTENT_LENGTH", str(self.length))

    def forget(self):
        held = self.portal.held
        held[self.network] -= self.taken
        if not held[self.network]:
            del held[self.network]
        self.taken, self.content = 0, None


class Answer:
    """The answer of the WSGI application. All but `status` and `headers` is for a thread."""

    def __init__(self, application, environ, others_work=None):
        self.application, self.environ, self.others_work = application, environ, others_work
        self.status, self.headers, self.parts = None, [], ()

    def begin(self):
        with giving_way(self.others_work):
            self.parts = self.application(self.environ, self.note)
            self.left = iter(self.parts)
            return self.piece()

    def note(self, status, headers, exc_info=None):
        self.status = int(status.split(" ", 1)[0])
        self.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]

    def piece(self):
        """The next bytes, and whether there may be more. At the end everything is closed."""
        parts, length = [], 0
        for part in self.left:
            parts.append(part)
            length += len(part)
            if length >= PIECE:
                return b"".join(parts), True
        self.close()
        return b"".join(parts), False

    def close(self):
        if close := getattr(self.parts, "close", None):
            close()


def may_have_body(scope):
    """Whether one has to be waited for. Of what has none its head says so, and its end need not be waited for, too."""
    return scope["method"] not in ("GET", "HEAD") or any(name in BODY_HEADERS for name, _ in scope["headers"])


def environ_of(scope):
    """The request without its body as WSGI has it: text is bytes read as Latin-1. Not every server says its ends."""
    (server, port), (client, _) = (scope.get(end) or ("", "") for end in ("server", "client"))
    path = scope.get("raw_path") or scope["path"].encode()
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server,
        "SERVER_PORT": str(port),
        "REMOTE_ADDR": client,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        if key := key_of(name.decode("latin-1")):
            known = environ.get(key)
            joint = "; " if key == "HTTP_COOKIE" else ","
            environ[key] = value.decode("latin-1") if known is None else f"{known}{joint}{value.decode('latin-1')}"
    return environ


def whose(environ):
    if environ["PATH_INFO"].startswith((settings.STATIC_URL, LIVES)):
        return "plain"
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return "sender"
    return "known" if is_known(environ.get("HTTP_COOKIE", "")) else "stranger"


def visitor(environ):
    forwarded = environ.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return visitor_of(forwarded, environ["REMOTE_ADDR"])


def key_of(name):
    """None for a name with an underscore: WSGI would take it for the same name with a hyphen, which a proxy writes."""
    if "_" in name:
        return None
    key = name.upper().replace("-", "_")
    return key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"


async def give(send, piece, *, more):
    async with asyncio.timeout(TAKEN):
        await send({"type": "http.response.body", "body": piece, "more_body": more})


async def refuse(send, status, sentence):
    headers = {
        "content-type": "text/plain; charset=utf-8",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "retry-after": "60",
        "connection": "close",
        **{name.lower(): value for name, value in ON_EVERY_ANSWER.items()},
    }
    written = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": written})
    await give(send, f"{sentence}\n".encode(), more=False)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bpo_portal.settings")
sys.setswitchinterval(SWITCH)
application = Portal(get_wsgi_application(), has_kept_pages=True)
