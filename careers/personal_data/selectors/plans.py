"""The parts of the file about a person that are about certification plans, study, reminders and the calendar."""

from django.db.models import Prefetch

from careers.calendars.models import CalendarEvent, CalendarFeed
from careers.evidence.models.evidence import HeldCertificate
from careers.personal_data.selectors.guide import OF_THE_GUIDE_OR_NONE, of_the_guide
from careers.personal_data.selectors.parts import (
    MOMENT,
    TEXT,
    WHOLE,
    YES_NO,
    Column,
    Property,
    list_of,
    maybe,
    named,
    nested,
    one_of,
    part,
    several,
)
from careers.plans.exams.models import ExamAttempt, ExamItem
from careers.plans.files.models import EvidenceFile
from careers.plans.models import CertificationPlan, PlanStep
from careers.plans.rules.awaited import StepState
from careers.plans.rules.dates import Kind
from careers.plans.study.models import StudyClock, StudyEntry
from careers.reminders.models import MOST_DAYS, Reminder, ReminderMail, ReminderSettings

ENTRIES = Prefetch("entries", StudyEntry.objects.select_related("step").order_by("studied_on", "pk"))
ABOUT = {Kind.LAPSE: "certificate", Kind.EXAM: "exam", Kind.STEP: "step"}


def plans_of(profile):
    return profile.certification_plans.for_page().prefetch_related("files", ENTRIES)


def clocks_of(profile):
    return profile.study_clocks.select_related("plan__certification", "step")


def reminders_of(profile):
    about = "held_certificate__certification", "held_certificate__plan", "plan__certification", "step", "mail"
    return profile.reminders.select_related(*about).order_by("pk")


def in_calendar(version):
    return {
        "uid": "The name under which calendars know it, for good.",
        "version": f"How often {version} was changed, so that an older form can tell.",
        "changed_at": "When it was last changed.",
        "day_set_at": "When its day in the calendar was last set.",
    }


PRECISION = "How well that day is known. month, year: the day above is the first of it."
CERTIFICATE = part(
    HeldCertificate,
    "One certificate.",
    {
        "certification": Property(
            "Which one of the guide it is. null: one of your own.", OF_THE_GUIDE_OR_NONE, of_the_guide
        ),
        "title": "The name of one of your own; empty for one of the guide.",
        "issuer": "Who gives one of your own; may be empty.",
        "earned_on": "The day you earned it.",
        "earned_precision": PRECISION,
        "renewed_on": "The day you last renewed it.",
        "renewed_precision": f"{PRECISION} day where there is none.",
        "expires_on": "The day it expires. null when it does not, or that is not known.",
        "expires_precision": f"{PRECISION} day where there is none.",
        "credential_number": "Its number; empty when you gave none.",
        "credential_url": "The link that verifies it; empty when you gave none.",
        **in_calendar("it"),
        "answered_at": "When you last said so.",
    },
)
EXAM = part(
    CertificationPlan,
    "The exam, as you booked it.",
    {
        "at": Column("exam_at", "Its moment."),
        "time_zone": Column("exam_zone", "Its time zone; empty when none is booked."),
        "minutes": Column("exam_minutes", "How long it takes."),
        "place": Column("exam_place", "Where; may be empty."),
        "url": Column("exam_url", "Its link; may be empty."),
    },
)
STEP = part(
    PlanStep,
    "One step.",
    {
        "position": "Its place among the steps, smallest first.",
        "title": "What there is to do.",
        "hours": "The hours it takes. null: not known.",
        "due_on": "The day it is due.",
        "done_on": "The day it was done. null: it is open.",
        "is_renewal": "Whether it keeps the certificate valid, so that it is open once that is earned.",
        "state": Property(
            "done: you ticked it. open: still to do. not_needed: you earned the certificate without it. later: for the "
            "renewal, once you have the certificate. rests: the plan is dropped.",
            one_of(StepState),
            lambda row: row.state,
        ),
        "guide_title": "The title of the guide's step it was taken from; empty for your own.",
        **in_calendar("it"),
    },
)
ATTEMPT = part(
    ExamAttempt,
    "One attempt.",
    {
        "taken_on": "The day you sat it.",
        "outcome": "How it went.",
        "score": "The score, as you wrote it; may be empty.",
        "note": "Your note; may be empty.",
        "recorded_at": "When you recorded it.",
    },
)
EXAM_ITEM = part(ExamItem, "One thing to have or do.", {"title": "What.", "is_done": "Whether you ticked it."})
ENTRY = part(
    StudyEntry,
    "Time of one day.",
    {
        "step": named("The step it was for.", maybe(TEXT), "step"),
        "minutes": "How many minutes.",
        "studied_on": "The day.",
        "note": "Your note; may be empty.",
        "key": "The number of the form, so that one sent twice counts once.",
        "created_at": "When you logged it.",
    },
)
FILE = part(
    EvidenceFile,
    "One file. The file itself is in this ZIP, in the folder files.",
    {
        "name": "Its name.",
        "kind": "What it is.",
        "size": "Bytes.",
        "digest": "Its SHA-256, in hexadecimal.",
        "file": "The random name under which the portal stores it.",
        "uploaded_at": "When you uploaded it.",
    },
)
GUIDE_STEP = part(
    PlanStep,
    "One step of the guide.",
    {
        "title": "What there is to do.",
        "hours": "The hours it takes.",
        "is_renewal": "Whether it is of the renewal. Not there: it is not.",
    },
    optional=["is_renewal"],
)
PLAN = part(
    CertificationPlan,
    "One plan.",
    {
        "certification": Property(
            "Which one of the guide it is. null: one of your own.", OF_THE_GUIDE_OR_NONE, of_the_guide
        ),
        "title": "Its name, as you know it.",
        "issuer": "Who gives it; may be empty.",
        "status": "How far you are.",
        "started_on": "The day you started.",
        "target_on": "The day you want to be ready by.",
        "held": Property(
            "Whether the certificate is among your certificates.",
            YES_NO,
            lambda row: row.held_certificate_id is not None,
        ),
        "exam": nested(EXAM),
        "created_at": "When you began to track it.",
        **in_calendar("the plan"),
        "steps": several(STEP, "Its steps in your order.", lambda row: row.steps.all()),
        "attempts": several(ATTEMPT, "Exams that you sat.", lambda row: row.attempts.all()),
        "exam_items": several(EXAM_ITEM, "Your list for the day of the exam.", lambda row: row.exam_items.all()),
        "study": several(ENTRY, "The time you logged.", lambda row: row.entries.all()),
        "files": several(FILE, "Files that you keep as proof.", lambda row: row.files.all()),
        "guide_steps_seen": Property(
            "The guide's steps as you last saw them, so that changes can be shown to you.",
            list_of(GUIDE_STEP.schema),
            lambda row: row.seen_steps,
        ),
    },
)
CLOCK = part(
    StudyClock,
    "A clock.",
    {
        "plan": named("The plan it runs for.", TEXT, "plan"),
        "step": named("The step it runs for.", maybe(TEXT), "step"),
        "started_at": "Since when.",
    },
)


def offsets(name, description):
    days = {**WHOLE, "minimum": 0, "maximum": MOST_DAYS}
    return Property(description, list_of(days, "Days."), lambda row: getattr(row, name))


SETTINGS = part(
    ReminderSettings,
    "Your choice.",
    {
        "by_email": "By e-mail.",
        "in_portal": "On this site.",
        "in_calendar": "By alarms of your calendar.",
        "expiry_offsets": offsets("expiry_offsets", "Days before a certificate lapses."),
        "exam_offsets": offsets("exam_offsets", "Days before an exam."),
        "step_offsets": offsets("step_offsets", "Days before a step is due."),
        "quiet_from": "No reminder from this time of day.",
        "quiet_to": "Until this one.",
        "answered_at": "When you last said so.",
    },
)
REMINDER = part(
    Reminder,
    "One reminder.",
    {
        "about": Property("What it was about.", one_of(ABOUT.values()), lambda row: ABOUT[row.kind]),
        "name": Property("The name of it.", TEXT, lambda row: row.title),
        "event_on": "The day of it.",
        "days_before": Column("offset", "How many days before; below zero: afterwards."),
        "made_at": "When it was made.",
        "seen_at": "When you put it away.",
        "mailed_at": Property(
            "When the mail with it was sent.", maybe(MOMENT), lambda row: row.mail and row.mail.sent_at
        ),
    },
)
MAIL = part(
    ReminderMail,
    "One mail.",
    {
        "state": "How it stands.",
        "key": "The part of its Message-ID that is its own.",
        "tries": "How often it was tried.",
        "try_at": "When it is or was tried next.",
        "last_error": "Why the last try failed; empty when none did.",
        "created_at": "When it was made.",
        "sent_at": "When it was sent.",
    },
)
FEED = part(
    CalendarFeed,
    "An address.",
    {
        "token": "Its secret part: everybody who has it reads your dates.",
        "created_at": "When you made it.",
        "opened_at": "When it was last fetched.",
    },
)
EVENT = part(
    CalendarEvent,
    "A date.",
    {
        "uid": "Its kind, and the name under which calendars know it.",
        "sequence": "A number that rises whenever the date says something else.",
        "digest": "A checksum of what it says.",
        "changed_at": "When your calendar was first told so.",
    },
)
