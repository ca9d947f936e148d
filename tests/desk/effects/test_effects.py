"""What follows from an act is told before it, as it then is; what is in use is not deleted; pages come once more."""

import re
from collections import deque
from contextlib import contextmanager

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from careers.desk.admin.publishing import GuideAdmin
from careers.desk.selectors.keepers import DONE, columns_of_people, uses_of
from careers.desk.services.copies import can_be_copied
from careers.desk.services.drafts import delete_page, editing
from careers.desk.services.impact import NOTHING, impact_of
from careers.guide.models.choices import Level
from careers.guide.models.desk.drafts import DeskAction, Draft
from careers.guide.models.moves import Move
from careers.guide.models.old_slugs import OldSlug
from careers.guide.models.publishing import GuideModel
from careers.guide.models.revisions import Revision
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.guide.models.versions import Version
from careers.guide.selectors.kept import building_once, keeping_nothing
from careers.guide.selectors.role_facets import role_facets
from careers.guide.selectors.snapshots import content_of
from careers.routes.selectors.guide_network import current_guide
from careers.routes.services import adopt
from tests.desk.forms import as_sent_of_act, opened, row_of, save, send, url_of
from tests.factories import (
    make_certification,
    make_move,
    make_plan,
    make_profile,
    make_role,
    make_skill,
    make_user,
    rate,
)

Status = GuideModel.Status
NOUNS = [model for model, desk in admin.site._registry.items() if isinstance(desk, GuideAdmin)]


@pytest.fixture(autouse=True)
def time_enough(monkeypatch):
    """However busy the machine is."""
    monkeypatch.setattr("careers.desk.services.impact.SECONDS", 60)


@pytest.fixture
def publisher(db, client):
    """Of an empty guide."""
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


def act(client, page, name):
    url = url_of(page, "act", name)
    return client.post(url, as_sent_of_act(client, url), follow=True)


def brute_pairs():
    """{(start, role): fewest moves}, by walking the rows one by one. Somebody new starts from None."""
    moves = Move.objects.filter(status=Status.PUBLISHED, to_role__isnull=False).select_related("from_role", "to_role")
    edges = {
        (move.from_role_id, move.to_role_id)
        for move in moves
        if move.from_role.status == move.to_role.status == Status.PUBLISHED
    }
    edges |= {(None, role.pk) for role in Role.objects.filter(status=Status.PUBLISHED, level=Level.ENTRY)}
    found = {}
    for start in {start for start, _ in edges}:
        queue, far = deque([start]), {start: 0}
        while queue:
            here = queue.popleft()
            for one, end in edges:
                if one == here and end not in far:
                    far[end] = far[here] + 1
                    queue.append(end)
        found |= {(start, end): moves for end, moves in far.items() if moves}
    return found


def counted_by_hand(before, after):
    both = before.keys() & after.keys()
    return {
        "There is no route any more for": len(before.keys() - after.keys()),
        "There is a route now, where none was, for": len(after.keys() - before.keys()),
        "The shortest route takes more moves for": sum(after[pair] > before[pair] for pair in both),
        "The shortest route takes fewer moves for": sum(after[pair] < before[pair] for pair in both),
    }


def said(impact, words):
    """The number in the sentence with these words; 0 where there is none."""
    [*lines] = [one for one in impact.sentences if words in one]
    return int(re.search(rf"{words} (?:at least )?([\d,]+) ", lines[0])[1].replace(",", "")) if lines else 0


@pytest.fixture
def network(db):
    """agent → lead → manager, coach beside, and a long way round."""
    agent = make_role(title="Agent")
    lead, coach, manager = (
        make_role(title=title, level=level)
        for title, level in (("Lead", Level.LEAD), ("Coach", Level.SPECIALIST), ("Manager", Level.MANAGER))
    )
    for start, end in ((agent, lead), (lead, manager), (agent, coach), (coach, lead), (manager, coach)):
        make_move(start, end)
    make_move(lead, destination="Retail")
    return {"agent": agent, "lead": lead, "coach": coach, "manager": manager}


@pytest.fixture
def no_copies():
    """A block in which the database makes no temporary tables: its role may not, or there is no room for them."""

    @contextmanager
    def on_sqlite():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA temp.max_page_count = 1")
            try:
                yield
            finally:
                cursor.execute("PRAGMA temp.max_page_count = 1073741823")

    @contextmanager
    def on_postgresql():
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        with connection.cursor() as cursor:
            cursor.execute("CREATE ROLE without_copies")
            for what in ("TABLES", "SEQUENCES"):
                cursor.execute(f"GRANT ALL ON ALL {what} IN SCHEMA public TO without_copies")
            cursor.execute(f"REVOKE TEMPORARY ON DATABASE {name} FROM PUBLIC")
            cursor.execute("SET LOCAL ROLE without_copies")
            yield
            cursor.execute("RESET ROLE")

    return on_sqlite if connection.vendor == "sqlite" else on_postgresql


class TestImpact:
    @pytest.mark.parametrize("gone", ["agent", "lead", "coach", "manager"])
    def test_of_a_role_taken_offline_is_what_the_guide_then_is(self, network, gone):
        role, before, number = network[gone], brute_pairs(), Revision.current()
        impact = impact_of([(role, NOTHING, Status.ARCHIVED)])
        assert Revision.current() == number
        assert brute_pairs() == before, "nothing of it stays"
        Role.objects.filter(pk=role.pk).update(status=Status.ARCHIVED)
        wanted = counted_by_hand(before, brute_pairs())
        assert {words: said(impact, words) for words in wanted} == wanted
        assert not impact.is_partial

    def test_of_several_changes_at_once_is_that_of_all(self, network):
        """One brings what another takes away."""
        lead, manager = network["lead"], network["manager"]
        move = Move.objects.get(from_role=lead, to_role=manager)
        new = make_move(network["agent"], manager, status=Status.DRAFT)
        before = brute_pairs()
        changes = [(move, NOTHING, Status.ARCHIVED), (new, content_of(new), Status.PUBLISHED)]
        impact = impact_of(changes)
        Move.objects.filter(pk=move.pk).update(status=Status.ARCHIVED)
        Move.objects.filter(pk=new.pk).update(status=Status.PUBLISHED, published_at=timezone.now())
        wanted = counted_by_hand(before, brute_pairs())
        assert {words: said(impact, words) for words in wanted} == wanted
        text = " ".join(impact.sentences)
        assert "The move from Lead to Manager is no longer shown." in text
        assert "The move from Agent to Manager is new on the map." in text
        assert "Lead has no way on now." in text
        assert "Manager has no way in" not in text

    def test_tells_dead_ends_skills_that_nothing_teaches_and_ways_out(self, network):
        skill = make_skill(name="Coaching people")
        certification = make_certification(skills={skill: 3})
        network["lead"].role_skills.create(skill=skill, proficiency=2)
        text = " ".join(impact_of([(certification, NOTHING, Status.ARCHIVED)]).sentences)
        assert "No certification teaches Coaching people any more." in text
        text = " ".join(impact_of([(network["lead"], NOTHING, Status.ARCHIVED)]).sentences)
        assert "The way out from Lead to Retail is no longer shown." in text
        assert "Manager has no way in now." in text

    @pytest.mark.parametrize(("people", "words"), [(0, ""), (4, "Fewer than 5 people"), (6, "6 people")])
    def test_counts_people_and_of_few_says_only_that(self, network, people, words):
        lead, skill = network["lead"], make_skill(name="Planning shifts")
        lead.role_skills.create(skill=skill, proficiency=2)
        certification = make_certification(steps=[("Read the handbook", 3)])
        guide, now = current_guide(), timezone.now()
        for number in range(people):
            profile = make_profile(display_name=f"Asha {number}")
            profile.saved_roles.create(role=lead, seen=lead.facts)
            rate(profile, skill, 2)
            stops = [network["agent"].pk, lead.pk]
            adopt(profile=profile, guide=guide, stops=stops, criterion="fastest", now=now)
            make_plan(profile, certification)
        content, steps = content_of(lead), content_of(certification)
        [row] = content["rows"]["role_skills"]
        row["fields"]["proficiency"] = 5
        steps["rows"]["steps"][0]["fields"]["title"] = "Read the other handbook"
        impact = impact_of([(lead, content, Status.PUBLISHED), (certification, steps, Status.PUBLISHED)])
        text = " ".join(impact.sentences)
        told = [
            "who saved the role are shown what changed.",
            "are told that the route to their goal changed.",
            "are offered the changed steps for their plan.",
        ]
        assert [f"{words} {one}" in text for one in told] == [bool(people)] * 3
        assert "Asha" not in text
        matches = "Of the 6 people who rated these skills, 6 find other roles that fit them."
        assert (matches in text) is (people == 6)
        assert ("nothing is said of their matches" in text) is (people == 4)

    def test_of_a_page_that_people_keep_says_what_stays_theirs(self, network):
        for _ in range(5):
            make_profile(target_role=network["coach"])
        make_profile(current_role=network["coach"], situation="in_role")
        text = " ".join(impact_of([(network["coach"], NOTHING, Status.ARCHIVED)]).sentences)
        assert "5 people said that they want to reach it." in text
        assert "Fewer than 5 people said that it is their role." in text

    def test_stops_when_the_time_is_over_and_says_so(self, network):
        assert impact_of([(network["lead"], NOTHING, Status.ARCHIVED)], seconds=0).is_partial

    def test_where_no_copies_can_be_made_is_not_counted_and_keeps_nobody_from_publishing(
        self, publisher, network, no_copies
    ):
        lead, said = network["lead"], "What else changes for readers could not be counted here."
        save(publisher, lead, summary="You lead twelve people.")
        with no_copies():
            for url in (url_of(lead, "act", "archive"), url_of(lead, "impact"), url_of(lead, "act", "publish")):
                assert said in publisher.get(url).text
            form = opened(publisher, lead)
            answer = send(publisher, lead, form, summary="You lead ten people.", _publish="x", _save=None)
            assert answer["Location"] == url_of(lead), "published"
        lead.refresh_from_db()
        assert lead.summary == "You lead ten people."
        assert impact_of([(lead, NOTHING, Status.ARCHIVED)]).is_known, "there again"

    def test_is_shown_before_each_act_and_on_a_page_of_its_own(self, publisher, network):
        lead = network["lead"]
        for url in (url_of(lead, "act", "archive"), url_of(lead, "impact")):
            assert "Manager has no way in now." in publisher.get(url).text
        move = Move.objects.get(from_role=lead, to_role=network["manager"])
        form = opened(publisher, move)
        send(publisher, move, form, to_role=str(network["coach"].pk))
        for url in (url_of(move, "act", "publish"), url_of(move, "impact")):
            page = publisher.get(url).text
            assert "The move from Lead to Manager is no longer shown." in page
            assert "The move from Lead to Coach is new on the map." in page
        assert Client().get("/paths/").status_code == 200

    def test_of_a_correction_is_shown_before_it_is_published(self, publisher, network):
        lead = network["lead"]
        save(publisher, lead, summary="A draft that waits.")
        form = opened(publisher, lead, "?correct=1")
        answer = send(publisher, lead, form, "?correct=1", level=str(Level.ENTRY), _impact="x", _save=None)
        page = publisher.get(answer["Location"])
        assert "The shortest route takes fewer moves for 2 pairs of start and role." in page.text
        lead.refresh_from_db()
        assert lead.level == Level.LEAD
        publisher.post(answer["Location"])
        lead.refresh_from_db()
        assert lead.level == Level.ENTRY
        assert opened(publisher, lead)["summary"] == ["A draft that waits."]

    def test_a_half_finished_draft_has_a_page_that_says_so(self, publisher):
        role = make_role(status=Status.DRAFT, duties="", source_name="", checked_on=None)
        assert publisher.get(url_of(role, "act", "publish")).status_code == 200

    def test_builds_the_guide_of_a_draft_once(self, network):
        with keeping_nothing():
            assert role_facets() is not role_facets()
            with building_once():
                assert role_facets() is role_facets()


class TestDeleting:
    def test_every_way_in_which_people_keep_a_page_has_its_words(self):
        found = {name for noun in NOUNS for name, _, _ in columns_of_people(noun)}
        assert found == DONE.keys()

    def test_of_what_is_in_use_is_refused_with_the_list_and_taking_it_offline_is_one_press(self, publisher, network):
        skill = make_skill(name="Patience")
        network["coach"].role_skills.create(skill=skill, proficiency=2)
        rate(make_profile(display_name="Asha"), skill, 3)
        url = url_of(skill, "delete")
        for answer in (publisher.get(url), publisher.post(url, {"post": "yes"})):
            assert answer.status_code == 200
            assert "Fewer than 5 people rated it, or showed that they can do it." in answer.text
            assert f'<a href="{url_of(network["coach"])}">Coach</a>' in answer.text
            assert "Asha" not in answer.text
        assert Skill.objects.filter(pk=skill.pk).exists()
        assert network["coach"].role_skills.count() == 1
        publisher.post(url, {"_archive": "x"})
        skill.refresh_from_db()
        assert skill.status == Status.ARCHIVED

    def test_of_several_is_all_or_nothing(self, publisher):
        kept, free = make_skill(), make_skill()
        make_role(skills={kept: 2})
        chosen = {"action": "delete_selected", "_selected_action": [kept.pk, free.pk]}
        url = reverse("admin:careers_skill_changelist")
        assert "What is in use is not deleted." in publisher.post(url, {**chosen, "post": "yes"}).text
        assert Skill.objects.count() == 2
        publisher.post(url, {**chosen, "_archive": "x"})
        assert Skill.objects.filter(status=Status.ARCHIVED).count() == 2
        kept.role_skills.all().delete()
        assert publisher.post(url, {**chosen, "post": "yes"}).status_code == 302
        assert not Skill.objects.exists()

    def test_of_what_somebody_saves_at_that_moment_is_refused_too(self, publisher, monkeypatch):
        role, seen = make_role(), []

        def saved_meanwhile(page):
            seen.append(page)
            if len(seen) == 1:
                make_profile().saved_roles.create(role=role)
                return None
            return uses_of(page)

        monkeypatch.setattr("careers.desk.admin.effects.uses_of", saved_meanwhile)
        answer = publisher.post(url_of(role, "delete"), {"post": "yes"})
        assert answer.status_code == 200
        assert Role.objects.filter(pk=role.pk).exists()
        assert not Version.objects.filter(kind=Version.Kind.DELETED).exists()

    def test_leaves_last_words_that_can_be_made_a_draft_again_once(self, publisher):
        skill = make_skill()
        role = make_role(title="Night porter", slug="night-porter", skills={skill: 4}, alternates=["Doorman"])
        before = content_of(role)
        publisher.post(url_of(role, "delete"), {"post": "yes"})
        page = publisher.get(reverse("admin:deleted_pages")).text
        assert "Night porter" in page
        url = reverse("admin:deleted_page", args=[Version.objects.get(kind=Version.Kind.DELETED).pk])
        assert "You do the work." in publisher.get(url).text
        answer = publisher.post(url)
        made = Role.objects.get(slug="night-porter")
        assert answer["Location"] == url_of(made)
        assert made.status == Status.DRAFT
        after = content_of(made)
        assert after["fields"] == before["fields"]
        assert [row["fields"] for row in after["rows"]["role_skills"]] == [
            row["fields"] for row in before["rows"]["role_skills"]
        ]
        assert "There is a page at this address by now" in publisher.post(url).text
        assert Role.objects.count() == 1

    def test_sent_twice_says_that_it_is_done(self, publisher):
        role = make_role()
        for _ in range(2):
            answer = publisher.post(url_of(role, "delete"), {"post": "yes"}, follow=True)
        assert "This page is deleted already." in answer.text

    def test_of_a_move_whose_role_is_gone_can_not_be_taken_back_and_says_why(self, publisher):
        move = make_move(make_role(), make_role())
        with editing():
            delete_page(page=move, by=None)
            delete_page(page=move.from_role, by=None)
        version = Version.objects.get(kind=Version.Kind.DELETED, model="careers.move")
        answer = publisher.post(reverse("admin:deleted_page", args=[version.pk]))
        assert "A page that this one cannot do without was deleted, too." in answer.text

    def test_is_seen_by_those_who_see_the_noun_and_undone_by_those_who_may_add(self, publisher):
        role = make_role()
        publisher.post(url_of(role, "delete"), {"post": "yes"})
        pk = Version.objects.get(kind=Version.Kind.DELETED, page_pk=role.pk, model="careers.role").pk
        reader = Client()
        reader.force_login(make_user(is_staff=True))
        for url in (reverse("admin:deleted_pages"), reverse("admin:deleted_page", args=[pk])):
            assert reader.get(url).status_code == 403
            assert Client().get(url).status_code == 302
        assert reader.post(reverse("admin:deleted_page", args=[pk])).status_code == 403


class TestCopies:
    def test_of_every_noun_are_drafts_of_their_own(self, guide, publisher):
        for noun in NOUNS:
            page = noun._base_manager.filter(status=Status.PUBLISHED).first()
            if page is None or not can_be_copied(noun):
                continue
            count, before = noun._base_manager.count(), content_of(page)
            answer = publisher.post(url_of(page, "copy"))
            if answer.status_code == 403:
                continue
            copy = noun._base_manager.latest("pk")
            assert noun._base_manager.count() == count + 1
            assert answer["Location"] == url_of(copy)
            assert (copy.status, copy.published_at, copy.checked_on) == (Status.DRAFT, None, None)
            assert str(copy).endswith("(copy)")
            assert Draft.objects.filter(model=noun._meta.label_lower, page_pk=copy.pk).exists()
            assert content_of(page) == before
            after = content_of(copy)
            for relation, rows in before["rows"].items():
                wanted = [] if relation == "alternate_titles" else [row["fields"] for row in rows]
                assert sorted(map(str, wanted)) == sorted(str(row["fields"]) for row in after["rows"][relation])
                assert not {row["pk"] for row in rows} & {row["pk"] for row in after["rows"][relation]}

    def test_take_no_name_and_no_address_of_another(self, publisher):
        role = make_role(title="R" * 80, slug="porter", alternates=["Doorman"])
        OldSlug.objects.create(model="careers.role", slug="porter-copy", page_pk=make_role().pk)
        slugs = []
        for _ in range(2):
            publisher.post(url_of(role, "copy"))
            slugs.append(Role.objects.latest("pk").slug)
        assert slugs == ["porter-copy-2", "porter-copy-3"]
        assert Role.objects.latest("pk").title == f"{'R' * 71} (copy 2)"

    def test_have_what_the_form_shows_and_can_be_published(self, publisher):
        role = make_role(title="Porter", skills={make_skill(): 2})
        form = opened(publisher, role)
        send(
            publisher,
            role,
            form,
            summary="From the draft.",
            **{f"{row_of(form, 'role_skills', proficiency=2)}-proficiency": "5"},
        )
        publisher.post(url_of(role, "copy"))
        copy = Role.objects.latest("pk")
        assert (copy.summary, copy.role_skills.get().proficiency) == ("From the draft.", 5)
        save(publisher, copy, checked_on="2026-11-22", _publish="x")
        copy.refresh_from_db()
        assert copy.is_published
        assert role.role_skills.get().proficiency == 2

    def test_of_a_form_that_is_sent_twice_are_one(self, publisher):
        role = make_role(slug="porter")
        slug = re.search(r'name="slug" value="([^"]+)"', publisher.get(url_of(role, "copy")).text)[1]
        answers = [publisher.post(url_of(role, "copy"), {"slug": slug}) for _ in range(2)]
        assert answers[0]["Location"] == answers[1]["Location"]
        assert Role.objects.filter(slug__startswith="porter-").count() == 1

    def test_of_moves_are_not_offered(self, publisher):
        move = make_move(make_role(), make_role())
        assert "Duplicate" not in publisher.get(url_of(move)).text
        assert publisher.post(url_of(move, "copy")).status_code == 404
        assert DeskAction.objects.count() == 0
