"""PostgreSQL's own programs: pg_dump, pg_restore and psql, found where package managers put them."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from django.db import connection

PLACES = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/*pq*/bin", "usr/local/opt/*pq*/bin")
MISSING = (
    "{name} {version} or later is needed for this database, and {found} here. Install it: "
    "apt-get install postgresql-client (or postgresql-client-{version}), dnf install postgresql, or brew install libpq."
)


class ProgramError(Exception):
    """A program is missing or failed. The message says it in one sentence."""


def program(name):
    """The path of the newest `name`; it has to be as new as the server."""
    found = {path: version_of(path) for path in candidates(name)}
    newest = max(found, key=found.__getitem__, default=None)
    if newest is None or found[newest] < server_version():
        which = f"only {found[newest]} is" if newest else "none is"
        raise ProgramError(MISSING.format(name=name, version=server_version(), found=which))
    return newest


def candidates(name):
    """The one on PATH last, so that among equals one in a folder of its version is taken."""
    paths = [str(path) for place in PLACES for path in Path("/").glob(f"{place}/{name}")]
    return [*paths, *filter(None, [shutil.which(name)])]


def version_of(path):
    asked = [path, "--version"]
    told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout  # noqa: S603, one of PLACES
    number = re.search(r"(\d+)", told)
    return int(number[1]) if number else 0


def server_version():
    connection.ensure_connection()
    return connection.pg_version // 10_000  # type: ignore[attr-defined]  # of PostgreSQL only


def command(name, *options):
    """The command line and the environment that reach the portal's database; no password is in the former."""
    (_, *where), env = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    return [program(name), *options, *where], {**os.environ, **(env or {})}


def what_it_said(errors):
    """Return the first line about an error in the file `errors`, or else its last one."""
    errors.seek(0)
    lines = [line.strip() for line in errors.read().decode(errors="replace").splitlines() if line.strip()]
    of_error = (line for line in lines if re.search("error|fatal", line, re.IGNORECASE))
    return next(of_error, lines[-1] if lines else "it ended without a word").removesuffix(".")
