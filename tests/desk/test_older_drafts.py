"""Drafts that wait since before pages and rows had the fields that they are asked for today."""

import pytest
from django.core.exceptions import ValidationError

from careers.desk.services.drafts import editing, head_of, key_of_new_row, publish_draft, save_draft
from careers.guide.models.desk.drafts import Draft
from careers.guide.models.pay import CountryPay, RolePay
from careers.guide.models.roles import Role
from careers.guide.models.versions import Version
from careers.guide.rules.snapshots import content_digest
from careers.guide.selectors.snapshots import content_of, hanging_rows, identities_of
from careers.guide.services.versions import current_version
from tests.desk.forms import as_sent_of_act, opened, row_of, send, url_of
from tests.desk.staff import client_of
from tests.desk.test_publishing_costs import NOUNS, all_changed, hang_rows, made
from tests.factories import make_country_pay, make_pay, make_question, make_role

CHECKED = {"checked_on": "2026-11-22", "checked_against": "copy"}
NOT_CHECKED = {"checked_on": None, "checked_against": ""}
PAY = {
    "role": (make_role, make_pay, "pay_figures", {"occupation": "Agents"}),
    "question": (make_question, make_country_pay, "country_pay", {"about": "Agents"}),
}


def without(content, names, relations=None):
    """As it was kept before these fields were there: of the page, or of all its rows of these relations."""
    def older(values):
        return {name: value for name, value in values.items() if name not in names}

    rows = {
        relation: [{**entry, "fields": older(entry["fields"])} for entry in entries] if relation in relations else entries
        for relation, entries in content["rows"].items()
    } if relations else content["rows"]
    return {**content, "fields": content["fields"] if relations else older(content["fields"]), "rows": rows}


def make_older(version, *args):
    version.content = without(version.content, *args)
    version.digest = content_digest(version.content)
    version.save()


def draft_from_before(page, change, *args):
    """A draft with what `change` makes of its content, which says none of the fields that came since."""
    with editing():
        opened_version = current_version(page)
        draft = save_draft(page=page, content=change(opened_version.content), opened=opened_version, by=None).draft
    for version in (draft.base, draft.head):
        make_older(version, *args)
    return draft


@pytest.fixture
def publisher(db):
    return client_of("Publisher")


@pytest.mark.parametrize("is_filled", [True, False], ids=["filled meanwhile", "still empty"])
@pytest.mark.parametrize("noun", PAY)
def test_rows_of_a_draft_that_do_not_say_when_they_were_checked_go_live_and_nothing_is_lost(noun, is_filled, db):
    make_page, make_row, relation, new = PAY[noun]
    page = make_page()
    same, changed = make_row(page, **NOT_CHECKED), make_row(page, **NOT_CHECKED)

    def change(content):
        first, second = content["rows"][relation]
        second = {**second, "fields": {**second["fields"], "source_name": "Changed"}}
        third = {"pk": key_of_new_row(), "fields": {**first["fields"], **new}}
        return {**content, "rows": {**content["rows"], relation: [first, second, third]}}

    draft_from_before(page, change, CHECKED, [relation])
    if is_filled:
        type(same).objects.update(**CHECKED)
    with editing():
        publish_draft(page=page, by=None)
    rows = {row.pk: row for row in getattr(page, relation).all()}
    [added] = [row for key, row in rows.items() if key not in (same.pk, changed.pk)]
    assert (rows[changed.pk].source_name, added.source_name) == ("Changed", same.source_name)
    assert {getattr(added, name) for name in new} == {*new.values()}
    said = [(str(row.checked_on), row.checked_against) for row in (rows[same.pk], rows[changed.pk], added)]
    empty, filled = ("None", ""), (*CHECKED.values(),)
    assert said == [filled, filled, empty] if is_filled else [empty] * 3


def test_its_form_names_each_field_that_is_asked_for_with_a_link_and_keeps_what_was_typed(publisher):
    role = make_role(team_size="")
    make_pay(role, **NOT_CHECKED)
    draft_from_before(role, lambda content: {**content, "fields": {**content["fields"], "summary": "Waits."}}, CHECKED, ["pay_figures"])
    form = opened(publisher, role)
    assert form["summary"] == ["Waits."]
    answer = send(publisher, role, form, team_size="Ten.")
    for name, label in {"checked_on": "Checked on", "checked_against": "Compared with"}.items():
        assert f'<a href="#id_pay_figures-0-{name}">Pay, as official sources say it, row 1, {label}: ' in answer.text
    assert 'value="Ten."' in answer.text or ">Ten.<" in answer.text
    assert head_of(role).content["fields"]["summary"] == "Waits."
    filled = {f"pay_figures-0-{name}": value for name, value in CHECKED.items()}
    r = send(publisher, role, form, team_size="Ten.", **filled, _publish="x"); print("RR", r.status_code, r.get("Location")); import re; print(re.findall(r"<li>.{0,300}", r.text.partition("note-bad")[2])[:4]); print(re.findall(r"errornote.{0,300}|messagelist.{0,400}", publisher.get(url_of(role)).text, re.S))
    now = Role.objects.get(pk=role.pk)
    assert (now.summary, now.team_size, now.pay_figures.get().checked_against) == ("Waits.", "Ten.", "copy")


@pytest.mark.parametrize("is_filled", [True, False], ids=["filled meanwhile", "still empty"])
def test_a_page_that_does_not_say_with_what_it_was_compared_is_refused_with_a_link_to_the_field(publisher, is_filled):
    role = make_role(checked_against="")
    draft_from_before(role, lambda content: {**content, "fields": {**content["fields"], "summary": "Waits."}}, ["checked_against"])
    if is_filled:
        Role.objects.update(checked_against="copy")
    url = url_of(role, "act", "publish")
    answer = publisher.post(url, as_sent_of_act(publisher, url), follow=True)
    link = f'<a href="{url_of(role)}#id_checked_against">Compared with: Readers need this before'
    assert (link in answer.text) is not is_filled
    assert (Role.objects.get(pk=role.pk).summary == "Waits.") is is_filled
    assert Draft.objects.exists() is not is_filled
    if not is_filled:
        page = publisher.get(send(publisher, role, opened(publisher, role), outlook="New.", _publish="x")["Location"]).text
        assert link in page
        assert head_of(role).content["fields"]["outlook"] == "New."


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.__name__)
def test_a_draft_that_says_nothing_but_what_its_rows_are_about_goes_live_or_each_gap_is_named(model, db):
    """Whatever is asked for by now: of what is there today's values stay, of what is new each field is named."""
    page = made(model)
    hang_rows(page)
    wanted = all_changed(page)
    rows = {
        relation: [{**entry, "fields": {name: entry["fields"][name] for name in identities_of(model)[relation]}} for entry in entries]
        for relation, entries in wanted["rows"].items()
    }
    with editing():
        draft = save_draft(page=page, content=wanted, opened=current_version(page), by=None).draft
    older = {**wanted, "fields": {}, "rows": rows}
    Version.objects.filter(pk=draft.head_id).update(content=older, digest=content_digest(older))
    before = content_of(page)
    try:
        with editing():
            publish_draft(page=page, by=None)
    except ValidationError as error:
        print(error.message_dict)
        assert content_of(page) == before
    else:
        now = content_of(page)
        assert now["fields"] == before["fields"]
        print("live", model)
