"""A draft beside the page that readers have: nothing of it shows, nothing of either is lost."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careers.desk.admin.acts import ACTS
from careers.desk.admin.publishing import GuideAdmin
from careers.desk.services.drafts import editing, publish_draft, restore_version, save_draft
from careers.guide.models.certifications import Certification
from careers.guide.models.desk.drafts import DeskAction, Draft
from careers.guide.models.publishing import GuideModel
from careers.guide.models.revisions import Revision
from careers.guide.models.role_rows import RoleSkill
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.guide.models.versions import Version
from careers.guide.selectors.snapshots import content_of
from careers.guide.services.loading import load_guide
from careers.guide.services.page_faults import TAKEN_BEFORE
from careers.guide.services.versions import current_version, versions_of
from careers.people.admin.unchanged import NOTHING_CHANGED
from tests.desk.forms import as_sent_of_act, opened, restore, row_of, save, send, url_of
from tests.factories import make_role, make_skill, make_user

Status = GuideModel.Status
NOUNS = [model for model, desk in admin.site._registry.items() if isinstance(desk, GuideAdmin)]


def act(client, page, name, **data):
    url = url_of(page, "act", name)
    return client.post(url, {**as_sent_of_act(client, url), **data}, follow=True)


def rows(role):
    return {row.pk: (row.skill_id, row.proficiency) for row in role.role_skills.all()}


def a_role():
    """A small one, whose form is soon made."""
    skills = {make_skill(): 2, make_skill(): 3}
    return make_role(title="Night porter", slug="night-porter", team_size="", skills=skills)


@pytest.fixture
def role(publisher):
    return a_role()


@pytest.fixture
def second(guide):
    """Another publisher, in another browser."""
    client = Client()
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


@pytest.mark.any_database
@pytest.mark.parametrize("noun", NOUNS, ids=lambda model: model.__name__)
def test_a_page_that_is_opened_and_saved_unchanged_has_no_draft(publisher, noun):
    page = noun._base_manager.filter(status=Status.PUBLISHED).first()
    if page is None:
        pytest.skip("the guide has none")
    number = Revision.current()
    answer = save(publisher, page)
    assert NOTHING_CHANGED in publisher.get(answer["Location"]).text
    assert not Draft.objects.exists()
    assert Revision.current() == number


def test_acceptance_1_rows_keep_their_keys_from_publishing_to_publishing(publisher):
    role = make_role(skills={make_skill(): level for level in (1, 2, 3, 4, 5, 1, 2, 3)})
    before = rows(role)
    save(publisher, role, summary="First.", _publish="x")
    act(publisher, role, "archive")
    act(publisher, role, "publish")
    save(publisher, role, summary="Second.")
    act(publisher, role, "publish")
    first = versions_of(role).earliest("number")
    restore(publisher, role, first.number)
    act(publisher, role, "publish")
    assert rows(role) == before
    assert Role.objects.get(pk=role.pk).summary == first.content["fields"]["summary"]


@pytest.mark.any_database
def test_a_row_of_a_draft_can_be_changed_again_and_gets_its_key_when_it_is_published(publisher):
    kept, skill = make_skill(), make_skill(name="Typing fast")
    role = make_role(skills={kept: 2})
    form, before = opened(publisher, role), rows(role)
    new = {"id": "", "role": role.pk, "skill": skill.pk, "proficiency": "3", "is_essential": "on"}
    added = {f"role_skills-1-{name}": value for name, value in new.items()}
    send(publisher, role, form, **added, **{"role_skills-TOTAL_FORMS": "2"})
    again = opened(publisher, role)
    place = row_of(again, "role_skills", skill=skill.pk)
    assert int(again[f"{place}-id"][0]) < 0
    assert rows(role) == before
    send(publisher, role, again, **{f"{place}-proficiency": "5"})
    act(publisher, role, "publish")
    assert RoleSkill.objects.get(role=role, skill=skill).proficiency == 5
    assert {key: rows(role)[key] for key in before} == before
    assert all(key > 0 for key in rows(role))


def test_acceptance_8_two_who_write_at_once_are_both_in_the_draft(publisher, second, role):
    form = opened(second, role)
    save(publisher, role, summary="Theirs.")
    answer = send(second, role, form, team_size="Ten.")
    assert "Their changes and yours are both in the draft." in second.get(answer["Location"]).text
    for client in (publisher, second):
        form = opened(client, role)
        assert (form["summary"], form["team_size"]) == (["Theirs."], ["Ten."])


def test_acceptance_8_two_who_change_the_same_are_shown_both_and_nothing_is_lost(publisher, second, role):
    form = opened(second, role)
    save(publisher, role, summary="Theirs.")
    answer = send(second, role, form, summary="Mine.", team_size="Ten.")
    page = second.get(answer["Location"]).text
    assert [text for text in ("Summary", "Theirs.", "Mine.", role.summary) if text not in page] == []
    assert opened(publisher, role)["summary"] == ["Theirs."]
    assert "Choose one side for each." in second.post(answer["Location"], {}).text
    second.post(answer["Location"], {"side-0": "mine"})
    merged = opened(publisher, role)
    assert (merged["summary"], merged["team_size"]) == (["Mine."], ["Ten."])
    assert Version.objects.get(kind="aside").content["fields"]["summary"] == "Mine."


def test_acceptance_8_a_choice_between_two_is_asked_again_where_somebody_saves_meanwhile(publisher, second, role):
    form = opened(second, role)
    save(publisher, role, summary="Theirs.")
    answer = send(second, role, form, summary="Mine.")
    save(publisher, role, summary="Theirs, again.")
    assert "saved this page again meanwhile" in second.post(answer["Location"], {"side-0": "mine"}).text
    assert opened(publisher, role)["summary"] == ["Theirs, again."]


@pytest.mark.any_database
def test_what_something_else_writes_meanwhile_is_published_with_the_draft(publisher, role):
    skill, gone = make_skill(), role.role_skills.first()
    save(publisher, role, summary="Mine.")
    Role.objects.filter(pk=role.pk).update(outlook="Theirs.")
    RoleSkill.objects.create(role=role, skill=skill, proficiency=4)
    gone.delete()
    act(publisher, role, "publish")
    role.refresh_from_db()
    assert (role.summary, role.outlook) == ("Mine.", "Theirs.")
    assert skill in role.skills.all()
    assert gone.skill not in role.skills.all()


@pytest.mark.any_database
def test_a_draft_and_readers_page_that_changed_the_same_are_shown_before_publishing(publisher, role):
    save(publisher, role, summary="Mine.")
    Role.objects.filter(pk=role.pk).update(summary="Theirs.")
    page = act(publisher, role, "publish")
    assert "Two changes" in page.text
    role.refresh_from_db()
    assert role.summary == "Theirs."
    publisher.post(page.redirect_chain[-1][0], {"side-0": "mine"})
    act(publisher, role, "publish")
    role.refresh_from_db()
    assert role.summary == "Mine."


def test_acceptance_12_a_published_page_is_corrected_while_its_draft_waits(publisher, role):
    save(publisher, role, summary="Still thinking.")
    form = opened(publisher, role, "?correct=1")
    assert form["summary"] == [role.summary]
    send(publisher, role, form, "?correct=1", team_size="15 agents")
    reader = Client().get(role.get_absolute_url()).text
    assert "15 agents" in reader
    assert "Still thinking." not in reader
    draft = opened(publisher, role)
    assert (draft["summary"], draft["team_size"]) == (["Still thinking."], ["15 agents"])


@pytest.mark.any_database
@pytest.mark.parametrize("is_late", [True, False])
def test_a_correction_that_cannot_be_published_is_kept_and_can_be_restored(publisher, second, role, is_late):
    save(publisher, role, team_size="Still thinking.")
    form = opened(publisher, role, "?correct=1")
    if is_late:
        send(second, role, opened(second, role, "?correct=1"), "?correct=1", summary="Theirs.")
    answer = send(publisher, role, form, "?correct=1", summary="Mine.", **({} if is_late else {"duties": ""}))
    page = publisher.get(answer["Location"])
    assert "Not published." in page.text
    assert "Mine." in page.text
    assert "Mine." not in Client().get(role.get_absolute_url()).text
    assert opened(publisher, role)["team_size"] == ["Still thinking."]
    restore(publisher, role, page.context["version"].number)
    assert opened(publisher, role)["summary"] == ["Mine."]


@pytest.mark.any_database
def test_what_is_written_in_a_window_of_its_own_is_a_draft_too(publisher):
    skill = make_skill()
    answer = save(publisher, skill, summary="In a window.", _popup="1")
    assert answer.status_code == 200
    assert opened(publisher, skill)["summary"] == ["In a window."]
    new = {**opened(publisher, skill), "opened": "", "name": "Of a window", "slug": "of-a-window", "_popup": "1"}
    publisher.post("/admin/careers/skill/add/", new)
    made = Skill.objects.get(slug="of-a-window")
    assert (made.status, Draft.objects.filter(page_pk=made.pk, model="careers.skill").count()) == (Status.DRAFT, 1)


def test_acceptance_7_a_discarded_draft_changes_nothing_for_readers_and_comes_back_from_the_history(publisher, role):
    addresses = (role.get_absolute_url(), "/search/?q=night+porter", "/search/suggest/?q=night+porter")
    before, number = [Client().get(one).content for one in addresses], Revision.current()
    assert [one for one in before if role.title.encode() not in one] == []
    save(publisher, role, title="Never minder", summary="Never mind.")
    version = Draft.objects.get().head
    act(publisher, role, "discard")
    assert not Draft.objects.exists()
    assert [Client().get(one).content for one in addresses] == before
    assert Revision.current() == number
    assert b"Never minder" not in Client().get("/search/?q=minder").content
    restore(publisher, role, version.number)
    assert opened(publisher, role)["summary"] == ["Never mind."]


@pytest.mark.parametrize("name", [*(act for act in ACTS if act != "archive"), "restore"])
def test_each_act_on_a_page_that_somebody_has_changed_meanwhile_is_refused(publisher, second, role, name):
    first = current_version(role)
    save(publisher, role, summary="Looked at.")
    if name in ("approve", "send-back"):
        act(second, role, "review")
    url = url_of(role, "restore", first.number) if name == "restore" else url_of(role, "act", name)
    seen = as_sent_of_act(publisher, url)
    save(second, role, summary="Theirs.")
    state = content_of(role), Draft.objects.values().get(), Version.objects.count(), DeskAction.objects.count()
    answer = publisher.post(url, {**seen, "text": "Why."}, follow=True)
    assert "Somebody has changed the draft" in answer.text
    role.refresh_from_db()
    now = content_of(role), Draft.objects.values().get(), Version.objects.count(), DeskAction.objects.count()
    assert (now, role.is_published) == (state, True)


@pytest.mark.any_database
def test_a_page_is_taken_offline_whatever_its_draft_says_by_now_which_stays(publisher, second, role):
    """Whoever types in it, whose draft saves itself every twenty seconds, does not keep it online."""
    save(publisher, role, summary="Looked at.")
    url = url_of(role, "act", "archive")
    seen = as_sent_of_act(publisher, url)
    save(second, role, summary="Theirs.")
    assert "is offline." in publisher.post(url, seen, follow=True).text
    assert Client().get(role.get_absolute_url()).status_code in (404, 410)
    assert opened(publisher, role)["summary"] == ["Theirs."]


@pytest.mark.any_database
@pytest.mark.parametrize("is_found", [True, False])
def test_a_page_is_not_taken_offline_where_readers_see_something_else_by_now(publisher, second, role, is_found):
    url = url_of(role, "act", "archive")
    seen = as_sent_of_act(publisher, url)
    if is_found:
        Role.objects.filter(pk=role.pk).update(summary="Theirs.")
    else:
        save(second, role, summary="Theirs.", _publish="x")
    assert "What readers see has changed" in publisher.post(url, seen).text
    assert "Theirs." in Client().get(role.get_absolute_url()).text


def test_what_is_sent_twice_is_done_once(publisher, role):
    """The second of two clicks finds what the first has done, and says so."""
    first = current_version(role)
    for name in ("restore", "discard", "archive"):
        save(publisher, role, summary=f"For {name}.")
        url = url_of(role, "restore", first.number) if name == "restore" else url_of(role, "act", name)
        seen = as_sent_of_act(publisher, url)
        texts = [publisher.post(url, seen, follow=True).text for _ in range(2)]
        assert [text for text in texts if "Somebody has changed" in text] == [], name
    assert [one.what for one in DeskAction.objects.order_by("pk")].count("archived") == 1


@pytest.mark.parametrize("fault", ["incomplete", "taken", "database"])
def test_acceptance_3_a_publishing_that_fails_leaves_everything_as_it_was(publisher, role, fault, monkeypatch):
    changes = {"duties": ""} if fault == "incomplete" else {"summary": "New."}
    save(publisher, role, **changes, **({"title": "Taken soon"} if fault == "taken" else {}))
    if fault == "taken":
        make_role(title="Taken soon")
    state = content_of(role), Revision.current(), Draft.objects.values().get(), Version.objects.count()
    if fault == "database":
        monkeypatch.setattr(DeskAction, "save", breaks)
        publisher.raise_request_exception = False
    act(publisher, role, "publish")
    assert (content_of(role), Revision.current(), Draft.objects.values().get(), Version.objects.count()) == state


def breaks(*args, **kwargs):
    raise RuntimeError("the disk is full")


def test_acceptance_11_a_version_comes_back_across_exchanged_rows_and_deleted_pages(publisher):
    one, two, gone = make_skill(), make_skill(), make_skill(name="Dropped")
    role = make_role(skills={one: 1, two: 5, gone: 2})
    first = current_version(role)
    form = opened(publisher, role)
    a, b = (row_of(form, "role_skills", skill=skill.pk) for skill in (one, two))
    send(publisher, role, form, **{f"{a}-skill": two.pk, f"{b}-skill": one.pk}, _publish="x")
    assert {row.skill: row.proficiency for row in role.role_skills.all()} == {one: 5, two: 1, gone: 2}
    gone.delete()
    answer = restore(publisher, role, first.number)
    assert "Left out, as it was deleted meanwhile: Dropped." in answer.text
    act(publisher, role, "publish")
    assert {row.skill: row.proficiency for row in role.role_skills.all()} == {one: 1, two: 5}


def test_acceptance_11_a_version_of_an_older_form_of_the_page_comes_back_as_far_as_it_can(publisher, role):
    version = current_version(role)
    del version.content["fields"]["outlook"]
    version.content["fields"] |= {"salary": "a lot", "perks": "", "summary": "Then."}
    version.content["rows"]["night_shifts"] = [{"pk": 1, "fields": {"hour": 22}}]
    version.content["rows"]["role_skills"][0]["fields"]["weight"] = 7
    version.save()
    Role.objects.filter(pk=role.pk).update(outlook="New since.")
    said = "Left out, as a page has no such part by now: night shifts, salary and weight (role skills)."
    assert said in publisher.get(url_of(role, "restore", version.number)).text
    assert said in restore(publisher, role, version.number).text
    form = opened(publisher, role)
    assert (form["summary"], form["outlook"]) == (["Then."], ["New since."])


@pytest.mark.any_database
def test_a_name_that_another_page_has_by_now_stays_in_the_form_and_is_said(publisher, role):
    save(publisher, role, title="Coach")
    make_role(title="Coach")
    form = opened(publisher, role)
    assert form["title"] == ["Coach"]
    assert "already exists" in send(publisher, role, form, summary="New.").text


def test_acceptance_11_steps_change_places_in_a_draft_and_when_it_is_published(publisher):
    one = Certification.objects.filter(steps__position=2).first()
    before = [step.title for step in one.steps.all()]
    form = opened(publisher, one)
    a, b = (row_of(form, "steps", position=place) for place in (1, 2))
    send(publisher, one, form, **{f"{a}-position": "2", f"{b}-position": "1"})
    assert [step.title for step in one.steps.all()] == before
    act(publisher, one, "publish")
    assert [step.title for step in one.steps.all()] == [*before[1::-1], *before[2:]]
    restore(publisher, one, versions_of(one).earliest("number").number)
    act(publisher, one, "publish")
    assert [step.title for step in one.steps.all()] == before


@pytest.mark.any_database
def test_what_the_guide_loads_is_in_the_history_and_merges_with_a_draft(publisher, role):
    save(publisher, role, summary="Mine.")
    Role.objects.filter(pk=role.pk).update(outlook="Written by a script.")
    page = publisher.get(url_of(role, "history")).text
    assert "Saved a draft" in page
    load_guide()
    act(publisher, role, "publish")
    role.refresh_from_db()
    assert (role.summary, role.outlook) == ("Mine.", "Written by a script.")
    assert "Written by something else than the desk" in publisher.get(url_of(role, "history")).text


@pytest.mark.any_database
def test_a_deleted_page_leaves_its_history_and_no_draft(publisher):
    role = make_role()
    save(publisher, role, summary="New.")
    key = role.pk
    publisher.post(url_of(role, "delete"), {"post": "yes"})
    assert not Role.objects.filter(pk=key).exists()
    assert not Draft.objects.exists()
    assert Version.objects.get(kind="deleted").content["fields"]["title"] == role.title
    assert DeskAction.objects.first().what == "deleted"


def test_publishing_a_page_costs_the_same_few_queries_however_many_rows_change(publisher, role):
    form = opened(publisher, role)
    levels = [name for name in form if name.startswith("role_skills-") and name.endswith("-proficiency")]
    costs = []
    for count in (1, len(levels) - 1):
        changed = {name: "5" if form[name] != ["5"] else "4" for name in levels[:count] if "__prefix__" not in name}
        save(publisher, role, summary=f"{count}.", **changed)
        with CaptureQueriesContext(connection) as queries, editing():
            publish_draft(page=Role.objects.get(pk=role.pk), by=None)
        costs.append(len(queries))
        form = opened(publisher, role)
    assert costs[0] == costs[1] <= 30


@pytest.mark.any_database
def test_a_form_of_no_version_is_refused_in_words(publisher, role):
    form = opened(publisher, role)
    for number in ("", "0", "99999", "x", "-1", "1e3", "9" * 40):
        answer = send(publisher, role, form, opened=number, summary="Mine.")
        assert "This form is not known any more." in publisher.get(answer["Location"]).text, number
        assert not Draft.objects.exists(), number


@pytest.mark.any_database
def test_a_preview_shows_what_readers_would_have_on_other_pages_too(publisher, role):
    save(publisher, role, title="Captain of a team", duties="")
    assert not Client().get("/roles/").text.count("Captain of a team")
    page = publisher.get(url_of(role, "preview"))
    assert "Captain of a team" in page.text
    assert "Not written yet." in page.text
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in page["Cache-Control"]
    for path in ("/roles/", "/paths/", "/search/?q=captain+of+a+team"):
        assert "Captain of a team" in publisher.get(url_of(role, "preview"), {"at": path}).text
        assert "Captain of a team" not in Client().get(path).text.replace("captain", "")


@pytest.mark.any_database
def test_a_preview_shows_public_pages_of_this_portal_only(publisher, role):
    for path in ("/admin/", "/me/", "//evil.example/", "https://evil.example/roles/", "/no/", "["):
        assert publisher.get(url_of(role, "preview"), {"at": path}).status_code == 404, path


@pytest.mark.any_database
class TestReviews:
    def test_go_from_writer_to_reviewer_and_back_and_to_readers(self, editor_and_publisher):
        editor, publisher, role = editor_and_publisher
        save(editor, role, summary="Mine.")
        act(editor, role, "review", text="Is the tone right?")
        assert "In review" in publisher.get(url_of(role)).text
        assert "Write what has to change" in act(publisher, role, "send-back", text=" ").text
        act(publisher, role, "send-back", text="Say “you”.")
        assert "Say “you”." in editor.get(url_of(role)).text
        save(editor, role, summary="You do it.")
        act(editor, role, "review")
        act(publisher, role, "approve")
        act(publisher, role, "publish")
        assert "You do it." in Client().get(role.get_absolute_url()).text
        assert [one.what for one in DeskAction.objects.order_by("pk")] == [
            *("saved", "asked", "sent_back", "saved", "asked", "approved", "published"),
        ]

    def test_approve_a_version_and_no_later_one(self, editor_and_publisher):
        editor, publisher, role = editor_and_publisher
        save(editor, role, summary="Mine.")
        act(editor, role, "review")
        url = url_of(role, "act", "approve")
        seen = as_sent_of_act(publisher, url)
        save(editor, role, summary="Something else.")
        assert "Somebody has changed the draft" in publisher.post(url, seen).text
        assert Draft.objects.get().state == "editing"
        act(editor, role, "review")
        act(publisher, role, "approve")
        save(editor, role, summary="Yet another.")
        assert Draft.objects.get().state == "editing"

    def test_are_not_given_to_oneself(self, publisher, role):
        save(publisher, role, summary="Mine.")
        act(publisher, role, "review")
        assert "You wrote this yourself." in act(publisher, role, "approve").text

    def test_may_come_after_publishing_and_stay_on_the_list_until_then(self, publisher, second, role):
        save(publisher, role, summary="Mine.", _publish="x")
        version = versions_of(role).filter(kind="published").first()
        url = url_of(role, "second_look", version.number)
        assert "Somebody else has to look" in publisher.get(url).text
        publisher.post(url)
        assert not DeskAction.objects.filter(what="looked").exists()
        assert "Mine." in second.get(url).text
        second.post(url)
        second.post(url)
        assert DeskAction.objects.filter(what="looked").count() == 1


@pytest.fixture
def editor_and_publisher(guide):
    clients = []
    for group in ("Editor", "Publisher"):
        user = make_user(is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client = Client()
        client.force_login(user)
        clients.append(client)
    return *clients, a_role()


def test_acceptance_6_a_skill_that_is_not_published_yet_stays_in_a_draft_that_names_it(publisher):
    skill = make_skill(status=Status.DRAFT)
    role = make_role()
    form = opened(publisher, role)
    new = {"id": "", "role": role.pk, "skill": skill.pk, "proficiency": "3", "is_essential": "on"}
    send(publisher, role, form, **{f"role_skills-0-{k}": v for k, v in new.items()}, **{"role_skills-TOTAL_FORMS": "1"})
    said = f"Readers will not see “{skill.name}” here until that page is published."
    for name in (("act", "publish"), ("impact",)):
        assert said in publisher.get(url_of(role, *name)).text
    act(publisher, role, "publish")
    assert skill.name not in Client().get(role.get_absolute_url()).text
    act(publisher, skill, "publish")
    save(publisher, role, summary="New.")
    assert said not in publisher.get(url_of(role, "act", "publish")).text
    assert skill.name in Client().get(role.get_absolute_url()).text


@pytest.mark.any_database
def test_a_draft_is_saved_beside_what_is_in_the_rows_of_nobody_else(publisher, role):
    """The content that a form makes is told from the version it was opened on, by whoever calls."""
    with editing():
        version = current_version(role)
        content = {**version.content, "fields": {**version.content["fields"], "summary": "By code."}}
        saved = save_draft(page=role, content=content, opened=version, by=None)
        assert saved.draft.head.content["fields"]["summary"] == "By code."
        restore_version(version=version, page=role, by=None)
    assert not Draft.objects.exists()


@pytest.mark.any_database
class TestSlugs:
    def test_lead_on_when_a_page_gets_another_one_and_back(self, publisher, role):
        reader = Client()
        save(publisher, role, slug="captain", _publish="x")
        answer = reader.get("/roles/night-porter/")
        assert (answer.status_code, answer["Location"]) == (301, "/roles/captain/")
        assert "no-cache" in answer["Cache-Control"]
        assert reader.get("/roles/captain/").status_code == 200
        save(publisher, role, slug="night-porter", _publish="x")
        assert reader.get("/roles/night-porter/").status_code == 200
        assert reader.get("/roles/captain/")["Location"] == "/roles/night-porter/"

    def test_are_given_to_no_other_page_while_links_lead_from_them(self, publisher, role):
        save(publisher, role, slug="captain", _publish="x")
        other = make_role()
        assert TAKEN_BEFORE in save(publisher, other, slug="night-porter").text
        publisher.post(url_of(role, "delete"), {"post": "yes"})
        assert save(publisher, other, slug="night-porter").status_code == 302

    def test_of_a_draft_lead_nowhere_yet(self, publisher, role):
        save(publisher, role, slug="captain")
        assert Client().get("/roles/captain/").status_code == 404
        assert Client().get("/roles/night-porter/").status_code == 200

    def test_lead_to_the_word_that_a_page_is_gone(self, publisher, role):
        save(publisher, role, slug="captain", _publish="x")
        act(publisher, role, "archive")
        assert Client().get("/roles/night-porter/", follow=True).status_code == 410
