"""A second catalogue beside the guide: occupations that somebody else describes, as O*NET does.

`import_onet` writes it and nobody edits it by hand. Readers see it while its `Collection` is published.
"""

from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Length
from django.urls import reverse

from careers.fields.models.links import LinkField
from careers.fields.models.texts import LineField, TextField
from careers.guide.models.publishing import GuideManager, GuideModel, GuideQuerySet, complete_when_published
from careers.occupations.rules.neighbourhoods import neighbourhood
from careers.occupations.rules.occupations import MOST_RELATED, ZONES, Place, Tier
from careers.search.models.full_text import with_words


class CollectionQuerySet(GuideQuerySet):
    def shown(self):
        """The one that readers see, while it is published. Codes are the addresses of its pages, so there is one."""
        return self.published().filter(slug=self.model.ONET)


class Collection(GuideModel):
    """A catalogue of occupations with its licence. Publishing it is the switch that shows it to readers."""

    ONET = "onet"  # the slug of the one that `import_onet` fills

    title = LineField(max_length=80, unique=True, help_text="What readers see above its pages.")
    release = LineField(max_length=20, help_text="Which release of it was imported: “30.1”.")
    attribution = TextField(
        blank=True, help_text="What the licence wants said on every page that uses the data, word for word."
    )
    modification = TextField(
        blank=True, help_text="What the licence wants said beside it where the portal derives something of its own."
    )
    licence_url = LinkField("licence", max_length=300, blank=True, help_text="https://…")
    zone_names = models.JSONField(
        "names of the job zones", default=dict, editable=False, help_text="Zone → what the publisher calls it."
    )

    NEEDED_TO_PUBLISH = (*GuideModel.NEEDED_TO_PUBLISH, "attribution", "licence_url")

    objects = GuideManager.from_queryset(CollectionQuerySet)()

    class Meta(GuideModel.Meta):
        ordering = ["title"]
        constraints = [*GuideModel.Meta.constraints, complete_when_published("attribution", "licence_url")]

    def __str__(self):
        return f"{self.title}, release {self.release}"

    def get_absolute_url(self):
        return reverse("occupation-list")

    def zone_text(self, zone):
        """“Job zone 2: some preparation needed”, or that no zone is known."""
        if zone is None:
            return "Job zone not known"
        name = self.zone_names.get(str(zone), "")
        return f"Job zone {zone}: {name[:1].lower()}{name[1:]}" if name else f"Job zone {zone}"


class OccupationQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(collection__in=Collection.objects.shown())

    def counted_as(self, role):
        """The occupation that a role of the guide is counted as, with its collection, or None. A code is one's only
        within a collection: ask what is `shown`.
        """
        return self.filter(code=role.onet_code).select_related("collection").first() if role.onet_code else None

    def for_list(self):
        """By job zone, those without one last; what one line of a list shows."""
        by_zone = self.order_by(F("job_zone").asc(nulls_last=True), "title")
        return by_zone.only("collection", "code", "title", "job_zone")

    def for_detail(self):
        """With its titles, tasks and relations in both directions. The cost does not grow with them."""
        relations = OccupationRelation.objects.defer("to_occupation__description", "from_occupation__description")
        onward = relations.select_related("to_occupation").order_by("index")
        inward = relations.select_related("from_occupation").order_by("index", "from_occupation__code")
        return self.prefetch_related(
            models.Prefetch("titles", OccupationTitle.objects.other(), to_attr="other_titles"),
            models.Prefetch("tasks", OccupationTask.objects.in_order(), to_attr="sorted_tasks"),
            models.Prefetch("relations_on", onward, to_attr="onward"),
            models.Prefetch("relations_in", inward, to_attr="inward"),
        )


class Occupation(models.Model):
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="occupations")
    code = models.CharField(max_length=10, help_text="“43-4051.00”.")
    title = LineField(max_length=200)
    description = TextField()
    job_zone = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty when none is published.")

    objects = OccupationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "code"],
                name="occupation_code_once",
                violation_error_message="This collection has an occupation with that code already.",
            ),
            models.CheckConstraint(
                name="occupation_job_zone_1_to_5",
                condition=Q(job_zone__isnull=True) | Q(job_zone__range=(ZONES[0], ZONES[-1])),
                violation_error_message="A job zone goes from 1 to 5.",
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.code})"

    def get_absolute_url(self):
        return reverse("occupation-detail", args=[self.code])

    @property
    def place(self):
        return Place(self.code, self.title, self.job_zone)

    def neighbourhood(self):
        """Costs no query on one fetched `for_detail`."""
        onward = [(row.to_occupation.place, row.tier) for row in self.onward]
        inward = [(row.from_occupation.place, row.tier) for row in self.inward]
        return neighbourhood(self.place, onward=onward, inward=inward)


class OccupationTitleQuerySet(models.QuerySet):
    def other(self):
        """Titles that are not the occupation's own, in the alphabet's order."""
        return self.filter(is_own=False).exclude(title=F("occupation__title")).order_by("title_text", "pk")

    def matching(self, terms):
        """Titles with every one of `terms`, which are read as `searchable` reads them."""
        return with_words(self, terms, index="careers_occupationtext")

    def best_first(self, query):
        """Names that are the query, then own titles, then those that begin with it, shorter ones first. So a cut loses
        only what would have come last. `query` is read likewise.
        """
        nearness = Case(
            When(Q(title_text=query) | Q(short_text=query), then=0),
            When(is_own=True, title_text__startswith=query, then=1),
            When(is_own=True, then=2),
            When(title_text__startswith=query, then=3),
            default=4,
            output_field=models.SmallIntegerField(),
        )
        return self.order_by(nearness, Length("title_text"), "pk")


class OccupationTitle(models.Model):
    """A name by which an occupation is found: its own, or another that people use."""

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="titles")
    title = LineField(max_length=200)
    title_text = models.CharField(max_length=400, help_text="The title, normalised.")
    short_text = models.CharField(max_length=200, blank=True, help_text="Its short form, normalised.")
    is_own = models.BooleanField(default=False, help_text="Whether it is the occupation's own title.")

    objects = OccupationTitleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "title", "is_own"],
                name="occupationtitle_once",
                violation_error_message="This title is listed already.",
            )
        ]

    def __str__(self):
        return self.title


class OccupationTaskQuerySet(models.QuerySet):
    def in_order(self):
        """Core tasks first, then supplemental ones, then those that were not rated."""
        return self.order_by("kind", "task_id")


class OccupationTask(models.Model):
    class Kind(models.TextChoices):
        CORE = "core", "Core"
        SUPPLEMENTAL = "supplemental", "Supplemental"
        UNRATED = "unrated", "Not rated"

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="tasks")
    task_id = models.PositiveIntegerField()
    text = TextField()
    kind = models.CharField(max_length=12, choices=Kind)

    objects = OccupationTaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "task_id"],
                name="occupationtask_once",
                violation_error_message="This task is listed already.",
            )
        ]

    def __str__(self):
        return self.text


class OccupationRelation(models.Model):
    """One occupation is near another, by what people do and know. Whether that is a way up is derived from job zones
    (`careers.occupations.rules.occupations`).
    """

    TIERS = [(tier.value, tier.label) for tier in Tier]

    from_occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="relations_on")
    to_occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="relations_in")
    tier = models.PositiveSmallIntegerField(choices=TIERS, help_text="How near, 1 the nearest.")
    index = models.PositiveSmallIntegerField(help_text="Its place among the relations of an occupation, 1 the nearest.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["from_occupation", "to_occupation"],
                name="occupationrelation_once",
                violation_error_message="These two occupations are related already.",
            ),
            models.CheckConstraint(
                name="occupationrelation_leads_elsewhere",
                condition=~Q(from_occupation=F("to_occupation")),
                violation_error_message="An occupation is related to another one.",
            ),
            models.CheckConstraint(
                name="occupationrelation_tier_1_to_3",
                condition=Q(tier__range=(min(Tier).value, max(Tier).value)),
                violation_error_message="A tier goes from 1 to 3.",
            ),
            models.CheckConstraint(
                name="occupationrelation_index_1_to_20",
                condition=Q(index__range=(1, MOST_RELATED)),
                violation_error_message="The place of a relation goes from 1 to 20.",
            ),
        ]

    def __str__(self):
        return f"{self.from_occupation} → {self.to_occupation}"
