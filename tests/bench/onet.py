"""One database's part of `make bench ONET=folder`. Exits with 1 where a target is missed."""

import random
import resource
import sys
from datetime import date
from itertools import islice, pairwise
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import django

django.setup()

import networkx
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from careers.guide.models.roles import Role
from careers.occupations.models import Collection, OccupationTitle
from careers.occupations.onet.services.importing import import_onet
from careers.occupations.rules.occupations import Aim
from careers.occupations.selectors.routes import atlas
from careers.occupations.selectors.search import find_occupations
from careers.routes.rules.chains import best_chains
from tests.factories import make_role

SLICE = Path(__file__).parents[1] / "data/onet"
DAY = date(2026, 11, 22)
PAIRS, PAIRS_BESIDE = 500, 60  # networkx takes long, so fewer pairs stand beside it
PAGES = {
    "list": "/occupations/",
    "search": "/occupations/?q=clerk",
    "occupation": "/occupations/43-4051.00/",
    "plan": "/occupations/plan/?from=43-4051.00&to=13-1111.00",
}
MOST_MILLISECONDS, MOST_SECONDS = 50, 60
missed = []


def main(folder):
    call_command("migrate", verbosity=0)
    make_role(onet_code="43-4051.00")
    load(SLICE)
    Collection.objects.get().publish()
    few = {name: queries(address) for name, address in PAGES.items()}
    begun = perf_counter()
    rows = load(folder)
    target("import", perf_counter() - begun, MOST_SECONDS, "s", f"{rows:,} lines")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 * 1024 if sys.platform == "darwin" else 1024)
    begun = perf_counter()
    load(folder)
    print(f"  again, with nothing to do: {perf_counter() - begun:.1f} s; memory at most {memory} MB")
    searches()
    plans()
    pages(few)
    return 1 if missed else 0


def load(folder):
    reports = list(import_onet(folder=Path(folder), today=DAY, skip_bad=True))
    return sum(one.counts.added + one.counts.updated + one.counts.unchanged for one in reports)


def target(name, value, most, unit, note=""):
    verdict = "ok" if value <= most else "MISSED"
    print(f"{name}: {value:.1f} {unit} (target {most} {unit}, {verdict}){f', {note}' if note else ''}")
    if value > most:
        missed.append(name)


def timed(call, clock=perf_counter):
    begun = clock()
    result = call()
    return (clock() - begun) * 1000, result


def last(milliseconds):
    """The 99th percentile."""
    return sorted(milliseconds)[int(len(milliseconds) * 0.99)]


def searches():
    collection = Collection.objects.get()
    find_occupations("zzzzz", collection=collection)  # the vocabulary is read once a revision
    for kind, texts in asked().items():
        taken = [timed(lambda text=text: find_occupations(text, collection=collection))[0] for text in texts]
        note = f"{len(texts)} queries, 99th percentile {last(taken):.1f} ms"
        target(f"search, {kind}, median", median(taken), MOST_MILLISECONDS, "ms", note)


def asked():
    """What people type: titles, beginnings of titles, titles with a slip of the finger; the same in each run."""
    choose = random.Random(4)
    names = [name for name in OccupationTitle.objects.order_by("pk").values_list("title", flat=True) if len(name) < 50]
    names = choose.sample(names, 200)
    broad = ["manager", "engineer", "clerk", "nurse", "sales", "customer service", "data entry", "assistant", "teller"]
    return {
        "titles": names[:80],
        "beginnings": [name[: choose.randint(4, max(4, len(name) - 2))] for name in names[80:140]],
        "typos": [slip(name, choose) for name in names[140:]],
        "broad words": broad,
    }


def slip(name, choose):
    """`name` with a letter left out, or two exchanged."""
    place = choose.randrange(1, len(name) - 1)
    if choose.random() < 0.5:
        return name[:place] + name[place + 1 :]
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def plans():
    """Planning waits for nothing, so the processor's time is taken: what else the machine does is left out."""
    known = atlas()
    codes = sorted({code for ends in known.tiers for code in ends})
    choose = random.Random(4)
    pairs = [choose.sample(codes, 2) for _ in range(PAIRS)]
    for aim in Aim:
        network = known.networks[aim]
        taken = [
            timed(lambda chain=network, ends=ends: best_chains(chain, *ends, most=3), process_time)[0] for ends in pairs
        ]
        note = f"{PAIRS} pairs"
        target(f"plan, {aim.label.lower()}, median", median(taken), MOST_MILLISECONDS, "ms", note)
        target(f"plan, {aim.label.lower()}, 99th percentile", last(taken), MOST_MILLISECONDS, "ms", note)
        beside(network, pairs[:PAIRS_BESIDE], most=3)
        beside(network, pairs[:PAIRS_BESIDE], most=1)


def beside(network, pairs, *, most):
    """The same pairs with networkx, in the same run: how many times longer it takes for chains that cost the same."""
    graph = networkx.DiGraph()
    graph.add_weighted_edges_from((leg.start, leg.end, leg.cost) for leg in network.legs())
    ours, theirs = [], []
    for start, end in pairs:
        taken, chains = timed(lambda ends=(start, end): best_chains(network, *ends, most=most), process_time)
        ours.append(taken)
        taken, paths = timed(lambda ends=(start, end): shortest(graph, *ends, most=most), process_time)
        theirs.append(taken)
        costs = [sum(graph.edges[ends]["weight"] for ends in pairwise(path)) for path in paths]
        assert [chain.cost for chain in chains][:1] == costs[:1], (start, end)
    ratio = median(theirs) / median(ours)
    print(
        f"  beside networkx {networkx.__version__}, {len(pairs)} pairs, {most} chain{'s' * (most > 1)}: "
        f"ours {median(ours):.1f} ms, theirs {median(theirs):.1f} ms, {ratio:.1f} times as long"
    )


def shortest(graph, start, end, *, most):
    try:
        if most == 1:
            return [networkx.dijkstra_path(graph, start, end)]
        return list(islice(networkx.shortest_simple_paths(graph, start, end, weight="weight"), most))
    except networkx.NetworkXNoPath:
        return []


@override_settings(ALLOWED_HOSTS=["*"])
def queries(address):
    """How many queries the page takes that is not kept."""
    Role.objects.update(team_size="a new revision")
    Client().get("/occupations/plan/?from=x")  # what the process keeps settles
    with CaptureQueriesContext(connection) as captured:
        response = Client().get(f"{address}{'&' if '?' in address else '?'}nothing=kept")
        assert response.status_code == 200, address
    return len(captured)


@override_settings(ALLOWED_HOSTS=["*"])
def pages(few):
    for name, address in PAGES.items():
        many = queries(address)
        taken = []
        for _ in range(9):
            Role.objects.update(team_size="a new revision")
            Client().get("/occupations/plan/?from=x")
            milliseconds, response = timed(lambda page=address: Client().get(page))
            taken.append(milliseconds)
        size = len(response.content) / 1000
        print(
            f"page {name}: {median(taken):.0f} ms, {size:.0f} KB, {few[name]} queries with 14 occupations, {many} now"
        )
        if many > few[name]:
            missed.append(f"queries of {name}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
