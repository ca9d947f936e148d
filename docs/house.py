"""Draws `docs/house.svg` from the import contracts in `pyproject.toml`: `.venv/bin/python docs/house.py`.

A floor is a line of the contract “nouns”, a room a noun on it. Beside the house stand the layers inside each room. A
test says when the drawing is no longer that of the contracts.
"""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "house.svg"
LEFT, WIDTH, FLOOR, GAP, ROOF = 40, 560, 40, 8, 70  # in pixels, as all below
LAYERS_LEFT, LAYERS_WIDTH = 660, 180
STYLE = """
text { font: 15px system-ui, sans-serif; fill: #16213a; text-anchor: middle; dominant-baseline: central }
.small { font-size: 13px }
.room { fill: #fff; stroke: #16213a; stroke-width: 1.5 }
.face { fill: #ffd98a; stroke: #16213a; stroke-width: 1.5 }
.layer { fill: #e3ecfa; stroke: #16213a; stroke-width: 1.5 }
.line { fill: none; stroke: #16213a; stroke-width: 3 }
@media (prefers-color-scheme: dark) {
  .small { fill: #dfe6f3 }
  .line { stroke: #dfe6f3 }
}"""


def contract(name):
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return next(one for one in contracts if one["id"] == name)


def floors(name):
    """[[(room, whether it may be missing)]] of a contract, from the top down."""
    lines = [[room.strip() for room in line.split("|")] for line in contract(name)["layers"]]
    return [[(room.strip("()"), room.startswith("(")) for room in rooms] for rooms in lines]


def picture():
    nouns, layers = floors("nouns"), floors("layers")
    top, eaves = ROOF + GAP, ROOF + GAP // 2
    bottom = top + len(nouns) * (FLOOR + GAP)
    beside = bottom - len(layers) * (FLOOR + GAP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 880 {bottom + 50}" role="img">',
        "<title>The house: nouns by the line they stand on, and the layers inside each</title>",
        f"<desc>From the top: {'; '.join(' and '.join(room for room, _ in floor) for floor in nouns)}.</desc>",
        f"<style>{STYLE}\n</style>",
        f'<path class="line" d="M{LEFT - 24} {eaves} L{LEFT + WIDTH / 2:g} 8 L{LEFT + WIDTH + 24} {eaves} Z"/>',
        f'<text class="small" x="{LEFT + WIDTH / 2:g}" y="{top - 26}">careers/: imports point down</text>',
        *stack(nouns, top, LEFT, WIDTH, lambda is_face: "face" if is_face else "room"),
        f'<path class="line" d="M{LEFT - 24} {bottom} H{LAYERS_LEFT + LAYERS_WIDTH + 24}"/>',
        f'<text class="small" x="{LAYERS_LEFT + LAYERS_WIDTH / 2:g}" y="{beside - 20}">inside each noun</text>',
        *stack(layers, beside, LAYERS_LEFT, LAYERS_WIDTH, lambda _: "layer"),
        f'<text class="small" x="440" y="{bottom + 24}">'
        "What stands on one line does not know each other. Yellow: what Django and allauth look for by name.</text>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def stack(lines, top, left, width, kind_of):
    for number, rooms in enumerate(lines):
        each = (width - GAP * (len(rooms) - 1)) / len(rooms)
        y = top + number * (FLOOR + GAP)
        for place, (name, may_be_missing) in enumerate(rooms):
            x = left + place * (each + GAP)
            kind = kind_of(may_be_missing)
            yield f'<rect class="{kind}" x="{x:g}" y="{y}" width="{each:g}" height="{FLOOR}" rx="4"/>'
            yield f'<text x="{x + each / 2:g}" y="{y + FLOOR / 2:g}">{name}</text>'


if __name__ == "__main__":
    PICTURE.write_text(picture())
