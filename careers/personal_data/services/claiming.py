"""A guest becomes a person with an account: their work is merged, nothing lost, nothing doubled."""

from django.db import transaction

from careers.accounts.models.users import User
from careers.people.models.profiles import Profile
from careers.people.services.submissions import forget_answers
from careers.personal_data.services.merging import merge

# What the portal notes by itself: of the forms that were sent, of what it told a calendar, when it reminded; and what
# they wanted no more.
BOOKKEEPING = {"submissions", "calendar_events", "reminder_mails", "reminders", "removals"}


@transaction.atomic
def claim_guest(*, user, guest_pk):
    """Merge the guest's work into the account; True where there was any.

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
    merge(guest, profile)
    guest.delete()
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
