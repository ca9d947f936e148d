"""What every page of the guide shares: a state, a source and a day on which somebody compared the two."""

from operator import attrgetter

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from careers.fields.models.links import LinkField
from careers.fields.models.texts import LineField, TextField
from careers.lib.days import day_in_words

MOST_ON_A_PAGE = 30  # of what hangs on an object; a list leads to all


class GuideQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=self.model.Status.PUBLISHED)

    def archived(self):
        """Those that readers have seen and do not see any more. Others that are archived stay HR's."""
        return self.filter(status=self.model.Status.ARCHIVED, published_at__isnull=False)

    def for_site_map(self):
        return self.only("slug", "updated_at")

    def in_order(self):
        """In the order that editors gave. Said aloud, as Django drops a model's own ordering where rows are counted."""
        return self.order_by(*self.model._meta.ordering)


class GuideManager(models.Manager.from_queryset(GuideQuerySet)):
    """Finds an object by its slug, which is the natural key of every guide noun."""

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class CheckedAgainst(models.TextChoices):
    """With what somebody compared a page. Readers are told, as a stored copy may be older than what is online."""

    LIVE = "live", "The live page of the source"
    COPY = "copy", "A stored copy of the source"
    FILE = "file", "A file of a release"
    OWN = "own", "Nothing: the editors’ own words"


CHECKED = {
    CheckedAgainst.LIVE: "checked on the live page on {day}",
    CheckedAgainst.COPY: "compared with a stored copy on {day}",
    CheckedAgainst.FILE: "compared with a file of the release on {day}",
    CheckedAgainst.OWN: "in the editors’ own words, looked at on {day}",
}


def checked_in_words(day, against):
    """“compared with a stored copy on 22 November 2026”; the day alone where nobody said with what, "" without one."""
    if not day:
        return ""
    said = CHECKED.get(CheckedAgainst(against)) if against else "checked on {day}"
    return said.format(day=day_in_words(day))


class GuideModel(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        ARCHIVED = "archived", "Archived"

    slug = models.SlugField(
        "address",
        max_length=80,
        unique=True,
        help_text="The last part of the page's address. Keep it once it is published: links and bookmarks use it.",
    )
    status = models.CharField(
        max_length=12,
        choices=Status,
        default=Status.DRAFT,
        db_index=True,
        help_text="Readers see published pages only.",
    )
    published_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When readers could first see it."
    )
    is_addition = models.BooleanField(
        "added to the article",
        default=False,
        help_text="Tick when the source article does not name it. Readers are told.",
    )
    source_name = LineField(
        "source",
        max_length=200,
        blank=True,
        help_text="Where this comes from, with its date. A number without a source is left out.",
    )
    source_url = LinkField("source address", max_length=300, blank=True, help_text="https://…")
    further_sources = TextField(
        blank=True, help_text="One per line: the name, a space, then its address if it has one."
    )
    search_words = TextField(
        blank=True,
        help_text="Other words that readers may type for this page, one term per line. Readers do not see them.",
    )
    checked_on = models.DateField(
        null=True, blank=True, help_text="The day somebody last compared this page with its source."
    )
    checked_against = models.CharField(
        "compared with",
        max_length=4,
        choices=CheckedAgainst,
        blank=True,
        default="",
        help_text="What you had before you on that day. Readers are told.",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    IS_FOR_READERS = True  # the columns of careers.fields.models.texts say what follows
    # Whoever chose it may know it in these states. What HR still works on is nobody's to see.
    KNOWN = (Status.PUBLISHED, Status.ARCHIVED)
    # What may stay empty in a draft but not on a published page.
    NEEDED_TO_PUBLISH: tuple[str, ...] = ("source_name", "checked_on", "checked_against")
    NAMED_BY: tuple[str, ...] = ("title",)  # fields that its name is made of
    TOGETHER: tuple[str, ...] = ()  # fields of which no two pages have the same values together
    STEPS_ASIDE: tuple[str, ...] = ()  # fields that `step_aside` sets
    # What `prepare` fills in, which is saved with whatever else is.
    SAVED_ALONG: tuple[str, ...] = ("published_at", "updated_at")

    objects = GuideManager()

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")
        constraints = [
            models.CheckConstraint(
                name="%(class)s_published_has_moment",
                condition=~Q(status="published") | Q(published_at__isnull=False),
                violation_error_message="A published page needs the moment when it was published.",
            ),
            models.CheckConstraint(
                name="%(class)s_published_has_source",
                condition=~Q(status="published") | (~Q(source_name="") & Q(checked_on__isnull=False)),
                violation_error_message="Before it can be published, write its source and the day you checked it.",
            ),
        ]

    def save(self, *args, **kwargs):
        self.prepare([self])
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *self.SAVED_ALONG}
        super().save(*args, **kwargs)

    @classmethod
    def prepare(cls, pages):
        """Fill in what nobody writes, before pages are saved. As many queries for a thousand as for one."""
        for page in pages:
            page.updated_at = timezone.now()
            page.stamp_publishing()

    def step_aside(self):
        """Take, for a moment, values together that no page has, so that two pages may exchange theirs."""

    @classmethod
    def read_for_cleaning(cls, pages):
        """Read at once what `clean` would ask for of each."""

    def natural_key(self):
        return (self.slug,)

    def clean(self):
        super().clean()
        errors = {}
        if self.is_published:
            missing = [name for name in self.NEEDED_TO_PUBLISH if not getattr(self, name)]
            errors = dict.fromkeys(missing, "Readers need this before the page can be published.")
        if self.checked_on and self.checked_on > timezone.localdate():
            errors["checked_on"] = "That day is still to come. Write the day you checked it."
        if errors:
            raise ValidationError(errors)

    def publish(self):
        """Show it to readers; raises ValidationError, which names what is missing, and changes nothing then."""
        before = self.status, self.published_at
        self.status = self.Status.PUBLISHED
        self.stamp_publishing()
        try:
            self.full_clean()
        except ValidationError:
            self.status, self.published_at = before
            raise
        self.save()

    def stamp_publishing(self):
        if self.is_published and self.published_at is None:
            self.published_at = timezone.now()

    @property
    def is_published(self):
        return self.status == self.Status.PUBLISHED

    @property
    def is_known(self):
        """Whether people who chose it may see what it says: it is published, or left the guide."""
        return self.status in self.KNOWN

    @property
    def checked_text(self):
        return checked_in_words(self.checked_on, self.checked_against)

    @property
    def sources(self):
        """The sources as (name, address) pairs, the main one first; an address may be empty."""
        main = [(self.source_name, self.source_url)] if self.source_name else []
        return main + [split_source(line) for line in lines(self.further_sources)]


class HangingRowManager(models.Manager):
    """Finds a row by the values of its `NATURAL_KEY`."""

    def get_by_natural_key(self, *values):
        return self.get(**dict(zip(self.model.NATURAL_KEY, values, strict=True)))


class HangingRow(models.Model):
    """A row that hangs on a page. Its fields are its own: the desk's forms and sheets have them in their order.

    `NATURAL_KEY` are the lookups that tell it from every other: the slug of its page, and what it is about.
    """

    IS_FOR_READERS = True
    NATURAL_KEY: tuple[str, ...]

    objects = HangingRowManager()

    class Meta:
        abstract = True

    def natural_key(self):
        return attrgetter(*(lookup.replace("__", ".") for lookup in self.NATURAL_KEY))(self)


def compared_on(**options):
    """The field `checked_on` of a `CheckedRow`."""
    return models.DateField(help_text="The day somebody last compared this with the source.", **options)


def compared_with(help_text="What you had before you on that day.", **options):
    """Its field `checked_against`."""
    return models.CharField("compared with", max_length=4, choices=CheckedAgainst, help_text=help_text, **options)


class CheckedRow(HangingRow):
    """A row with a source of its own: its fields `checked_on` and `checked_against` say how it was compared with it."""

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.checked_on and self.checked_on > timezone.localdate():
            raise ValidationError({"checked_on": "That day is still to come. Write the day you checked it."})

    @property
    def checked_text(self):
        return checked_in_words(self.checked_on, self.checked_against)


class PageModel(GuideModel):
    """A noun whose readers find each on a page of its own, under an address that outlives the page."""

    published_name = LineField(
        max_length=120, blank=True, default="", editable=False, help_text="What readers last saw it called."
    )

    SAVED_ALONG = (*GuideModel.SAVED_ALONG, "published_name")

    class Meta(GuideModel.Meta):
        abstract = True

    @classmethod
    def prepare(cls, pages):
        """Its name is noted when it leaves, from the row that readers saw; one that HR writes afterwards is HR's."""
        leaving = [page for page in pages if page.pk and not page.is_published]
        if leaving:
            seen = cls._base_manager.filter(status=cls.Status.PUBLISHED).in_bulk([page.pk for page in leaving])
            for page in leaving:
                if page.pk in seen:
                    page.published_name = str(seen[page.pk])
        super().prepare(pages)


def complete_when_published(*names):
    """A constraint that no published row has an empty text in `names`."""
    complete = Q(*[~Q(**{name: ""}) for name in names])
    return models.CheckConstraint(
        name="%(class)s_published_is_complete",
        condition=~Q(status="published") | complete,
        violation_error_message="A published page has no empty parts.",
    )


def lines(text):
    """The lines of a "one per line" field, trimmed, without empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def points(text):
    """Lines of "term: meaning" as (term, meaning) pairs; the meaning is empty where there is no colon."""
    return [tuple(part.strip() for part in (line.partition(":")[0], line.partition(":")[2])) for line in lines(text)]


def split_source(line):
    name, _, url = line.rpartition(" ")
    if name and url.startswith(("https://", "http://")):
        return name, url
    return line, ""
