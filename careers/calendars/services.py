"""A person's dates for their calendar program, and the private address under which it fetches them."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from careers.calendars.models import CalendarEvent, CalendarFeed
from careers.calendars.rules import Entry, clock_in, entry_digest, next_sequence
from careers.lib.about import About
from careers.people.models.profiles import Profile
from careers.plans.rules.dates import Kind
from careers.plans.selectors.dates import dates_of
from careers.reminders.services.making import preferences_of

FAR = timedelta(days=2)  # ahead: by so much only a wrong clock has noted it
NOTED_EVERY = timedelta(hours=1)  # so that a program that asks in a loop does not write in a loop
REMEMBERED = timedelta(days=1)  # what is no longer in the calendar: far longer than `next_sequence` needs


@dataclass(frozen=True)
class Listed:
    """An entry for a page: its day, as the reader's clock has it or as well as it is known, and where its file is."""

    entry: Entry
    title: str
    when: About
    url: str


def entries_of(profile, *, site, now):
    """Return each date under a number that rises whenever what it says is another.

    Three readings and one of what was told last, however many dates. Only what says something new is written down, with
    the person's row locked, so two who ask at once are told the same. `site` is the portal's address as the operator
    set it, so that another one is news once; empty where nobody set it.
    """
    entries, told = all_entries(profile, site=site), told_before(profile)
    if any(says_else(entry, told.get(entry.key)) for entry in entries):
        return tell(profile, site=site, now=now)
    return [numbered(entry, told) for entry in entries]


def says_else(entry, last):
    return last is None or last.digest != entry_digest(entry)


def told_before(profile):
    return {row.uid: row for row in profile.calendar_events.all()}


def numbered(entry, told):
    return replace(entry, sequence=told[entry.key].sequence, changed_at=told[entry.key].changed_at)


@transaction.atomic
def tell(profile, *, site, now):
    list(Profile.objects.select_for_update().filter(pk=profile.pk))
    entries, told = all_entries(profile, site=site), told_before(profile)
    changed = [entry for entry in entries if says_else(entry, told.get(entry.key))]
    new = [row_of(entry, told.get(entry.key), profile=profile, now=now) for entry in changed]
    CalendarEvent.objects.bulk_create(
        new,
        update_conflicts=True,
        unique_fields=["uid"],
        update_fields=["profile", "sequence", "digest", "changed_at"],
    )
    keys = {entry.key for entry in entries}
    gone = [row.pk for row in told.values() if row.uid not in keys and row.changed_at < now - REMEMBERED]
    CalendarEvent.objects.filter(pk__in=gone).delete()
    told |= {row.uid: row for row in new}
    return [numbered(entry, told) for entry in entries]


def row_of(entry, last, *, profile, now):
    """Newer than `last` also for a program that reads seconds only."""
    return CalendarEvent(
        profile=profile,
        uid=entry.key,
        sequence=next_sequence(last.sequence if last else 0, now),
        digest=entry_digest(entry),
        changed_at=max(now, last.changed_at + timedelta(seconds=1)) if last else now,
    )


def all_entries(profile, *, site):
    """Exams, steps that are due and certificates that lapse, each in a steady order."""
    entries = [ENTRY[one.kind](one.row, site=site) for one in steady(profile)]
    rings = bool(entries) and preferences_of(profile).in_calendar
    return [replace(entry, rings=rings) for entry in entries]


def steady(profile):
    """The dates behind it, `Dated`."""
    return sorted(dates_of(profile, kinds=KINDS), key=lambda one: (KINDS.index(one.kind), one.row.pk))


def listed_from(today, profile):
    """Return the dates still to come, the next one first."""
    rows = [(ENTRY[one.kind](one.row, site=""), when_of(one), one) for one in steady(profile)]
    listed = [
        Listed(entry, entry.title.removesuffix(f", {when}"), when, reverse(FILE[one.kind], args=[one.row.pk]))
        for entry, when, one in rows
        if when.last >= today
    ]
    return sorted(listed, key=lambda one: (one.when.day, one.entry.kind, one.entry.uid))


def when_of(one):
    """The day, as the reader's clock has it or as well as it is known."""
    if one.kind == Kind.LAPSE:
        return one.row.expires
    return About(localdate(one.at) if one.kind == Kind.EXAM else one.at)


def exam_entry(plan, *, site):
    clock = clock_in(plan.exam_at, plan.exam_zone)
    lines = [f"There: {clock}" if clock else "", plan.issued_by, plan.exam_url]
    return Entry(
        kind=Kind.EXAM,
        uid=str(plan.uid),
        begins=plan.exam_at,
        minutes=plan.exam_minutes,
        title=f"Exam: {plan.name}",
        text="\n".join(line for line in lines if line),
        place=plan.exam_place,
        url=site + reverse("plan-read", args=[plan.pk]),
    )


def step_entry(step, *, site):
    return Entry(
        kind=Kind.STEP,
        uid=str(step.uid),
        begins=step.due_on,
        title=f"Due: {step.title}",
        text=step.plan.name,
        url=site + reverse("plan-read", args=[step.plan_id]),
    )


def lapse_entry(held, *, site):
    plan = getattr(held, "plan", None)
    page = reverse("plan-read", args=[plan.pk]) if plan else reverse("certificate-edit", args=[held.pk])
    return Entry(
        kind=Kind.LAPSE,
        uid=str(held.uid),
        begins=held.expires_on,
        title=f"Last valid day: {held.name}{'' if held.expires.is_exact else f', {held.expires}'}",
        text=held.issued_by,
        url=site + page,
    )


ENTRY = {Kind.EXAM: exam_entry, Kind.STEP: step_entry, Kind.LAPSE: lapse_entry}
FILE = {Kind.EXAM: "plan-exam-event", Kind.STEP: "step-event", Kind.LAPSE: "certificate-event"}
KINDS = tuple(ENTRY)  # a day to be ready by is one's own wish, and stands in no calendar


@transaction.atomic
def make_feed(*, profile, instead_of=None):
    """The person's address, and whether it is new. Another one only for who names the one they have (its key).

    So a second click, or another tab, makes no address dead that was copied a moment ago.
    """
    feed = profile.calendar_feeds.first()
    if feed and feed.pk != instead_of:
        return feed, False
    revoke_feed(profile=profile)
    return profile.calendar_feeds.create(), True


def revoke_feed(*, profile):
    """Whether there was one."""
    return bool(profile.calendar_feeds.all().delete()[0])


def open_feed(token):
    """The feed of this address, or None; an account that is shut shows nothing."""
    feeds = CalendarFeed.objects.filter(Q(profile__user=None) | Q(profile__user__is_active=True))
    return feeds.select_related("profile").filter(token=token).first()


def note_fetched(*, feed, now):
    """One column of one row, so it undoes nothing of the same moment; and back in time only from a far day."""
    far = Q(opened_at__gt=now + FAR)
    due = Q(opened_at=None) | Q(opened_at__lte=now - NOTED_EVERY) | far
    return bool(CalendarFeed.objects.filter(due, pk=feed.pk).update(opened_at=now))
