"""All that the portal keeps about one person, as plain data, and the JSON Schema of it: both are of one `Part`."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from careers.people.models.profiles import Profile
from careers.personal_data.selectors import applying, plans, rehearsals, removed, work
from careers.personal_data.selectors.account import ACCOUNT, SESSIONS
from careers.personal_data.selectors.guide import DEFINITIONS
from careers.personal_data.selectors.parts import MOMENT, TEXT, Part, Property, maybe, nested, several
from careers.plans.undo.services import CLOCKS, ENTRIES, ITEMS, STEPS
from careers.routes.models import GoalStep

NAME = "profile.schema.json"
GOAL_STEPS = Prefetch("steps", GoalStep.objects.for_list())


@dataclass(frozen=True)
class Kept:
    """A person for their file. `sessions` are the rows of the devices on which they are known."""

    profile: Profile
    sessions: list
    now: datetime


EVERYTHING = Part(
    "Everything that the BPO Careers Portal keeps about one person. Days are YYYY-MM-DD, moments are ISO 8601 with "
    "their time zone. null means that there is none or that it is not known.",
    {
        "$schema": Property("The name of this file.", {**TEXT, "const": NAME}, lambda kept: NAME),
        "exported_at": Property("The moment at which this file was made.", MOMENT, lambda kept: kept.now),
        "account": Property(
            "The account. null for a guest, whom only the browser's session knows.",
            maybe({"$ref": "#/$defs/account"}),
            lambda kept: ACCOUNT.of(kept.profile.user) if kept.profile.user else None,
        ),
        "sessions": nested(SESSIONS, lambda kept: kept.sessions),
        "profile": nested(work.ANSWERS, lambda kept: kept.profile),
        "languages": several(work.LANGUAGE, "Languages you work in.", lambda kept: kept.profile.languages.all()),
        "certificates": several(
            plans.CERTIFICATE, "Certificates you earned.", lambda kept: kept.profile.certificates.with_names()
        ),
        "evidence": several(
            work.PROOF,
            "What shows your skills, each rating and proof ever recorded, in the order of recording. No level is "
            "stored: it is derived from these.",
            lambda kept: kept.profile.evidence.select_related("skill", "certificate__certification").order_by("pk"),
        ),
        "practice_results": several(
            work.RESULT,
            "Tests with a time that you took here. Speeds are not stored: they are derived from these.",
            lambda kept: kept.profile.timed_results.select_related("evidence__skill").order_by("pk"),
        ),
        "saved_groups": several(
            work.GROUP, "Your headings for saved roles.", lambda kept: kept.profile.saved_groups.all()
        ),
        "saved_roles": several(
            work.SAVED_ROLE,
            "Roles you saved, the latest first.",
            lambda kept: kept.profile.saved_roles.select_related("role", "group"),
        ),
        "removed_roles": several(
            removed.REMOVED_ROLE,
            "Roles you took off your list that can come back for a day, the last five.",
            lambda kept: removed.removed_roles(kept.profile),
        ),
        "goals": several(
            work.GOAL,
            "Your goal: one, or none yet.",
            lambda kept: kept.profile.goals.select_related("start", "role").prefetch_related(GOAL_STEPS),
        ),
        "certification_plans": several(
            plans.PLAN, "The certifications you track.", lambda kept: plans.plans_of(kept.profile)
        ),
        "study_clocks": several(
            plans.CLOCK, "The clock that is running: one, or none.", lambda kept: plans.clocks_of(kept.profile)
        ),
        "interview_cards": several(
            rehearsals.INTERVIEW_CARD,
            "Interview cards you answered or wrote an example to.",
            lambda kept: kept.profile.interview_cards.all(),
        ),
        "written_answers": several(
            rehearsals.WRITTEN_ANSWER,
            "What you wrote to messages and about calls, the latest first.",
            lambda kept: kept.profile.written_answers.all(),
        ),
        "call_scores": several(
            rehearsals.CALL_SCORE,
            "Score sheets of mock calls that you kept, the latest first.",
            lambda kept: kept.profile.call_scores.all(),
        ),
        "reminder_settings": several(
            plans.SETTINGS,
            "How you want to be reminded: one, or none when you never said.",
            lambda kept: kept.profile.reminder_settings.all(),
        ),
        "reminders": several(
            plans.REMINDER, "What you were reminded of.", lambda kept: plans.reminders_of(kept.profile)
        ),
        "reminder_mails": several(
            plans.MAIL,
            "Mails with reminders. Who they went to is your address.",
            lambda kept: kept.profile.reminder_mails.all(),
        ),
        "calendar_feeds": several(
            plans.FEED,
            "The private address for your calendar: one, or none.",
            lambda kept: kept.profile.calendar_feeds.all(),
        ),
        "calendar_events": several(
            plans.EVENT,
            "What your calendar was last told of each date.",
            lambda kept: kept.profile.calendar_events.order_by("pk"),
        ),
        "removed_steps": several(
            removed.REMOVED_STEP,
            "Steps you took off a plan that can come back for a day, the last five.",
            lambda kept: removed.removed_from_plans(kept.profile, STEPS),
        ),
        "removed_entries": several(
            removed.REMOVED_ENTRY,
            "Study time you took off a plan's log that can come back for a day, the last five.",
            lambda kept: removed.removed_from_plans(kept.profile, ENTRIES),
        ),
        "removed_items": several(
            removed.REMOVED_ITEM,
            "Lines you took off the list for the day of an exam that can come back for a day, the last five.",
            lambda kept: removed.removed_from_plans(kept.profile, ITEMS),
        ),
        "removed_clocks": several(
            removed.REMOVED_CLOCK,
            "Clocks you turned off without logging anything that can run on for a day, the last five.",
            lambda kept: removed.removed_from_plans(kept.profile, CLOCKS),
        ),
        "cvs": several(
            applying.CV_LINES,
            "What you wrote for your CV alone: one, or none yet.",
            lambda kept: kept.profile.cvs.all(),
        ),
        "jobs": several(applying.JOB, "Work on your CV.", lambda kept: kept.profile.jobs.all()),
        "schoolings": several(
            applying.SCHOOLING, "Schools and courses on your CV.", lambda kept: kept.profile.schoolings.all()
        ),
        "ready_papers": several(
            applying.PAPER, "Papers that you ticked as ready.", lambda kept: kept.profile.ready_papers.all()
        ),
        "shares": several(
            work.SHARE, "Pages you share with others, the latest first.", lambda kept: kept.profile.shares.all()
        ),
        "sent_forms": several(
            work.SENT_FORM,
            "Forms you sent and what each was answered, the latest first. They are kept for a day, so that a form that "
            "is sent twice is done once.",
            lambda kept: kept.profile.submissions.all(),
        ),
    },
)


def own_data(profile, *, sessions, now):
    """`sessions` as in `Kept`."""
    return EVERYTHING.of(Kept(profile, sessions, now))


def schema():
    """The JSON Schema (2020-12) of `own_data`, which goes with it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "profile.json",
        **EVERYTHING.schema,
        "$defs": {**DEFINITIONS, "account": ACCOUNT.schema},
    }
