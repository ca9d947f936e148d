"""A WSGI application in a few threads behind Granian's own interface (RSGI), which gives each header by its own name.

Granian's WSGI writes `X-Forwarded-For` and `X_Forwarded_For` to one key, and the later one wins: a visitor could speak
in the proxy's name. Here a header with an underscore in its name is dropped before the application sees it.

A body is read before a thread is taken, so that whoever sends slowly makes nobody wait. Few large ones are read at
once, as they are in memory meanwhile. Of an answer Granian keeps in memory what the visitor has not taken yet, so a
large one is given to it as a file.
"""

import asyncio
import io
import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import chain
from typing import Any, NamedTuple

from bpo_portal.headers import ON_EVERY_ANSWER

log = logging.getLogger(__name__)
MOST_READ = 31_000_000  # bytes of a body; `careers.forms.uploads` refuses less than that by words of its own
SMALL = 64 * 1024  # bytes: most forms have less
LARGE_AT_ONCE = 4
PATIENCE = 20  # seconds for a body to come, and one more for each ...
PACE = 20_000  # ... so many bytes of it
LARGE_ANSWER = 1024 * 1024  # bytes
KEPT_FOR = 10  # seconds, in which Granian has long opened the file of a large answer
PLAIN = [("Content-Type", "text/plain"), *ON_EVERY_ANSWER.items()]
WITHOUT_PREFIX = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}
Environ = dict[str, Any]


class BrokenOff(Exception):
    """The visitor went away, or was silent for too long, before all of the body was there."""


class Threads:
    """`Threads(application, threads=4)`, for Granian with `interface=Interfaces.RSGI`."""

    def __init__(self, application: Callable[..., Iterable[bytes]], *, threads: int) -> None:
        self.application, self.threads = application, threads

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.pool = ThreadPoolExecutor(self.threads, thread_name_prefix="page")
        self.large = asyncio.Semaphore(LARGE_AT_ONCE)

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.pool.shutdown(wait=False, cancel_futures=True)

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        loop = asyncio.get_running_loop()
        try:
            async with Body(proto, declared_length(scope), self.large) as body:
                answer = await loop.run_in_executor(self.pool, self.answer, environ_of(scope, body))
        except BrokenOff:
            proto.response_bytes(408, [*PLAIN, ("connection", "close")], b"Too slow.\n")
        except Exception:
            log.exception("A request failed outside of the application.")
            proto.response_bytes(500, PLAIN, b"Something went wrong.\n")
        else:
            if answer.path:
                proto.response_file(answer.status, answer.headers, answer.path)
            else:
                proto.response_bytes(answer.status, answer.headers, answer.content)
            if answer.is_ours:
                loop.call_later(KEPT_FOR, forget, answer.path)

    def answer(self, environ: Environ) -> "Answer":
        """In a thread."""
        said: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            said.update(status=int(status.split(" ", 1)[0]), headers=headers)

        chunks = self.application(environ, start_response)
        try:
            path = chunks.path() if isinstance(chunks, StoredFile) else ""
            return Answer(**said, path=path) if path else Answer(**said, **in_memory_or_file(iter(chunks)))
        finally:
            if hasattr(chunks, "close"):
                chunks.close()


class Answer(NamedTuple):
    """Its content is in `content`, or in the file `path`, which is ours to delete or not."""

    status: int
    headers: list[tuple[str, str]]
    content: bytes = b""
    path: str = ""
    is_ours: bool = False


class StoredFile:
    """`wsgi.file_wrapper`: a file as the chunks of an answer."""

    def __init__(self, file: Any, size: int = 64 * 1024) -> None:
        self.file, self.size = file, size

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self.file.read(self.size), b"")

    def path(self) -> str:
        """Where it is, if it is a large one and meant from its beginning to its end; else empty."""
        inner = getattr(self.file, "file", self.file)
        if not isinstance(inner, io.BufferedReader) or not isinstance(inner.name, str) or inner.tell():
            return ""
        return os.path.abspath(inner.name) if os.path.getsize(inner.name) > LARGE_ANSWER else ""

    def close(self) -> None:
        self.file.close()


def in_memory_or_file(chunks: Iterator[bytes]) -> dict[str, Any]:
    begun, length = [], 0
    for chunk in chunks:
        begun.append(chunk)
        length += len(chunk)
        if length > LARGE_ANSWER:
            break
    else:
        return {"content": b"".join(begun)}
    handle, path = tempfile.mkstemp(prefix="answer-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(chain(begun, chunks))
    except BaseException:
        forget(path)
        raise
    return {"path": path, "is_ours": True}


def forget(path: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(path)


class Body:
    """What is sent with a request: read within `async with`, which holds a place among the large ones if it is one."""

    def __init__(self, proto: Any, declared: int | None, large: asyncio.Semaphore) -> None:
        self.proto, self.declared, self.large = proto, declared, large
        self.content, self.length, self.holds_place = io.BytesIO(), 0, False

    async def __aenter__(self) -> "Body":
        try:
            if self.declared != 0:
                await self.read()
        except BaseException:
            await self.__aexit__()
            raise
        self.content.seek(0)
        return self

    async def __aexit__(self, *exception: object) -> None:
        if self.holds_place:
            self.holds_place = False
            self.large.release()

    async def read(self) -> None:
        """Raises BrokenOff. Of a body that is too long the rest is left where it is."""
        begun, clock = (loop := asyncio.get_running_loop()).time(), loop.time
        chunks = self.proto.__aiter__()
        while self.length < MOST_READ:
            until = begun + PATIENCE + self.length / PACE
            try:
                chunk = await asyncio.wait_for(anext(chunks, b""), until - clock())
            except TimeoutError:
                raise BrokenOff from None
            if not chunk:  # the end; Granian says the same where the visitor went away
                break
            self.length += len(chunk)
            self.content.write(chunk)
            if self.length > SMALL and not self.holds_place:
                waiting = clock()
                await self.large.acquire()
                self.holds_place, begun = True, begun + clock() - waiting
        if self.declared is not None and self.length < min(self.declared, MOST_READ):
            raise BrokenOff


def declared_length(scope: Any) -> int | None:
    """None where it is sent in chunks, so that only its end says how long it is."""
    if "transfer-encoding" in scope.headers:
        return None
    said = scope.headers.get("content-length", "0")
    return int(said) if said.isdecimal() else 0


def environ_of(scope: Any, body: Body) -> Environ:
    server, _, port = scope.server.rpartition(":")
    environ: Environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope.query_string.encode("utf-8", "surrogateescape").decode("latin-1"),
        "SERVER_NAME": server.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body.content,
        "wsgi.input_terminated": True,
        "wsgi.file_wrapper": StoredFile,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    if scope.authority:
        environ["HTTP_HOST"] = scope.authority
    environ.update(headers_of(scope.headers.items()))
    environ["CONTENT_LENGTH"] = str(body.declared if body.declared is not None else body.length)
    return environ


def headers_of(items: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Under the names of WSGI; what came several times in one, in the order it came in."""
    found: dict[str, list[str]] = {}
    for name, value in items:
        if "_" not in name:
            found.setdefault(name.lower(), []).append(value)
    return {key_of(name): ("; " if name == "cookie" else ",").join(values) for name, values in found.items()}


def key_of(name: str) -> str:
    return WITHOUT_PREFIX.get(name) or f"HTTP_{name.upper().replace('-', '_')}"
