"""Forms that were sent, with what each was answered: sent again, it gets the same answer and does nothing more."""

from datetime import timedelta

from django.apps import apps
from django.contrib.messages.storage.cookie import MessageDecoder, MessageEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from careers.people.models.profiles import Profile

KEPT_FOR = timedelta(days=1)


class SubmissionQuerySet(models.QuerySet):
    def stored_at(self, now):
        return self.filter(sent_at__gte=now - KEPT_FOR, sent_at__lte=now + KEPT_FOR)

    def expired_at(self, now):
        """The others, by the two ends of the index: nobody looks through those that stay."""
        return self.filter(Q(sent_at__lt=now - KEPT_FOR) | Q(sent_at__gt=now + KEPT_FOR))


class Submission(models.Model):
    """`key` is a hash of the form's nonce with all that it said. The answer is empty within the transaction only."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="submissions")
    key = models.CharField(max_length=64, unique=True)
    made = models.CharField(max_length=100, blank=True, help_text="“careers.share:12”, where the form made a row.")
    status = models.PositiveSmallIntegerField(default=302)
    location = models.TextField(blank=True)
    messages = models.JSONField(default=list, encoder=MessageEncoder, decoder=MessageDecoder)
    sent_at = models.DateTimeField(default=timezone.now)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["sent_at"])]

    def __str__(self):
        return self.location

    def is_stored_at(self, now):
        return abs(now - self.sent_at) <= KEPT_FOR

    @property
    def is_as_made(self):
        """Not where what it made is gone, or is over: to say again that it is there would not be so."""
        label, _, pk = self.made.partition(":")
        row = apps.get_model(label)._base_manager.filter(pk=pk).first()
        return row is not None and getattr(row, "is_as_made", True)


def name_of(row):
    """As `Submission.made` has it."""
    return f"{row._meta.label_lower}:{row.pk}"
