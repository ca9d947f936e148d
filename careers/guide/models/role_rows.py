"""The rows that hang on a role: other titles, and its skills, metrics and certifications."""

from django.db import models

from careers.fields.models.texts import LineField
from careers.guide.models.certifications import Certification
from careers.guide.models.metrics import Metric
from careers.guide.models.publishing import GuideModel, HangingRow, HangingRowManager
from careers.guide.models.skills import ProficiencyField, Skill, proficiency_in_range
from careers.guide.rules.changes import weight


class AlternateTitle(HangingRow):
    role = models.ForeignKey("careers.Role", on_delete=models.CASCADE, related_name="alternate_titles")
    title = LineField(max_length=80, help_text="Another name for the role, as advertisements write it.")

    NATURAL_KEY = ("role__slug", "title")

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "title"],
                name="alternatetitle_once",
                violation_error_message="This title is listed already.",
            )
        ]

    def __str__(self):
        return self.title


class RoleSkillQuerySet(models.QuerySet):
    def published(self):
        return self.filter(skill__status=GuideModel.Status.PUBLISHED).select_related("skill")

    def with_published_roles(self):
        return (
            self.filter(role__status=GuideModel.Status.PUBLISHED)
            .select_related("role")
            .order_by("-is_essential", "role__level", "role__position", "role__title")
        )


class RoleSkill(HangingRow):
    """A skill that a role asks for, at a proficiency, essential or helpful."""

    role = models.ForeignKey("careers.Role", on_delete=models.CASCADE, related_name="role_skills")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="role_skills")
    proficiency = ProficiencyField()
    is_essential = models.BooleanField("essential", default=True, help_text="Without a tick it is helpful.")

    NATURAL_KEY = ("role__slug", "skill__slug")

    objects = HangingRowManager.from_queryset(RoleSkillQuerySet)()

    class Meta:
        verbose_name = "skill"
        verbose_name_plural = "skills of roles"
        ordering = ["-is_essential", "-proficiency", "skill__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "skill"],
                name="roleskill_once",
                violation_error_message="The role asks for this skill already.",
            ),
            proficiency_in_range(),
        ]

    def __str__(self):
        return f"{self.skill} {self.proficiency}"

    @property
    def weight(self):
        """“essential” or “helpful”."""
        return weight((self.proficiency, self.is_essential))


class RoleMetricQuerySet(models.QuerySet):
    def published(self):
        return self.filter(metric__status=GuideModel.Status.PUBLISHED).select_related("metric")


class RoleMetric(HangingRow):
    role = models.ForeignKey("careers.Role", on_delete=models.CASCADE, related_name="role_metrics")
    metric = models.ForeignKey(Metric, on_delete=models.CASCADE, related_name="role_metrics")
    position = models.PositiveSmallIntegerField(default=100, help_text="Order on the page, smallest first.")

    NATURAL_KEY = ("role__slug", "metric__slug")

    objects = HangingRowManager.from_queryset(RoleMetricQuerySet)()

    class Meta:
        verbose_name = "measure"
        verbose_name_plural = "metrics of roles"
        ordering = ["position", "metric__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "metric"],
                name="rolemetric_once",
                violation_error_message="The role is measured by this already.",
            )
        ]

    def __str__(self):
        return str(self.metric)


class RoleCertificationQuerySet(models.QuerySet):
    def published(self):
        return self.filter(certification__status=GuideModel.Status.PUBLISHED).select_related("certification")

    def with_published_roles(self):
        return (
            self.filter(role__status=GuideModel.Status.PUBLISHED)
            .select_related("role")
            .order_by("role__level", "role__position", "role__title")
        )


class RoleCertification(HangingRow):
    """A certification that helps in a role, and why."""

    role = models.ForeignKey("careers.Role", on_delete=models.CASCADE, related_name="role_certifications")
    certification = models.ForeignKey(Certification, on_delete=models.CASCADE, related_name="role_certifications")
    reason = LineField(max_length=200, blank=True, help_text="Why it helps in this role.")

    NATURAL_KEY = ("role__slug", "certification__slug")

    objects = HangingRowManager.from_queryset(RoleCertificationQuerySet)()

    class Meta:
        verbose_name = "certification"
        verbose_name_plural = "certifications for roles"
        ordering = ["certification__position", "certification__title"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "certification"],
                name="rolecertification_once",
                violation_error_message="This certification is listed already.",
            )
        ]

    def __str__(self):
        return str(self.certification)
