"""What `make quick` asks, of the files that it does not leave out: `pytest --quick`."""

from itertools import groupby


def chosen(items):
    """One case of each test that needs neither the whole guide nor transactions of its own."""
    cheap = [item for item in items if "guide" not in item.fixturenames and not has_own_transactions(item)]
    return [next(cases) for _, cases in groupby(cheap, key=test_of)]


def has_own_transactions(item):
    mark = item.get_closest_marker("django_db")
    return "transactional_db" in item.fixturenames or bool(mark and mark.kwargs.get("transaction"))


def test_of(item):
    """The same for all cases of it, which stand beside each other."""
    return item.parent.nodeid, getattr(item, "originalname", item.name)
