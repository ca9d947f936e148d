"""The real server around an application that says what it was told: `python -m tests.attacks.echo PORT`."""

import json
import os
import sys

import django

from bpo_portal.threads import Threads

LARGE = b"0123456789abcdef" * 100_000


def echo(environ, start_response):
    said = {name: value for name, value in environ.items() if isinstance(value, str)}
    said["body"] = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()
    content = LARGE if environ["PATH_INFO"] == "/large" else json.dumps(said).encode()
    start_response("200 OK", [("Content-Length", str(len(content)))])
    return iter([content[:10], content[10:]])


application = Threads(echo, threads=2)

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from careers.management.commands.serve import serve

    serve(int(sys.argv[1]), "tests.attacks.echo:application")
