"""Invitations to the desk: a link that works once, for seven days."""

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.models import Group
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

LASTS = timedelta(days=7)


def hash_of(token):
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


class InvitationQuerySet(models.QuerySet):
    def open_at(self, now):
        return self.filter(expires_at__gt=now)

    def with_rights(self):
        """With what their groups may, so that each costs no query to compare."""
        return self.select_related("group").prefetch_related("group__permissions__content_type")

    def open_to(self, user, *, now):
        """[Invitation] that somebody could have made: into groups that may nothing that they may not."""
        return [one for one in self.open_at(now).with_rights() if user.may_all_that(one.group)]

    def called(self, token):
        return self.filter(token_hash=hash_of(token))

    def to_any_of(self, emails):
        """`emails` are in lower case."""
        return self.annotate(lower=Lower("email")).filter(lower__in=list(emails))

    def invite(self, *, email, group, now):
        """Invite somebody anew: a link that they had before opens nothing any more. Returns the link's token.

        Only its hash is kept, so nobody finds the token here again. What has run out goes.
        """
        token = secrets.token_urlsafe(32)
        self.filter(models.Q(email__iexact=email) | models.Q(expires_at__lte=now)).delete()
        self.create(email=email, group=group, token_hash=hash_of(token), expires_at=now + LASTS)
        return token


class Invitation(models.Model):
    """It goes when it is accepted or taken back, so it says of nobody that they were invited once."""

    email = models.EmailField("e-mail", max_length=254)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="invitation_once_an_email",
                violation_error_message="Somebody has invited this person already.",
            )
        ]

    def __str__(self):
        return f"invitation as {self.group}"
