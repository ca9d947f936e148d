"""Time zones as people know them: by country and city, with how far they are from Greenwich on a day.

The list comes from the tz database's own table of countries, which names one or more zones for each.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from careers.lib.days import day_in_words

ELSEWHERE = "Other"


def zone_of(*keys: str) -> ZoneInfo:
    """The first that this machine knows, else UTC: what is stored may be older than its list.

    >>> zone_of("Asia/Nowhere", "", "../x", "Asia/Manila").key
    'Asia/Manila'
    """
    for key in filter(None, keys):
        try:
            return ZoneInfo(key)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return ZoneInfo("UTC")


def day_in(moment: datetime, zone: tzinfo) -> date:
    """The day on which it falls there; at the ends of the calendar, where there is none, its own.

    >>> day_in(datetime(2026, 12, 12, 1, 30, tzinfo=UTC), zone_of("Pacific/Honolulu"))
    datetime.date(2026, 12, 11)
    """
    try:
        return moment.astimezone(zone).date()
    except OverflowError:
        return moment.date()


def is_zone(key: str) -> bool:
    return key in known_zones()


@cache
def known_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def city(key: str) -> str:
    """
    >>> city("America/Argentina/Buenos_Aires"), city("UTC")
    ('Buenos Aires', 'UTC')
    """
    return key.rpartition("/")[2].replace("_", " ")


def offset_in_words(offset: timedelta | None) -> str:
    """
    >>> [offset_in_words(timedelta(minutes=minutes)) for minutes in (480, 330, 0, -210)]
    ['GMT+8', 'GMT+5:30', 'GMT', 'GMT−3:30']
    """
    minutes = round((offset or timedelta()).total_seconds() / 60)
    if not minutes:
        return "GMT"
    hours, rest = divmod(abs(minutes), 60)
    return f"GMT{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}"


def zone_in_words(key: str, at: datetime) -> str:
    """
    >>> zone_in_words("Asia/Manila", datetime(2026, 12, 12, tzinfo=UTC)), zone_in_words("UTC", datetime.now(UTC))
    ('Manila time (GMT+8)', 'UTC')
    """
    if key == "UTC":
        return "UTC"
    return f"{city(key)} time ({offset_in_words(at.astimezone(zone_of(key)).utcoffset())})"


@cache
def countries() -> dict[str, str]:
    """{zone: country}; of several countries with one zone each has its own name for it."""
    tables = files("tzdata") / "zoneinfo"
    names = dict(rows((tables / "iso3166.tab").read_text(encoding="utf-8"), 0, 1))
    return {zone: names[code] for code, zone in rows((tables / "zone.tab").read_text(encoding="utf-8"), 0, 2)}


def rows(table: str, first: int, second: int) -> list[tuple[str, str]]:
    lines = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return [(line[first], line[second]) for line in lines]


@cache
def zone_groups() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Choices by region and then by the country's word, so that typing a country finds it."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for zone, country in countries().items():
        if zone in known_zones():
            groups.setdefault(zone.partition("/")[0], []).append((zone, f"{country}: {city(zone)}"))
    groups[ELSEWHERE] = [("UTC", "UTC (Greenwich, no summer time)")]
    return tuple(
        (region, tuple(sorted(options, key=lambda option: option[1])))
        for region, options in sorted(groups.items(), key=lambda group: (group[0] == ELSEWHERE, group[0]))
    )


@dataclass(frozen=True)
class Turn:
    """Clocks go from one time to another, both as they read at that place and moment."""

    before: datetime
    after: datetime


def turn_near(day: date, zone: ZoneInfo) -> Turn | None:
    """The change of clocks within a day of noon on `day`, found by halving; None where there is none."""
    noon = datetime.combine(day, time(12), tzinfo=UTC)
    early, late = noon - timedelta(hours=30), noon + timedelta(hours=30)
    first, last = offset_at(early, zone), offset_at(late, zone)
    if first == last:
        return None
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) / 2
        early, late = (middle, late) if offset_at(middle, zone) == first else (early, middle)
    moment = late.replace(microsecond=0, tzinfo=None)
    return Turn(moment + first, moment + last)


def offset_at(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


@dataclass(frozen=True)
class LocalTime:
    """The time of a clock on a wall as a moment of UTC; `problem` if no clock says it, `note` if one does twice."""

    at: datetime | None
    problem: str = ""
    note: str = ""


def local_time(day: date, clock: time, key: str) -> LocalTime:
    """A time that comes twice is the earlier one.

    >>> local_time(date(2026, 3, 29), time(2, 30), "Europe/Berlin").problem
    'On 29 March 2026 clocks in Berlin go from 02:00 to 03:00; 02:30 does not exist that day. Write another time.'
    """
    zone, naive = zone_of(key), datetime.combine(day, clock)
    local = naive.replace(tzinfo=zone)
    at = local.astimezone(UTC)  # else a time that comes twice would not equal the same moment elsewhere
    if local.utcoffset() == local.replace(fold=1).utcoffset():
        return LocalTime(at)
    if at.astimezone(zone).replace(tzinfo=None) == naive:
        return LocalTime(at, note=f"{clock:%H:%M} comes twice that day in {city(key)}. We took the earlier one.")
    return LocalTime(None, problem=missing_in_words(naive, city(key), turn_near(day, zone)))


def missing_in_words(naive: datetime, place: str, turn: Turn | None) -> str:
    if turn is None:
        return f"{naive:%H:%M} does not exist in {place} on {day_in_words(naive)}. Write another time."
    return (
        f"On {day_in_words(naive)} clocks in {place} go from {turn.before:%H:%M} to {turn.after:%H:%M}; "
        f"{naive:%H:%M} does not exist that day. Write another time."
    )
