"""The addresses of other sites that readers find in the guide, and the pages that have them."""

from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from careers.desk.models.links import LONGEST, LinkResult
from careers.desk.selectors.health import FIRST, Finding, ends_of, form_url
from careers.guide.models.publishing import GuideModel, lines, split_source
from careers.guide.selectors.snapshots import fields_of, hanging_rows, row_fields_of
from careers.lib.words import counted

UNSEEN = {"search_words"}  # readers never see it
MOST_PAGES = 5  # named of those that have one link
AT_ONCE = 2000  # rows read from the database


@dataclass(frozen=True)
class Columns:
    """Of a noun or a row: columns that are an address, and texts whose lines may end in one. `way` leads there."""

    way: str
    urls: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def names(self):
        return [f"{self.way}{name}" for name in (*self.urls, *self.texts)]


def all_nouns():
    return [model for model in apps.get_app_config("careers").get_models() if issubclass(model, GuideModel)]


@cache
def columns_of(model):
    """[Columns] of a noun and of the rows that hang on it."""
    found = [columns_in(fields_of(model), "")]
    found += [
        columns_in(row_fields_of(row, back), f"{relation}__") for relation, (row, back) in hanging_rows(model).items()
    ]
    return [columns for columns in found if columns.names]


def columns_in(fields, way):
    urls = tuple(name for name, field in fields.items() if isinstance(field, models.URLField))
    texts = tuple(name for name, field in fields.items() if isinstance(field, models.TextField) and name not in UNSEEN)
    return Columns(way, urls, texts)


def addresses_in(columns, values):
    """All that stand in the values of these columns."""
    number = len(columns.urls)
    yield from filter(None, values[:number])
    for text in values[number:]:
        yield from filter(None, (split_source(line)[1] for line in lines(text or "")))


def used_addresses():
    """Of all published pages. Read row by row: a big guide costs time, and no memory but for the addresses."""
    used = set()
    for model in all_nouns():
        for columns in columns_of(model):
            rows = model.objects.filter(status=GuideModel.Status.PUBLISHED).order_by().values_list(*columns.names)
            for values in rows.iterator(AT_ONCE):
                used.update(addresses_in(columns, values))
    return used


def pages_with(addresses):
    """{address: [Finding]} of the published pages that have them, each noun asked once."""
    wanted, found = set(addresses), {address: {} for address in addresses}
    for model in all_nouns() if wanted else ():
        for columns in columns_of(model):
            has_one = Q()
            for name in columns.urls:
                has_one |= Q(**{f"{columns.way}{name}__in": wanted})
            for name in columns.texts:
                for address in wanted:
                    has_one |= Q(**{f"{columns.way}{name}__contains": address})
            rows = model.objects.filter(has_one, status=GuideModel.Status.PUBLISHED).select_related(*ends_of(model))
            keys = list(rows.order_by("pk").values_list("pk", *columns.names))
            pages = {page.pk: page for page in rows} if keys else {}
            for key, *values in keys:
                for address in wanted.intersection(addresses_in(columns, values)):
                    finding = Finding(str(pages[key]), str(model._meta.verbose_name), form_url(model, key), "")
                    found[address][finding.url] = finding
    return {address: list(pages.values()) for address, pages in found.items()}


@dataclass(frozen=True)
class Link:
    """An address, what is wrong with it, the first pages that have it, and in words how many more do."""

    url: str
    why: str
    pages: list[Finding]
    rest: str


@dataclass(frozen=True)
class LinkList:
    slug: str
    title: str
    meaning: str
    count: int
    links: list[Link]

    @property
    def url(self):
        """Of the page with all of them."""
        return reverse("admin:guide_links", args=[self.slug])

    @property
    def total(self):
        return counted(self.count, "link")

    @property
    def more(self):
        return f"See all {self.total}" if self.count > len(self.links) else ""


LISTS = {
    "broken": (
        "Broken links",
        "They failed on three different days or more. A site that only does not talk to programs is not among them.",
    ),
    "moved": ("Links that have moved", "Their sites lead on to another address for good. Write that one."),
}


def results_of(slug):
    return {"broken": LinkResult.objects.broken, "moved": LinkResult.objects.moved}[slug]()


def links_of(results):
    results = list(results)
    pages = pages_with([one.url for one in results])
    return [
        Link(one.url, one.why, pages[one.url][:MOST_PAGES], rest_in_words(len(pages[one.url]) - MOST_PAGES))
        for one in results
    ]


def rest_in_words(number):
    return f"and on {counted(number, 'more page')}" if number > 0 else ""


def listed_links(slug, *, first=FIRST):
    rows = results_of(slug)
    return LinkList(slug, *LISTS[slug], rows.count(), links_of(rows[:first]))


def page_of_links(slug, number, *, size):
    """(LinkList, page of the paginator)."""
    page = Paginator(results_of(slug), size).get_page(number)
    return LinkList(slug, *LISTS[slug], page.paginator.count, links_of(page)), page


def is_too_long(address):
    return len(address) > LONGEST
