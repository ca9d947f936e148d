"""Sheets at their largest: `pytest -m soak tests/desk/sheets/test_large.py -s`."""

import json
import subprocess
import sys

import pytest

from bpo_portal.env import BASE_DIR
from tests.browser.server import variables

pytestmark = pytest.mark.soak
MINUTE, MEMORY = 60, 400  # seconds of two processors for both steps of a sheet, megabytes
ROLES, SKILLS = 5000, 8


def test_5000_roles_with_40000_rows_take_a_minute_and_400_mb_at_most(tmp_path):
    words = [sys.executable, "-m", "tests.bench.sheets", str(ROLES), str(SKILLS)]
    done = subprocess.run(words, env=variables(tmp_path), cwd=BASE_DIR, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    steps = json.loads(done.stdout.splitlines()[-1])
    print(json.dumps(steps, indent=1))
    for name in ("new", "changed"):
        assert sum(steps[f"{step} {name}"]["of the processor"] for step in ("look at", "bring in")) <= MINUTE, name
    assert max(steps["memory of the largest process"], steps["memory of taking out"]) <= MEMORY
