"""A command that runs beside the server, in a process of its own, as long as the server does."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

FIRST = 2  # seconds: the server answers first
AGAIN = 10  # seconds after it died
STOP_TIMEOUT = 8  # seconds to end in good order, from when it was asked


@contextmanager
def supervise(command):
    """Run `manage.py command`, again when it dies, until we leave. A server that is killed takes it along as well."""
    keeper = Keeper(command)
    keeper.start()
    try:
        yield keeper
    finally:
        keeper.end()


class Keeper(threading.Thread):
    """The server forks meanwhile, which this thread can bear: it holds no lock but that of its own process."""

    def __init__(self, command):
        super().__init__(daemon=True)
        self.command = [sys.executable, sys.argv[0], command, "--parent", str(os.getpid())]
        self.is_over, self.turn, self.process = threading.Event(), threading.Lock(), None
        self.asked_at = 0.0

    def run(self):
        wait = FIRST
        while not self.is_over.wait(wait):
            with self.turn:
                if self.is_over.is_set():
                    return
                # Ctrl-C is for the server, which ends us.
                self.process = subprocess.Popen(self.command, start_new_session=True)  # noqa: S603, our own program
            self.process.wait()
            wait = AGAIN

    def ask_to_end(self):
        """Once: a second time would break off what it is doing."""
        with self.turn:
            if self.is_over.is_set():
                return
            self.is_over.set()
            self.asked_at = time.monotonic()
            if self.process and self.process.poll() is None:
                self.process.terminate()

    def end(self):
        self.ask_to_end()
        try:
            if self.process:
                self.process.wait(max(0, self.asked_at + STOP_TIMEOUT - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()


def end_with(parent, *, timeout=60):
    """End this process when its parent is gone, which may have had no time to say so. What hangs is cut off later."""

    def watch():
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(timeout)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
