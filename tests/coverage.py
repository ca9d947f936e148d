"""How many lines and branches of rules, services and selectors all tests on SQLite took: measured by each `make test`.

By SlipCover, which writes what it measures into the code that runs and takes it out where it was taken, so the run
takes hardly longer. coverage.py takes nearly twice the time on Python 3.11, so it had to be asked for.
"""

import json
from pathlib import Path, PurePosixPath

LAYERS = {"rules", "services", "selectors"}
FLOOR = 97.0  # in a hundred; it only rises
# To take out what it has written it walks over every function there is: a twentieth of the time, if done often.
SELDOM = "1000"
SLIPCOVER = ["-m", "slipcover", "--branch", "--threshold", SELDOM, "--source", "careers"]
OTHER_LAYERS = ("views", "models", "forms", "admin", "migrations", "management", "templatetags", "lib")
OTHERS = [f"*/{layer}{end}" for layer in OTHER_LAYERS for end in ("/*", ".py")]  # what is measured costs time


def command(written: Path) -> list[str]:
    """What Python runs in the place of `-m pytest`. SlipCover writes its JSON to `written`."""
    return [*SLIPCOVER, "--omit", ",".join(OTHERS), "--json", "--out", str(written), "-m", "pytest"]


def is_measured(path: str) -> bool:
    module = PurePosixPath(path)
    return bool(LAYERS & {module.stem, module.parent.name})


def taken(written: Path) -> tuple[int, int]:
    """Lines and branches that were taken, and all there are, of the modules that count."""
    files = json.loads(written.read_text())["files"]
    done, left = 0, 0
    for path, one in files.items():
        if is_measured(path):
            done += len(one["executed_lines"]) + len(one.get("executed_branches", ()))
            left += len(one["missing_lines"]) + len(one.get("missing_branches", ()))
    return done, done + left


def verdict(written: Path) -> tuple[bool, str]:
    """Whether it reaches the floor, and a sentence."""
    done, every = taken(written)
    percent = done / every * 100 if every else 0.0
    sentence = f"{percent:.1f} % of {every:,} lines and branches of rules, services and selectors (floor: {FLOOR:g} %)"
    return percent >= FLOOR, sentence
