"""What a person can do, and how we know: dated rows, from which the current level of a skill is derived.

The rule that derives it is in `careers.evidence.rules.levels`; no level is ever stored.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from careers.evidence.models.dated import Scheduled
from careers.evidence.rules.levels import Claim
from careers.evidence.rules.renewal import standing_on
from careers.fields.models.precision import PrecisionField
from careers.fields.models.texts import LineField
from careers.guide.models.certifications import Certification, OfTheGuide, with_certification
from careers.guide.models.skills import ProficiencyField, Skill, proficiency_in_range
from careers.lib.about import about
from careers.people.models.profiles import Profile

LONGEST_LINK = 2000  # characters that a person may paste; what test centres send carries whole bookings


class HeldCertificateQuerySet(models.QuerySet):
    def valid_on(self, day):
        """Those that count as held: they have not lapsed."""
        return self.filter(Q(expires_on=None) | Q(expires_on__gte=day))

    def of_the_guide(self):
        return self.exclude(certification=None)

    def with_names(self):
        return with_certification(self).select_related("plan")

    def for_list(self):
        """With its plan and the skills that each shows, also where that was withdrawn."""
        shown = Evidence.objects.select_related("skill").order_by("-proficiency", "skill__name")
        return self.with_names().prefetch_related(models.Prefetch("evidence", shown))


class HeldCertificate(OfTheGuide, Scheduled):
    """A certification that a person has earned: one of the guide, or one of their own with `title` and `issuer`.

    Its days may be known to the month or the year only. They are kept as the first day of it, so that validity ends
    early rather than late; `earned`, `renewed` and `expires` say how well each is known, wherever it is shown.
    """

    DAY = "expires_on"

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="certificates")
    certification = models.ForeignKey(Certification, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = LineField(max_length=120, blank=True, help_text="Of one that the guide does not list.")
    issuer = LineField(max_length=120, blank=True)
    earned_on = models.DateField()
    earned_precision = PrecisionField()
    renewed_on = models.DateField(null=True, blank=True, help_text="The last time it was renewed.")
    renewed_precision = PrecisionField()
    expires_on = models.DateField(null=True, blank=True, help_text="Empty when it does not expire or is not known.")
    expires_precision = PrecisionField()
    credential_number = LineField(max_length=80, blank=True)
    credential_url = models.URLField("verification link", max_length=LONGEST_LINK, blank=True)
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
            models.UniqueConstraint(
                "profile",
                Lower("title"),
                Lower("issuer"),
                condition=Q(certification__isnull=True),
                name="heldcertificate_own_once",
                violation_error_message="You have this certificate on your list already.",
            ),
            models.CheckConstraint(
                name="heldcertificate_of_the_guide_or_own",
                condition=Q(certification__isnull=False, title="", issuer="")
                | (Q(certification__isnull=True) & ~Q(title="")),
                violation_error_message="A certificate is one of the guide, or has a title of its own.",
            ),
            models.CheckConstraint(
                name="heldcertificate_expires_after_earned",
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=models.F("earned_on")),
                violation_error_message="It cannot expire before the day you earned it.",
            ),
            models.CheckConstraint(
                name="heldcertificate_renewed_after_earned",
                condition=Q(renewed_on__isnull=True) | Q(renewed_on__gte=models.F("earned_on")),
                violation_error_message="It cannot be renewed before the day you earned it.",
            ),
            models.CheckConstraint(
                name="heldcertificate_expires_after_renewed",
                condition=Q(expires_on__isnull=True)
                | Q(renewed_on__isnull=True)
                | Q(expires_on__gt=models.F("renewed_on")),
                violation_error_message="It cannot expire before the day you renewed it.",
            ),
            models.CheckConstraint(
                name="heldcertificate_link_is_https",
                condition=Q(credential_url="") | Q(credential_url__startswith="https://"),
                violation_error_message="The link begins with https://.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        """As the guide says; while HR works on its page there, as their plan has it."""
        if self.certification_id is None:
            return self.title
        plan = None if self.known else getattr(self, "plan", None)
        return plan.title if plan else self.certification.public_name

    @property
    def issued_by(self):
        if self.certification_id is None:
            return self.issuer
        plan = None if self.known else getattr(self, "plan", None)
        return plan.issuer if plan else self.certification.public_issuer

    @property
    def earned(self):
        return about(self.earned_on, self.earned_precision)

    @property
    def renewed(self):
        return self.renewed_on and about(self.renewed_on, self.renewed_precision)

    @property
    def expires(self):
        return self.expires_on and about(self.expires_on, self.expires_precision)

    def days_on(self, day):
        """“Earned 3 May 2026, renewed 4 June 2026, valid until 3 May 2029”, for paper."""
        renewed = f"renewed {self.renewed}" if self.renewed else ""
        lapse = f"{'lapsed' if self.expires.last < day else 'valid until'} {self.expires}" if self.expires else ""
        return ", ".join(part for part in (f"Earned {self.earned}", renewed, lapse) if part)

    def ends_on(self, day):
        """“Earned 3 May 2026 · lapses 3 May 2029”."""
        lapse = f" · {'lapsed' if self.expires.last < day else 'lapses'} {self.expires}" if self.expires else ""
        return f"Earned {self.earned}{lapse}"

    def standing_on(self, day):
        return standing_on(day, self.expires_on, last=self.expires and self.expires.last)


class EvidenceQuerySet(models.QuerySet):
    def standing(self):
        """Those that count: everything that was not withdrawn."""
        return self.filter(withdrawn_at=None)

    def own_ratings(self):
        return self.filter(kind=Evidence.Kind.OWN_RATING)

    def own_to_withdraw(self):
        """Those that a person said or let count themselves. A test's or HR's word is not theirs to take back."""
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
        PRACTICE = "practice", "Practice test"
        TEST = "test", "Test result"
        HR_WORD = "hr_word", "HR's word"

    OWN_WORD = (Kind.OWN_RATING, Kind.CERTIFICATE, Kind.PRACTICE)

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="evidence")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    proficiency = ProficiencyField()
    shown_on = models.DateField(help_text="The day it was shown: of the rating, the certificate, the test.")
    certificate = models.ForeignKey(
        HeldCertificate, null=True, blank=True, on_delete=models.CASCADE, related_name="evidence"
    )
    source = LineField(max_length=120, blank=True, help_text="The name of the certificate or test.")
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
            models.CheckConstraint(
                name="evidence_practice_has_name",
                condition=~Q(kind="practice") | ~Q(source=""),
                violation_error_message="Evidence of a practice test names the test.",
            ),
        ]

    def __str__(self):
        return f"{self.skill} {self.proficiency}, {self.reason}"

    @property
    def reason(self):
        """“from your Six Sigma Yellow Belt, 12 May 2026”."""
        return f"{FROM[self.kind].format(source=self.source)}, {self.shown}"

    @property
    def shown(self):
        """The day as well as it is known; needs the certificate behind it."""
        return self.certificate.earned if self.certificate_id else about(self.shown_on)

    @property
    def claim(self):
        """“Excel 3”, and whether it was withdrawn. Needs `skill`."""
        return f"{self.skill.name} {self.proficiency}{' (withdrawn)' if self.withdrawn_at else ''}"

    @property
    def can_be_withdrawn(self):
        return self.kind in self.OWN_WORD

    def as_claim(self):
        """For `evidence.rules.levels`: two certificates are two sources; a test is known by its name."""
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
    Evidence.Kind.PRACTICE: "from the practice test “{source}”",
    Evidence.Kind.TEST: "from the test “{source}”",
    Evidence.Kind.HR_WORD: "from HR",
}
