"""The words of a digest, and the address in it by which a person ends them without signing in."""

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from careers.accounts.mail import automatic_headers
from careers.lib.days import day_in_words
from careers.plans.certificates.selectors.lapses import lapse_cost
from careers.plans.exams.rules import when
from careers.reminders.rules import header_line

SIGNER = signing.Signer(salt="careers.reminders.stop")
LONGEST_SUBJECT = 120
MOST_COSTS = 3  # each takes queries


def token_of(profile_pk):
    return SIGNER.sign(str(profile_pk))


def profile_pk_of(token):
    """None where nobody signed it."""
    try:
        return int(SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def full(path):
    return f"{settings.SITE_URL}{path}"


def digest_mail(mail, rows, *, to, today, zone, connection):
    """The mail about `rows`, the most urgent first. The same `mail` has the same Message-ID at each try.

    `today` and `zone` are those of the person.
    """
    rows = sorted(rows, key=lambda row: (row.event_on, row.pk))
    stop = full(reverse("reminder-stop", args=[token_of(mail.profile_id)]))
    costed = [row for row in rows if row.held_certificate_id][:MOST_COSTS]
    context = {
        "lines": [
            (sentence_of(row, today), full(url_of(row)), exam_of(row, zone) or cost_of(row, costed)) for row in rows
        ],
        "settings_url": full(reverse("reminder-settings")),
        "stop_url": stop,
    }
    return EmailMessage(
        subject=subject_of(rows, today),
        body=render_to_string("careers/reminders/mail.txt", context),
        to=[to],
        headers={
            **automatic_headers(mail.key),
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        connection=connection,
    )


def subject_of(rows, today):
    first, more = rows[0].sentence_on(today), len(rows) - 1
    end = f", and {more} more" if more else ""
    room = LONGEST_SUBJECT - len(end)
    return header_line(f"{first if len(first) <= room else first[: room - 1] + '…'}{end}")


def exam_of(row, zone):
    """When it is by the clock there, and by the person's own where that says another time; and where."""
    if not row.plan_id:
        return []
    plan = row.plan
    there = when(plan.exam_at, plan.exam_zone, own_zone=zone.key, minutes=plan.exam_minutes)
    clock = f"{there.day}, {there.clock}, {there.zone}{f', {there.own}' if there.own else ''}"
    named = {"Time": clock, "Place": plan.exam_place, "Link": plan.exam_url}
    return [f"{name}: {header_line(text)}" for name, text in named.items() if text]


def sentence_of(row, today):
    """“Your exam for Yellow Belt is tomorrow, on Monday, 30 November 2026.”"""
    day = f", on {day_in_words(row.exact_day, 'weekday')}" if row.exact_day else ""
    return f"{row.sentence_on(today)}{day}."


def cost_of(row, costed):
    """Return in sentences what the lapse of a certificate would cost, if it is one of the first few; else none."""
    return lapse_cost(row.held_certificate) if row in costed else []


def url_of(row):
    """Where one does something about it."""
    if plan := row.about:
        return reverse("plan-read", args=[plan.pk])
    return reverse("certificate-edit", args=[row.held_certificate_id])
