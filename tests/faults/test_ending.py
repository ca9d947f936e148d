"""SIGTERM and Ctrl-C always end the server, in time, whatever it is doing; what was asked before is answered."""

import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.small_processes import small_server

AT_MOST = 10  # seconds


@pytest.mark.parametrize("typed", [True, False])
def test_a_request_in_flight_is_answered_and_then_the_server_ends(typed):
    with small_server() as server, ThreadPoolExecutor(3) as pool:
        answers = [pool.submit(server.get, "/slow/") for _ in range(3)]
        time.sleep(0.7)
        if typed:
            server.type_ctrl_c()
        else:
            for _ in range(3):  # at once, as from a terminal, its shell and a supervisor
                server.send(signal.SIGTERM)
        server.seconds_to_end(at_most=AT_MOST)
        assert [answer.result() for answer in answers] == [b"here"] * 3
        assert server.status == 0
        assert "Unexpected exit" not in server.read()


def test_what_hangs_does_not_keep_it_and_a_later_signal_ends_it_at_once():
    with small_server() as server:
        threading.Thread(target=server.get, args=["/stuck/"], daemon=True).start()
        silent = server.connect(b"POST /body/ HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nxx")
        time.sleep(0.5)
        server.send(signal.SIGTERM)
        time.sleep(1.5)
        assert not server.has_ended()
        server.type_ctrl_c()
        assert server.seconds_to_end(at_most=AT_MOST) < 3
        silent.close()


def test_what_hangs_does_not_keep_it_for_long():
    with small_server() as server:
        threading.Thread(target=server.get, args=["/stuck/"], daemon=True).start()
        time.sleep(0.5)
        server.send(signal.SIGTERM)
        server.seconds_to_end(at_most=AT_MOST)


def test_a_worker_whose_parent_was_killed_ends_too():
    with small_server() as server:
        server.send(signal.SIGKILL)
        end = time.monotonic() + AT_MOST
        while server.get("/", timeout=1):
            assert time.monotonic() < end
            time.sleep(0.1)


@pytest.mark.soak
@pytest.mark.parametrize("ask", ["ctrl-c", "terms"])
def test_it_ends_each_of_thirty_times_under_load(ask):
    seconds = []
    for _ in range(30):
        with small_server() as server:
            over = threading.Event()

            def load(server=server, over=over):
                while not over.is_set():
                    if server.get("/", timeout=5) is None:
                        time.sleep(0.05)

            threads = [threading.Thread(target=load, daemon=True) for _ in range(6)]
            for thread in threads:
                thread.start()
            time.sleep(0.3)
            if ask == "ctrl-c":
                server.type_ctrl_c()
            else:
                for _ in range(3):
                    server.send(signal.SIGTERM)
            seconds.append(server.seconds_to_end(at_most=AT_MOST))
            over.set()
    print(f"{ask}: {len(seconds)} of 30 ended, at most {max(seconds):.1f} s, mean {sum(seconds) / 30:.1f} s")


def test_a_worker_that_dies_again_and_again_is_started_again_later_and_later():
    with small_server() as server:
        for _ in range(3):
            server.get("/die/")
            server.wait_until_it_answers()
        assert not server.has_ended()
        said = server.read()
        assert all(f"It is started again in {wait} s." in said for wait in (0, 1, 3))
        server.send(signal.SIGTERM)
        server.seconds_to_end(at_most=AT_MOST)
