"""`make check` ends with the longest modules, functions, templates and sheets, as lines. Nothing fails by its length.

A long file about one thing is fine, and two short ones about one thing are not: look at what grows in the list.
"""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMED = 5


def modules():
    found = [path for app in ("careers", "bpo_portal") for path in (ROOT / app).rglob("*.py")]
    return [path for path in found if "migrations" not in path.parts]


def functions():
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                yield node.end_lineno - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.name}"


def files(paths):
    for path in paths:
        yield len(path.read_text().splitlines()), str(path.relative_to(ROOT))


def say(what, lengths):
    longest = sorted(lengths, reverse=True)[:NAMED]
    print(f"Longest {what}: " + ", ".join(f"{name} {length}" for length, name in longest))


if __name__ == "__main__":
    say("modules", files(modules()))
    say("functions", functions())
    say("templates", files((ROOT / "templates").rglob("*.html")))
    say("sheets", files((ROOT / "static/css").glob("*.css")))
