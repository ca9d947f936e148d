"""The career map's two pictures: what holds for every network, and what the guide's own looks like."""

import json
import re
import sys
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careers.routes.map.rules.horizontal import LETTER, SMALL, WIDE, WIDEST, horizontal, small_horizontal
from careers.routes.map.rules.lanes import Lanes, count_crossings
from careers.routes.map.rules.lines import LineNetwork, Lines, Move, Station, neighbourhood
from careers.routes.map.rules.names import PLATE_WORDS, rows_of, rows_within, widest
from careers.routes.map.rules.picture import LINE
from careers.routes.map.rules.shapes import Box, crossed
from careers.routes.map.rules.vertical import WIDTH, vertical

FIXTURES = Path(__file__).parents[2] / "fixtures"
TRACKS = ("operations", "quality", "training", "workforce", "transition", "client")
# Drawing takes longer than most of what Hypothesis tries: a part of the examples that its profile asks for.
some = settings(deadline=None, max_examples=settings.default.max_examples * 2 // 5)
few = settings(deadline=None, max_examples=settings.default.max_examples // 8)
LEVELS = tuple(enumerate(("Entry", "Specialist", "Lead", "Manager", "Senior manager"), start=1))


def net(stations, moves=()):
    """Stations as (key, track, level), moves as (start, end, kind, track)."""
    return LineNetwork(
        tuple(Station(key, f"The {key}", f"/{key}", track, level) for key, track, level in stations),
        tuple(Move(*move) for move in moves),
        TRACKS,
        "operations",
        LEVELS,
    )


@st.composite
def networks(draw, most=14):
    count = draw(st.integers(1, most))
    names = st.text(alphabet="abc /", min_size=1, max_size=80).filter(str.strip)
    stations = tuple(
        Station(
            str(number),
            draw(names),
            f"/{number}",
            draw(st.sampled_from(TRACKS)),
            draw(st.integers(1, 5)),
            draw(st.integers(0, 2)),
            tuple(draw(st.lists(st.sampled_from(sorted(PLATE_WORDS)), unique=True, max_size=3))),
        )
        for number in range(count)
    )
    keys = st.integers(0, count).map(str)  # the last one is no station: a role that is gone
    moves = st.builds(Move, keys, keys, st.sampled_from(["promotion", "promotion", "lateral"]), st.sampled_from(TRACKS))
    return LineNetwork(stations, tuple(draw(st.lists(moves, max_size=count * 2))), TRACKS, "operations", LEVELS)


def assert_sound(picture, network):
    stations = picture.stations
    assert {station.key for station in stations} == {station.key for station in network.stations}
    for one, other in combinations(stations, 2):
        assert not one.label.meets(other.label), f"{one.name} lies on {other.name}"
        for mark in one.marks:
            assert not any(mark.meets(theirs) for theirs in other.marks), f"{one.key} and {other.key} are one mark"
    for station in stations:
        for mark in [mark for other in stations for mark in other.marks]:
            assert not station.label.meets(mark), f"{station.name} lies on a station"
        for line in picture.lines:
            assert not crossed(line.runs, station.label.grown(LINE / 2)), f"{line.track} runs through {station.name}"
        zone = next(zone for zone in picture.zones if zone.level == station.level)
        for box in station.marks:
            assert zone.box.x <= box.x, station.key
            assert zone.box.y <= box.y, station.key
            assert box.right <= zone.box.right, station.key
            assert box.bottom <= zone.box.bottom, station.key
        for plate in station.plates:
            assert station.label.grown(0.1).meets(plate.box)
            assert plate.box.bottom <= station.label.bottom + 0.1
            assert plate.box.y >= station.label.y - 0.1
    for point in [point for line in picture.lines for run in line.runs for point in run]:
        assert 0 <= point[0] <= picture.width
        assert 0 <= point[1] <= picture.height
    for station in stations:
        for box in (station.label, *station.marks):
            assert box.x >= 0, station.key
            assert box.y >= 0, station.key
            assert box.right <= picture.width, station.key
            assert box.bottom <= picture.height, station.key
    check_directions(picture)
    check_stops(picture, network)
    check_dots(picture, network)


def check_dots(picture, network):
    """Dots cross no name, go from station to station, and who has none is named."""
    for path in picture.sideways:
        points = corners(path)
        for station in picture.stations:
            assert not crossed([points], station.label), f"dots cross {station.name}"
        for x, y in (points[0], points[-1]):
            marks = [mark for station in picture.stations for mark in station.marks]
            assert any(Box(x, y, 0, 0).grown(0.5).meets(mark) for mark in marks), "dots begin beside a station"
    lines = Lines(network)
    assert len(picture.sideways) + len(picture.undotted) == len(lines.sideways()) + len(lines.sideways(joined=True))


def corners(path):
    return [tuple(map(float, pair.split())) for pair in re.findall(r"[MLQ]([-\d.]+ [-\d.]+)", path)]


def check_stops(picture, network):
    """Every line enters the marks of its stations, and no mark of any other."""
    at, runs = Lines(network).at, {line.track: line.runs for line in picture.lines}
    for station in picture.stations:
        for track, drawn in runs.items():
            entered = any(crossed(drawn, mark) for mark in station.marks)
            if track not in at[station.key]:
                assert not entered, f"{track} runs through {station.key}"
            elif drawn:
                assert entered, f"{track} misses {station.key}"


def check_directions(picture):
    for line in picture.lines:
        for run in line.runs:
            for (x, y), (to_x, to_y) in pairwise(run):
                across, down = abs(to_x - x), abs(to_y - y)
                assert min(across, down) < 0.01 or abs(across - down) < 0.01, f"{line.track} leans"
    for path in picture.sideways:
        for (x, y), (to_x, to_y) in pairwise(corners(path)):
            across, down = abs(to_x - x), abs(to_y - y)
            assert min(across, down) < 0.3 or abs(across - down) < 0.3, path


@some
@given(networks())
def test_the_wide_picture_is_sound(network):
    assert_sound(horizontal(network), network)


@some
@given(networks())
def test_the_narrow_picture_is_sound(network):
    assert_sound(vertical(network), network)


@some
@given(networks())
def test_the_wide_picture_is_sound_where_room_is_short(network):
    assert_sound(horizontal(network, width=1), network)


@few
@given(networks(most=40))
def test_pictures_of_many_stations_are_sound(network):
    assert_sound(vertical(network), network)
    assert_sound(horizontal(network), network)


@few
@given(networks(), st.randoms())
def test_the_order_in_which_rows_come_changes_nothing(network, random):
    stations, moves = list(network.stations), list(network.moves)
    random.shuffle(stations)
    random.shuffle(moves)
    again = replace(network, stations=tuple(stations), moves=tuple(moves))
    assert horizontal(again) == horizontal(network)
    assert vertical(again) == vertical(network)


@few
@given(networks(), st.integers(0, 14).map(str))
def test_a_neighbourhood_is_a_station_and_those_one_move_away(network, centre):
    around = neighbourhood(network, centre, most=4)
    beside = {move.end for move in network.known_moves if move.start == centre}
    beside |= {move.start for move in network.known_moves if move.end == centre}
    keys = {station.key for station in around.stations}
    assert keys <= beside | {centre}
    assert len(keys) == (min(4, len(beside) + 1) if centre in network.by_key else 0)
    assert all(centre in (move.start, move.end) for move in around.known_moves)


def test_drawing_four_times_as_many_stations_takes_some_twenty_times_as_long():
    for draw in (horizontal, vertical):
        assert calls(draw, ladders(24)) < 30 * calls(draw, ladders(6)), draw.__name__


def ladders(count):
    """Stations on all lines, each with ways up and to the next line."""
    stations = [(str(number), TRACKS[number % 6], 1 + number * 5 // count) for number in range(count)]
    moves = [(str(n), str(n + 1), "promotion", TRACKS[n % 6]) for n in range(count - 1)]
    moves += [(str(n), str(n + 3), "lateral", TRACKS[n % 6]) for n in range(count - 3)]
    return net(stations, moves)


def calls(draw, network):
    """How many functions are called; unlike seconds the same each time."""
    called = 0

    def count(*_):
        nonlocal called
        called += 1

    sys.setprofile(count)
    try:
        draw.__wrapped__(network)
    finally:
        sys.setprofile(None)
    return called


def test_without_a_station_there_is_no_picture():
    assert horizontal(net([])) is None
    assert vertical(net([])) is None


def test_a_picture_that_would_be_too_wide_to_read_is_not_drawn():
    agent = net([("agent", "operations", 1)])
    assert horizontal(agent, widest=100) is None
    assert horizontal(agent, widest=400) is not None


def test_a_role_without_a_move_has_a_station_and_no_line():
    picture = horizontal(net([("analyst", "quality", 2)]))
    (station,) = picture.stations
    assert station.level == 2
    assert not any(line.path for line in picture.lines)


def test_a_line_stops_at_its_roles_and_at_both_ends_of_its_promotions():
    lines = Lines(
        net(
            [("agent", "operations", 1), ("analyst", "quality", 2), ("manager", "operations", 4)],
            [("agent", "analyst", "promotion", "quality"), ("analyst", "manager", "promotion", "quality")],
        )
    )
    assert lines.stops["quality"] == ["agent", "analyst", "manager"]
    assert lines.stops["operations"] == ["agent", "manager"]


def test_where_lines_meet_is_an_interchange():
    picture = horizontal(
        net([("agent", "operations", 1), ("analyst", "quality", 2)], [("agent", "analyst", "promotion", "quality")])
    )
    agent, analyst = picture.stations
    assert agent.marks[0].height > agent.marks[0].width == analyst.marks[0].height


def test_sideways_moves_are_dotted_only_where_no_line_runs():
    stations = [("agent", "operations", 1), ("analyst", "quality", 2), ("trainer", "training", 2)]
    sideways = [("analyst", "trainer", "lateral", "training"), ("trainer", "analyst", "lateral", "quality")]
    assert len(horizontal(net(stations, sideways)).sideways) == 1
    joined = [*sideways, ("analyst", "trainer", "promotion", "training")]
    assert horizontal(net(stations, joined)).sideways == ()


def test_a_move_to_a_role_that_is_gone_changes_nothing():
    stations = [("agent", "operations", 1), ("lead", "operations", 3)]
    moves = [("agent", "lead", "promotion", "operations")]
    gone = [*moves, ("lead", "gone", "promotion", "quality")]
    assert Lines(net(stations, gone)).stops == {"operations": ["agent", "lead"]}
    assert horizontal(net(stations, gone)).stations == horizontal(net(stations, moves)).stations


def test_a_name_takes_two_rows_at_most_and_is_never_shortened():
    name = "Senior Associate for the Transition of Claims Handling in Several Languages"
    network = replace(net([]), stations=(Station("long", name, "/", "quality", 2),))
    (station,) = horizontal(network).stations
    assert len(station.rows) <= 2
    assert " ".join(row.words for row in station.rows) == name


@given(st.text(alphabet="ab ", max_size=80), st.integers(1, 20))
def test_rows_hold_every_letter_of_a_name(name, most):
    rows = rows_of(name, most)
    assert "".join(rows).replace(" ", "") == name.replace(" ", "")
    assert all(len(row) <= most for row in rows)


@given(st.text(alphabet="imWa ", max_size=60), st.integers(20, 300))
def test_rows_stay_within_their_room_in_a_wide_font(name, room):
    rows = rows_within(name, room)
    assert "".join(rows).replace(" ", "") == name.replace(" ", "")
    assert all(len(row) == 1 or widest(row) <= room for row in rows)


# Roles as an editor may add them: name, track, level, where from, where to.
ADDED = {
    "lead": ("Workforce Lead", "workforce", 3, "workforce-management-analyst", "operations-manager"),
    "compliance": ("Quality and Compliance Manager", "quality", 4, "quality-analyst", None),
    "coach": ("Training Manager", "training", 4, "process-trainer", None),
    "client": ("Client Services Analyst", "client", 2, "customer-service-executive", "client-relationship-manager"),
    "chat": ("Chat Support Associate", "operations", 1, None, "senior-associate"),
    "auditor": ("Quality Lead", "quality", 3, "quality-analyst", "operations-manager"),
    "director": ("Senior Operations Manager", "operations", 5, "operations-manager", None),
}
MOVER = ("Transition Analyst", "transition", 3, "subject-matter-expert", "transition-manager")


def with_role(network, key, name, track, level, start, end):
    moves = [Move(start, key, "promotion", track)] if start else []
    moves += [Move(key, end, "promotion", track)] if end else []
    station = Station(key, name, f"/{key}", track, level, 99)
    return replace(network, stations=(*network.stations, station), moves=(*network.moves, *moves))


class TestOfTheGuide:
    @pytest.fixture
    def guide(self):
        return network_of_the_guide()

    def test_both_pictures_are_sound(self, guide):
        assert_sound(horizontal(guide), guide)
        assert_sound(vertical(guide), guide)

    def test_nothing_crosses(self, guide):
        lanes = Lanes(Lines(guide))
        heights = [lanes.heights(track, lanes.order) for track in lanes.lines.stops]
        assert sum(count_crossings(one, other) for one, other in combinations(heights, 2)) == 0

    def test_operations_run_straight(self, guide):
        line = next(line for line in horizontal(guide).lines if line.track == "operations")
        assert len({y for _, y in line.runs[0]}) == 1

    def test_specialists_lie_above_feeders_below_client_leaves_downwards(self, guide):
        y = {station.key: station.y for station in horizontal(guide).stations}
        trunk = y["team-leader"]
        assert y["workforce-management-analyst"] < y["quality-analyst"] < y["process-trainer"] < trunk
        assert y["transition-manager"] < trunk < y["client-relationship-manager"]
        assert min(y["technical-support-associate"], y["data-entry-operator"], y["process-associate"]) > trunk

    def test_every_line_has_its_letter_on_a_free_stretch(self, guide):
        picture = horizontal(guide)
        assert all(line.letter for line in picture.lines)
        disc = [Box(x, y, 0, 0).grown(LETTER) for x, y in (line.letter for line in picture.lines)]
        boxes = [box for station in picture.stations for box in (station.label, *station.marks)]
        assert not any(box.meets(other) for box in boxes for other in disc)

    @pytest.mark.parametrize("draw", [horizontal, vertical])
    def test_a_sideways_move_has_dots_unless_both_roles_are_on_one_line(self, guide, draw):
        picture = draw(guide)
        lines = Lines(guide)
        assert picture.sideways
        assert {("Process Trainer", "Team Leader"), ("Data Entry Operator", "Process Associate")} <= set(
            picture.undotted
        )
        assert len(picture.sideways) + len(picture.undotted) == len(lines.sideways() + lines.sideways(joined=True))

    def test_a_feeder_joins_the_trunk_and_its_other_lines_are_met_at_the_next_station(self, guide):
        lines = Lines(guide)
        assert {"process-associate", "technical-support-associate", "medical-coder"} <= lines.feeders.keys()
        assert lines.at["process-associate"] == ("operations",)
        assert lines.at["senior-associate"] == ("operations", "quality", "training", "workforce")

    def test_many_feeders_take_no_more_width_than_one(self):
        agents = [(f"agent {number}", "operations", 1) for number in range(8)]
        lead = ("lead", "operations", 3)
        moves = [(key, "lead", "promotion", "operations") for key, _, _ in agents]
        few, many = (net([*agents[:count], lead], moves) for count in (2, 8))
        assert horizontal(many).least_width - horizontal(few).least_width < 50
        assert_sound(horizontal(many), many)

    def test_a_line_that_meets_the_trunk_nowhere_else_stops_at_the_feeder(self):
        stations = [("agent", "operations", 1), ("clerk", "operations", 1), ("lead", "operations", 3),
                    ("analyst", "quality", 2)]  # fmt: skip
        moves = [("agent", "lead", "promotion", "operations"), ("clerk", "analyst", "promotion", "quality"),
                 ("analyst", "lead", "promotion", "quality")]  # fmt: skip
        assert Lines(net(stations, moves)).at["clerk"] == ("operations", "quality"), "the lead comes after the analyst"

    @pytest.mark.parametrize("around", ["process-trainer", "quality-analyst", "team-leader", "operations-manager"])
    def test_what_lies_around_a_role_is_sound(self, guide, around):
        network = neighbourhood(guide, around)
        assert_sound(horizontal(network, width=WIDE), network)
        assert_sound(vertical(network), network)

    def test_its_names_keep_their_size_on_the_page(self, guide):
        assert horizontal(guide, width=WIDE).least_width <= WIDE, "names stay 13 px high"
        assert vertical(guide).width == WIDTH

    @pytest.mark.parametrize("key", sorted(ADDED.keys() - {"client"}))
    def test_it_stays_wide_when_a_role_is_added(self, guide, key):
        guide = with_role(guide, key, *ADDED[key])
        picture = horizontal(guide, width=WIDE)
        assert picture.least_width <= WIDE, "names stay 13 px high"
        assert_sound(picture, guide)

    @pytest.mark.parametrize("keys", ["client", "lead compliance", "lead coach client", "lead compliance coach chat",
                                      "lead compliance client director"])  # fmt: skip
    def test_with_more_roles_it_scrolls_a_little(self, guide, keys):
        for key in keys.split():
            guide = with_role(guide, key, *ADDED[key])
        picture = horizontal(guide, width=WIDE, widest=WIDEST)
        assert picture.least_width <= 1.25 * WIDE
        assert_sound(picture, guide)

    def test_what_is_too_wide_scrolls_before_it_vanishes(self, guide):
        picture = horizontal(with_role(guide, "mover", *MOVER), width=WIDE, widest=WIDEST)
        assert WIDE < picture.least_width <= 1.6 * WIDE

    def test_the_small_picture_has_a_line_from_the_first_station_to_the_highest_level_that_fits(self, guide):
        picture = small_horizontal(guide, widest=SMALL)
        keys = [station.key for station in picture.stations]
        assert picture.width <= SMALL
        assert keys[0] == "customer-service-executive"
        assert "operations-manager" in keys
        assert "data-entry-operator" not in keys, "of a line's stations at a level the first one"


@few
@given(networks(), st.integers(200, 900))
def test_a_small_picture_never_gets_wider_than_its_place(network, widest):
    picture = small_horizontal(network, widest=widest)
    assert picture is None or picture.width <= widest


def network_of_the_guide():
    roles = [row["fields"] for row in read("roles") if row["model"] == "careers.role"]
    moves = [row["fields"] for row in read("moves") if row["fields"].get("to_role")]
    return LineNetwork(
        tuple(Station(r["slug"], r["title"], f"/{r['slug']}", r["track"], r["level"], r["position"]) for r in roles),
        tuple(Move(m["from_role"][0], m["to_role"][0], m["kind"], m["track"]) for m in moves),
        TRACKS,
        "operations",
        LEVELS,
    )


def read(name):
    return json.loads((FIXTURES / f"{name}.json").read_text())
