"""The portal's commands and its server in processes of their own."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import connect

from django.conf import settings
from django.db import connection

from bpo_portal.env import BASE_DIR
from tests.browser.server import DATABASE, variables
from tests.services import free_port

# `serve` without what a first run makes ready; no static files are collected for the tests' settings.
SERVE = """
import sys, django
django.setup()
from careers.management.server import Server
Server("bpo_portal.asgi:application", port=int(sys.argv[1])).serve()
"""


def manage(folder, *words, **changed):
    """A command that runs meanwhile; `end_of` waits for it."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *words],
        env=variables(folder, **changed),
        cwd=BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def end_of(process, *, within=120):
    said, _ = process.communicate(timeout=within)
    return process.returncode, said


@dataclass
class Answer:
    status: int
    text: str
    headers: dict
    seconds: float


@dataclass
class Server:
    url: str
    log: Path
    process: subprocess.Popen

    def kill(self):
        """With its workers, and without a word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def get(self, path, data=None, **headers):
        request = urllib.request.Request(self.url + path, data=data, headers=headers)
        begun = time.monotonic()
        try:
            with OPENER.open(request, timeout=60) as response:
                said = response.read()
        except urllib.error.HTTPError as error:
            response, said = error, error.read()
        return Answer(response.status, said.decode(), response.headers, time.monotonic() - begun)


class AsItIs(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(AsItIs, urllib.request.ProxyHandler({}))


def take_database(folder):
    """What the tests' own SQLite has, as far as it is committed: every table, and what the test wrote before."""
    with closing(connect(connection.settings_dict["NAME"])) as own, closing(connect(folder / DATABASE)) as new:
        own.backup(new)


@contextmanager
def serving(folder, **changed):
    """The real server, over the database in `folder` or the one that `changed` names. It knows the tests' sessions."""
    port, log = free_port(), folder / "server.log"
    own = {"DJANGO_SETTINGS_MODULE": "tests.settings", "SECRET_KEY": settings.SECRET_KEY, **changed}
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(port)],
            env=variables(folder, **own),
            cwd=BASE_DIR,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = Server(f"http://127.0.0.1:{port}", log, process)
    try:
        wait_for(lambda: process.poll() is not None or server.get("/healthz").status == 200)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(ask, *, within=60):
    end = time.monotonic() + within
    while time.monotonic() < end:
        try:
            if ask():
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise AssertionError("It did not come.")
