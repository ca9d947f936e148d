"""Certificates that a person holds, and the evidence of skills that comes with each.

The credits are copied when the certificate is recorded: what HR edits in them later changes nobody's evidence.
"""

from django.db import transaction

from careers.models import Evidence, HeldCertificate
from careers.planning.validity import months_after


@transaction.atomic
def hold_certificate(*, profile, certification, earned_on, expires_on, now):
    """Record it with its evidence; returns it, and whether it is new. One that is held already stays as it is."""
    held, is_new = HeldCertificate.objects.get_or_create(
        profile=profile,
        certification=certification,
        defaults={"earned_on": earned_on, "expires_on": expires_on, "answered_at": now},
    )
    if is_new:
        Evidence.objects.bulk_create(
            Evidence(
                profile=profile,
                skill=credit.skill,
                kind=Evidence.Kind.CERTIFICATE,
                proficiency=credit.proficiency,
                shown_on=earned_on,
                certificate=held,
                source=certification.title,
                recorded_at=now,
            )
            for credit in certification.credits.published()
        )
    return held, is_new


@transaction.atomic
def change_certificate(*, held, earned_on, expires_on, now):
    """Another day moves its evidence with it, also what was withdrawn. The same days change nothing."""
    if (held.earned_on, held.expires_on) == (earned_on, expires_on):
        return
    held.earned_on, held.expires_on, held.answered_at = earned_on, expires_on, now
    held.save(update_fields=["earned_on", "expires_on", "answered_at"])
    held.evidence.update(shown_on=earned_on)


def remove_certificate(*, held):
    """Its evidence goes with it."""
    held.delete()


def usual_expiry(certification, earned_on):
    """The day on which it lapses by the guide's validity; None where it does not expire or nobody knows."""
    return months_after(earned_on, certification.validity_months) if certification.validity_months else None
