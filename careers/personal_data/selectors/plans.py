"""The part of `own_data` about certification plans, study, reminders and the calendar."""

from django.db.models import Prefetch

from careers.plans.study.models import StudyEntry

ENTRIES = Prefetch("entries", StudyEntry.objects.select_related("step").order_by("studied_on", "pk"))


def plan_data(profile):
    plans = profile.certification_plans.for_page().prefetch_related("files", ENTRIES)
    reminders = profile.reminders.select_related(
        "held__certification", "held__plan", "plan__certification", "step", "mail"
    ).order_by("pk")
    return {
        "certification_plans": [plan(row) for row in plans],
        "study_clocks": [clock(row) for row in profile.study_clocks.select_related("plan__certification", "step")],
        "reminder_settings": [settings(row) for row in profile.reminder_settings.all()],
        "reminders": [reminder(row) for row in reminders],
        "reminder_mails": [mail(row) for row in profile.reminder_mails.all()],
        "calendar_feeds": [
            {"token": row.token, "created_at": row.created_at, "opened_at": row.opened_at}
            for row in profile.calendar_feeds.all()
        ],
        "calendar_events": [
            {"uid": row.uid, "sequence": row.sequence, "digest": row.digest, "changed_at": row.changed_at}
            for row in profile.calendar_events.order_by("pk")
        ],
    }


def certificate(row):
    return {
        "certification": of_the_guide(row),
        "title": row.title,
        "issuer": row.issuer,
        "earned_on": row.earned_on,
        "earned_precision": row.earned_precision,
        "renewed_on": row.renewed_on,
        "renewed_precision": row.renewed_precision,
        "expires_on": row.expires_on,
        "expires_precision": row.expires_precision,
        "credential_number": row.credential_number,
        "credential_url": row.credential_url,
        **in_calendar(row),
        "answered_at": row.answered_at,
    }


def of_the_guide(row):
    return row.certification and {"slug": row.known and row.known.slug, "title": row.name}


def in_calendar(row):
    names = ("uid", "version", "changed_at", "day_set_at")
    return {name: getattr(row, name) for name in names}


def plan(row):
    return {
        "certification": of_the_guide(row),
        "title": row.title,
        "issuer": row.issuer,
        "status": row.status,
        "started_on": row.started_on,
        "target_on": row.target_on,
        "held": row.held_id is not None,
        "exam": {
            "at": row.exam_at,
            "time_zone": row.exam_zone,
            "minutes": row.exam_minutes,
            "place": row.exam_place,
            "url": row.exam_url,
        },
        "created_at": row.created_at,
        **in_calendar(row),
        "steps": [step(one) for one in row.steps.all()],
        "attempts": [attempt(one) for one in row.attempts.all()],
        "exam_items": [{"title": one.title, "is_done": one.is_done} for one in row.exam_items.all()],
        "study": [entry(one) for one in row.entries.all()],
        "files": [file(one) for one in row.files.all()],
        "guide_steps_seen": row.seen_steps,
    }


def step(row):
    return {
        "position": row.position,
        "title": row.title,
        "hours": row.hours,
        "due_on": row.due_on,
        "done_on": row.done_on,
        "is_renewal": row.is_renewal,
        "state": row.state,
        "guide_title": row.guide_title,
        **in_calendar(row),
    }


def attempt(row):
    return {
        "taken_on": row.taken_on,
        "outcome": row.outcome,
        "score": row.score,
        "note": row.note,
        "recorded_at": row.recorded_at,
    }


def entry(row):
    return {
        "step": row.step and row.step.title,
        "minutes": row.minutes,
        "studied_on": row.studied_on,
        "note": row.note,
        "key": row.key,
        "created_at": row.created_at,
    }


def file(row):
    return {
        "name": row.name,
        "kind": row.kind,
        "size": row.size,
        "digest": row.digest,
        "file": row.file.name,
        "uploaded_at": row.uploaded_at,
    }


def clock(row):
    return {"plan": row.plan.name, "step": row.step and row.step.title, "started_at": row.started_at}


def settings(row):
    return {
        "by_email": row.by_email,
        "in_portal": row.in_portal,
        "in_calendar": row.in_calendar,
        "expiry_offsets": row.expiry_offsets,
        "exam_offsets": row.exam_offsets,
        "step_offsets": row.step_offsets,
        "quiet_from": row.quiet_from,
        "quiet_to": row.quiet_to,
        "answered_at": row.answered_at,
    }


def reminder(row):
    about = {"certificate": row.held, "exam": row.plan, "step": row.step}
    kind, thing = next((kind, thing) for kind, thing in about.items() if thing)
    return {
        "about": kind,
        "name": str(thing),
        "event_on": row.event_on,
        "days_before": row.offset,
        "made_at": row.made_at,
        "seen_at": row.seen_at,
        "mailed_at": row.mail and row.mail.sent_at,
    }


def mail(row):
    return {
        "state": row.state,
        "key": row.key,
        "tries": row.tries,
        "try_at": row.try_at,
        "last_error": row.last_error,
        "created_at": row.created_at,
        "sent_at": row.sent_at,
    }
