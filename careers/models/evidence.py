"""What a person can do, and how we know: dated rows, from which the current level of a skill is derived.

The rule that derives it is in `careers.planning.evidence`; no level is ever stored.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from careers.models.certifications import Certification
from careers.models.profiles import Profile
from careers.models.skills import ProficiencyField, Skill, proficiency_in_range
from careers.planning.evidence import Claim


class HeldCertificateQuerySet(models.QuerySet):
    def valid_on(self, day):
        """Those that count as held: they have not lapsed."""
        return self.filter(Q(expires_on=None) | Q(expires_on__gte=day))

    def with_names(self):
        return self.select_related("certification")

    def for_list(self):
        """With the skills that each shows, also where that was withdrawn."""
        shown = Evidence.objects.select_related("skill").order_by("-proficiency", "skill__name")
        return self.with_names().prefetch_related(models.Prefetch("evidence", shown))


class HeldCertificate(models.Model):
    """A certification of the guide that a person has earned."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="certificates")
    certification = models.ForeignKey(Certification, on_delete=models.PROTECT, related_name="+")
    earned_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True, help_text="Empty when it does not expire or is not known.")
    answered_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = HeldCertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-earned_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "certification"],
                name="heldcertificate_once",
                violation_error_message="You have this certificate on your list already.",
            ),
            models.CheckConstraint(
                name="heldcertificate_expires_after_earned",
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=models.F("earned_on")),
                violation_error_message="It cannot expire before the day you earned it.",
            ),
        ]

    def __str__(self):
        return self.certification.title


class EvidenceQuerySet(models.QuerySet):
    def standing(self):
        """What counts: everything that was not withdrawn."""
        return self.filter(withdrawn_at=None)

    def own_ratings(self):
        return self.filter(kind=Evidence.Kind.OWN_RATING)

    def own_to_withdraw(self):
        """What a person may take back: what they said themselves. A test's or HR's word is not theirs."""
        return self.filter(kind__in=Evidence.OWN_WORD)

    def for_history(self):
        """Skill by skill in the guide's order, the newest first; withdrawn ones too."""
        return self.select_related("skill", "certificate").order_by(
            "skill__is_addition", "skill__position", "skill__name", "-shown_on", "-pk"
        )

    def for_levels(self):
        return self.standing().select_related("skill", "certificate__certification")


class Evidence(models.Model):
    """One claim about one skill of one person. Withdrawn, it stays on the record but counts no more."""

    class Kind(models.TextChoices):
        OWN_RATING = "own_rating", "Your own rating"
        CERTIFICATE = "certificate", "Certificate"
        TEST = "test", "Test result"
        HR_WORD = "hr_word", "HR's word"

    OWN_WORD = (Kind.OWN_RATING, Kind.CERTIFICATE)

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="evidence")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    proficiency = ProficiencyField()
    shown_on = models.DateField(help_text="The day it was shown: of the rating, the certificate, the test.")
    certificate = models.ForeignKey(
        HeldCertificate, null=True, blank=True, on_delete=models.CASCADE, related_name="evidence"
    )
    source = models.CharField(max_length=120, blank=True, help_text="The name of the certificate or test.")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "evidence"
        ordering = ["-shown_on", "-pk"]
        constraints = [
            proficiency_in_range(),
            models.CheckConstraint(
                name="evidence_certificate_when_of_one",
                condition=Q(kind="certificate", certificate__isnull=False)
                | (~Q(kind="certificate") & Q(certificate__isnull=True)),
                violation_error_message="Only a certificate's evidence names a certificate, and it always does.",
            ),
            models.UniqueConstraint(
                fields=["profile", "skill", "shown_on"],
                condition=Q(kind="own_rating", withdrawn_at__isnull=True),
                name="evidence_own_rating_once_a_day",
                violation_error_message="You have rated this skill today.",
            ),
            models.UniqueConstraint(
                fields=["certificate", "skill"],
                name="evidence_once_a_certificate",
                violation_error_message="This certificate shows this skill already.",
            ),
        ]

    def __str__(self):
        return f"{self.skill} {self.proficiency}, {self.reason}"

    @property
    def reason(self):
        """“from your Six Sigma Yellow Belt, 12 May 2026”."""
        day = f"{self.shown_on.day} {self.shown_on:%B %Y}"
        return f"{FROM[self.kind].format(source=self.source)}, {day}"

    @property
    def can_be_withdrawn(self):
        return self.kind in self.OWN_WORD

    def as_claim(self):
        """For `planning.evidence`: two certificates are two sources; a test is known by its name."""
        return Claim(
            kind=self.kind,
            proficiency=self.proficiency,
            shown_on=self.shown_on,
            source=self.source,
            order=self.pk,
        )


FROM = {
    Evidence.Kind.OWN_RATING: "from your own rating",
    Evidence.Kind.CERTIFICATE: "from your {source}",
    Evidence.Kind.TEST: "from the test “{source}”",
    Evidence.Kind.HR_WORD: "from HR",
}
