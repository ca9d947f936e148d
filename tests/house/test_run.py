"""What `make test` says at its end."""

from tests.run import SLOWEST, Part, name_of, report


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
