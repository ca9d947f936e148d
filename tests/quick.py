"""What `make quick` asks, of the files that it does not leave out: `pytest --quick`."""

import re
from itertools import groupby

OF_MUCH = re.compile("grow|cost|flood|limit|guessing|longer|_time_|hundred|fifty|many|much|seconds", re.IGNORECASE)


def chosen(items):
    """One case of each test that needs neither the whole guide, nor transactions of its own, nor much of anything."""
    return [next(cases) for _, cases in groupby(filter(is_cheap, items), key=test_of)]


def is_cheap(item):
    needs_much = "guide" in item.fixturenames or OF_MUCH.search("::".join(test_of(item)).rpartition(".py")[2])
    return not needs_much and not has_own_transactions(item)


def has_own_transactions(item):
    mark = item.get_closest_marker("django_db")
    return "transactional_db" in item.fixturenames or bool(mark and mark.kwargs.get("transaction"))


def test_of(item):
    """The same for all cases of it, which stand beside each other."""
    return item.parent.nodeid, getattr(item, "originalname", item.name)
