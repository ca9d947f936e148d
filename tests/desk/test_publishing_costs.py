"""What it costs to show readers a page of which everything has changed."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import CharField, IntegerField, URLField
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careers.desk.services.drafts import editing, key_of_new_row, publish_draft, save_draft
from careers.desk.services.schedules import set_schedule
from careers.guide.models.desk.drafts import Schedule
from careers.guide.models.old_slugs import OldSlug
from careers.guide.models.publishing import GuideModel
from careers.guide.models.revisions import Revision
from careers.guide.selectors.snapshots import (
    content_of,
    fields_of,
    hanging_rows,
    identities_of,
    many_of,
    references_in,
    row_fields_of,
    values_of,
)
from careers.guide.services.versions import current_version, versions_of
from tests import factories
from tests.desk.sets import content_with

MOST = 30
NOUNS = sorted(
    (model for model in apps.get_app_config("careers").get_models() if issubclass(model, GuideModel)),
    key=lambda model: model.__name__,
)
# What a row has where a column has nothing by itself; a kind of row that is not here fails the test.
ROWS = {
    "alternatetitle": {"title": "Guard"},
    "roleskill": {"proficiency": 2},
    "rolemetric": {},
    "rolecertification": {"reason": "It helps."},
    "certificationstep": {"title": "Read"},
    "certificationskill": {"proficiency": 2},
    "rolepay": factories.make_pay,
    "countrypay": factories.make_country_pay,
    "hiring": factories.make_hiring,
}


def made(model):
    if model._meta.model_name == "move":
        return factories.make_move(factories.make_role(), factories.make_role())
    return getattr(factories, f"make_{model._meta.model_name}")()


def hang_rows(page):
    """Three of each kind, and a page that each relation leads to."""
    for row, back in hanging_rows(type(page)).values():
        values = ROWS[row._meta.model_name]
        for number in range(3):
            if callable(values):
                values(page)
            else:
                row._base_manager.create(**{back: page, **values_of_row(row_fields_of(row, back), values, number)})
    for name, column in many_of(type(page)).items():
        getattr(page, name).set([made(column.related_model)])


def values_of_row(columns, values, number):
    return {
        **{name: made(column.related_model) for name, column in columns.items() if column.is_relation},
        **({"position": 10 * number} if "position" in columns else {}),
        **{name: f"{value} {number}" if isinstance(value, str) else value for name, value in values.items()},
    }


def another(column, value):
    """One of the same kind that no other row has; the same where the column has not many."""
    if column.is_relation:
        return value and made(column.related_model).pk
    if isinstance(column, IntegerField):
        return value + 1
    if value and isinstance(column, CharField) and not (isinstance(column, URLField) or column.choices):
        return f"{value}-new" if column.name == "slug" else f"{value} new"[: column.max_length]
    return value


def with_others(values, columns, names):
    return {**values, **{name: another(columns[name], values[name]) for name in names}}


def changed_row(model, relation, entry):
    """In all that it says, but for what it is about where it says something else."""
    columns, identity = row_fields_of(*hanging_rows(model)[relation]), identities_of(model)[relation]
    other = [name for name in columns if name not in identity and not columns[name].is_relation]
    changed = {**entry, "fields": with_others(entry["fields"], columns, other or identity)}
    assert changed != entry
    return changed


def all_changed(page):
    """Of each kind of row one has changed, one is gone and one is new; every name and reference of it is another."""
    model, content = type(page), content_of(page)
    rows = {}
    for relation, (row, back) in hanging_rows(model).items():
        kept, gone, same = content["rows"][relation]
        columns, identity = row_fields_of(row, back), identities_of(model)[relation]
        new = {"pk": key_of_new_row(), "fields": with_others(gone["fields"], columns, identity)}
        rows[relation] = [changed_row(model, relation, kept), same, new]
    names = [name for name, column in fields_of(model).items() if column.unique or column.is_relation]
    fields = with_others(content["fields"], fields_of(model), [*names, "source_name"])
    many = {name: [made(column.related_model).pk for _ in range(2)] for name, column in many_of(model).items()}
    return content_with(page, rows, many, **fields)


def read_column_by_column(page):
    return {
        relation: [
            {"pk": one.pk, "fields": values_of(one, row_fields_of(row, back))}
            for one in row._base_manager.filter(**{back: page}).order_by("pk")
        ]
        for relation, (row, back) in hanging_rows(type(page)).items()
    }


def nothing(page, content):
    """Nobody else writes the page."""
    return content


def a_field(page, content, name="further_sources"):
    type(page).objects.filter(pk=page.pk).update(**{name: "Somebody else"})
    return {**content, "fields": {**content["fields"], name: "Somebody else"}}


def rows_too(page, content):
    """A field, which is on record by now, then another one and the row of each kind that the draft leaves as it is."""
    content = a_field(page, content)
    current_version(page)
    content, rows = a_field(page, content, "search_words"), {}
    for relation, (row, back) in hanging_rows(type(page)).items():
        first, same, new = content["rows"][relation]
        changed, columns = changed_row(type(page), relation, same), row_fields_of(row, back)
        values = {columns[name].attname: value for name, value in changed["fields"].items()}
        row._base_manager.filter(pk=same["pk"]).update(**values)
        rows[relation] = [first, changed, new]
    return {**content, "rows": rows}


# The history, but for the draft that was saved second.
KEPT = {
    nothing: ["found", "published"],
    a_field: ["found", "found", "published"],
    rows_too: ["found", "found", "found", "published"],
}


@pytest.mark.parametrize("write_elsewhere", [nothing, a_field, rows_too])
@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.__name__)
def test_a_page_of_which_all_changes_at_once_is_published_with_few_queries(model, write_elsewhere, db):
    """It comes back to an address that it had before, at a time that was given to its draft. What something else wrote
    meanwhile stays.
    """
    page, by = made(model), factories.make_user()
    hang_rows(page)
    content = all_changed(page)
    if "slug" in content["fields"]:
        OldSlug.objects.create(model=model._meta.label_lower, slug=content["fields"]["slug"], page_pk=page.pk)
    with editing():
        draft = save_draft(page=page, content=content, opened=current_version(page), by=by).draft
        set_schedule(page=page, what=Schedule.What.PUBLISH, at=timezone.now(), version=draft.head, by=by)
    content = write_elsewhere(page, content)
    with CaptureQueriesContext(connection) as captured, editing():
        publish_draft(page=page, by=by)
    assert len(captured) <= MOST
    now = content_of(page)
    assert (now["fields"], now["many"]) == (content["fields"], content["many"])
    assert now["rows"] == read_column_by_column(page)
    for relation, rows in content["rows"].items():
        assert [one["fields"] for one in now["rows"][relation]] == [one["fields"] for one in rows]
    assert Revision.objects.get().next_due is None
    versions = [*versions_of(page).order_by("number")]
    assert [one.number for one in versions] == [*range(1, len(versions) + 1)]
    assert [one.kind for one in versions[:1] + versions[2:]] == KEPT[write_elsewhere]
    for one in versions[:1] + versions[2:-1]:
        names = one.content["names"]
        assert [
            key for noun, key in references_in(model, one.content) if str(key) not in names[noun._meta.label_lower]
        ] == []
