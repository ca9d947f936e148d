"""A guest becomes a person with an account: their work is merged, nothing lost, nothing doubled."""

from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from careers.models import Evidence, Language, Profile, SavedRole, Session, User
from careers.models.progress import LONGEST_NOTE
from careers.planning.languages import same_language

BATCH = 1000


def profile_of_user(*, user):
    """The account's own profile, made at the first need; safe when two requests need it at once."""
    profile = Profile.objects.filter(user=user).first()
    if profile is None:
        with transaction.atomic():
            User.objects.select_for_update().get(pk=user.pk)
            profile, _ = Profile.objects.get_or_create(user=user)
    return profile


@transaction.atomic
def claim_guest(*, user, guest_pk):
    """Merge the guest's work into the account; returns the account's profile.

    Whoever comes second finds no guest any more and changes nothing, so it may run twice and at once.
    """
    User.objects.select_for_update().get(pk=user.pk)  # one claim at a time; the profile is made once
    guest = Profile.objects.guests().select_for_update().filter(pk=guest_pk).first()
    profile = Profile.objects.select_for_update().filter(user=user).first()
    if guest is None:
        return profile or Profile.objects.create(user=user)
    if profile is None:
        guest.user = user
        guest.save(update_fields=["user"])
        return guest
    merge(guest, profile)
    guest.delete()
    return profile


def merge(guest, profile):
    merge_answers(guest, profile)
    merge_languages(guest, profile)
    merge_saved_roles(guest, profile)
    merge_evidence(guest, profile, merge_certificates(guest, profile))


def merge_answers(guest, profile):
    """Of each single answer the newer one stays."""
    for name, fields in Profile.ANSWERS.items():
        theirs, own = guest.answered(name), profile.answered(name)
        if theirs and (own is None or theirs > own):
            for field in fields:
                setattr(profile, field, getattr(guest, field))
            profile.answered_at[name] = guest.answered_at[name]
    profile.active_on = max(profile.active_on, guest.active_on)
    profile.save()


def merge_languages(guest, profile):
    own = {same_language(language.name): language for language in profile.languages.all()}
    for language in guest.languages.all():
        present = own.get(same_language(language.name))
        if present is None:
            Language.objects.filter(pk=language.pk).update(profile=profile)
        elif language.answered_at > present.answered_at:
            Language.objects.filter(pk=present.pk).update(level=language.level, answered_at=language.answered_at)


def merge_saved_roles(guest, profile):
    groups = merge_groups(guest, profile)
    own = {saved.role_id: saved for saved in profile.saved_roles.all()}
    for saved in guest.saved_roles.all():
        group = groups.get(saved.group_id)
        present = own.get(saved.role_id)
        if present is None:
            SavedRole.objects.filter(pk=saved.pk).update(profile=profile, group=group)
            continue
        newer, older = sorted((saved, present), key=lambda one: one.answered_at, reverse=True)
        present.note = joined(newer.note, older.note)
        present.group = (group or present.group) if newer is saved else (present.group or group)
        present.answered_at = newer.answered_at
        present.saved_at = min(saved.saved_at, present.saved_at)
        present.save()


def merge_groups(guest, profile):
    """The guest's groups as {pk: group of the account}; a name that both have is one group."""
    own = {group.name.casefold(): group for group in profile.saved_groups.all()}
    groups = {}
    for group in list(guest.saved_groups.all()):
        present = own.get(group.name.casefold())
        if present is None:
            group.profile = profile
            group.save(update_fields=["profile"])
        groups[group.pk] = present or group
    return groups


def joined(newer, older):
    """Both notes; only the newer one where both say the same or together they are too long."""
    if not (newer and older) or older in newer:
        return newer or older
    both = f"{newer}\n\n{older}"
    return both if len(both) <= LONGEST_NOTE else newer


def merge_certificates(guest, profile):
    """Moves what is new; returns {pk of the guest's: the account's own} for what both hold."""
    own = {held.certification_id: held for held in profile.certificates.all()}
    both = {}
    for held in guest.certificates.all():
        present = own.get(held.certification_id)
        if present is None:
            held.profile = profile
            held.save(update_fields=["profile"])
            continue
        both[held.pk] = present
        if held.answered_at > present.answered_at:
            present.earned_on, present.expires_on = held.earned_on, held.expires_on
            present.answered_at = held.answered_at
            present.save()
            present.evidence.update(shown_on=held.earned_on)
    return both


def merge_evidence(guest, profile, held_by_both):
    """All claims stay on the record; `planning.evidence` says which counts. Two of one day and source are one."""
    rated = {(row.skill_id, row.shown_on): row for row in profile.evidence.own_ratings()}
    for row in guest.evidence.all():
        if row.certificate_id in held_by_both:
            held = held_by_both[row.certificate_id]
            if not held.evidence.filter(skill=row.skill_id).exists():
                Evidence.objects.filter(pk=row.pk).update(profile=profile, certificate=held, shown_on=held.earned_on)
            continue
        present = rated.get((row.skill_id, row.shown_on)) if row.kind == Evidence.Kind.OWN_RATING else None
        if present is None:
            Evidence.objects.filter(pk=row.pk).update(profile=profile)
        elif row.recorded_at > present.recorded_at:
            Evidence.objects.filter(pk=present.pk).update(
                proficiency=row.proficiency, recorded_at=row.recorded_at, withdrawn_at=row.withdrawn_at
            )


class Pruned(NamedTuple):
    guests: int
    sessions: int


def prune_guests(*, idle_since, now):
    """Delete guests who were last here before the day `idle_since`, and sessions that ran out before `now`.

    An account is never touched. A guest who comes back at this moment either is seen and stays, or begins anew.
    """
    guests = 0
    # Some at a time: a flood of guests must not fill the memory, nor lock the table for long.
    while batch := list(Profile.objects.guests().idle_since(idle_since).values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            rows = Profile.objects.guests().idle_since(idle_since).select_for_update().filter(pk__in=batch)
            _, deleted = Profile.objects.filter(pk__in=[row.pk for row in rows]).delete()
        guests += deleted.get(Profile._meta.label, 0)
    sessions, _ = Session.objects.filter(expire_date__lt=now).delete()
    return Pruned(guests, sessions)


def note_presence(*, profile, today=None):
    """That they were here today; one write a day. True when it was written."""
    today = today or timezone.localdate()
    if profile.active_on >= today:
        return False
    return bool(Profile.objects.filter(pk=profile.pk, active_on__lt=today).update(active_on=today))
