from hypothesis import given
from hypothesis import strategies as st

from careers.planning.linemap import Station, line_map

TRACKS = ["operations", "quality", "training", "workforce", "transition", "client"]
stations = st.lists(
    st.builds(
        Station,
        name=st.text(alphabet="ab ", min_size=1, max_size=30).filter(str.strip),
        url=st.just("/"),
        track=st.sampled_from(TRACKS),
        level=st.integers(1, 5),
    ),
    max_size=12,
)


def test_without_a_trunk_there_is_no_map():
    assert line_map([Station("Quality Analyst", "/", "quality", 2)], trunk="operations") is None


def test_a_line_leaves_the_trunk_one_level_below_its_first_station():
    drawn = line_map(
        [Station("Agent", "/a", "operations", 1), Station("Quality Analyst", "/q", "quality", 2)], trunk="operations"
    )
    trunk, quality = drawn.stations
    assert quality.y < trunk.y
    assert drawn.lines[1].path.startswith(f"M{trunk.x} -10H")
    assert (trunk.above, trunk.below) == (10, 0)


def test_lines_to_the_last_level_take_both_sides():
    given = [Station("Agent", "/", "operations", 1), Station("A", "/", "client", 2), Station("B", "/", "transition", 2)]
    _, up, down = line_map(given, trunk="operations").stations
    assert up.y < 0 < down.y


def test_a_long_name_breaks_into_rows():
    drawn = line_map([Station("Customer Service Executive", "/", "operations", 1)], trunk="operations")
    assert drawn.stations[0].rows == ("Customer", "Service", "Executive")


@given(stations)
def test_stations_never_lie_upon_each_other_or_outside_the_picture(given_stations):
    drawn = line_map(given_stations, trunk="operations")
    if drawn is None:
        return
    places = [(station.x, station.y) for station in drawn.stations]
    assert len(set(places)) == len(places)
    assert all(0 < x < drawn.width and drawn.top < y < drawn.top + drawn.height for x, y in places)


@given(stations)
def test_every_line_ends_at_a_station(given_stations):
    drawn = line_map(given_stations, trunk="operations")
    if drawn is None:
        return
    for line in drawn.lines[1:]:
        (station,) = [station for station in drawn.stations if station.track == line.track]
        assert line.path.endswith(f" {station.y}H{station.x}")
