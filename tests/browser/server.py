"""The real server, as `make run` starts it: `manage.py serve` in a process and a folder of its own."""

import fcntl
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import connect

from bpo_portal.env import BASE_DIR, env
from tests.services import free_port

# Seconds: a first start migrates, loads the guide and compresses the static files, on a busy machine.
START_TIMEOUT = 180
# Of portals that are looked at in a browser.
QUICK_PASSWORDS = {"DJANGO_SETTINGS_MODULE": "tests.browser.settings"}

PREPARED: Path | None = None  # the folder of this test run's one first start that others begin from
DATABASE, SAID = "portal.sqlite3", "said.txt"
FIRST_LOGS = ["one.log", "other.log"]  # of the two that begin at once


@dataclass
class Portal:
    url: str
    seconds: float  # from the start of the process to its first answer
    said: str
    publisher_email: str = ""
    publisher_password: str = ""  # one-time: the first sign-in asks for another
    desk_cookies: dict = field(default_factory=dict)  # of each who has signed in at the desk
    demo_password: str = ""  # of the demo people


def variables(folder: Path, **changed: str) -> dict[str, str]:
    """An environment in which the portal knows nothing of this machine but `folder`."""
    rest = {key: value for key, value in os.environ.items() if key not in env.scheme}
    own = {
        "DJANGO_SETTINGS_MODULE": "bpo_portal.settings",
        "ENV_FILE": os.devnull,
        "SECRET_KEY": "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz",
        "DATABASE_URL": f"sqlite:///{folder / DATABASE}",
        "STATIC_ROOT": str(folder / "static"),
        "MAIL_DIR": str(folder / "mail"),
        "PRIVATE_ROOT": str(folder / "private"),
    }
    return {**rest, **own, **changed}


def serve(folder: Path, port: int, **changed: str) -> subprocess.CompletedProcess:
    """Run `serve` where it has to give up by itself; returns what it said and its exit status."""
    return subprocess.run(
        command(port),
        env=variables(folder, **changed),
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        timeout=START_TIMEOUT,
    )


@dataclass
class Server:
    process: subprocess.Popen
    url: str
    log: Path
    begun: float


@contextmanager
def started(folder: Path, *, log: str = "server.log", **changed: str) -> Iterator[Server]:
    """A server that need not answer yet; ended by its own process."""
    port, begun = free_port(), time.monotonic()
    with (folder / log).open("w") as output:
        process = subprocess.Popen(
            command(port), env=variables(folder, **changed), cwd=BASE_DIR, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        yield Server(process, f"http://127.0.0.1:{port}", folder / log, begun)
    finally:
        process.terminate()
        process.wait(timeout=10)


@contextmanager
def running(folder: Path, **changed: str) -> Iterator[Portal]:
    """A portal in `folder`: on a first start there it migrates and loads the guide."""
    if not (folder / "static").exists():
        take_static(prepared(), folder)
    with started(folder, **changed) as server:
        yield answering(server)


@contextmanager
def ready(folder: Path, **changed: str) -> Iterator[Portal]:
    """A portal in `folder` that begins where a first start ends; the first publisher's password is known too."""
    source = prepared()
    take_static(source, folder)
    with closing(connect(source / DATABASE)) as first, closing(connect(folder / DATABASE)) as own:
        first.backup(own)
    with running(folder, **{**QUICK_PASSWORDS, **changed}) as portal:
        yield introduce(portal.url, portal.seconds, (source / SAID).read_text())


def prepared() -> Path:
    """A folder that was served from once, by two at once, which takes no longer than by one and shows how they get on.

    Whoever asks first makes it while the others wait: it takes long.
    """
    assert PREPARED
    with open(PREPARED.with_suffix(".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (PREPARED / SAID).exists():
            PREPARED.mkdir(exist_ok=True)
            with (
                started(PREPARED, log=FIRST_LOGS[0], **QUICK_PASSWORDS) as one,
                started(PREPARED, log=FIRST_LOGS[1], **QUICK_PASSWORDS) as other,
            ):
                first = max([answering(one), answering(other)], key=lambda portal: bool(portal.publisher_password))
            (PREPARED / SAID).write_text(first.said + demo_people(PREPARED))
    return PREPARED


def demo_people(folder: Path) -> str:
    """Make them in the portal of `folder`; returns what is said of them."""
    make = [sys.executable, "manage.py", "make_demo_people", "--in-production"]
    return subprocess.run(
        make,
        env=variables(folder, **QUICK_PASSWORDS),
        cwd=BASE_DIR,
        check=True,
        capture_output=True,
        text=True,
        timeout=START_TIMEOUT,
    ).stdout


def first_words() -> str:
    """What a first start said."""
    return (prepared() / SAID).read_text()


def take_static(source: Path, folder: Path) -> None:
    """They are the same for every server, and to collect them takes longer than all else of a first start."""
    shutil.copy2(source / "static.fingerprint", folder)
    shutil.copytree(source / "static", folder / "static", copy_function=os.link)


def command(port: int) -> list[str]:
    return [sys.executable, "manage.py", "serve", "--port", str(port)]


def answering(server: Server) -> Portal:
    """Wait until the server answers."""
    end = time.monotonic() + START_TIMEOUT
    while time.monotonic() < end and server.process.poll() is None:
        if answers(server.url):
            return introduce(server.url, time.monotonic() - server.begun, server.log.read_text())
        time.sleep(0.1)
    raise AssertionError(f"The server did not answer. It said:\n{server.log.read_text()}")


def answers(url: str) -> bool:
    try:
        urllib.request.urlopen(f"{url}/", timeout=10).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def introduce(url: str, seconds: float, said: str) -> Portal:
    portal = Portal(url, seconds, said)
    if first := re.search(r"E-mail: +(\S+)\s+One-time password: +(\S+)", said):
        portal.publisher_email, portal.publisher_password = first.groups()
    if demo := re.search(r"sign in at /account/login/ with the password (\S+)", said):
        portal.demo_password = demo[1]
    return portal
