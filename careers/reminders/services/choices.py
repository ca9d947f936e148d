"""A person's preferences about reminders, and the page on which they choose them."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.timezone import get_current_timezone, localdate

from careers.people.models.profiles import Profile
from careers.people.services.answers import save_answers
from careers.people.services.submissions import forget_answers
from careers.plans.certificates.selectors.lapses import lapse_cost
from careers.plans.rules.dates import Kind
from careers.plans.selectors.dates import rows_named
from careers.reminders.models import ReminderMail
from careers.reminders.rules import COLUMN, ahead
from careers.reminders.selectors.events import can_be_mailed, confirmed_emails
from careers.reminders.services.making import coming_reminders, preferences_of

FIELDS = (
    "by_email",
    "in_portal",
    "in_calendar",
    "expiry_offsets",
    "exam_offsets",
    "step_offsets",
    "quiet_from",
    "quiet_to",
)
MOST_MAILS = 5
MOST_COSTS = 3


@dataclass(frozen=True)
class SettingsPage:
    """`coming` are (day, sentence without its full stop), `costs` (certificate, sentences about its lapse).

    `no_mail_reason` is why no mail can come: "server", "account", "confirmation", or empty.
    """

    stored: dict
    coming: list
    mails: list
    costs: list
    no_mail_reason: str


def settings_page(profile, *, now):
    """In the time zone that is active: the person's, on their own page."""
    preferences = preferences_of(profile)
    stored = {name: getattr(preferences, name) for name in FIELDS} | {"time_zone": profile.time_zone}
    if not profile:
        return SettingsPage(stored, [], [], [], no_mail_reason(profile))
    mails = profile.reminder_mails.exclude(state=ReminderMail.State.SENDING).order_by("-created_at", "-pk")
    return SettingsPage(
        stored=stored,
        coming=named(coming_reminders(profile, now=now, zone=get_current_timezone())),
        mails=list(mails[:MOST_MAILS]) if settings.SENDS_EMAIL else [],
        costs=costs(profile, now=now),
        no_mail_reason=no_mail_reason(profile),
    )


def costs(profile, *, now):
    """The certificates that lapse next, each with what that would cost, in sentences. A few: each costs queries."""
    today = localdate(now)
    held = profile.certificates.filter(expires_on__gte=today).with_names().order_by("expires_on", "pk")
    return [(row, lapse_cost(row)) for row in held[:MOST_COSTS]]


def no_mail_reason(profile):
    if not settings.SENDS_EMAIL:
        return "server"
    if profile.is_guest:
        return "account"
    return "" if can_be_mailed(profile, confirmed_emails([profile])) else "confirmation"


def named(coming):
    """With what each is about, in a query a kind."""
    found = {}
    for kind in COLUMN:
        keys = [event.key for _, event, _ in coming if event.kind == kind]
        found |= {(kind, key): row for key, row in rows_named(kind, keys).items()}
    rows = [found.get((event.kind, event.key)) for _, event, _ in coming]
    return [
        (day, coming_sentence(event, row, offset, day)) for (day, event, offset), row in zip(coming, rows, strict=True)
    ]


def coming_sentence(event, row, offset, day):
    """`row` is None where it went at this moment."""
    about = row.expires if row and event.kind == Kind.LAPSE else None
    return ahead(event, str(row or ""), offset, day=day, about=about)


@transaction.atomic
def save_choices(*, profile, choices, now):
    """`choices` is {field: value} of what was changed; the rest stays. The profile's row is locked."""
    if "time_zone" in choices:
        save_answers(profile=profile, answers={"time_zone": choices["time_zone"]}, now=now)
    own = {name: value for name, value in choices.items() if name in FIELDS}
    if own:
        profile.reminder_settings.update_or_create(defaults={**own, "answered_at": now})


@transaction.atomic
def stop_mails(*, profile_pk, now):
    """Idempotent. A mail that waits is dropped when its turn comes."""
    profile = Profile.objects.select_for_update().filter(pk=profile_pk).first()
    if profile and preferences_of(profile).by_email:
        forget_answers(profile=profile)
        save_choices(profile=profile, choices={"by_email": False}, now=now)
