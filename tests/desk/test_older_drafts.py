"""Drafts that wait since before pages and rows had the fields that they are asked for today."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, CharField

from careers.desk.selectors.differences import content_differences
from careers.desk.services.drafts import editing, head_of, key_of_new_row, publish_draft, save_draft
from careers.desk.services.sets.change_sets import SetFaults, start_set
from careers.guide.models.desk.drafts import Draft
from careers.guide.models.roles import Role
from careers.guide.models.versions import Version
from careers.guide.rules.snapshots import content_digest
from careers.guide.selectors.snapshots import content_of, hanging_rows, identities_of, row_fields_of
from careers.guide.services.page_faults import EMPTY
from careers.guide.services.versions import current_version
from tests.desk.forms import as_sent_of_act, opened, send, url_of
from tests.desk.sets import publish, put
from tests.desk.staff import client_of
from tests.desk.test_publishing_costs import NOUNS, all_changed, hang_rows, made
from tests.factories import make_country_pay, make_pay, make_question, make_role, make_user

CHECKED = {"checked_on": "2026-11-22", "checked_against": "copy"}
NOT_CHECKED = {"checked_on": None, "checked_against": ""}
PAY = {
    "role": (make_role, make_pay, "pay_figures", {"occupation": "Agents"}),
    "question": (make_question, make_country_pay, "country_pay", {"about": "Agents"}),
}


def without(content, names, relation=None):
    """As it was kept before these fields were there: of the page, or of its rows of a relation."""
    if relation is None:
        return {**content, "fields": said_but(names, content["fields"])}
    rows = [{**entry, "fields": said_but(names, entry["fields"])} for entry in content["rows"][relation]]
    return {**content, "rows": {**content["rows"], relation: rows}}


def said_but(names, values):
    return {name: value for name, value in values.items() if name not in names}


def wait_since_before(page, change, *fields):
    """Draft what `change` makes of the page's content, and keep it and what it began from without the `fields`."""
    with editing():
        before = current_version(page)
        draft = save_draft(page=page, content=change(before.content), opened=before, by=None).draft
    for version in (draft.base, draft.head):
        version.content = without(version.content, *fields)
        version.digest = content_digest(version.content)
        version.save()


def says_waits(content):
    return {**content, "fields": {**content["fields"], "summary": "Waits."}}


@pytest.fixture
def publisher(db):
    return client_of("Publisher")


@pytest.mark.parametrize("is_filled", [True, False], ids=["filled meanwhile", "still empty"])
@pytest.mark.parametrize("noun", PAY)
def test_rows_that_a_draft_changes_say_when_they_were_checked_before_they_go_live(noun, is_filled, publisher):
    """A row that readers have today stays as it is."""
    make_page, make_row, relation, new = PAY[noun]
    page = make_page()
    same, changed = make_row(page, **NOT_CHECKED), make_row(page, **NOT_CHECKED)

    def change(content):
        first, second = content["rows"][relation]
        second = {**second, "fields": {**second["fields"], "source_name": "Changed"}}
        third = {"pk": key_of_new_row(), "fields": {**first["fields"], **new}}
        return {**content, "rows": {**content["rows"], relation: [first, second, third]}}

    wait_since_before(page, change, CHECKED, relation)
    if is_filled:
        type(same).objects.update(**CHECKED)
    before, url = content_of(page), url_of(page, "act", "publish")
    said = publisher.post(url, as_sent_of_act(publisher, url), follow=True).text
    noun = str(type(same)._meta.verbose_name).capitalize()
    names = [", ".join([same.get_country_display(), *new.values()]), str(changed)]
    told = [f"{noun} “{name}”, {label}: {EMPTY}" for name in names for label in ("checked on", "compared with")]
    link = f'<a href="{url_of(page)}#{relation}-group">'
    assert [text in said for text in told] == [True, True] + 2 * [not is_filled]
    assert said.count(EMPTY) == said.count(link) == (2 if is_filled else 4)
    assert content_of(page) == before
    fill_in(page, relation, {row["pk"] for row in head_of(page).content["rows"][relation]} - {same.pk})
    with editing():
        publish_draft(page=type(page).objects.get(pk=page.pk), by=None)
    rows = getattr(page, relation).order_by("pk")
    assert {row.source_name for row in rows if row.pk == changed.pk} == {"Changed"}
    filled = (*CHECKED.values(),)
    assert [(str(row.checked_on), row.checked_against) for row in rows if row.pk != same.pk] == [filled, filled]
    same.refresh_from_db()
    assert same.checked_against == (CHECKED["checked_against"] if is_filled else "")


def fill_in(page, relation, keys):
    with editing():
        head = head_of(page)
        rows = [
            {**row, "fields": {**row["fields"], **(CHECKED if row["pk"] in keys else {})}}
            for row in head.content["rows"][relation]
        ]
        content = {**head.content, "rows": {**head.content["rows"], relation: rows}}
        save_draft(page=page, content=content, opened=head, by=None)


@pytest.mark.parametrize("noun", PAY)
def test_a_page_that_nobody_reads_yet_is_asked_for_all_of_its_rows_alone_and_in_a_set(noun, db):
    make_page, make_row, relation, _ = PAY[noun]
    page = make_page(status="draft")
    make_row(page, **NOT_CHECKED)
    with pytest.raises(ValidationError) as alone, editing():
        publish_draft(page=page, by=None)
    page = type(page).objects.get(pk=page.pk)
    change_set = start_set(title="Pay", by=make_user())
    put(change_set, (page, {"summary" if noun == "role" else "search_words": "Waits."}))
    with pytest.raises(SetFaults) as together:
        publish(change_set)
    [(_, faults)] = together.value.faults
    assert {*faults} == {*alone.value.message_dict} == {relation}
    assert faults[relation] == alone.value.message_dict[relation]
    assert not type(page).objects.get(pk=page.pk).is_published


def asked_of_row(model, relation):
    """{name: what it says when it is empty} of what a form asks for beside what the row is about."""
    columns, identity = row_fields_of(*hanging_rows(model)[relation]), identities_of(model)[relation]
    return {
        name: "" if isinstance(column, CharField) else None
        for name, column in columns.items()
        if not (column.blank or column.is_relation or isinstance(column, BooleanField) or name in identity)
    }


@pytest.mark.parametrize(
    ("model", "relation"),
    [(model, relation) for model in NOUNS for relation in hanging_rows(model) if asked_of_row(model, relation)],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_a_row_that_is_new_or_changed_says_all_that_its_form_asks_for(model, relation, db):
    page = made(model)
    hang_rows(page)
    before, (row, back), empty = content_of(page), hanging_rows(model)[relation], asked_of_row(model, relation)
    wanted = all_changed(page)["rows"][relation]
    rows = [one if one["pk"] == wanted[1]["pk"] else {**one, "fields": {**one["fields"], **empty}} for one in wanted]
    content = {**before, "rows": {**before["rows"], relation: rows}}
    with editing():
        save_draft(page=page, content=content, opened=current_version(page), by=None)
    with pytest.raises(ValidationError) as told, editing():
        publish_draft(page=page, by=None)
    assert {*told.value.message_dict} == {relation}
    said = told.value.message_dict[relation]
    for name, column in row_fields_of(row, back).items():
        assert sum(text.endswith(f", {column.verbose_name}: {EMPTY}") for text in said) == 2 * (name in empty)
    assert content_of(page) == before


def test_its_form_names_each_field_that_is_asked_for_with_a_link_and_keeps_what_was_typed(publisher):
    role = make_role(team_size="")
    make_pay(role, **NOT_CHECKED)
    wait_since_before(role, says_waits, CHECKED, "pay_figures")
    form = opened(publisher, role)
    assert form["summary"] == ["Waits."]
    draft, now = Draft.objects.get(), content_of(role)
    assert (
        content_differences(Role, draft.base.content, now) == content_differences(Role, now, draft.base.content) == []
    )
    assert [one.where for one in content_differences(Role, now, draft.head.content)] == ["Summary"]
    answer = send(publisher, role, form, team_size="Ten.")
    for name, label in {"checked_on": "Checked on", "checked_against": "Compared with"}.items():
        assert f'<a href="#id_pay_figures-0-{name}">Pay, as official sources say it, row 1, {label}: ' in answer.text
    assert 'value="Ten."' in answer.text or ">Ten.<" in answer.text
    assert head_of(role).content["fields"]["summary"] == "Waits."
    filled = {f"pay_figures-0-{name}": value for name, value in CHECKED.items()}
    answer = send(publisher, role, form, team_size="Ten.", **filled, _publish="x")
    assert answer["Location"] == url_of(role), "nobody else has changed it, so nothing clashes"
    now = Role.objects.get(pk=role.pk)
    assert (now.summary, now.team_size, now.pay_figures.get().checked_against) == ("Waits.", "Ten.", "copy")


@pytest.mark.parametrize("is_filled", [True, False], ids=["filled meanwhile", "still empty"])
def test_a_page_that_does_not_say_with_what_it_was_compared_is_refused_with_a_link_to_the_field(publisher, is_filled):
    role = make_role(checked_against="")
    wait_since_before(role, says_waits, ["checked_against"])
    if is_filled:
        Role.objects.update(checked_against="copy")
    url = url_of(role, "act", "publish")
    answer = publisher.post(url, as_sent_of_act(publisher, url), follow=True)
    link = f'<a href="{url_of(role)}#id_checked_against">Compared with: Readers need this before'
    assert (link in answer.text) is not is_filled
    assert (Role.objects.get(pk=role.pk).summary == "Waits.") is is_filled
    assert Draft.objects.exists() is not is_filled
    if not is_filled:
        answer = send(publisher, role, opened(publisher, role), outlook="New.", _publish="x")
        assert link in publisher.get(answer["Location"]).text
        assert head_of(role).content["fields"]["outlook"] == "New."


def has_to_say(model, relation):
    """Whether something is asked for of a row of this kind beside what it is about."""
    columns, identity = row_fields_of(*hanging_rows(model)[relation]), identities_of(model)[relation]
    return any(not (one.blank or one.has_default()) for name, one in columns.items() if name not in identity)


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.__name__)
def test_a_draft_older_than_all_that_is_asked_for_goes_live_or_is_told_each_gap_of_a_new_row(model, db):
    """Of what readers have today's values stay."""
    page = made(model)
    hang_rows(page)
    before, wanted = content_of(page), all_changed(page)
    with editing():
        draft = save_draft(page=page, content=wanted, opened=current_version(page), by=None).draft
    rows = {}
    for relation, entries in wanted["rows"].items():
        about = identities_of(model)[relation]
        rows[relation] = [{**one, "fields": {name: one["fields"][name] for name in about}} for one in entries]
    older = {**wanted, "fields": {}, "rows": rows}
    Version.objects.filter(pk=draft.head_id).update(content=older, digest=content_digest(older))
    asking = {relation for relation in rows if has_to_say(model, relation)}
    told = {}
    try:
        with editing():
            publish_draft(page=page, by=None)
    except ValidationError as error:
        told = error.message_dict
    now = content_of(page)
    assert now["fields"] == before["fields"]
    assert {*told} == asking
    assert (now["rows"] == before["rows"]) == bool(asking or not rows)
    for text in (text for texts in told.values() for text in texts):
        assert re.search("“.+”.*: .+\\.$", text)
        assert not re.search("None|null|ID", text)
