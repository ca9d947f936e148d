"""`make bench`: what pages, writes and edits cost in guides of several sizes and among ever more people, side by side,
and as JSON.

SIZE=50,1000,5000 says how many roles, PEOPLE=1000,100000 how many people; 0 leaves that part out. With ONET=folder it
measures import, search, planner and pages of a whole O*NET release instead. Each database is a temporary one: SQLite in
a file, PostgreSQL (and Redis beside it, for the smallest guide) from `tests.services`; DB=sqlite leaves these out.
"""

import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from bpo_portal.env import BASE_DIR, env
from careers.occupations.onet.selectors.files import LAYOUTS, OnetError, check_headings
from tests.bench.machine import in_words
from tests.services import Missing, free_port, postgresql, postgresql_bin, redis, redis_server

WRITTEN = BASE_DIR / "var/bench.json"
RATIOS = ("kept", "not modified", "fresh", "a guest's first save", "a guest's next save")
WITH_REDIS = "PostgreSQL and Redis"
SIZES, PEOPLE = "50,1000,5000", "1000,100000"


def main(folder: str) -> int:
    try:
        if folder:
            check_headings(Path(folder), LAYOUTS)
        programs = postgresql_bin() if os.environ.get("DB") != "sqlite" else None
        if programs and not folder:
            redis_server()
    except (OnetError, Missing) as fault:
        sys.exit(f"{fault} Of an O*NET release: make bench ONET=folder (docs/operate.md).")
    return of_release(folder, programs) if folder else of_portal(programs)


def of_release(folder: str, programs: Path | None) -> int:
    with tempfile.TemporaryDirectory() as place:
        status = of_onet("SQLite", folder, f"sqlite:///{place}/bench.sqlite3")
    if programs:
        with postgresql(programs) as url:
            status |= of_onet("PostgreSQL", folder, url)
    return status


def of_onet(name: str, folder: str, database_url: str) -> int:
    print(f"\n=== {name} ===", flush=True)
    return run("tests.bench.onet", folder, database_url).returncode


def of_portal(programs: Path | None) -> int:
    sizes, people = read_numbers("SIZE", SIZES), read_numbers("PEOPLE", PEOPLE)
    begun, found = monotonic(), {"machine": in_words(), "on": f"{datetime.now(UTC):%Y-%m-%d}"}
    found["SQLite"] = measured(sizes, people, in_sqlite)
    if programs:
        found["PostgreSQL"] = measured(sizes, people, lambda ask: in_postgresql(programs, ask))
        found[WITH_REDIS] = {"roles": [beside_redis(programs, sizes[0])] if sizes else [], "people": []}
    found["minutes"] = round((monotonic() - begun) / 60, 1)
    print(f"\n{found['machine']}; {found['minutes']} minutes in all")
    for name in ("SQLite", "PostgreSQL", WITH_REDIS):
        if name in found:
            show_roles(name, found[name]["roles"])
            show_people(name, found[name]["people"])
    WRITTEN.parent.mkdir(exist_ok=True)
    WRITTEN.write_text(json.dumps(found, indent=1))
    print(f"\nAll of it: {WRITTEN.relative_to(BASE_DIR)}. Into README.md and docs/: python -m tests.bench.report")
    return 0


def read_numbers(name: str, usual: str) -> list[int]:
    text = os.environ.get(name) or usual
    try:
        return [int(number) for number in text.split(",") if int(number)]
    except ValueError:
        sys.exit(f"{name}={text} is not understood. Write numbers: {name}={usual}")


def measured(sizes: list[int], people: list[int], in_database) -> dict:
    """A database, and a process, for each number of roles; one for all the numbers of people, which only grow."""
    return {
        "roles": [in_database(lambda url, size=size: lines_of("roles", "growth", size, url))[0] for size in sizes],
        "people": in_database(lambda url: lines_of("people", "people", ",".join(map(str, people)), url))
        if people
        else [],
    }


def in_sqlite(ask):
    with tempfile.TemporaryDirectory() as place:
        return ask(f"sqlite:///{place}/bench.sqlite3")


def in_postgresql(programs, ask):
    with postgresql(programs) as url:
        return ask(url)


def beside_redis(programs: Path, size: int) -> dict:
    """The smallest guide, where limits are counted in Redis: it holds no pages, so their number says no more."""
    port = free_port()
    with redis(redis_server(), port):
        cache_url = f"redis://127.0.0.1:{port}"
        return in_postgresql(programs, lambda url: lines_of("roles", "growth", size, url, cache_url))[0]


def lines_of(what: str, module: str, argument: object, database_url: str, cache_url: str = "") -> list[dict]:
    print(f"{argument} {what}, {database_url.partition(':')[0]}{' and Redis' if cache_url else ''} …", flush=True)
    done = run(f"tests.bench.{module}", str(argument), database_url, cache_url, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(done.returncode)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def run(
    module: str, argument: str, database_url: str, cache_url: str = "", **options: object
) -> subprocess.CompletedProcess:
    variables = {key: value for key, value in os.environ.items() if key not in env.scheme}
    variables |= {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "tests.settings", "LOG_LEVEL": "ERROR"}
    variables |= {"CACHE_URL": cache_url} if cache_url else {}
    return subprocess.run([sys.executable, "-m", module, argument], env=variables, **options)


def show_roles(name: str, rows: list[dict]) -> None:
    """A column a size; of a page milliseconds of the processor and of the clock, queries, and kilobytes."""
    if not rows:
        return
    heading(f"{name}, roles", [row["roles"] for row in rows])
    for ratio in RATIOS:
        line(f"{ratio}, in bare views", [f"{row[ratio]:.2f}" for row in rows])
    for label, unit in (("index after an edit", "ms"), ("publish, and the list", "ms"), ("memory", "MB")):
        line(label, [f"{row[label]:.1f} {unit}" for row in rows])
    show_pages(rows)


def show_people(name: str, rows: list[dict]) -> None:
    """The same of people; of what runs each day milliseconds of the clock for each of whom it is about."""
    if not rows:
        return
    heading(f"{name}, people", [row["people"] for row in rows])
    line("make_load", [f"{row['make_load']:.1f} s" for row in rows])
    for label in rows[0]["runs"]:
        line(f"{label}, each", [f"{row['runs'][label]['wall']:.3f} ms" for row in rows])
    show_pages(rows)


def show_pages(rows: list[dict]) -> None:
    for page in rows[0]["pages"]:
        line(page, [cell(row["pages"][page]) for row in rows])


def cell(cost: dict) -> str:
    times = f"{cost['cpu']:.1f} ({cost['wall']:.1f}) ms"
    return f"{times} {cost['queries']} q {cost['bytes'] / 1000:.0f} kB" if "queries" in cost else times


def heading(name: str, numbers: list[int]) -> None:
    print()
    line(f"=== {name} ===", [f"{number:,}" for number in numbers])


def line(label: str, cells: list[str]) -> None:
    print(f"{label:<52}" + "".join(f"{one:>31}" for one in cells))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
