"""What `make bench` found, for README.md: a table, and a picture of how pages grow with the guide.

    python -m tests.bench.report

takes the newest figures (`var/bench.json`), keeps them as `docs/performance.json`, and draws `docs/performance.svg` and
README's table from them. A test says when these are no longer that of the figures.
"""

import json
import math
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MEASURED, KEPT, PICTURE = ROOT / "var/bench.json", ROOT / "docs/performance.json", ROOT / "docs/performance.svg"
README = ROOT / "README.md"
TABLE = re.compile(r"(?<=<!-- bench -->\n).*?(?=<!-- end of bench -->)", re.DOTALL)
BASES = ("SQLite", "PostgreSQL")
ACCURACY = 3  # digits that count
Found = dict[str, Any]


def main() -> None:
    found = rounded(json.loads(MEASURED.read_text()))
    KEPT.write_text(json.dumps(found, indent=None, separators=(",", ":")).replace('{"roles":', '\n{"roles":') + "\n")
    PICTURE.write_text(picture(found))
    README.write_text(TABLE.sub(lambda _: table(found), README.read_text()))


def rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: rounded(one) for name, one in value.items()}
    if isinstance(value, list):
        return [rounded(one) for one in value]
    return float(f"{value:.{ACCURACY}g}") if isinstance(value, float) else value


ROWS: list[tuple[str, str, Callable[[Found], float], str]] = [
    ("A page that is kept, beside a bare view of 20 kB (above 1: faster)", "roles", lambda row: row["kept"], ""),
    ("“Not modified”, beside the same", "roles", lambda row: row["not modified"], ""),
    ("A guest's first save, beside a view that inserts one row", "roles", lambda row: row["a guest's first save"], ""),
    ("A guest's next save, beside the same", "roles", lambda row: row["a guest's next save"], ""),
    ("Roles, drawn anew", "roles", lambda row: row["pages"]["/roles/"]["cpu"], "ms"),
    ("A role, drawn anew", "roles", lambda row: row["pages"]["/roles/load-role-7/"]["cpu"], "ms"),
    ("Search", "roles", lambda row: row["pages"]["/search/?q=load+role+7"]["cpu"], "ms"),
    ("Index after an edit", "roles", lambda row: row["index after an edit"], "ms"),
    ("Memory of the process", "roles", lambda row: row["memory"], "MB"),
    ("“My plan”", "people", lambda row: row["pages"]["own /me/"]["cpu"], "ms"),
    ("Signing in with a wrong password", "people", lambda row: row["pages"]["a wrong password"]["cpu"], "ms"),
]


def table(found: Found) -> str:
    bases = [name for name in BASES if name in found]
    roles, people = sizes(found, "roles"), sizes(found, "people")
    lines = [f"| with {spelled(roles)} roles, or among {spelled(people)} people | {' | '.join(bases)} |"]
    lines.append("|---" * (len(bases) + 1) + "|")
    for label, part, value, unit in ROWS:
        cells = [" · ".join(shown(value(row)) for row in found[name][part]) + f" {unit}".rstrip() for name in bases]
        lines.append(f"| {label} | {' | '.join(cells)} |")
    lines += ["", f"Measured on {found['on']}: {found['machine']}."]
    return "\n".join(lines) + "\n"


def sizes(found: Found, part: str) -> list[int]:
    return [row[part] for row in found["SQLite"][part]]


def spelled(numbers: Iterable[int]) -> str:
    return " · ".join(f"{number:,}" for number in numbers)


def shown(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2g}"


LINES = {
    "Search": "/search/?q=load+role+7",
    "Roles": "/roles/",
    "Planner": "/paths/plan/?from=load-role-1&to=load-role-9",
    "Compare two": "/roles/compare/?role=load-role-7&role=load-role-8",
    "First page": "/",
    "A role": "/roles/load-role-7/",
}
LEFT, TOP, WIDTH, HEIGHT, BESIDE = 60, 40, 560, 260, 130  # in pixels, as all below
LEAST_APART = 17  # of two names
STYLE = """
text { font: 14px system-ui, sans-serif; fill: #16213a; dominant-baseline: central }
.axis { stroke: #6b7690; stroke-width: 1; fill: none }
.grid { stroke: #6b7690; stroke-width: 0.5; opacity: 0.5 }
.line { fill: none; stroke-width: 2.5 }
.c0 { stroke: #1f5fbf } .c1 { stroke: #b3261e } .c2 { stroke: #1b7f4d }
.c3 { stroke: #8a5a00 } .c4 { stroke: #7b3fb5 } .c5 { stroke: #00707d }
@media (prefers-color-scheme: dark) {
  text { fill: #dfe6f3 }
  .c0 { stroke: #8ab4f8 } .c1 { stroke: #f2938c } .c2 { stroke: #7ddba8 }
  .c3 { stroke: #f0c060 } .c4 { stroke: #cda6f5 } .c5 { stroke: #6fd3de }
}"""


def picture(found: Found) -> str:
    """Milliseconds of the processor of pages that are drawn anew, by the number of roles, on SQLite."""
    rows = found["SQLite"]["roles"]
    most = math.ceil(max(row["pages"][page]["cpu"] for row in rows for page in LINES.values()) / 10) * 10
    first, last = math.log(rows[0]["roles"]), math.log(rows[-1]["roles"])

    def across(roles: int) -> float:
        return LEFT + WIDTH * (math.log(roles) - first) / (last - first or 1)

    def up(milliseconds: float) -> float:
        return TOP + HEIGHT * (1 - milliseconds / most)

    said = f"Milliseconds of the processor for a page that is drawn anew, with {spelled(sizes(found, 'roles'))} roles"
    bottom, ends = TOP + HEIGHT, {name: rows[-1]["pages"][page]["cpu"] for name, page in LINES.items()}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + BESIDE} {bottom + 60}" role="img">',
        f"<title>{said}</title>",
        f"<desc>{'; '.join(told(name, page, rows) for name, page in LINES.items())}.</desc>",
        f"<style>{STYLE}\n</style>",
        f'<text x="{LEFT}" y="16">{said}</text>',
    ]
    for milliseconds in range(0, most + 1, 10 if most <= 60 else 20):
        y = up(milliseconds)
        parts.append(f'<path class="grid" d="M{LEFT} {y:.1f} H{LEFT + WIDTH}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y:.1f}" text-anchor="end">{milliseconds}</text>')
    parts.append(f'<path class="axis" d="M{LEFT} {TOP} V{bottom} H{LEFT + WIDTH}"/>')
    for row in rows:
        x = across(row["roles"])
        parts.append(f'<path class="axis" d="M{x:.1f} {bottom} v6"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 20}" text-anchor="middle">{row["roles"]:,}</text>')
    parts.append(f'<text x="{LEFT + WIDTH / 2:g}" y="{bottom + 44}" text-anchor="middle">roles in the guide</text>')
    places = apart({name: up(value) for name, value in ends.items()})
    for number, (name, page) in enumerate(LINES.items()):
        points = " ".join(f"{across(row['roles']):.1f},{up(row['pages'][page]['cpu']):.1f}" for row in rows)
        parts.append(f'<polyline class="line c{number}" points="{points}"/>')
        x, y = LEFT + WIDTH, places[name]
        parts.append(f'<path class="line c{number}" d="M{x + 10} {y:.1f} h18"/>')
        parts.append(f'<text x="{x + 34}" y="{y:.1f}">{name}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def told(name: str, page: str, rows: list[Found]) -> str:
    return f"{name}: {', '.join(shown(row['pages'][page]['cpu']) for row in rows)}"


def apart(places: dict[str, float]) -> dict[str, float]:
    """The same places, from the bottom up, each so far from the next that their names can be read."""
    found: dict[str, float] = {}
    free = float(TOP + HEIGHT)
    for name, place in sorted(places.items(), key=lambda one: -one[1]):
        found[name] = min(place, free)
        free = found[name] - LEAST_APART
    return found


if __name__ == "__main__":
    main()
