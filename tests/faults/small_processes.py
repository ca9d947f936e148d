"""Start a server on a pseudo-terminal of its own where Ctrl-C is typed; speak to the small one byte by byte."""

import os
import pty
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

from bpo_portal.env import BASE_DIR
from tests.services import free_port

LATE = 60  # seconds for what takes one, on a busy machine


class Process:
    """A server on `port`, leading a session of its own whose terminal is `terminal`; its first page has `first`."""

    def __init__(self, words, port, variables, *, first):
        self.port, self.first = port, first
        self.url = f"http://127.0.0.1:{port}"
        self.pid, self.terminal = pty.fork()
        if not self.pid:
            os.chdir(BASE_DIR)
            os.execve(sys.executable, [sys.executable, *words], variables)
        self.status, self.said = None, ""

    def wait_until_it_answers(self):
        end = time.monotonic() + LATE
        while self.first not in (self.get("/", timeout=5) or b""):
            if time.monotonic() > end or self.has_ended():
                raise AssertionError(self.read())
            time.sleep(0.05)

    def get(self, path, *, timeout=LATE):
        try:
            with urllib.request.urlopen(self.url + path, timeout=timeout) as answer:
                return answer.read()
        except OSError:
            return None

    def connect(self, sent=b""):
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=LATE)
        connection.sendall(sent)
        return connection

    def type_ctrl_c(self):
        os.write(self.terminal, b"\x03")

    def send(self, number):
        os.kill(self.pid, number)

    def has_ended(self):
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.status = os.waitstatus_to_exitcode(status) if pid else None
        return self.status is not None

    def seconds_to_end(self, *, at_most):
        begun = time.monotonic()
        while time.monotonic() < begun + at_most:
            self.read()
            if self.has_ended():
                return time.monotonic() - begun
            time.sleep(0.02)
        raise AssertionError(f"It did not end within {at_most} s. It said:\n{self.read()}")

    def read(self):
        """All that it has said on its terminal."""
        os.set_blocking(self.terminal, False)
        try:
            while some := os.read(self.terminal, 65536):
                self.said += some.decode()
        except OSError:
            pass
        return self.said

    def workers(self):
        listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.pid)], capture_output=True, text=True)
        return [int(pid) for pid in listed.stdout.split()]

    def clear_away(self):
        for pid in [*([] if self.has_ended() else [*self.workers(), self.pid])]:
            os.kill(pid, signal.SIGKILL)
        if not self.has_ended():
            os.waitpid(self.pid, 0)
        os.close(self.terminal)


def small_server():
    """`python -m tests.faults.small_server`."""
    variables, port = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "LOG_LEVEL": "INFO"}, free_port()
    return on_terminal(["-m", "tests.faults.small_server", str(port)], port, variables, first=b"here")


@contextmanager
def on_terminal(words, port, variables, *, first):
    """Python with these words, once it answers."""
    process = Process(words, port, variables, first=first)
    try:
        process.wait_until_it_answers()
        yield process
    finally:
        process.clear_away()
