"""Calendar files of any text and any time."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Alarm, Calendar, Event, vText

from careers.calendars.rules import (
    CATEGORIES,
    NUMBERED_FROM,
    Entry,
    calendar,
    clock_in,
    end_of,
    entry_digest,
    next_sequence,
    plain,
)
from careers.calendars.rules import event as written
from careers.plans.rules.dates import Kind

zones = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
moments = st.datetimes(timezones=zones).filter(lambda moment: 1 < moment.year < 9999)
texts = st.text(st.characters(codec="utf-8"), max_size=120) | st.text(max_size=120)
entries = st.builds(
    Entry,
    kind=st.sampled_from(list(CATEGORIES)),
    uid=st.uuids().map(str),
    sequence=st.integers(0, 10**6),
    rings=st.booleans(),
    changed_at=moments,
    begins=moments | st.dates(),
    title=texts,
    url=st.just("https://portal.example/me/plans/1/"),
    text=texts,
    place=texts,
    minutes=st.none() | st.integers(0, 32767),
)


texts_with_signs = st.text(r"\nN;,:" + "\n", max_size=12)
with_signs = st.builds(replace, entries, title=texts_with_signs, text=texts_with_signs, place=texts_with_signs)


@given(st.lists(entries | with_signs, max_size=3))
def test_what_was_written_is_read_back(entries):
    packed = calendar(entries)
    assert packed == calendar(entries)
    assert all(len(line) <= 75 for line in packed.split(b"\r\n"))
    assert b"\n" not in packed.replace(b"\r\n", b"")
    packed.decode()
    events = Calendar.from_ical(packed).walk("VEVENT")
    assert len(events) == len(entries)
    for entry, event in zip(entries, events, strict=True):
        assert event["uid"] == f"{entry.kind}-{entry.uid}@bpo-careers"
        assert event["sequence"] == entry.sequence
        assert alarms_of(event) == wanted_alarms(entry)
        assert same(event["dtstart"].dt, entry.begins)
        assert event["summary"] == plain(entry.title)
        assert event.get("description", "") == plain(entry.text)
        assert event.get("location", "") == plain(entry.place)


def alarms_of(event):
    """How long before or after its beginning it rings."""
    return [alarm["trigger"].dt for alarm in event.walk("VALARM")]


def wanted_alarms(entry):
    """A day before, a certificate also thirty: an exam at its hour, a day at nine in the morning."""
    nine = timedelta() if isinstance(entry.begins, datetime) else timedelta(hours=9)
    days = ([30] if entry.kind == Kind.LAPSE else []) + [1]
    return [nine - timedelta(days=number) for number in days] if entry.rings else []


class Text(vText):
    r"""The library would make a new line of a written `\N`."""

    def to_ical(self):
        escaped = str(self).replace("\\", r"\\").replace(";", r"\;").replace(",", r"\,").replace("\n", r"\n")
        return escaped.encode()


def by_the_library(entry):
    begins, ends = (day.astimezone(UTC) if isinstance(day, datetime) else day for day in (entry.begins, end_of(entry)))
    made = Event()
    made.add("uid", f"{entry.key}@bpo-careers")
    made.add("sequence", entry.sequence)
    for name in ("dtstamp", "last-modified"):
        made.add(name, entry.changed_at.astimezone(UTC))
    made.add("dtstart", begins)
    if ends:
        made.add("dtend", ends)
    for name, text in (("summary", entry.title), ("description", entry.text), ("location", entry.place)):
        if text or name == "summary":
            made.add(name, Text(plain(text)))
    made.add("categories", [CATEGORIES[entry.kind]])
    made.add("url", entry.url)
    made.add("transp", "OPAQUE" if isinstance(entry.begins, datetime) else "TRANSPARENT")
    for before in wanted_alarms(entry):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", Text(plain(entry.title)))
        alarm.add("trigger", before)
        made.add_component(alarm)
    return made.to_ical()


long = st.text("ab\\^,é日", max_size=300)


@given(entries | with_signs | st.builds(replace, entries, title=long, text=long))
def test_an_event_is_written_as_the_library_would(entry):
    assert written(entry) == by_the_library(entry)


def shown(entry):
    return calendar([replace(entry, sequence=0, changed_at=NUMBERED_FROM)])


@given(entries, entries, st.sampled_from(fields(Entry)))
def test_the_digest_tells_what_a_calendar_would_show_otherwise(one, other, field):
    """Any one field of another entry put into this one: where that changes a byte, it changes the digest."""
    changed = replace(one, **{field.name: getattr(other, field.name)})
    is_other = shown(changed) != shown(one)
    assert (entry_digest(changed) != entry_digest(one)) == is_other
    assert not (is_other and field.name in ("sequence", "changed_at"))


@given(st.integers(0, 2**31 - 2), moments)
def test_the_next_number_is_always_higher(last, now):
    assert next_sequence(last, now) > last


def same(read, begins):
    if isinstance(begins, datetime):
        return read == begins.astimezone(UTC).replace(microsecond=0)
    return read == begins and not isinstance(read, datetime)


@given(st.datetimes(timezones=st.just(UTC)), st.text(max_size=30))
def test_no_moment_and_no_name_of_a_zone_stops_it(moment, zone):
    assert isinstance(clock_in(moment, zone), str)


@given(st.dates())
def test_a_day_ends_on_the_next(day):
    entry = Entry(Kind.STEP, "1", day, "Read", "https://portal.example/")
    (event,) = Calendar.from_ical(calendar([entry])).walk("VEVENT")
    if day < date.max:
        assert event["dtend"].dt - day == timedelta(days=1)
    else:
        assert "dtend" not in event
