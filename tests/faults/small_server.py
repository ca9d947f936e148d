"""The portal's own server, with a small application instead of the portal: `python -m tests.faults.small_server PORT`.

It starts in a second and answers at once, so that a test sees the server alone. It waits for little here.
"""

import json
import os
import sys
import time

from bpo_portal import asgi
from careers.management import server

asgi.BODY_TIMEOUT, server.GRACE, server.HEADERS = 2, 3, 2_000
SLOW = 1.5  # seconds


def small(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/slow/":
        time.sleep(SLOW)
    if path == "/stuck/":
        time.sleep(600)
    if path == "/die/":
        os._exit(3)
    said = {
        "/pid/": str(os.getpid()).encode(),
        "/body/": environ["wsgi.input"].read(),
        "/heard/": json.dumps({key: value for key, value in environ.items() if isinstance(value, str)}).encode(),
        "/large/": b"x" * 20_000_000,
    }
    body = said.get(path, b"here")
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return (body[at : at + 65536] for at in range(0, max(1, len(body)), 65536))


application = asgi.Portal(small)

if __name__ == "__main__":
    server.Server("tests.faults.small_server:application", port=int(sys.argv[1])).serve()
