"""Every address of a page's desk for everybody, found by walking the site: a new one falls in by itself."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client

from careers.desk.admin.acts import ACTS
from careers.desk.admin.sets.acts import SET_ACTS
from careers.desk.services.drafts import editing, head_of, save_draft
from careers.desk.services.sets.change_sets import put_page_in, start_set
from careers.desk.sheets.models import SheetImport
from careers.guide.models.desk.change_sets import ChangeSet
from careers.guide.models.desk.drafts import DeskAction, Draft, Remark
from careers.guide.models.roles import Role
from careers.guide.models.versions import Version
from careers.guide.selectors.snapshots import content_of
from careers.guide.services.versions import current_version
from tests.factories import make_role, make_user

PEOPLE = ["visitor", "reader", "editor", "publisher", "superuser"]
# Who may open what, by the last part of its name; what is not named here is a page whose rights nobody has thought of.
EDITORS, PUBLISHERS = ("editor", "publisher", "superuser"), ("publisher", "superuser")
MAY = {
    "changelist": EDITORS,
    "add": EDITORS,
    "change": EDITORS,
    "history": EDITORS,
    "version": EDITORS,
    "restore": EDITORS,
    "clash": EDITORS,
    "preview": EDITORS,
    "links": EDITORS,
    "remarks": EDITORS,
    "impact": EDITORS,
    "copy": EDITORS,
    "correction": PUBLISHERS,
    "sheets": EDITORS,
    "sheets_export": EDITORS,
    "sheets_template": EDITORS,
    "sheets_import": EDITORS,
    "delete": PUBLISHERS,
    "second_look": PUBLISHERS,
    "publish_later": PUBLISHERS,
    "archive_later": PUBLISHERS,
    **{f"act {slug}": PUBLISHERS if act.by_publisher else EDITORS for slug, act in ACTS.items()},
}


@pytest.fixture
def clients(guide):
    found = {"visitor": Client()}
    for name in PEOPLE[1:]:
        user = make_user(is_staff=name != "reader", is_superuser=name == "superuser")
        if name in ("editor", "publisher"):
            user.groups.add(Group.objects.get(name=name.capitalize()))
        found[name] = Client()
        found[name].force_login(user)
    return found


@pytest.fixture
def role(guide):
    """A published page with three versions and a draft, and a sheet that was looked at."""
    role = make_role()
    SheetImport.objects.create(pk=1, model="careers.role", file_name="a.csv", file=b"a", state="ready")
    with editing():
        version = current_version(role)
        for summary in ("One.", "Two."):
            content = {**version.content, "fields": {**version.content["fields"], "summary": summary}}
            save_draft(page=role, content=content, opened=head_of(role), by=None)
    return role


def addresses(role):
    """{name: address} of all that the desk has about this page and its list."""
    found = {}
    for pattern in admin.site.get_urls():
        if pattern.pattern and str(pattern.pattern) == "careers/role/":
            for one in pattern.url_patterns:
                if one.name:
                    name = one.name.removeprefix("careers_role_")
                    route = f"/admin/careers/role/{one.pattern}".replace("<path:object_id>", str(role.pk))
                    for part in ("number", "base", "mine", "theirs"):
                        route = route.replace(f"<int:{part}>", "1")
                    if "<slug:act>" in route:
                        found |= {f"{name} {slug}": route.replace("<slug:act>", slug) for slug in ACTS}
                    else:
                        found[name] = route
    return found


# Of a change set, by the last part of its name; one that only takes a form is found with a GET, too.
MAY_OF_SETS = {
    **dict.fromkeys(("changelist", "add", "change", "choose", "put", "take"), EDITORS),
    "later": PUBLISHERS,
    **{f"act {slug}": PUBLISHERS if act.by_publisher else EDITORS for slug, act in SET_ACTS.items()},
}


def addresses_of_set(change_set, role):
    found = {}
    for pattern in admin.site.get_urls():
        if pattern.pattern and str(pattern.pattern) == "careers/changeset/":
            for one in pattern.url_patterns:
                name = one.name.removeprefix("careers_changeset_")
                route = f"/admin/careers/changeset/{one.pattern}".replace("<int:number>", str(change_set.pk))
                if "<slug:act>" in route:
                    found |= {f"{name} {slug}": route.replace("<slug:act>", slug) for slug in SET_ACTS}
                else:
                    found[name] = f"{route}?page=careers.role:{role.pk}"
    return found


def state(role):
    return (
        content_of(role),
        Role.objects.count(),
        Draft.objects.count(),
        Version.objects.count(),
        DeskAction.objects.count(),
        [*ChangeSet.objects.values()],
        Remark.objects.count(),
    )


@pytest.mark.parametrize("method", ["get", "post"])
def test_each_page_of_the_desk_opens_for_those_it_is_for_and_for_nobody_else(clients, role, method):
    pages = addresses(role)
    assert {name for name in pages if name not in MAY} == set(), "say in MAY who may open it"
    assert len(pages) > 14
    before, wrong = state(role), []
    for name, address in pages.items():
        for person, client in clients.items():
            is_allowed = person in MAY[name]
            if method == "post" and is_allowed:
                continue
            response = getattr(client, method)(address)
            leads_away = response.status_code == 302 and "/login/" in response["Location"]
            is_shut = leads_away or response.status_code == 403
            if is_allowed is is_shut or (is_allowed and response.status_code >= 400):
                wrong.append((name, person, response.status_code))
    assert wrong == []
    assert state(role) == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_each_page_of_a_change_set_opens_for_those_it_is_for_and_for_nobody_else(clients, role, method):
    with editing():
        change_set = start_set(title="A set", by=None)
        put_page_in(change_set, role, by=None)
    pages, wrong = addresses_of_set(change_set, role), []
    assert {name for name in pages if name not in MAY_OF_SETS} == set(), "say in MAY_OF_SETS who may open it"
    assert len(pages) > 9
    before = state(role)
    for name, address in pages.items():
        for person, client in clients.items():
            is_allowed = person in MAY_OF_SETS[name]
            if method == "post" and is_allowed:
                continue
            response = getattr(client, method)(address)
            leads_away = response.status_code == 302 and "/login/" in response["Location"]
            is_shut = leads_away or response.status_code == 403
            is_fine = response.status_code < 400 or (name in ("put", "take") and response.status_code == 405)
            if is_allowed is is_shut or (is_allowed and not is_fine):
                wrong.append((name, person, response.status_code))
    assert wrong == []
    assert state(role) == before


def test_a_button_that_an_editor_is_not_offered_does_nothing_either(clients, role):
    """Publishing by the form itself, and by the list."""
    before = content_of(role)
    clients["editor"].post(f"/admin/careers/role/{role.pk}/change/", {"opened": "1", "_publish": "x", "title": "Mine"})
    chosen = {"action": "publish_selected", "_selected_action": [role.pk]}
    clients["editor"].post("/admin/careers/role/", chosen)
    correction = f"/admin/careers/role/{role.pk}/change/?correct=1"
    clients["editor"].post(correction, {"opened": "1", "_save": "x", "title": "Mine"})
    assert content_of(role) == before
    assert not DeskAction.objects.filter(what__in=("published", "alone")).exists()
