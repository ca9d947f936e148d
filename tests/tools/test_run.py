"""What `make test` measures, and what it says at its end."""

import json
from itertools import groupby, pairwise
from types import SimpleNamespace

import pytest

from bpo_portal.env import BASE_DIR
from tests import coverage, order, quick
from tests.run import SLOWEST, Part, file_of, name_of, report


def test_the_slowest_tests_of_all_parts_are_named_with_their_seconds(capsys):
    quick = [(0.1, f"tests/test_a.py::test_{number}") for number in range(SLOWEST)]
    parts = {"SQLite": Part(0, 40, [*quick, (9, "tests/test_a.py::test_b")]), "browser": Part(1, 60, [(70, "slowest")])}
    assert report(parts, chosen=False) == 1
    heading, first, second, *others = capsys.readouterr().out.strip().splitlines()
    assert heading == f"=== the {SLOWEST} slowest tests ==="
    assert first == "  70.0 s  slowest (browser)"
    assert second == "   9.0 s  tests/test_a.py::test_b (SQLite)"
    assert others[SLOWEST - 2 :] == [
        "",
        "=== summary ===",
        "SQLite      passed, 40 s",
        "browser     FAILED (exit status 1), 60 s",
    ]


def test_a_test_is_named_as_pytest_takes_it():
    file = "tests/house/test_me.py"
    assert name_of(file=file, classname="tests.house.test_me", name="test_a[b]", time="1") == f"{file}::test_a[b]"
    assert name_of(file=file, classname="tests.house.test_me.TestX", name="test_a") == f"{file}::TestX::test_a"


class Item:
    """As much of a test as `make quick` looks at."""

    def __init__(self, name, *, fixtures=(), mark=None):
        self.name, self.fixturenames, self.mark = name, fixtures, mark
        self.originalname, self.parent = name.partition("[")[0], SimpleNamespace(nodeid="tests/many/test_costs.py")

    def get_closest_marker(self, name):
        return self.mark and self.mark.mark


def test_quick_asks_one_case_of_what_needs_little():
    own_transactions = {"transaction": True}
    items = [
        Item("test_saves[guest]", fixtures=("db", "client"), mark=pytest.mark.django_db()),
        Item("test_saves[account]", mark=pytest.mark.django_db()),
        Item("test_at_once", mark=pytest.mark.django_db(**own_transactions)),
        Item("test_in_threads", fixtures=("transactional_db",)),
        Item("test_pages_of_all", fixtures=("guide", "db")),
        Item("test_queries_do_not_grow"),
        Item("test_rule"),
    ]
    assert [item.name for item in quick.chosen(items)] == ["test_saves[guest]", "test_rule"]


def files_in_turn(tests):
    """{file: how many tests} as processes take them, one file after the other."""
    items = [
        SimpleNamespace(nodeid=f"tests/{file}.py::test_{number}")
        for file, many in tests.items()
        for number in range(many)
    ]
    taken = [item.nodeid for item in order.in_turn(items)]
    assert sorted(taken) == sorted(item.nodeid for item in items)
    files = [key for key, _ in groupby(taken, key=lambda name: name.partition(".py")[0].removeprefix("tests/"))]
    assert len(files) == len(tests), "a file stays together"
    return files


def test_what_waits_runs_beside_what_computes_and_what_is_long_does_not_begin_last():
    computes = {f"plans/test_{number}": 40 - number for number in range(20)}
    waits = {f"faults/test_{number}": 3 for number in range(8)}
    files = files_in_turn({**computes, "demo/test_load": 1, **waits, "house/test_migrations": 1})
    assert files[0] == "house/test_migrations"
    assert files.index("demo/test_load") < 4
    places = [files.index(name) for name in waits]
    assert max(later - before for before, later in pairwise(places)) <= 4
    assert [name for name in files if name in computes] == [*computes], "those with many tests come first"
    assert files[-1] in computes


def test_what_is_long_is_a_file_of_tests():
    assert [name for name in order.LONG if not (BASE_DIR / file_of(name)).is_file()] == []
    assert [name for name in order.WAITS if not [*(BASE_DIR / "tests").glob(f"{name}*")]] == []


def test_every_rule_selector_and_service_is_measured(tmp_path):
    layers = {"rules", "selectors", "services"}
    modules = [path.relative_to(BASE_DIR) for path in (BASE_DIR / "careers").rglob("*.py")]
    of_layers = {str(path) for path in modules if layers & {path.stem, path.parent.name}}
    assert len(of_layers) > 100
    assert {str(path) for path in modules if coverage.is_measured(str(path))} == of_layers
    assert coverage.FLOOR >= 97
    assert "--branch" in coverage.command(tmp_path / "x.json")


@pytest.mark.parametrize(("missing", "is_enough"), [(0, True), (3, True), (4, False)])
def test_below_the_floor_is_a_failure(tmp_path, missing, is_enough):
    measured = {
        "executed_lines": list(range(97)),
        "missing_lines": list(range(missing)),
        "executed_branches": [],
        "missing_branches": [],
    }
    nothing = {"executed_lines": [], "missing_lines": [1, 2, 3]}
    files = {"careers/plans/rules/dates.py": measured, "careers/plans/views.py": nothing}
    written = tmp_path / "coverage.json"
    written.write_text(json.dumps({"files": files}))
    assert coverage.verdict(written)[0] is is_enough
    assert coverage.taken(written) == (97, 97 + missing)
