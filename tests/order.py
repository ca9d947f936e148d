"""Which file of tests goes first where several processes take them, so that none of them has nothing to do.

A file that mostly waits, for processes of its own, runs beside those that compute; a long one does not begin when all
else is over. xdist asks the files with most tests first, and so the longest of all, which have three or four, last.
"""

from collections import defaultdict
from itertools import chain

# Few tests that compute long each.
LONG = [
    *("house/growth", "house/migrations", "house/untouched", "desk/drafts", "desk/marker", "guide/loading"),
    *("house/promises", "house/upgrading", "house/html", "house/words", "routes/rules_routes"),
    *("demo/demo_people", "demo/load", "people/many_people", "evidence/rules_gains"),
]
# What starts processes and waits until they have come, gone, or given up.
WAITS = ("faults/", "attacks/", "dashboard/test_print", "reminders/test_reminder_", "tools/")
EARLIER = 0.8  # of the rest's time it is spread over: what comes last is short


def in_turn(items):
    files = defaultdict(list)
    for item in items:
        files[item.nodeid.partition("::")[0]].append(item)
    waiting = [file for file in files if file.removeprefix("tests/").startswith(WAITS)]
    first = [file for name in LONG if (file := "tests/{}/test_{}.py".format(*name.split("/"))) in files]
    others = sorted(files.keys() - {*waiting, *first}, key=lambda file: (-len(files[file]), file))
    places = places_of(first + others, files) | {
        file: place * EARLIER for file, place in places_of(waiting, files).items()
    }
    return [*chain.from_iterable(files[file] for file in sorted(places, key=places.get))]


def places_of(names, files):
    """{file: how much of the tests of them all comes before its own}, from 0 to 1."""
    before, places = 0, {}
    for name in names:
        places[name] = before / sum(len(files[name]) for name in names)
        before += len(files[name])
    return places
