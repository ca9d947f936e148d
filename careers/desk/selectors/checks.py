"""All questions about the guide that the desk asks, in the order in which they are shown."""

from django.db.models import Count, Q

from careers.desk.rules.health import FEWEST_TOLD
from careers.desk.rules.impact import people_do
from careers.desk.selectors.health import (
    Check,
    DeadEnds,
    Due,
    HardToRead,
    Incomplete,
    JobsToCheck,
    NamesHidden,
    Untaught,
    WithoutSource,
)
from careers.desk.selectors.keepers import DONE, column_of_profile, columns_of_people
from careers.guide.models.publishing import GuideModel


class KeptOffline(Check):
    slug = "kept"
    title = "Pages that are offline and that people keep"
    meaning = f"At least {FEWEST_TOLD} people have something of theirs there, and read that it is gone."

    def pages(self, model, today):
        kept = Q()
        for _, row, column in columns_of_people(model):
            kept |= Q(pk__in=kept_by_many(row, column).values(column))
        return model.objects.filter(kept, status=GuideModel.Status.ARCHIVED) if kept else None

    def reasons(self, model, pages, today):
        said = {}
        for name, row, column in columns_of_people(model):
            rows = kept_by_many(row, column).filter(**{f"{column}__in": pages})
            for key, people in rows.values_list(column, "people"):
                said.setdefault(key, []).extend(people_do(people, DONE[name]))
        return {key: " ".join(sentences) for key, sentences in said.items()}


def kept_by_many(row, column):
    """The pages that enough people keep by a column, to be told, with how many (`people`)."""
    rows = row._base_manager.order_by().values(column)
    return rows.annotate(people=Count(column_of_profile(row), distinct=True)).filter(people__gte=FEWEST_TOLD)


EVERY = (
    *(Due(), Incomplete(), WithoutSource(), DeadEnds()),
    *(Untaught(), JobsToCheck(), NamesHidden(), HardToRead(), KeptOffline()),
)
CHECKS = {check.slug: check for check in EVERY}
