"""Moves: what leads to a role and on from it, the ways out, and HR's desk for them."""

import json
import re
import shutil

import pytest
from django.urls import reverse

from careers.guide.models.choices import Level, Track
from careers.guide.models.moves import Confidence, Move
from careers.guide.models.publishing import GuideModel
from careers.guide.models.revisions import LoadedRow
from careers.guide.models.roles import Role
from careers.guide.services.loading import FIXTURES, FixtureError, load_guide
from careers.occupations.models import Collection
from tests.desk.forms import publish, save, url_of
from tests.factories import make_certification, make_collection, make_move, make_occupation, make_role, make_skill
from tests.queries import queries_of_first, queries_of_page

Kind, Status = Move.Kind, GuideModel.Status
SPECIALISTS = ["subject-matter-expert", "quality-analyst", "process-trainer", "workforce-management-analyst"]


@pytest.mark.django_db
class TestRolePage:
    def test_names_what_leads_here_and_what_comes_next_promotions_first(self, client):
        agent, lead, analyst, manager = (make_role(title=title) for title in ("Agent", "Lead", "Analyst", "Manager"))
        make_move(agent, lead, months=(18, 48))
        make_move(lead, analyst, kind=Kind.LATERAL, position=1)
        make_move(lead, manager, position=2)
        page = client.get(lead.get_absolute_url())
        role = page.context["role"]
        assert [move.from_role.title for move in role.ways_in] == ["Agent"]
        assert [move.to_role.title for move in role.ways_on] == ["Manager", "Analyst"]
        for words in ("Promotion · 18–48 months", "Promotion · time not known", "Sideways · time not known"):
            assert words in page.text

    def test_tells_an_estimate_from_what_a_source_says(self, client):
        start = make_role()
        make_move(start, make_role(), months=(12, 24), months_confidence=Confidence.DERIVED)
        make_move(start, make_role(), months=(6, 12))
        page = client.get(start.get_absolute_url()).text
        assert "12–24 months, our estimate" in page
        assert "6–12 months, our estimate" not in page

    @pytest.mark.parametrize(
        ("months", "words"), [((1, 1), "1 month"), ((12, 12), "12 months"), (None, "time not known")]
    )
    def test_says_the_months_in_words(self, months, words):
        assert make_move(make_role(), make_role(), months=months).months_text == words

    @pytest.mark.parametrize("status", [Status.DRAFT, Status.ARCHIVED])
    def test_shows_neither_unpublished_moves_nor_moves_of_unpublished_roles(self, client, status):
        role, secret = make_role(), make_role(title="Secret role", status=status)
        make_move(role, secret)
        make_move(secret, role)
        make_move(role, make_role(title="Secret end"), status=status)
        make_move(role, destination="Secret shore", status=status)
        page = client.get(role.get_absolute_url())
        assert "Secret" not in page.text
        assert not page.context["role"].ways_in

    def test_says_so_where_nothing_leads_in_or_on(self, client):
        entry = client.get(make_role(level=Level.ENTRY).get_absolute_url()).text
        assert "You can start here." in entry
        assert "No source names a role after it." in entry
        assert "No source names a role before it." in client.get(make_role(level=Level.LEAD).get_absolute_url()).text

    def test_names_the_source_the_note_and_the_certificates_of_each_move(self, client):
        start, belt = make_role(), make_certification(title="Some belt")
        draft = make_certification(title="Secret belt", status=Status.DRAFT)
        move = make_move(
            start, make_role(), certifications=[belt, draft], months_note="Sources differ.", how="You ask."
        )
        page = client.get(start.get_absolute_url()).text
        for words in (move.source_name.replace("'", "&#x27;"), "Sources differ.", "You ask.", "Some belt"):
            assert words in page, words
        assert "Secret belt" not in page

    def test_names_the_ways_out_by_their_place_on_the_list(self, client):
        role = make_role()
        make_move(role, destination="Banking")
        assert f'href="{reverse("exit-list")}#banking"' in client.get(role.get_absolute_url()).text

    def test_costs_the_same_for_many_moves_as_for_one(self, client):
        role = make_role()
        surround(role, times=1)
        one = queries_of_page(client, role.get_absolute_url())
        surround(role, times=5)
        assert queries_of_page(client, role.get_absolute_url()) == one


def surround(role, *, times):
    for _ in range(times):
        make_move(make_role(), role, certifications=[make_certification()])
        make_move(role, make_role(), certifications=[make_certification()])
        make_move(role, destination=f"Place {Move.objects.count()}")


@pytest.mark.django_db
class TestCards:
    def test_a_card_names_the_promotion_first_and_counts_the_rest(self, client):
        agent = make_role(title="Agent")
        make_move(agent, make_role(title="Beside"), kind=Kind.LATERAL, position=1)
        make_move(agent, make_role(title="Above"), position=2)
        make_move(agent, make_role(title="Hidden"), status=Status.DRAFT)
        make_move(agent, destination="Retail")
        assert "Leads to <strong>Above</strong> and 1 more" in client.get("/roles/").text

    def test_where_nothing_comes_next_a_card_names_a_skill(self, client):
        make_role(skills={make_skill(name="Listening"): 3})
        page = client.get("/roles/").text
        assert "Asks for <strong>Listening</strong>" in page
        assert "Leads to" not in page

    def test_side_by_side_roles_say_where_they_lead(self, client):
        make_move(make_role(slug="a"), make_role(title="The next"))
        make_role(slug="b")
        page = client.get("/roles/compare/?role=a&role=b").text
        assert "The next</a>" in page
        assert "No next role known" in page

    def test_lists_cost_the_same_for_many_moves_as_for_one(self, client):
        paths = ("/", "/roles/", "/roles/compare/?role=a&role=b", reverse("exit-list"))
        roles = [make_role(slug=slug) for slug in "ab"]
        surround(roles[0], times=1)
        client.get("/")  # what is kept in step with the guide is there, and follows what changes
        one = [queries_of_first(client, path) for path in paths]
        surround(roles[0], times=4)
        surround(roles[1], times=4)
        client.get("/")
        assert [queries_of_first(client, path) for path in paths] == one


@pytest.mark.django_db
class TestWaysOut:
    def test_gathers_the_roles_under_each_destination(self, client):
        agent, lead = make_role(title="Agent"), make_role(title="Lead", level=Level.LEAD)
        make_move(lead, destination="Banking", position=20)
        make_move(agent, destination="Banking", position=20)
        make_move(agent, destination="Retail", position=10)
        make_move(agent, lead)
        found = client.get(reverse("exit-list")).context["ways_out"].destinations
        assert [(one.name, [way.move.from_role.title for way in one.ways]) for one in found] == [
            ("Retail", ["Agent"]),
            ("Banking", ["Agent", "Lead"]),
        ]

    def test_one_destination_differently_written_is_one_section(self, client):
        for name in ("Retail", "retail", "小売", "C++", "C"):
            make_move(make_role(), destination=name)
        found = client.get(reverse("exit-list")).context["ways_out"].destinations
        assert [(one.anchor, len(one.ways)) for one in found] == [("c", 1), ("c-2", 1), ("retail", 2), ("小売", 1)]

    def test_a_role_leads_to_a_destination_in_any_script(self, client):
        role = make_role()
        make_move(role, destination="小売")
        assert f'href="{reverse("exit-list")}#小売"' in client.get(role.get_absolute_url()).text

    def test_a_source_of_many_ways_is_said_once_for_their_destination(self, client):
        for _ in range(3):
            make_move(make_role(), destination="Retail", source_name="One source")
        make_move(make_role(), destination="Banking", source_name="One source")
        assert client.get(reverse("exit-list")).text.count("One source") == 2

    def test_plain_words_come_first_and_counts_are_small_print(self, client):
        make_move(make_role(), destination="Retail", how="You lead. 75 moves are known. Related: Tellers (43-3071.00).")
        page = client.get(reverse("exit-list")).text
        assert "<p>You lead.</p>" in page
        words = ("You lead.", "<summary>", "75 moves are known.", "Tellers (43-3071.00)")
        assert sorted(words, key=page.index) == list(words)

    def test_codes_lead_to_the_occupation_while_its_catalogue_is_shown(self, client):
        tellers = make_occupation(collection=make_collection(), code="43-3071.00", title="Tellers")
        make_move(make_role(), destination="Banking", how="Related: Tellers (43-3071.00), Sellers (41-1011.00).")
        page = client.get(reverse("exit-list")).text
        assert f'<a href="{tellers.get_absolute_url()}">Tellers (43-3071.00)</a>, Sellers (41-1011.00).' in page
        assert tellers.collection.attribution in page
        Collection.objects.update(status=Status.DRAFT)
        hidden = client.get(reverse("exit-list")).text
        assert "Related: Tellers (43-3071.00), Sellers (41-1011.00)." in hidden
        assert tellers.get_absolute_url() not in hidden
        assert tellers.collection.attribution not in hidden

    def test_linked_codes_cost_the_same_for_many_as_for_one(self, client):
        make_occupation(collection=make_collection(), code="43-3071.00")
        make_move(make_role(), destination="Banking", how="Related: Tellers (43-3071.00).")
        one = queries_of_page(client, reverse("exit-list"))
        for number in range(5):
            make_occupation(collection=Collection.objects.get(), code=f"41-101{number}.00")
            make_move(make_role(), destination=f"Place {number}", how=f"Related: Sellers (41-101{number}.00).")
        assert queries_of_page(client, reverse("exit-list")) == one

    def test_it_leads_on_to_the_planner_and_to_the_roles_that_fit(self, client):
        page = client.get(reverse("exit-list")).text
        for name in ("route-find", "match-list"):
            assert f'href="{reverse(name)}"' in page

    def test_says_what_carries_over_how_and_who_says_so(self, client):
        move = make_move(make_role(), destination="Retail", how="You know customers.")
        move.carried_skills.set([make_skill(name="Listening"), make_skill(name="Secret skill", status=Status.DRAFT)])
        page = client.get(reverse("exit-list")).text
        for words in ("Listening", "You know customers.", "A test&#x27;s own source", "22 November 2026"):
            assert words in page
        assert "Secret skill" not in page

    def test_an_empty_guide_is_no_error(self, client):
        assert "No career after BPO is described yet." in client.get(reverse("exit-list")).text

    def test_unpublished_ways_out_do_not_show(self, client):
        make_move(make_role(), destination="Open sea")
        make_move(make_role(), destination="Secret shore", status=Status.DRAFT)
        make_move(make_role(status=Status.DRAFT), destination="Secret coast")
        page = client.get(reverse("exit-list")).text
        assert "Open sea" in page
        assert "Secret" not in page


class TestTheGuide:
    def test_every_role_lies_on_a_way(self, guide):
        for role in Role.objects.published().for_page():
            assert role.ways_in or role.ways_on, role
        assert not Move.objects.filter(kind=Kind.PROMOTION, to_role__level=Level.ENTRY).exists(), "one starts there"

    def test_months_are_a_range_with_its_certainty_or_not_known_with_a_word(self, guide):
        for move in Move.objects.between_roles():
            assert move.months_note, move
            assert bool(move.months) == bool(move.months_confidence), move

    def test_sideways_moves_lead_both_ways_but_nobody_plans_a_way_back_to_data_entry(self, guide):
        sideways = {(move.from_role.slug, move.to_role.slug) for move in Move.objects.filter(kind=Kind.LATERAL)}
        one_way = {(start, end) for start, end in sideways if (end, start) not in sideways}
        assert one_way == {("data-entry-operator", "process-associate")}

    def test_no_promotion_leads_down_and_sideways_moves_keep_the_level_or_change_the_line(self, guide):
        """Specialists are chosen; the senior grade comes with time, and an expert may come from it. All are level 2."""
        level = {"senior-associate", "subject-matter-expert"}
        for move in Move.objects.between_roles().for_rows():
            start, end = move.from_role, move.to_role
            if move.kind == Kind.PROMOTION:
                assert end.level > start.level or (end.level == start.level and start.slug in level), move
            else:
                assert end.track != start.track or end.level == start.level, move

    def test_what_the_map_lacked_is_there(self, guide):
        back_office = ["process-associate", "senior-associate"]
        wanted = {(start, end) for start in back_office for end in SPECIALISTS}
        wanted |= {("technical-support-associate", end) for end in SPECIALISTS[:3]}
        wanted |= {("subject-matter-expert", end) for end in SPECIALISTS[1:3]}
        there = set(
            Move.objects.published().filter(kind=Kind.PROMOTION).values_list("from_role__slug", "to_role__slug")
        )
        assert wanted <= there
        leave = set(Move.objects.published().exits().values_list("from_role__slug", flat=True))
        assert {*SPECIALISTS, "senior-associate"} <= leave
        to_it = Move.objects.published().exits().filter(destination="IT departments")
        assert to_it.count() > 2

    def test_every_move_has_a_source_with_its_address_or_says_that_the_editors_judged(self, guide):
        for move in Move.objects.all():
            said = f"{move.source_name} {move.further_sources}"
            if move.source_url:
                assert move.checked_against != "own" or "editors" in said, move
            else:
                assert "the editors" in said, move
                assert move.checked_against == "own" or "http" in said, move
            if move.confidence == Confidence.DERIVED:
                assert "editors" in said or "O*NET" in said, f"{move}: whose judgement?"
            if move.months and move.months_confidence != Confidence.DERIVED:
                assert move.source_url, f"{move}: months need a source"

    def test_the_articles_destinations_are_there(self, guide):
        destinations = set(Move.objects.published().exits().values_list("destination", flat=True))
        assert {"Retail", "Banking", "Operations in other industries"} <= destinations

    def test_ways_out_say_how_and_with_what(self, guide):
        for move in Move.objects.exits().prefetch_related("carried_skills"):
            assert move.how, move
            assert move.carried_skills.all(), move

    def test_a_move_that_an_editor_changed_or_deleted_stays_so(self, guide):
        Move.objects.filter(slug="team-leader-to-operations-manager").update(how="Mine.")
        Move.objects.get(slug="team-leader-to-quality-analyst").delete()
        report = load_guide()
        assert (report.added, report.updated) == (0, 0)
        assert Move.objects.get(slug="team-leader-to-operations-manager").how == "Mine."
        assert not Move.objects.filter(slug="team-leader-to-quality-analyst").exists()
        assert len(report.kept) == 2

    def test_a_move_that_an_editor_made_first_stays_theirs(self, guide):
        mine = Move.objects.get(slug="team-leader-to-operations-manager")
        LoadedRow.objects.filter(model="careers.move", object_pk=mine.pk).delete()
        Move.objects.filter(pk=mine.pk).update(slug="mine", how="Mine.")
        report = load_guide()
        assert any("has its from_role and to_role already" in line for line in report.kept)
        assert Move.objects.get(pk=mine.pk).how == "Mine."

    def test_a_fixture_that_breaks_a_rule_is_named_and_not_taken_for_an_editors_doing(self, guide, tmp_path):
        folder = shutil.copytree(FIXTURES, tmp_path / "fixtures")
        rows = json.loads((folder / "moves.json").read_text())
        rows[-1]["fields"]["to_role"] = ["team-leader"]
        (folder / "moves.json").write_text(json.dumps(rows))
        with pytest.raises(FixtureError, match=f"moves.json, row {len(rows)}.*move_exit_has_destination"):
            load_guide(folder=folder)


def add(client, **fields):
    """As the browser would send a new move."""
    data = {"kind": "promotion", "track": "operations", "confidence": "plausible", "position": 100}
    return client.post(reverse("admin:careers_move_add"), {**data, **fields})


def errors(response):
    assert response.status_code == 200
    return " ".join(text for texts in response.context["adminform"].errors.values() for text in texts)


class TestDesk:
    def test_an_editor_writes_a_draft_that_gets_its_address(self, editor):
        start, end = make_role(), make_role()
        assert add(editor, from_role=start.pk, to_role=end.pk).status_code == 302
        move = Move.objects.get(from_role=start)
        assert (move.slug, move.status) == (f"{start.slug}-to-{end.slug}", Status.DRAFT)
        add(editor, from_role=end.pk, to_role=start.pk, status="published", _publish="x")
        assert Move.objects.get(from_role=end).status == Status.DRAFT

    def test_a_publisher_publishes_a_move_once_it_has_a_source(self, publisher):
        start, end = make_role(), make_role()
        move = make_move(start, end, status=Status.DRAFT, source_name="")
        missing = publish(publisher, move).text
        assert "Readers need this before the page can be published." in missing
        save(publisher, move, source_name="A source", _publish="x")
        assert end.title in publisher.get(start.get_absolute_url()).text

    def test_an_unchanged_move_is_saved_as_it_was(self, publisher):
        move = Move.objects.get(slug="customer-service-executive-to-team-leader")
        before = Move.objects.filter(pk=move.pk).values().get()
        saved = save(publisher, move)
        assert saved.status_code == 302, errors(saved)
        after = Move.objects.filter(pk=move.pk).values().get()
        assert {**before, "updated_at": None} == {**after, "updated_at": None}

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"to_role": ""}, "Say where it leads"),
            ({"to_role": "", "destination": "Retail"}, "A way out has a destination and no role"),
            ({"kind": "exit"}, "A way out has a destination and no role"),
            ({"kind": "exit", "destination": "Retail"}, "A way out has a destination and no role"),
            ({"destination": "Retail"}, "A way out has a destination and no role"),
            ({"months_from": -1, "months_to": 99999, "months_confidence": "derived"}, "Write 0 or more."),
            ({"months_from": "soon"}, "Enter a whole number"),
            ({"how": "x" * 241}, "at most 240"),
            ({"to_role": "999999"}, "is not in it."),
            ({"to_role": "\x00"}, "Null characters"),
            ({"destination": "a\x00b"}, "Null characters"),
            ({"kind": "leap"}, "is not in it."),
            ({"checked_on": "2999-01-01"}, "That day is still to come"),
        ],
    )
    def test_what_does_not_hold_is_said_in_words_and_nothing_is_saved(self, editor, fields, words):
        start, end = make_role(), make_role()
        assert words in errors(add(editor, **{"from_role": start.pk, "to_role": end.pk, **fields}))
        assert not Move.objects.filter(from_role=start).exists()

    @pytest.mark.parametrize(
        ("months", "faults"),
        [
            ((30, 15, "derived"), {"months_from": "The fewest months (30) are more than the most (15)."}),
            ((12, "", "derived"), {"months_to": "Write the most months as well."}),
            (("", 12, "derived"), {"months_from": "Write the fewest months as well."}),
            ((12, 24, ""), {"months_confidence": "Say how sure the months are."}),
            (("", "", "derived"), {"months_confidence": "Write the months as well, or leave this empty."}),
            ((0, 0, "derived"), {"months_to": "Write 1 month or more, or leave the months empty."}),
            (("soon", 12, ""), {"months_from": "Enter a whole number."}),
        ],
    )
    def test_months_that_do_not_hold_say_so_at_their_field(self, editor, months, faults):
        names = ("months_from", "months_to", "months_confidence")
        response = add(
            editor, from_role=make_role().pk, to_role=make_role().pk, **dict(zip(names, months, strict=True))
        )
        errors = response.context["adminform"].errors
        assert {name: " ".join(texts) for name, texts in errors.items()} == faults

    def test_only_a_way_out_has_skills_that_carry_over(self, editor):
        start, skill = make_role(), make_skill()
        refused = add(editor, from_role=start.pk, to_role=make_role().pk, carried_skills=[skill.pk])
        assert "Only a way out has these." in errors(refused)
        way_out = {"kind": "exit", "destination": "Retail", "carried_skills": [skill.pk]}
        assert add(editor, from_role=start.pk, **way_out).status_code == 302
        assert list(Move.objects.get(from_role=start).carried_skills.all()) == [skill]

    def test_a_move_to_itself_is_refused_in_words(self, editor):
        role = make_role()
        assert "A move leads to another role." in errors(add(editor, from_role=role.pk, to_role=role.pk))

    def test_a_move_is_listed_once(self, editor):
        start, end = make_role(), make_role()
        make_move(start, end)
        assert "listed already" in errors(add(editor, from_role=start.pk, to_role=end.pk))

    @pytest.mark.parametrize(("first", "second"), [("Retail", "Retail"), ("Retail", "retail")])
    def test_a_way_out_is_listed_once_however_it_is_written(self, editor, first, second):
        start = make_role()
        make_move(start, destination=first)
        assert "listed already" in errors(add(editor, from_role=start.pk, kind="exit", destination=second))

    @pytest.mark.parametrize(("first", "second"), [("小売", "銀行"), ("C", "C++"), ("㎯" * 79, "㎯" * 80)])
    def test_ways_out_that_read_alike_in_an_address_get_a_number(self, editor, first, second):
        start = make_role()
        move = make_move(start, destination=first)
        assert add(editor, from_role=start.pk, kind="exit", destination=second).status_code == 302
        assert Move.objects.get(destination=second).slug == f"{move.slug}-2"

    def test_a_role_that_takes_the_address_of_another_gets_moves_like_any_role(self, editor):
        end, old = make_role(slug="end"), make_role(slug="agent")
        first = make_move(old, end)
        Role.objects.filter(pk=old.pk).update(slug="senior-agent")
        new = make_role(slug="agent")
        assert add(editor, from_role=new.pk, to_role=end.pk).status_code == 302
        second = Move.objects.get(from_role=new)
        assert (Move.objects.get(pk=first.pk).slug, second.slug) == ("agent-to-end", "agent-to-end-2")
        Move.objects.get(pk=first.pk).save()
        second.save()
        slugs = Move.objects.filter(to_role=end).order_by("pk").values_list("slug", flat=True)
        assert list(slugs) == ["senior-agent-to-end", "agent-to-end-2"], "a number that was given stays"

    def test_two_moves_may_read_alike_in_an_address(self, editor):
        make_move(make_role(slug="a"), make_role(slug="b-to-c"))
        start, end = make_role(slug="a-to-b"), make_role(slug="c")
        assert add(editor, from_role=start.pk, to_role=end.pk).status_code == 302
        assert Move.objects.get(from_role=start).slug == "a-to-b-to-c-2"

    def test_the_list_says_where_each_leads_and_how_long_it_takes(self, editor):
        page = editor.get(reverse("admin:careers_move_changelist")).text
        for words in ("Customer Service Executive", "12–48", "not known", "Banking", "Operations"):
            assert words in page

    def test_the_list_costs_the_same_for_many_moves_as_for_one(self, editor):
        address = reverse("admin:careers_move_changelist")
        one = queries_of_page(editor, address)
        surround(make_role(), times=2)
        assert queries_of_page(editor, address) == one

    @pytest.mark.parametrize("column", range(1, 8))
    def test_the_list_is_sorted_by_any_column(self, editor, column):
        assert editor.get(f"{reverse('admin:careers_move_changelist')}?o={column}").status_code == 200

    @pytest.mark.parametrize("query", ["months_from__isempty=1", "how__isempty=0", "kind__exact=exit", "q=retail"])
    def test_the_list_finds_what_is_missing(self, editor, query):
        assert editor.get(f"{reverse('admin:careers_move_changelist')}?{query}").status_code == 200

    @pytest.mark.parametrize(("status", "is_there"), [(Status.PUBLISHED, True), (Status.DRAFT, False)])
    def test_a_move_is_viewed_on_the_page_of_its_role_if_there_is_one(self, editor, status, is_there):
        move = make_move(make_role(status=status), make_role())
        page = editor.get(reverse("admin:careers_move_change", args=[move.pk])).text
        assert ("View on site" in page) == is_there

    def test_an_editor_cannot_delete_a_move(self, editor):
        move = Move.objects.first()
        assert editor.post(reverse("admin:careers_move_delete", args=[move.pk]), {"post": "yes"}).status_code == 403

    def test_a_renamed_role_takes_its_moves_along(self, publisher):
        start, end = make_role(), make_role(track=Track.QUALITY)
        move = make_move(start, end)
        Role.objects.filter(pk=start.pk).update(slug="another")
        saved = save(publisher, move, how="By coaching.", _publish="x")
        assert saved.status_code == 302, errors(saved)
        move.refresh_from_db()
        assert move.slug == f"another-to-{end.slug}"


def take_offline(client, thing):
    """What the page says that asks before `thing` is taken offline."""
    text = client.get(url_of(thing, "act", "archive")).text
    return " ".join(re.findall(r"<li>([^<]*\.)</li>", text))


class TestWhatReadersMiss:
    def test_a_move_taken_offline_names_the_ends_that_nothing_reaches_then(self, publisher):
        start, end = make_role(title="Start"), make_role(title="End", level=Level.LEAD)
        said = take_offline(publisher, make_move(start, end))
        assert "The move from Start to End is no longer shown." in said
        assert "End has no way in now. Start has no way on now." in said

    def test_an_end_that_another_move_reaches_is_not_named(self, publisher):
        start, end = make_role(title="Start"), make_role(title="End", level=Level.LEAD)
        move = make_move(start, end)
        make_move(make_role(), end)
        make_move(start, make_role(status=Status.DRAFT))
        said = take_offline(publisher, move)
        assert "way in" not in said
        assert "Start has no way on now." in said

    def test_a_way_out_taken_back_is_named(self, publisher):
        move = make_move(make_role(title="Start"), destination="Retail")
        said = take_offline(publisher, move)
        assert "The way out from Start to Retail is no longer shown." in said
        assert "route" not in said

    def test_a_role_taken_back_takes_its_moves_along(self, publisher):
        role = make_role(title="Middle")
        make_move(make_role(title="Before"), role)
        make_move(role, make_role(title="One", level=Level.LEAD))
        make_move(role, make_role(title="Two", level=Level.LEAD, position=200))
        make_move(role, destination="Retail")
        make_move(role, make_role(), status=Status.DRAFT)
        make_move(role, make_role(status=Status.DRAFT))
        said = take_offline(publisher, role)
        assert "The move from Middle to One is no longer shown." in said
        assert "The way out from Middle to Retail is no longer shown." in said
        assert "One and Two have no way in now. Before has no way on now." in said

    def test_nothing_is_said_where_readers_saw_nothing(self, publisher):
        hidden, role = make_role(status=Status.DRAFT), make_role()
        assert "no longer shown" not in take_offline(publisher, make_move(hidden, role))
        assert "no longer shown" not in save(publisher, make_move(role, make_role(), status="draft"), position=7)
        assert "no longer shown" not in save(publisher, make_role(), status="archived")
