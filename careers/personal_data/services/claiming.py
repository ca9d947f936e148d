"""A guest becomes a person with an account: their work is merged, nothing lost, nothing doubled."""

from django.db import transaction

from careers.accounts.models.users import User
from careers.people.models.profiles import Profile
from careers.people.services.refusing import Refused
from careers.people.services.submissions import forget_answers
from careers.personal_data.selectors.room import overfull
from careers.personal_data.services.merging import merge

# What the portal notes by itself: of the forms that were sent, of what it told a calendar, when it reminded; and what
# they wanted no more.
BOOKKEEPING = {"submissions", "calendar_events", "reminder_mails", "reminders", "removals"}
OVERFULL = "Your account has {count} {name} already, more than there is room for. Remove some, then bring this in."


@transaction.atomic
def claim_guest(*, user, guest_pk):
    """Merge the guest's work into the account; True where there was any. Raises `Refused` where that has no room left.

    Whoever comes second finds no guest any more and changes nothing, so it may run twice and at once.
    """
    User.objects.select_for_update().get(pk=user.pk)  # one claim at a time; the profile is made once
    profile = Profile.objects.select_for_update().filter(user=user).first()
    guest = Profile.objects.guests().select_for_update().filter(pk=guest_pk).first()
    if guest is None:
        return False
    forget_answers(profile=profile or guest)
    if profile is None:
        guest.user = user
        guest.save(update_fields=["user"])
        return True
    if found := overfull(profile, by=guest):
        raise Refused(OVERFULL.format(count=f"{found[0]:,}", name=found[1]))
    merge(guest, profile)
    guest.delete()
    return True


@transaction.atomic
def join_guests(*, guest_pk, others):
    """Merge what other guests of one browser wrote into this one; False where that guest is gone. It may run twice."""
    keys = {guest_pk, *others}
    guests = {
        guest.pk: guest for guest in Profile.objects.guests().select_for_update().filter(pk__in=keys).order_by("pk")
    }
    own = guests.pop(guest_pk, None)
    if own is None:
        return False
    for other in guests.values():
        if overfull(own, by=other):
            return False
        forget_answers(profile=own)
        merge(other, own)
        other.delete()
        own = Profile.objects.get(pk=guest_pk)  # without what it knew of its rows
    return True


@transaction.atomic
def drop_empty_guest(*, guest_pk):
    """True where that guest is gone, or had done nothing and goes here: there is nothing to ask about."""
    guest = Profile.objects.guests().select_for_update().filter(pk=guest_pk).first()
    if guest is None:
        return True
    if has_work(guest):
        return False
    guest.delete()
    return True


def has_work(profile):
    """Whether the person did anything. The time zone is the browser's word, not theirs, and bookkeeping is nobody's."""
    names = {name for relation in Profile._meta.related_objects if (name := relation.get_accessor_name())}
    lists = [getattr(profile, name) for name in sorted(names - BOOKKEEPING)]
    answers = [name for name in Profile.ANSWERS if name != "time_zone"]
    return any(profile.has_answer(name) for name in answers) or any(rows.exists() for rows in lists)
