"""Files that a person keeps as proof. Private: only their owner gets them."""

import secrets

from django.core.files.storage import storages
from django.db import models, transaction
from django.db.models import Q, Sum
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone

from careers.fields.models.texts import LineField
from careers.plans.files.rules.kinds import MOST_BYTES
from careers.plans.models import CertificationPlan

MOST_BYTES_A_PERSON = 50_000_000
MOST_BYTES_A_GUEST = 10_000_000  # a machine can be as many guests as it likes


def private_storage():
    return storages["private"]


def random_name(file, filename):
    """Nothing of the name it came with: the folders spread the files, the rest nobody guesses."""
    name = secrets.token_hex(32)
    return f"{name[:2]}/{name[2:]}"


class EvidenceFileQuerySet(models.QuerySet):
    def of_person(self, profile):
        return self.filter(plan__in=profile.certification_plans.all())

    def bytes(self):
        return self.aggregate(bytes=Sum("size"))["bytes"] or 0


class EvidenceFile(models.Model):
    class Kind(models.TextChoices):
        PDF = "application/pdf", "PDF"
        PNG = "image/png", "PNG picture"
        JPEG = "image/jpeg", "JPEG picture"

    plan = models.ForeignKey(CertificationPlan, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(storage=private_storage, upload_to=random_name, max_length=100)
    name = LineField(max_length=120, help_text="What the person called it, cleaned.")
    kind = models.CharField(max_length=15, choices=Kind)
    size = models.PositiveIntegerField(help_text="Bytes, as stored.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of what is stored, in hexadecimal.")
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = EvidenceFileQuerySet.as_manager()

    class Meta:
        ordering = ["uploaded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "digest"],
                name="evidencefile_once",
                violation_error_message="You have kept this file here already.",
            ),
            models.CheckConstraint(
                name="evidencefile_size_in_bounds",
                condition=Q(size__gte=1, size__lte=MOST_BYTES),
                violation_error_message="A file has at most 5 MB, and something in it.",
            ),
        ]

    def __str__(self):
        return self.name


@receiver(post_delete, sender=EvidenceFile)
def remove_from_disk(instance, **kwargs):
    """However the row went, with its plan, its person or by itself; and only when it has surely gone."""
    name = instance.file.name
    transaction.on_commit(lambda: private_storage().delete(name), robust=True)
