"""What readers say, at the desk: votes on pages, and searches without a result."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from careers.desk.selectors.misses import answered_misses, most_missed, open_misses
from careers.desk.selectors.votes import MOST_COMMENTS, least_useful
from careers.guide.models.desk.drafts import Draft
from careers.search.models.misses import SearchMiss
from careers.site.models import PageVote
from tests.desk.forms import opened
from tests.desk.staff import held_by
from tests.factories import make_certification, make_role, make_skill, make_user
from tests.queries import queries_of_page

DAY = date(2026, 11, 20)
VOTES, DONE = "/admin/careers/pagevote/", "/admin/careers/pagevote/done/"
MISSES, ANSWER, OFF = (f"/admin/careers/searchmiss/{name}" for name in ("", "answer/", "off/"))


def vote(path, is_useful=False, comment="", day=DAY):
    PageVote.objects.add(path=path, is_useful=is_useful, comment=comment, day=day)


def miss(words, times=1, filters="", day=DAY):
    for _ in range(times):
        SearchMiss.objects.count_miss(words=words, filters=filters, day=day)


def names(groups):
    return [(group.name, group.times) for group in groups]


@pytest.fixture
def editor(signed):
    return signed(*held_by("Editor"))


@pytest.fixture
def publisher(signed):
    return signed(*held_by("Publisher"))


@pytest.fixture
def leader(db):
    return make_role(title="Team Leader", slug="team-leader", search_words="foreman", alternates=["Supervisor"])


@pytest.fixture
def signed(db, client):
    def signed(*permissions):
        user = make_user(is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
        client.force_login(user)
        return client

    return signed


class TestVotes:
    def test_the_worst_page_comes_first_and_praise_alone_asks_for_nothing(self, editor):
        role = make_role(title="Welder")
        vote("/roles/", True)
        for comment in ("", "No pay.", "Old."):
            vote(role.get_absolute_url(), comment=comment)
        vote("/skills/", True, "More of these.")
        found, number = least_useful()
        assert number == 2
        assert [(page.name, page.yes, page.no) for page in found] == [("Welder", 0, 3), ("/skills/", 1, 0)]
        assert [one.comment for one in found[0].comments] == ["Old.", "No pay."]
        page = editor.get(VOTES).text
        assert page.index("Welder") < page.index("/skills/")
        assert "3 no · 0 yes · last on 20 November 2026" in page
        assert reverse("admin:careers_role_change", args=[role.pk]) in page

    def test_done_takes_off_what_was_shown_and_can_be_taken_back(self, editor):
        vote("/roles/", comment="Old.")
        shown = least_useful()[0][0]
        vote("/roles/", comment="Newer <script>")
        editor.post(DONE, {"path": "/roles/", "newest": shown.newest})
        assert [one.comment for one in least_useful()[0][0].comments] == ["Newer <script>"]
        assert "Newer &lt;script&gt;" in editor.get(VOTES).text
        assert "Old." in editor.get(f"{VOTES}?done=1").text
        editor.post(DONE, {"path": "/roles/", "newest": shown.newest, "back": "1"})
        assert least_useful()[0][0].no == 2
        assert LogEntry.objects.count() == 2

    @pytest.mark.parametrize(
        "form", [{}, {"path": "/roles/"}, {"path": "/roles/", "newest": "x" * 99}, {"newest": "1"}]
    )
    def test_a_form_that_names_nothing_does_nothing(self, editor, form):
        vote("/roles/")
        assert editor.post(DONE, form).status_code == 302
        assert PageVote.objects.open().count() == 1

    def test_who_may_only_look_changes_nothing_and_who_may_not_sees_nothing(self, signed):
        vote("/roles/")
        assert "Done" not in signed("view_pagevote").get(VOTES).text
        assert signed("view_pagevote").post(DONE, {"path": "/roles/", "newest": "9"}).status_code == 403
        assert signed("view_role").get(VOTES).status_code == 403
        assert Client().get(VOTES).status_code == 302
        assert PageVote.objects.open().exists()

    def test_a_page_has_its_newest_comments_and_fifty_pages_cost_as_one(self, editor):
        for number in range(MOST_COMMENTS + 2):
            vote("/roles/", comment=f"Word {number}.")
        assert len(least_useful()[0][0].comments) == MOST_COMMENTS
        for make in (make_role, make_skill, make_certification):
            vote(make().get_absolute_url(), comment="x")
        before = queries_of_page(editor, VOTES)
        for number in range(15):
            for make in (make_role, make_skill, make_certification):
                vote(make().get_absolute_url(), comment=f"Word {number}.")
        assert queries_of_page(editor, VOTES) == before

    def test_nobody_writes_or_deletes_one_by_hand(self, editor):
        vote("/roles/")
        one = reverse("admin:careers_pagevote_change", args=[PageVote.objects.get().pk])
        assert editor.get(one).status_code == 200
        assert editor.post(one, {"comment": "x"}).status_code == 403
        assert editor.get(f"{VOTES}add/").status_code == 403
        assert editor.get(one.replace("change", "delete")).status_code == 403


class TestMisses:
    def test_the_list_has_what_means_the_same_once_with_how_often_and_when(self, editor):
        miss("welder", 2), miss("welders", day=DAY + timedelta(days=1)), miss("weldr"), miss("blockchain", 2)
        assert names(open_misses()) == [("welder", 4), ("blockchain", 2)]
        assert (names(most_missed(1)[0]), most_missed(1)[1]) == ([("welder", 4)], 2)
        page = editor.get(MISSES).text
        assert "4 searches · last on 21 November 2026" in page
        assert "Also written: welders, weldr" in page

    def test_not_ours_leaves_the_list_can_be_undone_and_comes_back_when_it_is_asked_again(self, editor):
        miss("welder"), miss("weldr"), miss("blockchain")
        said = editor.post(OFF, {"key": "welder"}, follow=True).text
        assert "“welder” is off the list." in said
        assert names(open_misses()) == [("blockchain", 1)]
        assert "welder" in editor.get(f"{MISSES}?off=1").text
        editor.post(OFF, {"key": "welder", "back": "1"})
        assert names(open_misses()) == [("welder", 2), ("blockchain", 1)]
        assert answered_misses() == []
        editor.post(OFF, {"key": "welder"})
        miss("welders", day=DAY + timedelta(days=3))
        assert names(open_misses()) == [("blockchain", 1), ("welders", 1)]
        miss("weldr", day=DAY)
        assert dict(names(open_misses())) == {"blockchain": 1, "welders": 2}
        assert LogEntry.objects.count() == 3

    def test_filters_that_found_nothing_can_be_taken_off_too(self, editor):
        miss("", filters="Level: Entry"), miss("", filters="Night")
        assert "No word was typed." in editor.get(MISSES).text
        editor.post(OFF, {"key": ":Night"})
        assert names(open_misses()) == [("Level: Entry", 1)]

    def test_a_search_word_goes_into_the_draft_and_readers_see_nothing_of_it_yet(self, editor, leader):
        role = leader
        before = role.search_words
        miss("gaffer")
        page = editor.get(ANSWER, {"key": "gaffer", "q": "team lead"}).text
        assert f'value="word careers.role:{role.pk}"' in page
        assert f'value="title careers.role:{role.pk}"' in page
        said = editor.post(
            ANSWER, {"key": "gaffer", "text": "gaffer", "add": f"word careers.role:{role.pk}"}, follow=True
        )
        assert "“gaffer” is in the draft of “Team Leader”." in said.text
        role.refresh_from_db()
        assert role.search_words == before
        assert opened(editor, role)["search_words"][0].split("\r\n") == [*before.splitlines(), "gaffer"]
        assert Client().get("/search/?q=gaffer").status_code == 200
        assert names(open_misses()) == [("gaffer", 1)], "it is not published, so it is asked again"

    def test_another_title_goes_into_the_draft_beside_those_there_are(self, publisher, leader):
        role = leader
        titles = set(role.alternate_titles.values_list("title", flat=True))
        for number, text in enumerate(("Gaffer", "Head honcho")):
            miss("gaffer", day=DAY + timedelta(days=number))
            publisher.post(ANSWER, {"key": "gaffer", "text": text, "add": f"title careers.role:{role.pk}"})
        assert set(role.alternate_titles.values_list("title", flat=True)) == titles
        rows = Draft.objects.get().head.content["rows"]["alternate_titles"]
        assert {row["fields"]["title"] for row in rows} == {*titles, "Gaffer", "Head honcho"}
        url = reverse("admin:careers_role_act", args=[role.pk, "publish"])
        publisher.post(url, {"seen": str(Draft.objects.get().head.number)})
        assert set(role.alternate_titles.values_list("title", flat=True)) == {*titles, "Gaffer", "Head honcho"}

    def test_a_page_that_readers_never_saw_and_a_draft_that_waits_take_words_too(self, editor):
        skill = make_skill(status="draft", search_words="one")
        for number, word in enumerate(("gaffer", "gizmo")):
            miss(word, day=DAY + timedelta(days=number))
            editor.post(ANSWER, {"key": word, "text": word, "add": f"word careers.skill:{skill.pk}"})
        skill.refresh_from_db()
        assert skill.search_words.split() == ["one", "gaffer", "gizmo"]

    @pytest.mark.parametrize(
        ("sent", "says"),
        [
            ({"text": " "}, "Write the word"),
            ({"text": "x" * 81}, "Write the word"),
            ({"text": "Team leader", "add": "title careers.role:{role}"}, "already"),
            ({"add": "word careers.role:99999"}, "Choose a page"),
            ({"add": "word careers.user:1"}, "Choose a page"),
            ({"add": "word nonsense"}, "Choose a page"),
            ({"add": "title careers.skill:{skill}"}, "Choose a page"),
            ({"add": "delete careers.role:{role}"}, "Choose a page"),
            ({}, "Choose a page"),
        ],
    )
    def test_what_cannot_be_added_is_said_and_changes_nothing(self, editor, sent, says, leader):
        keys = {"role": leader.pk, "skill": make_skill().pk}
        miss("gaffer")
        form = {"key": "gaffer", "text": "gaffer"} | {name: value.format(**keys) for name, value in sent.items()}
        answer = editor.post(ANSWER, form)
        assert answer.status_code == 400
        assert says in answer.text
        assert not Draft.objects.exists()
        assert names(open_misses()) == [("gaffer", 1)]

    def test_the_same_word_twice_is_in_the_draft_once(self, editor, leader):
        role = leader
        for _ in range(2):
            miss("gaffer")
            form = {"key": "gaffer", "text": "Gaffer", "add": f"word careers.role:{role.pk}"}
            editor.post(ANSWER, form)
        assert Draft.objects.get().head.content["fields"]["search_words"].splitlines().count("Gaffer") == 1

    def test_a_page_is_started_with_its_title(self, editor):
        miss("chat moderator")
        page = editor.get(ANSWER, {"key": "chat moderator"}).text
        url = f"{reverse('admin:careers_role_add')}?title=Chat+moderator&amp;slug=chat-moderator"
        assert url in page
        form = editor.get(url.replace("&amp;", "&")).text
        assert 'value="Chat moderator"' in form
        assert 'value="chat-moderator"' in form

    def test_one_may_do_what_one_may_do_with_the_noun(self, signed, leader):
        role, skill = leader, make_skill(name="Excel")
        miss("gaffer")
        client = signed("view_searchmiss", "change_searchmiss", "view_role", "change_skill", "view_skill", "add_book")
        page = client.get(ANSWER, {"key": "gaffer", "q": "e"}).text
        assert "careers.skill:" in page
        assert "careers.role:" not in page
        assert "/book/add/" in page
        assert "/skill/add/" not in page
        answer = client.post(ANSWER, {"key": "gaffer", "text": "gaffer", "add": f"word careers.role:{role.pk}"})
        assert answer.status_code == 400
        assert (
            client.post(
                ANSWER, {"key": "gaffer", "text": "gaffer", "add": f"word careers.skill:{skill.pk}"}
            ).status_code
            == 302
        )
        assert Draft.objects.get().model == "careers.skill"

    def test_who_may_only_look_answers_nothing(self, signed):
        miss("gaffer")
        client = signed("view_searchmiss")
        page = client.get(MISSES).text
        assert "gaffer" in page
        assert "Not ours" not in page
        assert client.get(ANSWER, {"key": "gaffer"}).status_code == 403
        assert client.post(OFF, {"key": "gaffer"}).status_code == 403
        assert signed("view_role").get(MISSES).status_code == 403
        assert names(open_misses()) == [("gaffer", 1)]

    def test_a_group_that_is_gone_is_told(self, editor):
        said = editor.get(ANSWER, {"key": "gaffer"}, follow=True)
        assert "“gaffer” is not on the list any more." in said.text
        assert editor.post(OFF, {"key": "<b>"}, follow=True).status_code == 200
        assert editor.get(OFF).status_code == 405

    def test_many_searches_cost_as_many_queries_as_few(self, editor):
        miss("welder")
        before = queries_of_page(editor, MISSES)
        for number in range(60):
            SearchMiss.objects.create(words=f"q{'abcdefghij'[number % 10] * (5 + number)}", day=DAY)
        assert queries_of_page(editor, MISSES) == before
        assert "Page 1 of 2" in editor.get(MISSES).text


@pytest.mark.parametrize("group", ["Editor", "Publisher"])
def test_editors_and_publishers_have_both_lists(group):
    assert {"view_pagevote", "change_pagevote", "view_searchmiss", "change_searchmiss"} <= set(held_by(group))
