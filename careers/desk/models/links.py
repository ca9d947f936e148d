"""What became of the addresses that the guide leads to."""

from django.db import models
from django.db.models import Q

from careers.desk.rules.links import DAYS_TO_BREAK, FAILS, Record, Verdict, fault_in_words
from careers.fields.models.texts import LineField

LONGEST = 600  # characters; more than an index holds would be refused


class LinkResultQuerySet(models.QuerySet):
    def broken(self):
        """As `rules.links.is_broken`; those that failed longest first."""
        return self.filter(verdict__in=FAILS, days_failed__gte=DAYS_TO_BREAK).order_by("-days_failed", "url")

    def moved(self):
        return self.filter(verdict=Verdict.MOVED).order_by("since", "url")


class LinkResult(models.Model):
    """The last answer of an address, when it was tried. It goes when no published page has that address."""

    class Verdict(models.TextChoices):
        GOOD = Verdict.GOOD.value, "Good"
        MOVED = Verdict.MOVED.value, "Moved"
        BLOCKED = Verdict.BLOCKED.value, "Does not talk to programs"
        GONE = Verdict.GONE.value, "Gone"
        SILENT = Verdict.SILENT.value, "Silent"

    url = LineField(max_length=LONGEST)
    verdict = models.CharField(max_length=8, choices=Verdict)
    since = models.DateField(help_text="The first day of this verdict.")
    days_failed = models.PositiveIntegerField(default=0, help_text="Since it was last there.")
    failed_on = models.DateField(null=True, help_text="The last of these days.")
    tried_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True, help_text="When its host may be asked again, as it said itself.")
    redirected_to = LineField(max_length=LONGEST, blank=True)

    objects = LinkResultQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["url"], name="linkresult_url_once", violation_error_message="This address has its result."
            ),
            models.CheckConstraint(
                name="linkresult_failed_on_days",
                condition=Q(days_failed=0, failed_on__isnull=True) | Q(days_failed__gt=0, failed_on__isnull=False),
                violation_error_message="Days on which it failed have a last one.",
            ),
        ]

    def __str__(self):
        return f"{self.url}: {self.verdict}"

    @property
    def record(self):
        return Record(Verdict(self.verdict), self.since, self.days_failed, self.failed_on)

    @record.setter
    def record(self, record):
        self.verdict, self.since = record.verdict.value, record.since
        self.days_failed, self.failed_on = record.days_failed, record.failed_on

    @property
    def why(self):
        """Its fault in sentences; empty where nothing is."""
        if self.verdict == Verdict.MOVED:
            return f"It is at {self.redirected_to} now." if self.redirected_to else "It has another address now."
        return fault_in_words(self.record) if Verdict(self.verdict) in FAILS else ""
