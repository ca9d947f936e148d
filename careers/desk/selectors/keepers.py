"""All that holds on to a page of the guide: people, as numbers, and the other pages that name it."""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import PROTECT
from django.urls import reverse

from careers.desk.rules.impact import people_do
from careers.desk.selectors.health import paths_to_pages
from careers.guide.models.publishing import GuideModel
from careers.people.models.profiles import Profile

MOST_LISTED = 20
# What people have done with a page who keep it by this column.
DONE = {
    "savedrole.role": "saved it",
    "profile.current_role": "said that it is their role",
    "profile.target_role": "said that they want to reach it",
    "goal.start": "began a route there",
    "goal.role": "made it their goal",
    "goalstep.start": "planned a move from it",
    "goalstep.role": "planned a move to it",
    "goalstep.skill": "planned to learn it",
    "goalstep.certification": "planned to earn it",
    "certificationplan.certification": "track it",
    "heldcertificate.certification": "hold it",
    "evidence.skill": "rated it, or showed that they can do it",
}
TO_PROFILE = {"goalstep": "goal__profile"}  # where a row has no column of that name


@dataclass(frozen=True)
class User:
    """A page that names another one."""

    name: str
    noun: str
    state: str
    url: str


@dataclass(frozen=True)
class Uses:
    """`people` are sentences with numbers of people; `pages` the first of those that name the page, `more` the rest."""

    people: list[str]
    pages: list[User]
    more: int

    def __bool__(self):
        return bool(self.people or self.pages)


def columns_of_people(model):
    """[(name in `DONE`, model of the rows, column)] of all by which people keep a page of a noun: they protect it."""
    relations = [one for one in model._meta.get_fields(include_hidden=True) if one.auto_created and not one.concrete]
    return [
        (f"{one.related_model._meta.model_name}.{one.field.name}", one.related_model, one.field.name)
        for one in relations
        if getattr(one, "on_delete", None) is PROTECT and not issubclass(one.related_model, GuideModel)
    ]


def column_of_profile(row):
    """How one gets from such a row to whose it is."""
    return "pk" if row is Profile else TO_PROFILE.get(row._meta.model_name, "profile")


def people_with(page):
    """Sentences on the people who keep something of a page, each with a number. One query for each kind."""
    said = []
    for name, row, column in columns_of_people(type(page)):
        rows = row._base_manager.filter(**{column: page.pk}).order_by()
        said += people_do(rows.values(column_of_profile(row)).distinct().count(), DONE[name])
    return said


def uses_of(page):
    pages, count = [], 0
    for model in guide_nouns():
        for path in [path for path, related in paths_to_pages(model).items() if related is type(page)]:
            rows = model._base_manager.filter(**{path: page.pk}).exclude(pk=page.pk if model is type(page) else None)
            rows = rows.order_by("pk").distinct()
            count += rows.count()
            pages += [user_of(one) for one in rows[: max(MOST_LISTED - len(pages), 0)]]
    return Uses(people_with(page), pages, count - len(pages))


def user_of(page):
    url = reverse(f"admin:careers_{page._meta.model_name}_change", args=[page.pk])
    return User(str(page), str(page._meta.verbose_name), page.get_status_display(), url)


def guide_nouns():
    return [model for model in apps.get_app_config("careers").get_models() if issubclass(model, GuideModel)]
