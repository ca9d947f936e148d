"""A person goes, and nothing of them stays: no row, no session, no mail.

Every row that belongs to a person hangs on their profile or account by a foreign key that cascades, so a write at the
same moment either comes first and goes too, or finds nobody to belong to. What no foreign key reaches is named here.
"""

from email import policy
from email.parser import BytesParser
from email.utils import getaddresses
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q

from careers.accounts.models.invitations import Invitation
from careers.accounts.models.users import User
from careers.people.models.profiles import Profile


@transaction.atomic
def delete_accounts(*, users):
    """The accounts with all that hangs on them. Their mails go when the rows are surely gone."""
    users = list(User.objects.select_for_update().filter(pk__in=[user.pk for user in users]).order_by("pk"))
    list(Profile.objects.select_for_update().filter(user__in=users).order_by("pk"))  # who writes now is waited for
    emails = {user.email.casefold() for user in users}
    emails |= {
        email.casefold() for email in EmailAddress.objects.filter(user__in=users).values_list("email", flat=True)
    }
    Invitation.objects.to_any_of(emails).delete()
    desk_log_of(users).delete()
    User.objects.filter(pk__in=[user.pk for user in users]).delete()
    transaction.on_commit(lambda: delete_mails(emails=emails))


@transaction.atomic
def delete_guest(*, profile):
    """A guest's profile; True where it was there. One that an account has claimed meanwhile is the account's."""
    guests = list(Profile.objects.guests().select_for_update().filter(pk=profile.pk))
    Profile.objects.filter(pk__in=[guest.pk for guest in guests]).delete()
    return bool(guests)


def desk_log_of(users):
    """Log entries by these people, and about their accounts and second steps."""
    keys = [str(user.pk) for user in users]
    about = Q(content_type=ContentType.objects.get_for_model(User), object_id__in=keys)
    factors = Authenticator.objects.filter(user__in=users).values_list("pk", flat=True)
    about |= Q(content_type=ContentType.objects.get_for_model(Authenticator), object_id__in=[str(pk) for pk in factors])
    return LogEntry.objects.filter(Q(user__in=users) | about)


def delete_mails(*, emails):
    """Mails to these addresses that were written to files, as there was no mail server."""
    if not settings.MAIL_DIR:  # that would be the working directory
        return
    for path in Path(settings.MAIL_DIR).glob("*.log"):
        if emails & recipients(path):
            path.unlink(missing_ok=True)


def recipients(path):
    """To whom the mail in the file is, in small letters; nobody where the file is gone or no mail."""
    try:
        with path.open("rb") as file:
            headers = BytesParser(policy=policy.compat32).parse(file, headersonly=True)
    except OSError:
        return set()
    return {email.casefold() for _, email in getaddresses([str(to) for to in headers.get_all("To", [])])}
