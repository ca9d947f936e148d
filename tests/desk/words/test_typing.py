"""What is written at the desk is not lost: it saves itself, and a form that met an ended session comes back."""

import re
from datetime import timedelta
from html import unescape
from itertools import count

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from careers.accounts.models.sessions import Session
from careers.desk.selectors.states import history_of
from careers.desk.services.autosaves import prune_autosaves
from careers.desk.services.drafts import draft_of, head_of
from careers.guide.models.desk.drafts import DeskAction, Draft, Remark
from careers.guide.models.revisions import Revision
from careers.guide.models.roles import Role
from careers.guide.models.versions import Version
from careers.guide.selectors.snapshots import content_of
from careers.people.views.lost_forms import PUT_BACK
from tests.as_sent import as_sent
from tests.desk.forms import discard, opened, publish, row_of, save, send, url_of
from tests.factories import make_role, make_skill, make_user

WORD, OTHER_WORD = "a" * 32, "b" * 32
OURS = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}
NUMBERS = count(1)
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def editor_in(group):
    user = make_user(is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def editor(guide):
    return editor_in("Editor")


@pytest.fixture
def second(guide):
    return editor_in("Publisher")


@pytest.fixture
def role(guide):
    return make_role(title="Night porter", slug="night-porter", team_size="", skills={make_skill(): 2, make_skill(): 3})


def tick(client, page, form, *, word=WORD, sequence=None, **changes):
    """What the script sends while somebody writes; the answer."""
    fields = form | {"autosave": "1", "typing": word, "sequence": str(sequence or next(NUMBERS))} | changes
    answer = client.post(url_of(page), {name: value for name, value in fields.items() if value is not None})
    assert answer.status_code == 200, answer.text
    return answer.json()


def finish(client, page, form, *, word=WORD, **changes):
    return send(client, page, form, **{"typing": word, "sequence": str(next(NUMBERS))} | changes)


def said(page, name="summary"):
    return head_of(page).content["fields"][name]


def test_acceptance_10_an_hour_of_typing_is_one_line_in_the_history(editor, role):
    """DESK.md 5, 10."""
    form, number = opened(editor, role), Revision.current()
    for minute in range(6):
        assert tick(editor, role, form, summary=f"Minute {minute}.")["outcome"] == "kept"
    assert (said(role), Role.objects.get(pk=role.pk).summary) == ("Minute 5.", role.summary)
    assert Revision.current() == number
    assert DeskAction.objects.count() == 0
    assert [one.what for one in history_of(role)] == [
        "Saved while it was written",
        "Written by something else than the desk",
    ]
    finish(editor, role, form, summary="All of it.")
    assert [one.what for one in history_of(role)][:-1] == ["Saved a draft"]
    assert not Version.objects.filter(kind="autosaved").exists()


def test_acceptance_10_a_late_autosave_never_replaces_a_newer_version(editor, role):
    form = opened(editor, role)
    tick(editor, role, form, summary="New.", sequence=5000)
    assert tick(editor, role, form, summary="Old.", sequence=4999)["outcome"] == "late"
    assert tick(editor, role, form, summary="Old.", sequence=5000)["outcome"] == "late"
    finish(editor, role, form, summary="Saved.", sequence="5002")
    assert tick(editor, role, form, summary="Old.", sequence=5001)["outcome"] == "late"
    assert said(role) == "Saved."
    again = opened(editor, role)
    tick(editor, role, again, word=OTHER_WORD, summary="Tried.", sequence=6000)
    finish(editor, role, again, word=OTHER_WORD, sequence="6002")
    assert said(role) == "Saved.", "saved as it was opened, so what was tried in between is gone"
    assert tick(editor, role, again, word=OTHER_WORD, summary="Tried.", sequence=6001)["outcome"] == "late"


def test_acceptance_10_an_approval_that_it_touches_falls(editor, second, role):
    save(editor, role, summary="Look at this.")
    Draft.objects.update(state="approved", decided_by=second.user)
    form = opened(editor, role)
    assert tick(editor, role, form)["outcome"] == "unchanged"
    assert draft_of(role).state == "approved"
    tick(editor, role, form, summary="Something else.")
    assert (draft_of(role).state, draft_of(role).decided_by) == ("editing", None)


def test_what_another_saves_meanwhile_stays_in_it(editor, second, role):
    form = opened(editor, role)
    tick(editor, role, form, summary="Mine.")
    save(second, role, team_size="Theirs.")
    tick(editor, role, form, summary="Mine, longer.")
    assert (said(role), said(role, "team_size")) == ("Mine, longer.", "Theirs.")
    finish(editor, role, form, summary="Mine, at last.")
    assert (said(role), said(role, "team_size")) == ("Mine, at last.", "Theirs.")
    form = opened(editor, role)
    tick(editor, role, form, word=OTHER_WORD, outlook="Mine.")
    save(second, role, outlook="Theirs.")
    assert tick(editor, role, form, word=OTHER_WORD, outlook="Mine, longer.")["outcome"] == "clash"
    assert said(role, "outlook") == "Theirs."
    answer = finish(editor, role, form, word=OTHER_WORD, outlook="Mine, longer.")
    page = editor.get(answer["Location"]).text
    assert [text for text in ("Theirs.", "Mine, longer.") if text not in page] == []


def test_rows_that_are_new_are_there_once(editor, role):
    one, two = make_skill(name="Typing fast"), make_skill(name="Listening")
    form = opened(editor, role)

    def row(number, skill, level):
        values = {"id": "", "role": role.pk, "skill": skill.pk if skill else "", "proficiency": level}
        return {f"role_skills-{number}-{name}": value for name, value in values.items()}

    added = {"role_skills-TOTAL_FORMS": "4", **row(2, one, "3"), **row(3, None, "4")}
    answer = tick(editor, role, form, **added)
    assert answer["left"] == ["Skills it asks for, row 4: the whole row"]
    keys = {entry["pk"] for entry in head_of(role).content["rows"]["role_skills"]}
    tick(editor, role, form, **added | row(3, two, "4"))
    again = {entry["pk"] for entry in head_of(role).content["rows"]["role_skills"]}
    assert keys < again, "the row that was there keeps its key"
    assert len(again) == 4
    finish(editor, role, form, **added | row(3, two, "4"))
    assert {entry["pk"] for entry in head_of(role).content["rows"]["role_skills"]} == again
    back = opened(editor, role)
    assert back[f"{row_of(back, 'role_skills', skill=two.pk)}-proficiency"] == ["4"]


def test_what_no_column_can_hold_is_named_and_the_rest_is_kept(editor, role):
    form = opened(editor, role)
    answer = tick(editor, role, form, summary="", checked_on="some day", outlook="Good.", level="no such")
    assert answer["outcome"] == "kept"
    assert {name.lower() for name in answer["left"]} == {"checked on", "level"}
    kept = head_of(role).content["fields"]
    assert (kept["summary"], kept["outlook"]) == ("", "Good.")
    assert (kept["checked_on"], kept["level"]) == (content_of(role)["fields"]["checked_on"], role.level)
    assert "Good." in editor.get(url_of(role)).text


def test_a_form_that_shows_what_saved_itself_can_still_be_saved(editor, role):
    first = opened(editor, role)
    tick(editor, role, first, summary="One.")
    reloaded = opened(editor, role)
    assert reloaded["summary"] == ["One."]
    tick(editor, role, first, summary="Two.")
    send(editor, role, reloaded, outlook="From the other tab.")
    assert (said(role), said(role, "outlook")) == ("Two.", "From the other tab.")


def test_what_is_taken_back_leaves_no_draft(editor, role):
    form = opened(editor, role)
    tick(editor, role, form, summary="Tried.")
    tick(editor, role, form)
    assert draft_of(role) is None
    tick(editor, role, form, summary="Tried again.")
    assert said(role) == "Tried again."


def test_a_draft_that_was_published_or_discarded_does_not_come_back_by_itself(editor, second, role):
    form = opened(editor, role)
    tick(editor, role, form, summary="Mine.")
    discard(second, role)
    assert tick(editor, role, form, summary="Mine, longer.")["outcome"] == "gone"
    assert draft_of(role) is None
    finish(editor, role, form, summary="Mine, on purpose.")
    assert said(role) == "Mine, on purpose."


def test_a_page_that_readers_have_not_seen_is_kept_beside_its_rows(editor, second, guide):
    page = make_role(status=Role.Status.DRAFT, published_at=None)
    form, number = opened(editor, page), Revision.current()
    tick(editor, page, form, summary="Begun.")
    assert Revision.current() == number, "pages that are kept for readers are not made anew every few seconds"
    assert opened(editor, page)["summary"] == ["Begun."]
    save(editor, page, outlook="Good.")
    page.refresh_from_db()
    assert (page.summary, page.outlook) == ("Begun.", "Good.")
    form = opened(editor, page)
    tick(editor, page, form, word=OTHER_WORD, summary="Ready.")
    publish(second, page)
    page.refresh_from_db()
    assert (page.is_published, page.summary) == (True, "Ready.")


def test_a_correction_never_saves_itself(second, role):
    before = content_of(role)
    form = opened(second, role, "?correct=1")
    fields = {**form, "autosave": "1", "typing": WORD, "sequence": "1", "summary": "For all to see."}
    assert second.post(f"{url_of(role)}?correct=1", fields).status_code == 400
    assert content_of(role) == before
    assert "data-saves" not in second.get(f"{url_of(role)}?correct=1").text


def ended(client):
    """By signing out in another tab, as far as this form can know."""
    Session.objects.all().delete()


def press(client, page, **changes):
    fields = {name: unescape(value) for name, value in FIELD.findall(page.text)}
    return client.post(page.request["PATH_INFO"], fields | changes, headers=OURS)


def sign_in(client, user):
    """By the page, so that the token changes."""
    client.cookies.pop(settings.SESSION_COOKIE_NAME, None)
    page = client.get("/account/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
    fields = {"login": user.email, "password": "correct horse battery", "csrfmiddlewaretoken": token}
    assert client.post("/account/login/?next=/account/signed-in/", fields).url == "/account/signed-in/"


@pytest.fixture
def browser(editor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor.user)
    client.user = editor.user
    return client


def test_acceptance_9_text_typed_into_a_dead_session_is_back_in_the_form(browser, role):
    """DESK.md 5, 9, for a browser without a script: the fields of a form are all that it sends."""
    form = as_sent(browser.get(url_of(role)).text, form_id="role_form")
    ended(browser)
    typed = {**form, "summary": "Typed into nothing.", "_save": "Save draft"}
    page = browser.post(url_of(role), typed, headers=OURS)
    assert page.status_code == 403
    assert "Put it back into the form" in page.text
    sign_in(browser, browser.user)
    again = press(browser, page)
    assert "You are signed in." in again.text
    back = press(browser, again)
    assert (back.status_code, draft_of(role)) == (200, None)
    shown = as_sent(back.text, form_id="role_form")
    assert shown["summary"] == ["Typed into nothing."]
    assert "What you wrote is back." in back.text
    assert browser.post(url_of(role), {**shown, "_save": "Save draft"}, headers=OURS).status_code == 302
    assert said(role) == "Typed into nothing."
    fresh = as_sent(browser.get(url_of(role)).text, form_id="role_form")
    assert PUT_BACK not in fresh
    assert Version.objects.filter(kind="saved").count() == 1


def test_acceptance_9_nobody_else_on_the_browser_is_shown_it(browser, second, role):
    form = as_sent(browser.get(url_of(role)).text, form_id="role_form")
    ended(browser)
    page = browser.post(url_of(role), {**form, "summary": "For me alone.", "_save": "x"}, headers=OURS)
    sign_in(browser, second.user)
    lost = press(browser, page)
    assert lost.status_code == 403
    assert "For me alone." not in lost.text
    assert "Somebody else wrote this" in lost.text
    token = as_sent(browser.get(url_of(role)).text, form_id="role_form")["csrfmiddlewaretoken"]
    taken = press(browser, page, csrfmiddlewaretoken=token[0])
    assert (taken.status_code, "For me alone." in taken.text) == (403, False)
    assert draft_of(role) is None


def test_a_new_page_comes_back_too(browser):
    add = "/admin/careers/book/add/"
    form = as_sent(browser.get(add).text, form_id="book_form")
    ended(browser)
    page = browser.post(add, {**form, "title": "A book of mine", "_save": "x"}, headers=OURS)
    sign_in(browser, browser.user)
    back = press(browser, press(browser, page))
    assert as_sent(back.text, form_id="book_form")["title"] == ["A book of mine"]


def test_old_autosaves_are_thinned_to_the_last_of_a_day(db):
    """What a draft goes by, what somebody did something about, and what is younger than a month stays."""
    role, now = make_role(), timezone.now()
    kept = {}
    days_ago = {"first": 40, "remarked": 40, "last": 40, "other day": 39, "base": 38, "end": 38, "young": 29, "new": 29}
    for number, (name, days) in enumerate(days_ago.items(), start=1):
        at = (now - timedelta(days=days)).replace(hour=12, minute=number)
        values = {"model": "careers.role", "page_pk": role.pk, "number": number, "kind": "autosaved", "at": at}
        kept[name] = Version.objects.create(**values, content={}, digest="x", schema="x")
    other = Version.objects.create(**{**values, "page_pk": role.pk + 1, "at": kept["first"].at}, content={}, digest="x")
    Remark.objects.create(model="careers.role", page_pk=role.pk, version=kept["remarked"], text="See?", place="")
    Draft.objects.create(model="careers.role", page_pk=role.pk, base=kept["base"], started_at=now, changed_at=now)
    assert prune_autosaves(now=now) == 1
    assert not Version.objects.filter(pk=kept["first"].pk).exists()
    assert Version.objects.filter(pk__in=[other.pk, *(one.pk for one in kept.values())]).count() == len(kept)
    assert prune_autosaves(now=now) == 0
