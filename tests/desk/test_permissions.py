"""Every address of the desk and every act of its lists, found by walking the admin site: new ones fall in.

Each is asked of five kinds of people, with GET and with POST.
"""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import URLResolver, resolve
from django.utils import timezone

from careers.accounts.models.invitations import Invitation
from careers.desk.admin.acts import ACTS
from careers.desk.admin.publishing import GuideAdmin
from careers.desk.admin.sets.acts import SET_ACTS
from careers.desk.selectors.checks import CHECKS
from careers.desk.selectors.links import LISTS
from careers.desk.services.drafts import delete_page, editing, head_of, save_draft
from careers.desk.services.sets.change_sets import put_page_in, start_set
from careers.desk.sheets.models import SheetImport
from careers.guide.models.desk.change_sets import ChangeSet
from careers.guide.models.desk.drafts import DeskAction
from careers.guide.models.roles import Role
from careers.guide.selectors.snapshots import content_of
from careers.guide.services.versions import current_version
from careers.people.models.profiles import Profile
from careers.reminders.models import ReminderMail
from careers.search.models.misses import SearchMiss
from careers.site.models import PageVote
from tests import factories as make
from tests.desk.staff import client_of, held_by

PEOPLE = ["visitor", "reader", "editor", "publisher", "superuser"]
EVERYBODY, STAFF = tuple(PEOPLE), ("editor", "publisher", "superuser")
PUBLISHERS, SUPERUSERS, NOBODY = ("publisher", "superuser"), ("superuser",), ()


def by_act(acts):
    return {f"act {slug}": PUBLISHERS if act.by_publisher else STAFF for slug, act in acts.items()}


# Who may open what, by the last part of its name; what is not named here is a page whose rights nobody has thought of.
OF_NOUNS = {
    **dict.fromkeys(("changelist", "add", "change", "old", "history", "version", "restore", "clash", "preview"), STAFF),
    **dict.fromkeys(("links", "remarks", "impact", "copy"), STAFF),
    **dict.fromkeys(("sheets", "sheets_export", "sheets_template", "sheets_import"), STAFF),
    **dict.fromkeys(("correction", "delete", "second_look", "publish_later", "archive_later"), PUBLISHERS),
    **by_act(ACTS),
}
# Only readers make what these list, and nobody changes it.
OF_READERS = {
    **dict.fromkeys(("changelist", "change", "old", "history", "answer", "off", "done"), STAFF),
    **dict.fromkeys(("add", "delete", "change by post"), NOBODY),
}
# Of people: superusers only. "old" is the short address of a page, which leads to its form and shows nothing itself.
OF_PEOPLE = {
    **dict.fromkeys(("changelist", "add", "change", "history", "delete", "password_change"), SUPERUSERS),
    "old": STAFF,
}
MAY = {
    "": {
        **dict.fromkeys(("index", "app_list", "sheets", "to_come", "desk_log", "deleted_pages", "deleted_page"), STAFF),
        **dict.fromkeys(("guide_health", "guide_figures", "guide_links", "guide_health_list"), STAFF),
        **dict.fromkeys(("password_change", "password_change_done", "autocomplete", "jsi18n", "view_on_site"), STAFF),
        **dict.fromkeys(("login", "logout"), EVERYBODY),
    },
    "changeset": {
        **dict.fromkeys(("changelist", "add", "change", "choose", "put", "take"), STAFF),
        "later": PUBLISHERS,
        **by_act(SET_ACTS),
    },
    "move": {**OF_NOUNS, "copy": NOBODY},
    "collection": {**OF_NOUNS, **dict.fromkeys(("add", "copy", "delete"), NOBODY)},
    "searchmiss": OF_READERS,
    "pagevote": OF_READERS,
    "user": OF_PEOPLE,
    "group": OF_PEOPLE,
    "invitation": dict.fromkeys(("changelist", "add", "revoke"), PUBLISHERS),
    "authenticator": {**OF_PEOPLE, "add": NOBODY, "change by post": NOBODY},
    "remindermail": {**OF_PEOPLE, "add": NOBODY, "delete": NOBODY, "change by post": NOBODY},
}
# Of the acts of lists, by their names.
MAY_ACT = {
    "publish_selected": PUBLISHERS,
    "archive_selected": PUBLISHERS,
    "take_out_selected": STAFF,
    "delete_selected": PUBLISHERS,
    "try_again": SUPERUSERS,
}
NOUNS = [model for model, desk in admin.site._registry.items() if isinstance(desk, GuideAdmin)]


@pytest.fixture
def clients(db):
    found = {"visitor": Client(), "reader": Client(), "superuser": Client()}
    found["reader"].user = make.make_user()
    found["superuser"].user = make.make_user(is_staff=True, is_superuser=True)
    for name in ("reader", "superuser"):
        found[name].force_login(found[name].user)
    return found | {group.lower(): client_of(group) for group in ("Editor", "Publisher")}


@pytest.fixture
def role(db):
    return make.make_role()


@pytest.fixture
def things(role):
    """{model: one of it}. Each page has three versions and a draft, and a sheet that was looked at."""
    pages = [
        *(role, make.make_skill(), make.make_certification(), make.make_industry(), make.make_metric()),
        *(make.make_company(), make.make_book(), make.make_question(), make.make_section()),
        *(make.make_move(role, make.make_role()), make.make_collection()),
    ]
    assert {type(page) for page in pages} == set(NOUNS)
    with editing():
        for page in pages:
            version = current_version(page)
            for name in ("One", "Two"):
                content = {**version.content, "fields": {**version.content["fields"], "source_name": name}}
                save_draft(page=page, content=content, opened=head_of(page), by=None)
        change_set = start_set(title="A set", by=None)
        put_page_in(change_set, role, by=None)
        delete_page(page=make.make_book(), by=None)
    return {type(thing): thing for thing in (*pages, change_set, *people_and_readers())}


def people_and_readers():
    user, group, day = make.make_user(), Group.objects.create(name="Some"), timezone.localdate()
    Invitation.objects.invite(email="a@example.org", group=group, now=timezone.now())
    return [
        *(user, group, Invitation.objects.get()),
        Authenticator.objects.create(user=user, type="totp", data={}),
        ReminderMail.objects.create(profile=make.make_profile(user=user)),
        SearchMiss.objects.create(words="some words", day=day),
        PageVote.objects.create(path="/roles/a/", is_useful=False, day=day),
    ]


def routes(patterns, prefix="/admin/"):
    """(address with its gaps, name) of each page."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, f"{prefix}{one.pattern}")
        else:
            yield f"{prefix}{one.pattern}", one.name


def addresses(things):
    """(model or None, name, address) of all that the desk has about these things. Nowhere is a page, too."""
    for route, name in routes(admin.site.get_urls()):
        if route.endswith("(?P<url>.*)$"):
            yield None, "nowhere", "/admin/nowhere/"
            continue
        model = model_of(route)
        if model:
            name = re.sub(r"^(careers_[a-z]+|auth_group|auth_user|mfa_[a-z]+)_", "", name or "old")
        gaps = gaps_of(route, model, things)
        acts = SET_ACTS if model is ChangeSet else ACTS
        for slug in acts if "<slug:act>" in route else [""]:
            yield model, f"{name} {slug}".strip(), filled(route, {**gaps, "act": slug}) + query_of(name, things)


def filled(route, gaps):
    """A route that is a pattern of several apps is filled with the first."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda gap: str(gaps[gap[1]]), re.sub(r"\^.*", "careers/", route))


def model_of(route):
    found = re.match(r"/admin/(careers|auth|mfa)/(\w+)/", route)
    return apps.get_model(*found.groups()) if found else None


def gaps_of(route, model, things):
    """What stands in an address for each of its gaps."""
    key = things[model].pk if model else 0
    found = {
        **dict.fromkeys(("base", "mine", "theirs", "number"), 1),
        **{"object_id": key, "id": key, "check": next(iter(CHECKS)), "kind": next(iter(LISTS))},
    }
    if model is ChangeSet:
        found["number"] = key
    elif "/sheets/<int" in route:
        label = model._meta.label_lower
        found["number"] = SheetImport.objects.create(model=label, file_name="a.csv", file=b"a", state="ready").pk
    elif "deleted-pages" in route:
        found["number"] = DeskAction.objects.get(what="deleted").version_id
    elif "content_type_id" in route:
        found |= {"content_type_id": ContentType.objects.get_for_model(Role).pk, "object_id": things[Role].pk}
    return found


def query_of(name, things):
    page = f"?page=careers.role:{things[Role].pk}"
    field = "?app_label=careers&model_name=roleskill&field_name=skill"
    return {"autocomplete": field, "choose": page, "put": page, "take": page}.get(name, "")


def who_may(model, name, method):
    noun = model._meta.model_name if model else ""
    may = MAY.get(noun) or (OF_NOUNS if model in NOUNS else {})
    return may.get(f"{name} by {method}", may.get(name))


def everything():
    """All rows of all tables, but for people's own profiles: the first form that somebody sends makes theirs."""
    return {model: [*model.objects.order_by("pk").values()] for model in set(apps.get_models()) - {Profile}}


def is_shut(response):
    return response.status_code in (403, 404) or leads_to_sign_in(response)


def leads_to_sign_in(response):
    return response.status_code == 302 and "/login/" in response["Location"]


def asked(client, method, address):
    """The answer, and afterwards all is as it was."""
    with transaction.atomic():
        response = getattr(client, method)(address)
        transaction.set_rollback(True)
    return response


def test_acceptance_15_each_page_of_the_desk_is_shut_to_all_whom_it_is_not_for(clients, things):
    pages = [page for page in addresses(things) if page[1] != "nowhere"]
    unnamed = {(model, name) for model, name, _ in pages if who_may(model, name, "get") is None}
    assert unnamed == set(), "say in MAY who may open it"
    assert len(pages) > 330
    before, opened = everything(), []
    for model, name, address in pages:
        for method in ("get", "post"):
            for person in PEOPLE:
                if person in who_may(model, name, method):
                    continue
                response = getattr(clients[person], method)(address)
                if not is_shut(response):
                    opened.append((address, method, person, response.status_code))
    assert opened == []
    assert everything() == before


@pytest.mark.parametrize("is_whole", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_acceptance_15_each_page_of_the_desk_opens_for_those_it_is_for(clients, things, is_whole):
    """In short each of the many nouns that are alike is opened by the one who may least; roles and all else by
    everybody.
    """
    assert set(held_by("Editor")) < set(held_by("Publisher"))
    wrong = []
    for model, name, address in addresses(things):
        if name in ("login", "logout", "nowhere"):
            continue
        is_alike = model in NOUNS and model is not Role and not is_whole
        for method in ("get",) if is_alike else ("get", "post"):
            may = who_may(model, name, method)
            for person in may[:1] if is_alike else may:
                response = asked(clients[person], method, address)
                # An empty form may be told that it is, and some pages take forms only or none.
                is_fine = response.status_code < 400 or response.status_code in ((405,), (400, 405))[method == "post"]
                if is_shut(response) or not is_fine:
                    wrong.append((address, method, person, response.status_code))
    assert wrong == []


def test_acceptance_15_an_address_that_is_none_tells_no_stranger_so(clients):
    answers = {person: clients[person].get("/admin/nowhere/") for person in PEOPLE}
    assert {person for person, answer in answers.items() if leads_to_sign_in(answer)} == {"visitor", "reader"}
    assert {answers[person].status_code for person in STAFF} == {404}


def test_acceptance_15_each_act_of_a_list_is_offered_to_and_done_for_those_it_is_for_only(clients, things):
    before, wrong, found = everything(), [], set()
    for model, desk in admin.site._registry.items():
        address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        acts = acts_of(desk, clients["superuser"])
        found |= acts
        assert acts <= set(MAY_ACT), "say in MAY_ACT who may do it"
        for act in acts:
            sent = {"action": act, "_selected_action": [things[model].pk], "post": "yes", "seen": "1"}
            may = MAY_ACT[act] if model in NOUNS else SUPERUSERS
            for person in set(PEOPLE) - set(may):
                clients[person].post(address, sent)
            wrong += [(address, act, one) for one in STAFF if (act in acts_of(desk, clients[one])) != (one in may)]
    assert wrong == []
    assert found == set(MAY_ACT)
    assert everything() == before


def acts_of(desk, client):
    request = RequestFactory().get("/admin/")
    request.user = client.user
    request.resolver_match = resolve("/admin/")
    return set(desk.get_actions(request)) if desk.has_view_permission(request) else set()


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
