from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse

from careers.fields.models.texts import LineField, TextField
from careers.guide.models.publishing import (
    MOST_ON_A_PAGE,
    GuideManager,
    GuideModel,
    GuideQuerySet,
    PageModel,
    complete_when_published,
)


class Proficiency(models.IntegerChoices):
    STARTING = 1, "Starting"
    BASIC = 2, "Basic"
    ABLE = 3, "Able"
    STRONG = 4, "Strong"
    EXPERT = 5, "Expert"


class ProficiencyField(models.PositiveSmallIntegerField):
    """A proficiency from 1 to 5. Give its model `proficiency_in_range()` as a constraint as well."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("choices", Proficiency.choices)
        kwargs.setdefault("validators", [MinValueValidator(1), MaxValueValidator(5)])
        super().__init__(*args, **kwargs)


def proficiency_in_range():
    return models.CheckConstraint(
        name="%(class)s_proficiency_1_to_5",
        condition=models.Q(proficiency__range=(1, 5)),
        violation_error_message="Proficiency goes from 1 (starting) to 5 (expert).",
    )


class SkillQuerySet(GuideQuerySet):
    def for_page(self):
        roles = self.model._meta.get_field("role_skills").related_model.objects
        credits = self.model._meta.get_field("credited_by").related_model.objects.with_published_certifications()
        return self.prefetch_related(
            models.Prefetch("role_skills", roles.with_published_roles()[:MOST_ON_A_PAGE], to_attr="asked_by"),
            models.Prefetch("credited_by", credits[: MOST_ON_A_PAGE + 1], to_attr="credits"),
        )


DESCRIPTORS = tuple(f"descriptor_{level.value}" for level in Proficiency)


class Skill(PageModel):
    name = LineField(max_length=80, unique=True, help_text="As people say it: “Active listening”.")
    summary = LineField(max_length=200, help_text="One or two sentences, to the reader.")
    why_it_matters = TextField(blank=True, help_text="Where the work shows it. Leave a blank line between paragraphs.")
    how_to_practise = TextField(blank=True, help_text="One exercise per line, free ones first.")
    descriptor_1 = LineField(
        "1 Starting", max_length=240, blank=True, help_text="What a person does at this proficiency: “You …”."
    )
    descriptor_2 = LineField("2 Basic", max_length=240, blank=True)
    descriptor_3 = LineField("3 Able", max_length=240, blank=True)
    descriptor_4 = LineField("4 Strong", max_length=240, blank=True)
    descriptor_5 = LineField("5 Expert", max_length=240, blank=True)

    position = models.PositiveSmallIntegerField(default=100, help_text="Order in the list, smallest first.")

    NEEDED_TO_PUBLISH = (*GuideModel.NEEDED_TO_PUBLISH, *DESCRIPTORS)
    NAMED_BY = ("name",)

    objects = GuideManager.from_queryset(SkillQuerySet)()

    class Meta(GuideModel.Meta):
        ordering = ["is_addition", "position", "name"]
        constraints = [*GuideModel.Meta.constraints, complete_when_published(*DESCRIPTORS)]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("skill-detail", args=[self.slug])

    @property
    def first_credits(self):
        """The certifications that credit it, of a skill that was fetched `for_page`."""
        return self.credits[:MOST_ON_A_PAGE]

    @property
    def has_more_credits(self):
        return len(self.credits) > MOST_ON_A_PAGE

    @property
    def descriptors(self):
        """The five descriptors as (proficiency, word, text), from 1 to 5."""
        return [(level.value, level.label, getattr(self, f"descriptor_{level.value}")) for level in Proficiency]
