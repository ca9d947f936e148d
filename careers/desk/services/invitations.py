"""Staff come to the desk by a link: with an account that they make, or with the one that they have."""

from datetime import timedelta

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from careers.accounts.models.invitations import Invitation
from careers.accounts.models.users import User, confirm_email

A_MOMENT = timedelta(minutes=1)


class Gone(Exception):
    """Raised if an invitation was accepted, taken back or exchanged at this moment."""


@transaction.atomic
def invite(*, email, group, is_mailed):
    """Returns the token of the link, which is kept nowhere. A form that is sent twice mails one link: then None."""
    now = timezone.now()
    Group.objects.select_for_update().get(pk=group.pk)  # one after the other
    invited = Invitation.objects.filter(email__iexact=email, group=group, made_at__gt=now - A_MOMENT)
    return None if is_mailed and invited.exists() else Invitation.objects.invite(email=email, group=group, now=now)


@transaction.atomic
def accept_anew(*, invitation, password):
    """Make the account of somebody who has none. Whoever has the link is who it was sent to."""
    taken = take(invitation)
    if User.objects.filter(email__iexact=taken.email).exists():
        raise Gone
    user = User.objects.create_user(taken.email, password)
    confirm_email(user)
    return join(user, taken.group)


@transaction.atomic
def accept_as(*, invitation, user):
    """Let somebody in who has an account already, with what else it may do."""
    return join(User.objects.select_for_update().get(pk=user.pk), take(invitation).group)


def take(invitation):
    taken = Invitation.objects.select_for_update().open_at(timezone.now()).filter(pk=invitation.pk).first()
    if taken is None:
        raise Gone
    taken.delete()
    return taken


def join(user, group):
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    user.groups.add(group)
    LogEntry.objects.log_actions(user.pk, [user], CHANGE, f"Came to the desk as {group}.", single_object=True)
    return user
