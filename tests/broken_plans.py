"""Rules about certification plans and what hangs on them, broken once each: for tests/house/test_constraints.py."""

from datetime import UTC, date, datetime, time

from tests import factories as make

DAY = date(2026, 11, 22)
MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
OWN = {"title": "Typing", "issuer": "A school"}


def twice(rows, **fields):
    for _ in range(2):
        rows.create(**fields)


def in_two_cases(maker, **fields):
    """The same name in small and in capital letters."""
    profile = make.make_profile()
    maker(profile, **OWN, **fields)
    maker(profile, title="TYPING", issuer="a school", **fields)


def remind(**about):
    make.make_profile().reminders.create(event_on=DAY, offset=7, **about)


def remind_twice(kind):
    plan = make.make_plan(steps=[("Read", None, None)])
    thing = {"held_certificate": make.make_held(plan.profile), "plan": plan, "step": plan.steps.get()}[kind]
    twice(plan.profile.reminders, event_on=DAY, offset=7, **{kind: thing})


def keep_file(**fields):
    return {"name": "proof.pdf", "kind": "application/pdf", "size": 10, "digest": "d", "file": "ab/cd", **fields}


def run_two_clocks():
    plan = make.make_plan()
    twice(plan.profile.study_clocks, plan=plan)


def have_one_of_two():
    """One plan and two of its names in another case."""
    plan = make.make_plan()
    for title in ("Photo ID", "photo id"):
        plan.exam_items.create(title=title)


PLAN_BREAKERS = {
    "heldcertificate_own_once": lambda: in_two_cases(make.make_held),
    "heldcertificate_of_the_guide_or_own": lambda: make.make_held(
        make.make_profile(), make.make_certification(), **OWN
    ),
    "heldcertificate_renewed_after_earned": lambda: make.make_held(renewed_on=date(2026, 5, 11)),
    "heldcertificate_expires_after_renewed": lambda: make.make_held(renewed_on=DAY, expires_on=DAY),
    "heldcertificate_link_is_https": lambda: make.make_held(credential_url="http://example.org"),
    "certificationplan_once": lambda: [
        make.make_plan(profile, certification)
        for profile, certification in [(make.make_profile(), make.make_certification())] * 2
    ],
    "certificationplan_own_once": lambda: in_two_cases(make.make_plan),
    "certificationplan_has_title": lambda: make.make_profile().certification_plans.create(title=""),
    "certificationplan_passed_holds_certificate": lambda: make.make_plan(status="passed"),
    "certificationplan_booked_has_exam": lambda: make.make_plan(status="booked", exam_at=MOMENT),
    "certificationplan_studying_has_start": lambda: make.make_plan(status="studying"),
    "certificationplan_ready_after_start": lambda: make.make_plan(started_on=DAY, target_on=date(2026, 11, 21)),
    "certificationplan_link_is_https": lambda: make.make_plan(exam_url="http://example.org"),
    "planstep_has_title": lambda: make.make_plan(steps=[("", 1, None)]),
    "planstep_hours_positive": lambda: make.make_plan(steps=[("Read", 0, None)]),
    "examattempt_once_a_day": lambda: twice(make.make_plan().attempts, taken_on=DAY, outcome="not_passed"),
    "examitem_once": have_one_of_two,
    "examitem_has_title": lambda: make.make_plan().exam_items.create(title=""),
    "studyentry_minutes_of_a_day": lambda: make.make_plan().entries.create(minutes=0, studied_on=DAY),
    "studyclock_one_a_person": run_two_clocks,
    "evidencefile_once": lambda: twice(make.make_plan().files, **keep_file()),
    "evidencefile_size_in_bounds": lambda: make.make_plan().files.create(**keep_file(size=5_000_001)),
    "remindersettings_one_a_person": lambda: twice(make.make_profile().reminder_settings, quiet_from=time(22)),
    "remindermail_sent_has_moment": lambda: make.make_profile().reminder_mails.create(state="sent"),
    "reminder_once_a_held": lambda: remind_twice("held_certificate"),
    "reminder_once_a_plan": lambda: remind_twice("plan"),
    "reminder_once_a_step": lambda: remind_twice("step"),
    "reminder_is_about_one_thing": remind,
    "calendarfeed_one_a_person": lambda: twice(make.make_profile().calendar_feeds),
}
