"""The real server around an application that says what it was told: `python -m tests.attacks.echo PORT`."""

import json
import sys

from bpo_portal.asgi import Portal
from careers.management.server import Server

LARGE = b"0123456789abcdef" * 100_000


def echo(environ, start_response):
    said = {name: value for name, value in environ.items() if isinstance(value, str)}
    said["body"] = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
    content = LARGE if environ["PATH_INFO"] == "/large" else json.dumps(said).encode()
    start_response("200 OK", [("Content-Length", str(len(content)))])
    return iter([content[:10], content[10:]])


application = Portal(echo)

if __name__ == "__main__":
    Server("tests.attacks.echo:application", port=int(sys.argv[1])).serve()
