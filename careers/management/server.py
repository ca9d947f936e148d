"""The process that serves: it starts a worker again that died, and ends when it is asked to, whatever hangs."""

import gc
import logging
import os
import queue
import resource
import signal
import threading
import time
from importlib import import_module

from granian import Granian, _signals
from granian._granian import WorkerSignal
from granian.constants import HTTPModes, Interfaces, RuntimeModes
from granian.http import HTTP1Settings
from granian.log import LogLevels

from careers.management.supervise import end_with

log = logging.getLogger(__name__)
GRACE = 7  # seconds for requests in flight
AT_ONCE = 1  # seconds in which further signals mean the same
FORCED = 2  # seconds until nothing is waited for any more
STEADY = 60  # seconds that a worker lives before its end counts as the first
LONGEST_WAIT = 60  # seconds before a worker that keeps dying is started again
HEADERS = 30_000  # milliseconds for the head of a request, and between two requests of a connection
HEAD = 64_000  # bytes of it. Every cookie, and every part of an address, costs time to read
CONNECTIONS = 4096
WARMS = "careers.search.services.searching:warm"  # named, as it needs a Django that is set up


class Server(Granian):
    """Serves `target` on 127.0.0.1. `leaving` is called once, from a thread, when a signal has asked to end.

    Signals do nothing but ring: Granian's own handlers take a lock that what they interrupt may hold.
    """

    def __init__(self, target, *, port, leaving=lambda: None):
        super().__init__(
            target,
            port=port,
            interface=Interfaces.ASGINL,
            http=HTTPModes.http1,  # without TLS nobody speaks the other, whose idle connections nothing ends
            http1_settings=HTTP1Settings(header_read_timeout=HEADERS, max_buffer_size=HEAD),
            runtime_mode=RuntimeModes.st,  # the other one may wait for its own end for ever
            websockets=False,
            backlog=CONNECTIONS,
            backpressure=CONNECTIONS,
            respawn_failed_workers=True,
            log_level=LogLevels.warning,
        )
        self.leaving, self.rung = leaving, queue.SimpleQueue()  # the one queue that a signal's handler may write to
        self.is_leaving = threading.Event()
        self.deaths, self.last_death = 0, 0.0
        self.outlives_terminal = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN  # nohup

    def serve(self):
        allow_files(CONNECTIONS + 1024)
        threading.Thread(target=self.leave_when_asked, daemon=True).start()
        super().serve(target_loader=load)

    def signal_handler_interrupt(self, *args):
        self.rung.put(None)

    def signal_handler_reload(self, *args):
        """A terminal that is closed takes its server along."""
        if not self.outlives_terminal:
            self.rung.put(None)

    def leave_when_asked(self):
        """Ask in good order first, more than once: a worker that is just starting does not hear. Then force the end."""
        self.rung.get()
        begun = time.monotonic()
        self.is_leaving.set()
        self.leaving()
        while time.monotonic() < begun + GRACE and not self.asked_again(since=begun):
            self.interrupt_signal = True
            self.main_loop_interrupt.set()
            for worker in list(self.wrks):
                worker.terminate()
        end = time.monotonic() + FORCED
        while time.monotonic() < end:
            for worker in list(self.wrks):
                worker.kill()
            time.sleep(0.1)
        os._exit(1)

    def asked_again(self, *, since):
        """Waits a moment. False for signals that came together with the first."""
        try:
            self.rung.get(timeout=0.3)
        except queue.Empty:
            return False
        return time.monotonic() > since + AT_ONCE

    def shutdown(self, exit_code=0):
        self.interrupt_children.clear()  # Ctrl-C reaches the worker too, which then ends by itself
        super().shutdown(exit_code)

    def _respawn_workers(self, workers, spawn_target, target_loader, delay=0):
        """Later and later, as long as it keeps dying; Granian itself would give up at the second time."""
        now = time.monotonic()
        self.deaths = self.deaths + 1 if now < self.last_death + STEADY + self.wait() else 1
        log.error("The server's worker died. It is started again in %d s.", self.wait())
        if self.is_leaving.wait(self.wait()):
            return
        self.last_death = time.monotonic()
        super()._respawn_workers(workers, spawn_target, target_loader, delay)
        self.respawned_wrks.clear()

    def wait(self):
        return min(LONGEST_WAIT, 2 ** (self.deaths - 1) - 1) if self.deaths else 0


def load(target):
    """In the worker, before all else there."""
    _signals.set_loop_signals = hear_once
    end_with(os.getppid(), timeout=GRACE)
    application = named(target)
    application.make_ready()
    # What stays as long as the process does is never looked at again: each time it held everybody up for 0.1 s.
    gc.collect()
    gc.freeze()
    threading.Thread(target=named(WARMS), daemon=True).start()
    return application


def named(target):
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


def hear_once(loop):
    """In Granian's place, whose worker hangs for ever when it is told to end a second time."""
    event, told = WorkerSignal(), []

    def tell():
        if not told:
            told.append(True)
            event.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, tell)
    return event


def allow_files(number):
    """Each connection is an open file, and the usual limit of 1024 is soon reached."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = number if hard == resource.RLIM_INFINITY else min(number, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
