"""`make bench`: what pages, writes and edits cost in guides of several sizes, side by side, and as JSON.

SIZE=50,1000,5000 says how many roles. With ONET=folder it measures import, search, planner and pages of a whole O*NET
release instead. Each database is a temporary one: SQLite in a file, PostgreSQL from `tests.services`; DB=sqlite leaves
the latter out.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bpo_portal.env import BASE_DIR, env
from careers.occupations.onet.selectors.files import LAYOUTS, OnetError, check_headings
from tests.services import Missing, postgresql, postgresql_bin

WRITTEN = BASE_DIR / "var/bench.json"
RATIOS = ("kept", "not modified", "a guest's first save")


def main(folder: str) -> int:
    try:
        if folder:
            check_headings(Path(folder), LAYOUTS)
        programs = postgresql_bin() if os.environ.get("DB") != "sqlite" else None
    except (OnetError, Missing) as fault:
        sys.exit(f"{fault} Of an O*NET release: make bench ONET=folder (docs/operate.md).")
    sizes = [] if folder else read_sizes(os.environ.get("SIZE") or "50,1000,5000")
    status, found = 0, {}
    with tempfile.TemporaryDirectory() as place:
        if folder:
            status = of_onet("SQLite", folder, f"sqlite:///{place}/bench.sqlite3")
        found["SQLite"] = [of_size(size, f"sqlite:///{place}/{size}.sqlite3") for size in sizes]
    if programs and folder:
        with postgresql(programs) as url:
            status |= of_onet("PostgreSQL", folder, url)
    if programs and sizes:
        found["PostgreSQL"] = [in_postgresql(size, programs) for size in sizes]
    for name, rows in found.items() if sizes else ():
        show(name, rows)
    if sizes:
        WRITTEN.parent.mkdir(exist_ok=True)
        WRITTEN.write_text(json.dumps(found, indent=1))
        print(f"\nAll of it: {WRITTEN.relative_to(BASE_DIR)}")
    return status


def read_sizes(text: str) -> list[int]:
    try:
        return [int(size) for size in text.split(",")]
    except ValueError:
        sys.exit(f"SIZE={text} is not understood. Write numbers of roles: SIZE=50,1000")


def of_onet(name: str, folder: str, database_url: str) -> int:
    print(f"\n=== {name} ===", flush=True)
    return run("tests.bench.onet", folder, database_url).returncode


def in_postgresql(size: int, programs: Path) -> dict:
    with postgresql(programs) as url:
        return of_size(size, url)


def of_size(size: int, database_url: str) -> dict:
    print(f"{size} roles …", flush=True)
    done = run("tests.bench.growth", str(size), database_url, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(done.returncode)
    return json.loads(done.stdout.splitlines()[-1])


def run(module: str, argument: str, database_url: str, **options: object) -> subprocess.CompletedProcess:
    variables = {key: value for key, value in os.environ.items() if key not in env.scheme}
    variables |= {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "tests.settings", "LOG_LEVEL": "ERROR"}
    return subprocess.run([sys.executable, "-m", module, argument], env=variables, **options)


def show(name: str, rows: list[dict]) -> None:
    """A column a size; of a page milliseconds of the processor, queries, and kilobytes."""
    print(f"\n=== {name} ===\n{'roles':<52}" + "".join(f"{row['roles']:>22,}" for row in rows))
    for ratio in RATIOS:
        print(f"{ratio + ', in bare views':<52}" + "".join(f"{row[ratio]:>22.2f}" for row in rows))
    for label, unit in (("index after an edit", "ms"), ("memory", "MB")):
        print(f"{label:<52}" + "".join(f"{row[label]:>19.1f} {unit}" for row in rows))
    for address in rows[0]["pages"]:
        costs = (row["pages"][address] for row in rows)
        cells = (f"{one['cpu']:.1f} ms {one['queries']} q {one['bytes'] / 1000:.0f} kB" for one in costs)
        print(f"{address:<52}" + "".join(f"{cell:>22}" for cell in cells))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
