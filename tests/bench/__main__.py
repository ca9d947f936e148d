"""`make bench ONET=folder`: how fast import, search, planner and pages are with a whole O*NET release.

Each database is a temporary one: SQLite in a file, PostgreSQL from `tests.services`. DB=sqlite leaves the latter out.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bpo_portal.env import env
from careers.occupations.onet.selectors.files import LAYOUTS, OnetError, check_headings
from tests.services import Missing, postgresql, postgresql_bin

HOW = "Say where the text files of an O*NET release are: make bench ONET=folder (docs/operate.md)."


def main(folder: str) -> int:
    if not folder:
        sys.exit(HOW)
    try:
        check_headings(Path(folder), LAYOUTS)
        programs = postgresql_bin() if os.environ.get("DB") != "sqlite" else None
    except (OnetError, Missing) as fault:
        sys.exit(f"{fault} {HOW}")
    with tempfile.TemporaryDirectory() as place:
        status = measure("SQLite", folder, f"sqlite:///{place}/bench.sqlite3")
    if programs:
        with postgresql(programs) as url:
            status |= measure("PostgreSQL", folder, url)
    return status


def measure(name: str, folder: str, database_url: str) -> int:
    print(f"\n=== {name} ===", flush=True)
    variables = {key: value for key, value in os.environ.items() if key not in env.scheme}
    variables |= {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    return subprocess.run([sys.executable, "-m", "tests.bench.measure", folder], env=variables).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
