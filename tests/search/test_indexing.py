"""The index follows the guide row by row: whatever changed, and however, it is as if it were built anew."""

from contextlib import suppress
from itertools import starmap
from threading import Event, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from careers.guide.models.metrics import Metric
from careers.guide.models.revisions import Change, Revision
from careers.guide.models.role_rows import AlternateTitle, RoleSkill
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.search.models.entries import SearchEntry, SearchIndex
from careers.search.rules.lexicon import Lexicon
from careers.search.services import indexing
from careers.search.services.indexing import bring_up_to_date, refresh_index
from careers.search.services.searching import KEPT, find, lexicon, listed, state_of_index, warm
from tests.factories import make_certification, make_industry, make_metric, make_role, make_skill

pytestmark = pytest.mark.django_db


def written():
    """The index without keys of its rows."""
    return set(
        SearchEntry.objects.values_list("kind", "object_pk", "title_text", "alternate_text", "body_text", "rank")
    )


def built_anew():
    kept = list(SearchEntry.objects.all())
    SearchEntry.objects.all().delete()
    SearchIndex.objects.update(revision=0)
    bring_up_to_date()
    anew = written()
    SearchEntry.objects.all().delete()
    SearchEntry.objects.bulk_create(kept)
    return anew


CHANGES = {
    "another title of a role": lambda one: AlternateTitle.objects.create(role=one["role"], title="Night porter"),
    "a title that goes": lambda one: AlternateTitle.objects.all().delete(),
    "a skill that a role asks for": lambda one: ask_for(one["role"], one["other_skill"]),
    "a skill that moves to another role": lambda one: RoleSkill.objects.update(role=one["other"]),
    "the name of a skill": lambda one: Skill.objects.filter(pk=one["skill"].pk).update(name="Juggling"),
    "a skill that is taken back": lambda one: Skill.objects.filter(pk=one["skill"].pk).update(status="draft"),
    "the name of a measure": lambda one: Metric.objects.update(name="Tickets"),
    "an industry of a role": lambda one: one["role"].industries.set([one["industry"]]),
    "an industry that goes": lambda one: one["industry"].delete(),
    "a role that is taken back": lambda one: Role.objects.filter(pk=one["role"].pk).update(status="archived"),
    "a role that goes": lambda one: one["role"].delete(),
    "a new role": lambda one: make_role(title="Zookeeper"),
    "the level of all roles": lambda one: Role.objects.update(level=F("level") + 1),
    "a certification": lambda one: make_certification(title="Driving licence"),
    "below Django": lambda one: name_by_hand(one["role"]),
}


def ask_for(role, skill):
    RoleSkill.objects.create(role=role, skill=skill, proficiency=2)


def name_by_hand(role):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE careers_role SET title = 'By hand' WHERE id = %s", [role.pk])


def some_guide():
    skill, other_skill = make_skill(name="Listening"), make_skill(name="Typing")
    one = {"skill": skill, "other_skill": other_skill, "industry": make_industry(name="Banking")}
    one |= {"role": make_role(title="Agent", skills={skill: 2}), "other": make_role(title="Clerk")}
    AlternateTitle.objects.create(role=one["other"], title="Old title")
    one["role"].role_metrics.create(metric=make_metric(name="Calls"))
    one["other"].industries.add(one["industry"])
    return one


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_after_a_change_it_is_as_if_it_were_built_anew(change):
    one = some_guide()
    assert refresh_index()
    before = written()
    assert lexicon().words
    change(one)
    assert refresh_index()
    assert written() != before
    every = SearchEntry.objects.values_list(*KEPT)
    kept, anew = lexicon(), Lexicon().updated(gone=(), entries=starmap(listed, every))
    assert kept.titles == anew.titles
    assert kept.words == anew.words
    assert written() == built_anew()


class TestManyChanges(TestCase):
    @settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
    @given(names=st.lists(st.sampled_from(list(CHANGES)), unique=True, max_size=6), looks=st.sets(st.integers(0, 5)))
    def test_in_any_order_with_searches_between(self, names, looks):
        one = some_guide()
        for number, name in enumerate(names):
            try:
                with transaction.atomic():
                    CHANGES[name](one)
            except (IntegrityError, ValueError):  # what one change took away the other cannot change
                continue
            if number in looks:
                refresh_index()
        refresh_index()
        assert written() == built_anew()


def test_one_edit_among_many_writes_one_entry(django_assert_max_num_queries):
    roles = [make_role(title=f"Agent {number}") for number in range(60)]
    refresh_index()
    before = dict(SearchEntry.objects.values_list("object_pk", "pk"))
    Role.objects.filter(pk=roles[7].pk).update(title="Night porter")
    with django_assert_max_num_queries(25):
        refresh_index()
    after = dict(SearchEntry.objects.values_list("object_pk", "pk"))
    assert {key for key in after if after[key] != before[key]} == {roles[7].pk}
    assert [entry.title for entry in find("night porter").entries] == ["Night porter"]
    assert "Agent 7" not in [entry.title for entry in find("agent 7").entries]


@pytest.mark.django_db(transaction=True)
def test_what_is_saved_is_indexed_when_it_is_done_and_not_before():
    role, industry = make_role(title="Agent"), make_industry(name="Banking")
    with transaction.atomic():
        role.title = "Night porter"
        role.save()
        role.industries.add(industry)
        assert not SearchEntry.objects.filter(title="Night porter").exists()
    entry = SearchEntry.objects.get(title="Night porter")
    assert "banking" in entry.body_text
    assert SearchIndex.objects.get().revision == Revision.current()
    with suppress(ZeroDivisionError), transaction.atomic():
        make_role(title="Taken back")
        raise ZeroDivisionError
    with transaction.atomic():
        make_role(title="Clerk")
    assert set(SearchEntry.objects.filter(kind="role").values_list("title", flat=True)) == {"Night porter", "Clerk"}


@pytest.mark.django_db(transaction=True)
def test_a_command_indexes_all_that_it_saved_before_it_is_over(monkeypatch):
    analyzed = []
    monkeypatch.setattr(indexing, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(indexing, "index_beside", None)
    monkeypatch.setattr(indexing, "analyze", lambda *models: analyzed.extend(models))
    with transaction.atomic():
        for number in range(5):
            make_role(title=f"Clerk {number}")
    assert SearchEntry.objects.filter(kind="role").count() == 5
    assert analyzed == [SearchEntry]
    make_role(title="One more")
    assert analyzed == [SearchEntry]


def test_nobody_waits_while_a_whole_guide_is_indexed(monkeypatch):
    make_role(title="Agent")
    refresh_index()
    begun = Event()
    monkeypatch.setattr(indexing, "MOST_AT_ONCE", 3)
    monkeypatch.setattr(indexing, "index_beside", begun.set)
    for number in range(5):
        make_role(title=f"Clerk {number}")
    found = find("agent")
    assert [entry.title for entry in found.entries] == ["Agent"]
    assert not found.is_fresh
    assert begun.is_set()
    bring_up_to_date()
    assert find("agent").is_fresh
    assert len(find("clerk").entries) == 5


def test_what_changed_is_noted_with_the_revision_that_it_made():
    role, skill = make_role(), make_skill()
    number = Revision.current()
    assert Change.since(number) == {}
    ask_for(role, skill)
    Skill.objects.filter(pk=skill.pk).update(name="Other")
    assert Change.since(number) == {"role": {role.pk}, "skill": {skill.pk}}
    assert max(Change.objects.values_list("number", flat=True)) == Revision.current()
    later = Revision.current()
    key = role.pk
    role.delete()
    assert Change.since(later) == {"role": {key}}
    assert Change.since(0) is None


@pytest.mark.django_db(transaction=True)
def test_a_process_that_has_just_started_reads_beside_what_suggestions_are_made_of():
    make_role(title="Night porter")
    lexicon.forget()
    beside = Thread(target=warm)
    beside.start()
    beside.join()
    assert lexicon.kept[0] == state_of_index()
    assert "porter" in lexicon.kept[1].names
