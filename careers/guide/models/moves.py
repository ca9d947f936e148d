"""Moves: how people get from role to role, and out to other industries."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from careers.fields.models.texts import LineField
from careers.guide.models.certifications import Certification
from careers.guide.models.choices import Track
from careers.guide.models.move_slugs import SlugOfEnds
from careers.guide.models.publishing import GuideManager, GuideModel, GuideQuerySet
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.guide.rules.moves import months_faults
from careers.lib.months import NOT_KNOWN, months_in_words
from careers.lib.names import folded

PUBLISHED = GuideModel.Status.PUBLISHED
MONTHS = {"months_from", "months_to", "months_confidence"}


class Confidence(models.TextChoices):
    """How sure the guide is of what it says."""

    VERIFIED = "verified", "Read in a primary source"
    PLAUSIBLE = "plausible", "Secondary sources say so"
    UNVERIFIED = "unverified", "One weak source says so"
    DERIVED = "derived", "Our own estimate"

    @property
    def public_label(self):
        """In plain words; editors have a label that is short."""
        return "Other sources say so, but none that is official" if self == Confidence.PLAUSIBLE else self.label


class MoveQuerySet(GuideQuerySet):
    def published(self):
        """Moves that readers see: published ones between published roles."""
        ends = Q(from_role__status=PUBLISHED) & (Q(to_role=None) | Q(to_role__status=PUBLISHED))
        return super().published().filter(ends)

    def between_roles(self):
        return self.exclude(kind=Move.Kind.EXIT)

    def around(self, role):
        return self.filter(Q(from_role=role) | Q(to_role=role))

    def exits(self):
        return self.filter(kind=Move.Kind.EXIT)

    def promotions_first(self):
        upwards = models.Case(models.When(kind=Move.Kind.PROMOTION, then=0), default=1)
        return self.order_by(upwards, *self.model._meta.ordering)

    def for_rows(self):
        """With both roles, what a line of a list shows."""
        return self.select_related("from_role", "to_role")

    def for_cards(self):
        return self.between_roles().promotions_first().select_related("to_role")

    def for_ways(self):
        """The ways in or on of a role: both roles, and what is recommended for each move."""
        recommended = models.Prefetch("certifications", Certification.objects.published())
        return self.between_roles().promotions_first().for_rows().prefetch_related(recommended)

    def for_planning(self):
        """With the certifications that it recommends, as the planner reads them. Who plans has the roles."""
        certifications = Certification.objects.published().for_list()
        return self.prefetch_related(models.Prefetch("certifications", certifications))

    def for_exits(self):
        """By destination, in the order that editors gave."""
        carried = models.Prefetch("carried_skills", Skill.objects.published())
        ordering = ("position", "destination", "from_role__level", "from_role__position", "slug")
        return self.exits().for_rows().prefetch_related(carried).order_by(*ordering)


class Move(SlugOfEnds, GuideModel):
    """One way on from a role: upwards, sideways, or out to another industry.

    Months that no source gives stay empty; they are unknown, not zero. Moves may lead in circles.
    """

    class Kind(models.TextChoices):
        PROMOTION = "promotion", "Promotion"
        LATERAL = "lateral", "Sideways move"
        EXIT = "exit", "Way out to another industry"

        @property
        def short_label(self):
            return {"promotion": "Promotion", "lateral": "Sideways", "exit": "After BPO"}[self]

    class GainedBy(models.TextChoices):
        INTERVIEW = "interview", "Interview"
        TENURE = "tenure", "Time in the role"
        ASSESSMENT = "assessment", "Assessment"

    NAMED_BY = ("from_role", "to_role", "destination")
    TOGETHER = ("from_role", "to_role", "destination")
    STEPS_ASIDE = ("kind", "to_role", "destination")

    slug = models.SlugField(max_length=180, unique=True, blank=True, editable=False)
    from_role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="moves_on")
    to_role = models.ForeignKey(
        Role,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="moves_in",
        help_text="Empty for a way out: that has a destination instead.",
    )
    destination = LineField(max_length=80, blank=True, help_text="Where a way out leads: “Retail”.")
    kind = models.CharField(max_length=9, choices=Kind, db_index=True)
    track = models.CharField(max_length=12, choices=Track, help_text="The line of the map on which one travels.")
    months_from = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The fewest months a source gives. Empty when none does."
    )
    months_to = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The most months a source gives. Empty when none does."
    )
    months_confidence = models.CharField(
        max_length=10, choices=Confidence, blank=True, help_text="How sure the months are. Empty without months."
    )
    months_note = LineField(
        max_length=240, blank=True, help_text="What the sources say of the time, and where they disagree."
    )
    gained_by = models.CharField(
        max_length=10, choices=GainedBy, blank=True, help_text="How one gets it. Empty when not known."
    )
    how = LineField("how one gets there", max_length=240, blank=True, help_text="One or two sentences, to the reader.")
    certifications = models.ManyToManyField(
        Certification,
        blank=True,
        related_name="moves",
        help_text="Only those that a source, or the editors, recommend for this very move.",
    )
    carried_skills = models.ManyToManyField(
        Skill, blank=True, related_name="+", help_text="For a way out: the skills that count there too."
    )
    confidence = models.CharField(max_length=10, choices=Confidence, help_text="How sure it is that people move so.")
    position = models.PositiveSmallIntegerField(default=100, help_text="Order among moves of a role, smallest first.")

    objects = GuideManager.from_queryset(MoveQuerySet)()

    class Meta(GuideModel.Meta):
        ordering = ["from_role__level", "from_role__position", "position", "slug"]
        constraints = [
            *GuideModel.Meta.constraints,
            models.CheckConstraint(
                name="move_exit_has_destination",
                condition=Q(kind="exit", to_role__isnull=True) & ~Q(destination="")
                | ~Q(kind="exit") & Q(to_role__isnull=False, destination=""),
                violation_error_message="A way out has a destination and no role; any other move has a role.",
            ),
            models.CheckConstraint(
                name="move_leads_elsewhere",
                condition=~Q(from_role=F("to_role")),
                violation_error_message="A move leads to another role.",
            ),
            models.CheckConstraint(
                name="move_months_are_a_range",
                condition=Q(months_from__isnull=True, months_to__isnull=True, months_confidence="")
                | Q(
                    months_from__isnull=False, months_to__isnull=False, months_to__gte=F("months_from"), months_to__gt=0
                )
                & ~Q(months_confidence=""),
                violation_error_message="Write both ends of the months and how sure they are, or none of the three.",
            ),
            models.UniqueConstraint(
                fields=["from_role", "to_role"],
                name="move_between_roles_once",
                violation_error_message="There is a move between these two roles already.",
            ),
            models.UniqueConstraint(
                fields=["from_role", "destination"],
                condition=Q(kind="exit"),
                name="move_out_once",
                violation_error_message="This way out is listed already.",
            ),
        ]

    def __str__(self):
        return f"{self.from_role} → {self.end_name}"

    def get_absolute_url(self):
        return f"{reverse('role-detail', args=[self.from_role.slug])}#ways"

    def clean_fields(self, exclude=None):
        super().clean_fields(exclude=exclude)
        faults = months_faults(self.months_from, self.months_to, is_sure=bool(self.months_confidence))
        if faults and MONTHS.isdisjoint(exclude or ()):
            raise ValidationError(faults)

    def clean(self):
        super().clean()
        if self.to_role_id is None and not self.destination:
            raise ValidationError({"to_role": "Say where it leads: to a role, or to a destination for a way out."})
        if self.from_role_id and self.is_listed():
            end = "to_role" if self.to_role_id else "destination"
            raise ValidationError({end: "This move is listed already. Change that one, or choose another end."})

    def step_aside(self):
        self.kind, self.to_role, self.destination = self.Kind.EXIT, None, f"~{self.pk}"

    @classmethod
    def read_for_cleaning(cls, pages):
        starts, keys = {page.from_role_id for page in pages}, {page.pk for page in pages}
        others = [one for one in cls._base_manager.filter(from_role__in=starts) if one.pk not in keys]
        beside = {}
        for move in (*others, *pages):
            beside.setdefault(move.from_role_id, []).append(move)
        for page in pages:
            page.moves_beside = beside[page.from_role_id]

    def is_listed(self):
        """Whether another move has these ends. “Retail” and “retail” are one destination."""
        beside = getattr(self, "moves_beside", None)
        if beside is None:
            beside = Move.objects.filter(from_role=self.from_role_id)
        others = [one for one in beside if one is not self and (self.pk is None or one.pk != self.pk)]
        if self.to_role_id:
            return any(one.to_role_id == self.to_role_id for one in others)
        known = {folded(one.destination) for one in others if one.kind == Move.Kind.EXIT}
        return folded(self.destination) in known

    @property
    def end_name(self):
        return self.to_role.title if self.to_role else self.destination

    @property
    def months(self):
        """(from, to), or None where no source says."""
        return None if self.months_from is None else (self.months_from, self.months_to)

    @property
    def months_span(self):
        """“18–48”, “12”; empty where no source says."""
        return "–".join(map(str, dict.fromkeys(self.months or ())))

    @property
    def kind_in_short(self):
        return Move.Kind(self.kind).short_label

    @property
    def months_text(self):
        """“18–48 months”, “12 months”, “time not known”."""
        return months_in_words(self.months) or NOT_KNOWN

    @property
    def confidence_text(self):
        return Confidence(self.confidence).public_label

    @property
    def is_estimate(self):
        """Whether its months are the editors' own guess."""
        return self.months_confidence == Confidence.DERIVED

    @property
    def time_text(self):
        """“18–48 months, our estimate”."""
        return f"{self.months_text}, our estimate" if self.is_estimate else self.months_text
