"""Dates in a person's own calendar: read back by icalendar, by a second library and by a reader of our own."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Replace
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from careers.calendars.models import CalendarEvent, CalendarFeed
from careers.calendars.rules import calendar
from careers.calendars.services import NOTED_EVERY, entries_of, listed_from, make_feed, note_fetched
from careers.guide.models.certifications import Certification
from careers.lib.texts import plain_line
from careers.plans.models import PlanStep
from careers.plans.services.plans import change_status
from tests import factories as make
from tests.house.test_concurrency import at_once
from tests.queries import queries_of, queries_of_page

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
EXAM = datetime(2026, 12, 12, 9, 30, tzinfo=ZoneInfo("Asia/Manila"))
ZONES = ["Pacific/Auckland", "Asia/Manila", "Asia/Kolkata", "Europe/London", "America/New_York", "Pacific/Honolulu"]
HOSTILE = [
    "Belt; DTSTART:19990101",
    "Line\r\nBEGIN:VEVENT\r\nSUMMARY:Another",
    'Back\\slash, comma; colon: “quotes” "too"',
    "😀" * 40,
    "e\u0301" * 60,
    "\u202egnirts",
    "<script>alert(1)</script>",
    "BEGIN:VALARM",
]


def book(plan, *, at=EXAM, zone="Asia/Manila", now=NOW, **fields):
    change_status(plan, "booked", exam_at=at, exam_zone=zone, now=now, **fields)


def lines_of(packed):
    """An own, strict reader of RFC 5545: CRLF, at most 75 octets, UTF-8 that no fold cuts; the unfolded lines."""
    assert packed.endswith(b"\r\n")
    assert b"\n" not in packed.replace(b"\r\n", b"")
    assert b"\r" not in packed.replace(b"\r\n", b"")
    lines = []
    for raw in packed[:-2].split(b"\r\n"):
        assert 0 < len(raw) <= 75
        text = raw.decode("utf-8")
        if text[0] in " \t":
            lines[-1] += text[1:]
        else:
            lines.append(text)
    return lines


def events_by_hand(packed):
    """[{name: value}] of the events; parameters stay with the name."""
    events, stack = [], []
    for line in lines_of(packed):
        name, value = line.split(":", 1)
        if name == "BEGIN":
            stack.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            assert stack.pop() == value
        elif stack[-1] == "VEVENT":
            assert name not in events[-1], f"{name} stands twice"
            events[-1][name] = value
    assert stack == []
    return events


def unescaped(value):
    signs, text = iter(value), ""
    for sign in signs:
        text += {"n": "\n", "N": "\n"}.get(escaped := next(signs), escaped) if sign == "\\" else sign
    return text


def read_all(packed):
    """[(uid, sequence, start, end, summary)], the same by three readers."""
    first = [of_icalendar(one) for one in Calendar.from_ical(packed).walk("VEVENT")]
    second = [of_vobject(one) for one in vobject.readOne(packed.decode()).contents.get("vevent", [])]
    third = [of_hand(one) for one in events_by_hand(packed)]
    assert first == second == third
    return first


def of_icalendar(one):
    end = one["dtend"].dt if "dtend" in one else None
    return str(one["uid"]), int(one["sequence"]), one["dtstart"].dt, end, str(one["summary"])


def of_vobject(one):
    end = one.dtend.value if hasattr(one, "dtend") else None
    return one.uid.value, int(one.sequence.value), aware(one.dtstart.value), aware(end), one.summary.value


def aware(value):
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def of_hand(one):
    return one["UID"], int(one["SEQUENCE"]), when(one, "DTSTART"), when(one, "DTEND"), unescaped(one["SUMMARY"])


def when(one, name):
    if f"{name};VALUE=DATE" in one:
        return date.fromisoformat(one[f"{name};VALUE=DATE"])
    return datetime.strptime(one[name], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) if name in one else None


def written(profile, now=NOW, site="https://portal.example"):
    return calendar(entries_of(profile, site=site, now=now))


def at(feed, now, **options):
    return written(feed.profile, now, **options)


def versions(packed):
    """{uid: (sequence, last change, stamp, all else)}."""
    found = {}
    for one in events_by_hand(packed):
        new = int(one.pop("SEQUENCE")), one.pop("LAST-MODIFIED"), one.pop("DTSTAMP")
        found[one.pop("UID")] = (*new, one)
    return found


def edit(**fields):
    """As HR does; “Certification 3” becomes “Another 3”."""

    def edited(profile):
        Certification.objects.update(title=Replace("title", Value("Certification"), Value("Another")), **fields)

    return edited


def steps_of(profile):
    return PlanStep.objects.filter(plan__profile=profile)


# What may change what a date says: HR, the person, the portal itself.
CAUSES = {
    "a renamed certification": edit(),
    "another issuer": edit(issuer="Another issuer"),
    "a page that is archived": edit(status="archived"),
    "a plan's own name": lambda profile: profile.certification_plans.filter(certification=None).update(title="Mine"),
    "a certificate's own name": lambda profile: profile.certificates.filter(certification=None).update(title="Mine"),
    "a renamed step": lambda profile: steps_of(profile).update(title="Another step"),
    "another day": lambda profile: steps_of(profile).update(due_on=date(2029, 1, 1)),
    "another place": lambda profile: profile.certification_plans.update(exam_place="Elsewhere"),
    "another link": lambda profile: profile.certification_plans.update(exam_url="https://example.org/"),
    "another length": lambda profile: profile.certification_plans.exclude(exam_at=None).update(exam_minutes=90),
    "another zone": lambda profile: profile.certification_plans.exclude(exam_at=None).update(exam_zone="Asia/Kolkata"),
    "a certificate whose plan is gone": lambda profile: profile.certification_plans.exclude(
        held_certificate=None
    ).delete(),
    "alarms": lambda profile: profile.reminder_settings.create(in_calendar=True),
    "the portal's address": None,
}


@pytest.fixture
def every_date(guest):
    """Of the guide and of one's own: an exam, a step, a certificate with its plan and one without."""
    profile = guest.profile
    for plan in (make.make_plan(profile), make.make_plan(profile, title="Own", issuer="School")):
        plan.steps.create(position=1, title="Read", due_on=date(2028, 2, 29))
        book(plan)
        held = make.make_held(profile, expires_on=date(2027, 3, 28))
        make.make_plan(profile, held.certification, status="passed", held_certificate=held)
    make.make_held(profile, title="First aid", expires_on=date(2027, 3, 28))
    return make_feed(profile=profile)[0]


@pytest.fixture
def feed(guest):
    """Of a guest with an exam, a step that is due and a certificate that lapses."""
    plan = make.make_plan(guest.profile, title="Six Sigma Yellow Belt", issuer="ASQ")
    plan.steps.create(position=1, title="Practice paper", due_on=date(2028, 2, 29))
    book(plan, exam_minutes=138, exam_place="Test centre, Makati")
    make.make_held(guest.profile, title="First aid", expires_on=date(2027, 3, 28))
    return make_feed(profile=guest.profile)[0]


def address(feed):
    return reverse("calendar-feed", args=[feed.token])


@pytest.mark.django_db
class TestWhatStandsInIt:
    def test_three_kinds_of_dates_as_three_readers_read_them(self, feed):
        exam, step, lapse = read_all(written(feed.profile))
        start = EXAM.astimezone(UTC)
        assert exam[2:] == (start, start + timedelta(minutes=138), "Exam: Six Sigma Yellow Belt")
        assert step[2:] == (date(2028, 2, 29), date(2028, 3, 1), "Due: Practice paper")
        assert lapse[2:] == (date(2027, 3, 28), date(2027, 3, 29), "Last valid day: First aid")
        assert [one[0].split("-")[0] for one in (exam, step, lapse)] == ["exam", "step", "lapse"]

    def test_says_where_and_what_the_clock_shows_there(self, feed):
        exam = Calendar.from_ical(written(feed.profile)).walk("VEVENT")[0]
        page = reverse("plan-read", args=[feed.profile.certification_plans.get().pk])
        assert exam["location"] == "Test centre, Makati"
        assert exam["description"] == "There: Saturday, 12 December 2026, 09:30 (Asia/Manila)\nASQ"
        assert exam["url"] == f"https://portal.example{page}"
        assert exam["transp"] == "OPAQUE"

    def test_an_exam_of_unknown_length_has_no_end(self, guest):
        book(make.make_plan(guest.profile))
        (exam,) = read_all(written(guest.profile))
        assert exam[3] is None

    def test_a_file_says_whose_program_wrote_it_and_when_to_ask_again_and_rings_nothing(self, feed):
        lines = lines_of(written(feed.profile))
        assert lines[0] == "BEGIN:VCALENDAR"
        assert {"VERSION:2.0", "X-WR-CALNAME:BPO Careers: My plan", "NAME:BPO Careers: My plan"} <= set(lines)
        assert {"REFRESH-INTERVAL;VALUE=DURATION:PT4H", "X-PUBLISHED-TTL:PT4H"} <= set(lines)
        assert any(line.startswith("PRODID:") for line in lines)
        assert not any("VALARM" in line for line in lines)

    def test_without_dates_it_is_a_calendar_all_the_same(self, guest):
        assert read_all(written(guest.profile)) == []

    @pytest.mark.parametrize("status", ["planned", "studying", "not_passed"])
    def test_steps_of_an_open_plan_are_due(self, guest, status):
        plan = make.make_plan(guest.profile, status=status, started_on=date(2026, 1, 1))
        plan.steps.create(position=1, title="Read", due_on=date(2026, 12, 1))
        assert len(read_all(written(guest.profile))) == 1

    def test_what_is_done_dropped_or_without_a_day_is_left_out(self, guest):
        plan = make.make_plan(guest.profile)
        plan.steps.create(position=1, title="Done", due_on=date(2026, 12, 1), done_on=date(2026, 11, 1))
        plan.steps.create(position=2, title="Some day")
        dropped = make.make_plan(guest.profile, status="dropped")
        dropped.steps.create(position=1, title="Read", due_on=date(2026, 12, 1))
        make.make_held(guest.profile)
        assert read_all(written(guest.profile)) == []

    @pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
    def test_no_title_breaks_out_of_its_event(self, guest, text):
        plan = make.make_plan(guest.profile, title=text[:120], issuer=text[:120])
        plan.steps.create(position=1, title=text, due_on=date(2026, 12, 1))
        book(plan, exam_place=text)
        exam, step = read_all(written(guest.profile))
        assert exam[4] == f"Exam: {plain_line(text)}"
        assert step[4] == f"Due: {plain_line(text)}"

    def test_days_at_the_end_of_time_are_written_without_an_end(self, guest):
        plan = make.make_plan(guest.profile)
        plan.steps.create(position=1, title="Wait", due_on=date.max)
        plan.steps.create(position=2, title="Look back", due_on=date.min)
        assert [one[2:4] for one in read_all(written(guest.profile))] == [
            (date.max, None),
            (date.min, date(1, 1, 2)),
        ]

    def test_another_persons_dates_are_not_in_it(self, feed):
        assert read_all(written(make.make_profile())) == []


@pytest.mark.django_db
class TestMoving:
    def test_a_moved_exam_is_the_same_event_with_a_higher_number(self, guest):
        plan = make.make_plan(guest.profile)
        book(plan)
        (before,) = read_all(written(guest.profile))
        book(plan, at=EXAM + timedelta(days=7), now=NOW + timedelta(days=1))
        (after,) = read_all(written(guest.profile))
        assert after[0] == before[0]
        assert after[1] > before[1]
        assert after[2] - before[2] == timedelta(days=7)

    def test_a_cancelled_exam_vanishes(self, guest):
        plan = make.make_plan(guest.profile)
        book(plan)
        change_status(plan, "studying", started_on=date(2026, 11, 1), now=NOW)
        assert read_all(written(guest.profile)) == []

    def test_nothing_changed_is_the_same_file_to_the_byte_and_writes_nothing(self, feed):
        first = at(feed, NOW)
        with CaptureQueriesContext(connection) as queries:
            assert at(feed, NOW + timedelta(days=9)) == first
        assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)

    @pytest.mark.parametrize("cause", CAUSES)
    def test_whatever_changes_what_a_date_says_makes_it_newer(self, every_date, cause):
        """And what a change leaves as it is, stays to the byte."""
        site, seen = "https://portal.example", [versions(at(every_date, NOW))]
        if cause == "the portal's address":
            site = "https://other.example"
        else:
            CAUSES[cause](every_date.profile)
        for minutes in (0, 0, 5):
            seen.append(versions(at(every_date, NOW + timedelta(minutes=minutes), site=site)))
        before, after, *later = seen
        assert later == [after, after]
        differing = [uid for uid in before if before[uid] != after[uid]]
        assert differing
        for uid in differing:
            assert all(new > old for old, new in zip(before[uid][:3], after[uid][:3], strict=True))
            assert before[uid][3] != after[uid][3] or cause == "alarms"

    def test_a_date_that_comes_back_is_newer_than_when_it_went(self, guest):
        """Also after what was told of it is forgotten, and with no time between."""
        plan = make.make_plan(guest.profile)
        seen, moment = [], NOW
        for number in range(4):
            book(plan, at=EXAM + timedelta(days=number))
            seen.append(read_all(written(guest.profile, moment))[0][1])
            change_status(plan, "studying", started_on=date(2026, 11, 1), now=NOW)
            make.make_held(guest.profile, title=f"Other {number}", expires_on=date(2027, 1, 1))
            moment += timedelta(days=number)
            written(guest.profile, moment)
        assert seen == sorted(set(seen))
        assert not CalendarEvent.objects.filter(uid=f"exam-{plan.uid}").exists()

    @pytest.mark.any_database
    @pytest.mark.parametrize(
        "zone",
        ZONES,
    )
    def test_the_year_through_the_clock_there_shows_what_was_booked(self, guest, zone):
        plan = make.make_plan(guest.profile)
        there = ZoneInfo(zone)
        for number in range(0, 366, 15):
            at = datetime(2028, 1, 1, 9, 30, tzinfo=there) + timedelta(days=number)
            book(plan, at=at, zone=zone, exam_minutes=60)
            ((_, _, start, end, _),) = read_all(written(guest.profile))
            assert start.astimezone(there).replace(tzinfo=None) == at.replace(tzinfo=None)
            assert end - start == timedelta(hours=1)


@pytest.mark.django_db
class TestAddress:
    def test_a_program_without_cookies_gets_the_dates(self, feed):
        response = Client().get(address(feed))
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert len(read_all(response.content)) == 3
        assert response["Cache-Control"] == "private, no-cache"
        assert "Cookie" not in response.get("Vary", "")
        assert not response.cookies

    def test_what_has_not_changed_is_not_sent_again(self, feed):
        first = Client().get(address(feed))
        again = Client().get(address(feed), headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        plan = feed.profile.certification_plans.get()
        book(plan, at=EXAM + timedelta(days=1))
        assert Client().get(address(feed), headers={"If-None-Match": first["ETag"]}).status_code == 200

    def test_is_only_read(self, feed):
        assert Client().post(address(feed)).status_code == 405
        head = Client().head(address(feed))
        assert (head.status_code, head.content) == (200, b"")
        feed.refresh_from_db()
        assert feed.opened_at is None
        get = Client().get(address(feed))
        assert head.headers == get.headers
        assert head["ETag"].startswith('"')
        again = Client().head(address(feed), headers={"If-None-Match": head["ETag"]})
        assert (again.status_code, again["ETag"]) == (304, head["ETag"])

    def test_links_begin_as_the_operator_says_by_whichever_name_a_program_asks(self, feed, settings):
        settings.ALLOWED_HOSTS = ["*"]
        names = [Client(SERVER_NAME=name).get(address(feed)).content for name in ("one.example", "two.example")]
        assert names[0] != names[1]
        settings.SITE_URL_SET = "https://portal.example"
        one, other = [Client(SERVER_NAME=name).get(address(feed)).content for name in ("one.example", "two.example")]
        assert one == other
        assert b"URL:https://portal.example/me/" in one.replace(b"\r\n ", b"")

    def test_two_names_of_one_portal_tell_no_news_of_each_other(self, feed, settings):
        """Where the operator sets no address. Setting one is news, once: it stands in every link."""
        settings.ALLOWED_HOSTS = ["*"]

        def told(name):
            answer = Client(SERVER_NAME=name).get(address(feed)).content
            assert f"URL:http://{name}/me/".encode() in answer.replace(b"\r\n ", b"") or settings.SITE_URL_SET
            return [version[:3] for version in versions(answer).values()]

        first = told("one.example")
        with CaptureQueriesContext(connection) as queries:
            assert [told("two.example"), told("one.example")] == [first, first]
        assert all(query["sql"].startswith("SELECT") for query in queries if "calendarfeed" not in query["sql"])
        settings.SITE_URL_SET = "https://portal.example"
        once = told("one.example")
        assert all(new[0] > old[0] for old, new in zip(first, once, strict=True))
        assert [told("two.example"), told("one.example")] == [once, once]

    @pytest.mark.parametrize("token", ["x" * 43, "x", "../../etc/passwd", "%00", "ä" * 43, "x" * 5000, "a b"])
    def test_an_address_that_never_was_is_not_found(self, db, token):
        assert Client().get(f"/calendar/{token}.ics").status_code == 404

    def test_one_that_was_replaced_or_switched_off_is_not_found(self, feed):
        new, is_new = make_feed(profile=feed.profile, instead_of=feed.pk)
        assert is_new
        assert Client().get(address(feed)).status_code == 404
        assert Client().get(address(new)).status_code == 200
        new.delete()
        assert Client().get(address(new)).status_code == 404

    def test_of_an_account_that_is_shut_is_not_found(self, person):
        feed, _ = make_feed(profile=person.profile)
        assert Client().get(address(feed)).status_code == 200
        type(person.user).objects.update(is_active=False)
        assert Client().get(address(feed)).status_code == 404

    def test_that_it_was_fetched_is_noted_once_an_hour(self, feed):
        assert note_fetched(feed=feed, now=NOW)
        assert not note_fetched(feed=feed, now=NOW + NOTED_EVERY - timedelta(seconds=1))
        assert not note_fetched(feed=feed, now=NOW - timedelta(days=1))
        assert note_fetched(feed=feed, now=NOW + NOTED_EVERY)

    def test_the_cost_does_not_grow_with_the_plans(self, guest):
        feed, _ = make_feed(profile=guest.profile)

        def add(number):
            for _ in range(number):
                plan = make.make_plan(guest.profile)
                plan.steps.create(position=1, title="Read", due_on=date(2026, 12, 1))
                book(plan)
                make.make_held(guest.profile, expires_on=date(2027, 1, 1))

        def fetched():
            return queries_of(lambda: Client().get(address(feed)))

        add(1)
        first, few, few_on_page = fetched(), fetched(), queries_of_page(guest, "/me/calendar/")
        add(99)
        assert fetched() <= first + 1  # SQLite takes some 200 rows in one statement
        assert fetched() <= few
        assert queries_of_page(guest, "/me/calendar/") <= few_on_page
        assert len(read_all(Client().get(address(feed)).content)) == 300


@pytest.mark.django_db
class TestPage:
    def test_reading_it_makes_nothing(self, client):
        """Who has nothing here has nothing to put into a calendar, but perhaps an account."""
        page = client.get(reverse("calendar-read"))
        assert "Sign in to open it" in page.text
        assert not page.cookies
        assert not CalendarFeed.objects.exists()

    def test_a_guest_makes_one_and_two_clicks_make_one(self, guest):
        for _ in range(2):
            page = guest.post(reverse("calendar-make"), follow=True).text
        feed = guest.profile.calendar_feeds.get()
        assert f"http://testserver{address(feed)}" in page
        assert f'href="webcal://testserver{address(feed)}"' in page
        assert "No calendar has fetched it yet." in page
        assert "Kept on this browser only." in page

    def test_a_new_address_replaces_the_one_it_names_only(self, guest):
        old, _ = make_feed(profile=guest.profile)
        for _ in range(2):
            guest.post(reverse("calendar-make"), {"instead_of": str(old.pk)})
        new = guest.profile.calendar_feeds.get()
        assert new.pk != old.pk
        for wrong in ("", "x", "9" * 40, "-1", "\x00", "٣"):
            guest.post(reverse("calendar-make"), {"instead_of": wrong})
            assert guest.profile.calendar_feeds.get() == new

    def test_switching_it_off_is_asked_first(self, guest):
        make_feed(profile=guest.profile)
        assert "at once and for good" in guest.get(reverse("calendar-revoke")).text
        assert guest.profile.calendar_feeds.exists()
        page = guest.post(reverse("calendar-revoke"), follow=True).text
        assert "switched off" in page
        assert not guest.profile.calendar_feeds.exists()
        assert guest.get(reverse("calendar-revoke")).url == reverse("calendar-read")

    def test_says_when_it_was_fetched(self, feed, guest):
        note_fetched(feed=feed, now=timezone.now())
        page = guest.get(reverse("calendar-read")).text
        assert "Last fetched on" in page

    def test_lists_what_is_to_come_the_next_first(self, feed, guest):
        make.make_held(guest.profile, title="Long lapsed", expires_on=date(2026, 11, 1))
        titles = [one.entry.title for one in listed_from(NOW.date(), guest.profile)]
        assert titles == ["Exam: Six Sigma Yellow Belt", "Last valid day: First aid", "Due: Practice paper"]
        assert listed_from(date(2029, 1, 1), guest.profile) == []

    def test_has_a_file_for_each_date_also_without_an_address(self, guest):
        held = make.make_held(guest.profile, expires_on=timezone.localdate())
        page = guest.get(reverse("calendar-read")).text
        assert f"Last valid day: {held.name}" in page
        assert reverse("certificate-event", args=[held.pk]) in page

    def test_alarms_are_put_in_and_taken_out_by_a_button_each_twice_as_once(self, feed, guest):
        for wanted, most in (("on", 4), ("off", 0), ("on", 4), ("nonsense", 0)):
            for _ in range(2):
                page = guest.post(reverse("calendar-alarms"), {"wanted": wanted}, follow=True).text
            assert ("Take the alarms out" in page) == bool(most)
            assert ("Put alarms in" in page) != bool(most)
            packed = guest.get(address(feed)).content
            assert len(Calendar.from_ical(packed).walk("VALARM")) == most
        assert guest.profile.reminder_settings.count() == 1

    def test_the_first_way_is_that_of_most_phones(self, feed, guest):
        page = guest.get(reverse("calendar-read")).text
        android, download, apple = [page.index(text) for text in ("Android phone", "Download all dates", "iPhone or")]
        assert android < download < apple
        assert "Download, then open" in page

    def test_a_guest_downloads_all_dates_as_one_file_without_an_address(self, feed, guest):
        guest.post(reverse("calendar-alarms"), {"wanted": "on"})
        whole = guest.get(address(feed)).content
        feed.delete()
        response = guest.get(reverse("calendar-download"))
        assert response.content == whole
        assert response["Content-Disposition"] == 'attachment; filename="dates.ics"'

    def test_without_dates_there_is_no_file_and_the_page_says_so(self, guest):
        page = guest.get(reverse("calendar-download"), follow=True).text
        assert "You have no dates yet" in page
        assert reverse("calendar-download") not in page


@pytest.mark.django_db
class TestAlarms:
    def test_two_libraries_read_when_it_rings(self, feed):
        feed.profile.reminder_settings.create(in_calendar=True)
        packed = written(feed.profile)
        wanted = {
            "exam": [-timedelta(days=1)],
            "step": [-timedelta(hours=15)],
            "lapse": [-timedelta(days=29, hours=15), -timedelta(hours=15)],
        }
        for one in Calendar.from_ical(packed).walk("VEVENT"):
            alarms = one.walk("VALARM")
            assert [alarm["trigger"].dt for alarm in alarms] == wanted[one["uid"].split("-")[0]]
            assert {(str(alarm["action"]), str(alarm["description"])) for alarm in alarms} == {
                ("DISPLAY", one["summary"])
            }
        for one in vobject.readOne(packed.decode()).contents["vevent"]:
            assert [alarm.trigger.value for alarm in one.valarm_list] == wanted[one.uid.value.split("-")[0]]

    def test_the_choice_is_one_of_the_ways_to_be_reminded(self, feed, guest):
        guest.post(reverse("calendar-alarms"), {"wanted": "on"})
        page = guest.get(reverse("reminder-settings")).text
        assert 'name="in_calendar" class="checkboxinput form-check-input" id="id_in_calendar" checked' in page


@pytest.mark.django_db
class TestOneEvent:
    def test_is_a_file_with_that_event_as_the_address_has_it(self, feed, guest):
        plan, held = feed.profile.certification_plans.get(), feed.profile.certificates.get()
        whole = {one[0]: one for one in read_all(guest.get(address(feed)).content)}
        for name, pk in (
            ("plan-exam-event", plan.pk),
            ("step-event", plan.steps.get().pk),
            ("certificate-event", held.pk),
        ):
            response = guest.get(reverse(name, args=[pk]))
            (event,) = read_all(response.content)
            assert response["Content-Disposition"].startswith('attachment; filename="')
            assert response["Content-Type"] == "text/calendar; charset=utf-8"
            assert whole.pop(event[0]) == event
        assert whole == {}

    def test_where_there_is_nothing_the_page_says_so(self, guest):
        plan = make.make_plan(guest.profile, steps=[("Read", 1, None)])
        held = make.make_held(guest.profile)
        for name, pk, text in (
            ("plan-exam-event", plan.pk, "No exam is booked"),
            ("step-event", plan.steps.get().pk, "has no day to be done by"),
            ("certificate-event", held.pk, "No day is known on which this certificate lapses"),
        ):
            assert text in guest.get(reverse(name, args=[pk]), follow=True).text


@pytest.mark.django_db(transaction=True)
def test_programs_that_ask_at_once_are_told_the_same():
    feed, _ = make_feed(profile=make.make_profile())
    book(make.make_plan(feed.profile))
    answers = []
    at_once(4, lambda _: answers.append(Client().get(address(feed)).content))
    assert len(answers) == 4
    assert len(set(answers)) == 1
    assert CalendarEvent.objects.count() == 1
