"""What every page's markup keeps to: no role that an element has by itself, no label for what nobody sees, no class
that is styled by a sheet which the page does not ask for."""

import re
from functools import cache
from html.parser import HTMLParser

import pytest
from django.contrib import admin
from django.contrib.staticfiles.finders import get_finders
from django.test import Client
from django.urls import reverse

from bpo_portal.static import whole
from tests import factories as make
from tests.house.test_me import OF_A_THING, PLAIN, address, one_of_each
from tests.own_pages import pages_of

OWN_ROLES = {
    "table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell",
    "th": "columnheader rowheader",
    "ul": "list", "ol": "list", "li": "listitem", "nav": "navigation", "main": "main", "header": "banner",
    "footer": "contentinfo", "form": "form", "button": "button", "article": "article", "aside": "complementary",
    "fieldset": "group", "h1": "heading", "h2": "heading", "h3": "heading", "select": "listbox", "img": "img",
}  # fmt: skip
PUBLIC = ["home", "guide-read", "role-list", "role-compare", "route-map", "route-find", "exit-list", "skill-list"]
PUBLIC += [
    "certification-list",
    "industry-list",
    "company-list",
    "book-list",
    "question-list",
    "search-list",
    "match-list",
    "practice-list",
    "practice-typing",
    "practice-entry",
    "account_login",
    "account_signup",
]
OF_AN_ACCOUNT = ["account_email", "account_change_password", "mfa_index"]


class Faults(HTMLParser):
    """Reads a page; `faults` are sentences."""

    def __init__(self, text):
        super().__init__()
        self.faults, self.labelled, self.kinds = [], [], {}
        self.classes, self.sheets = set(), []
        self.is_list_on_phones = self.in_head = False
        self.feed(text)
        for name in self.labelled:
            if self.kinds.get(name, "nothing") in ("hidden", "nothing"):
                self.faults.append(f"a label points to {name}, which is {self.kinds.get(name, 'nowhere')}")
        if "css/portal.css" in self.sheets:
            styled = set().union(*map(classes_of, self.sheets))
            self.faults += [
                f"no sheet of the page styles .{name}" for name in (self.classes - styled) & styled_at_all()
            ]

    def handle_starttag(self, tag, pairs):
        given = dict(pairs)
        self.classes |= set((given.get("class") or "").split())
        if given.get("rel") == "stylesheet":
            self.sheets.append(given["href"].removeprefix("/static/"))
        if tag == "table":
            # Where rows become blocks on a phone they lose their roles, so that those are said; its head is not shown.
            self.is_list_on_phones = "table-stack" in given.get("class", "").split()
        if tag in ("thead", "tbody"):
            self.in_head = tag == "thead"
        is_needed = self.is_list_on_phones and not self.in_head and tag in ("table", "tbody", "tr", "td", "th")
        if given.get("role") in OWN_ROLES.get(tag, "").split() and not is_needed:
            self.faults.append(f"<{tag}> says its own role {given['role']}")
        if tag == "label" and given.get("for"):
            self.labelled.append(given["for"])
        if given.get("id"):
            self.kinds[given["id"]] = given.get("type", tag) if tag == "input" else tag

    def handle_endtag(self, tag):
        if tag == "table":
            self.is_list_on_phones = False


@cache
def sources():
    return {name: (storage, name) for finder in get_finders() for name, storage in finder.list([])}


@cache
def classes_of(sheet):
    selectors = re.sub(r"/\*.*?\*/|{[^{}]*}", " ", whole(sheet, sources()), flags=re.DOTALL)
    return set(re.findall(r"\.([a-z][\w-]*)", selectors))


@cache
def styled_at_all():
    """By a sheet of the portal: those of the desk and of a PDF are about other pages."""
    ours = {name for name in sources() if name.startswith("css/")} - {"css/admin.css", "css/paper.css"}
    return set().union(*map(classes_of, ours))


def faults_of(response):
    assert response.status_code == 200
    return Faults(response.text).faults


def test_the_reader_finds_faults():
    page = (
        '<table role="table"><tr role="row"></tr></table><label for="a">A</label><input type="hidden" id="a">'
        '<label for="b">B</label>'
    )
    assert len(Faults(page).faults) == 4
    stacked = '<table class="table-stack" role="table"><thead><tr role="row"></thead><tbody role="rowgroup"></table>'
    assert Faults(stacked).faults == ["<tr> says its own role row"]
    unstyled = '<link rel="stylesheet" href="/static/css/portal.css"><p class="lead metro"></p>'
    assert Faults(unstyled).faults == ["no sheet of the page styles .metro"]


@pytest.mark.django_db
class TestMarkup:
    def test_of_pages_for_everybody(self, client):
        for slug in ("a", "b"):
            role = make.make_role(slug=slug, skills={make.make_skill(): 2})
            role.role_metrics.create(metric=make.make_metric())
        certification = make.make_certification()
        pages = [*map(reverse, PUBLIC), role.get_absolute_url(), certification.get_absolute_url()]
        pages.append(reverse("role-compare") + "?role=a&role=b")
        faults = {page: found for page in pages if (found := faults_of(client.get(page)))}
        assert not faults

    def test_of_ones_own_pages(self, person, settings):
        things = one_of_each(person.profile)
        faults = {}
        addresses = [
            *((name, reverse(name)) for name in PLAIN),
            *((name, address(name, things)) for name in OF_A_THING),
            *((name, reverse(name)) for name in OF_AN_ACCOUNT),
        ]
        for _, page, response in pages_of(person, addresses):
            faults[page] = faults_of(response)
        assert len(faults) > 40
        assert not {page: found for page, found in faults.items() if found}

    def test_of_the_desk(self):
        desk = Client()
        desk.force_login(make.make_user(is_staff=True, is_superuser=True))
        role = make.make_role(skills={make.make_skill(): 2})
        faults = {}
        for model in admin.site._registry:
            page = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
            response = desk.get(page)
            if response.status_code == 200:
                faults[page] = faults_of(response)
        page = reverse("admin:careers_role_change", args=[role.pk])
        faults[page] = faults_of(desk.get(page))
        assert len(faults) > 10
        assert not {page: found for page, found in faults.items() if found}
