"""Pages that go live as one: all of them or none, whatever was written meanwhile."""

from functools import partial

import pytest

from careers.desk.services.drafts import editing, key_of_new_row, save_draft
from careers.desk.services.reviews import approve_draft, ask_for_review
from careers.desk.services.sets.change_sets import (
    SetFaults,
    discard_set,
    put_page_in,
    rename_set,
    start_set,
    take_page_out,
)
from careers.desk.services.sets.drafts import put_drafts
from careers.desk.services.sets.publishing import publish_set
from careers.desk.services.sets.undoing import undo_set
from careers.guide.models.desk.drafts import DeskAction, Draft
from careers.guide.models.moves import Move
from careers.guide.models.old_slugs import OldSlug
from careers.guide.models.publishing import GuideModel
from careers.guide.models.revisions import Revision
from careers.guide.models.role_rows import RoleSkill
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.guide.models.versions import Version
from careers.guide.selectors.snapshots import content_of
from careers.guide.services.versions import current_version, versions_of
from careers.people.services.refusing import Refused
from tests.desk.sets import content_with, publish, put
from tests.factories import make_industry, make_move, make_role, make_skill, make_user
from tests.queries import queries_of

Status = GuideModel.Status


@pytest.fixture
def by(db):
    return make_user()


@pytest.fixture
def change_set(by):
    return start_set(title="Fees of 2027", by=by)


def needs(role):
    return {row.skill_id: (row.pk, row.proficiency) for row in role.role_skills.all()}


def new_row(**fields):
    return {"pk": key_of_new_row(), "fields": fields}


def test_pages_go_live_together_in_any_order_and_what_was_written_meanwhile_stays(change_set, by):
    kept, gone, fresh = make_skill(), make_skill(), make_skill(status=Status.DRAFT)
    one, other = make_role(skills={kept: 2, gone: 3}), make_role()
    row = content_of(one)["rows"]["role_skills"][0]
    rows = [{**row, "fields": {**row["fields"], "proficiency": 5}}]
    rows.append(new_row(skill=fresh.pk, proficiency=4, is_essential=True))
    key = needs(one)[kept.pk][0]
    put(change_set, (one, {"rows": {"role_skills": rows}}), (other, {"summary": "New."}), by=by)
    with editing():
        put_page_in(change_set, fresh, by=by)
    Role.objects.filter(pk=one.pk).update(outlook="Theirs.")
    before = Revision.current()
    publish(change_set, by, note="For the new year.")
    one.refresh_from_db()
    other.refresh_from_db()
    fresh.refresh_from_db()
    assert (needs(one)[kept.pk], needs(one)[fresh.pk][1], set(needs(one))) == ((key, 5), 4, {kept.pk, fresh.pk})
    assert (one.outlook, other.summary, fresh.status) == ("Theirs.", "New.", Status.PUBLISHED)
    assert Revision.current() > before
    assert not Draft.objects.exists()
    acts = DeskAction.objects.filter(change_set=change_set, what="alone")
    assert {act.version.content["fields"].get("summary") for act in acts} >= {"New."}
    assert acts.count() == versions_of(one).filter(kind="published").count() + 2
    assert change_set.state == "published"
    for page in (one, other, fresh):
        assert current_version(page).kind == "published"


def test_a_set_that_cannot_go_live_changes_nothing_and_names_all_that_is_wrong(change_set, by):
    empty, twice, clashing, fine = make_role(), make_role(), make_role(), make_role()
    make_role(title="Coach")
    put(
        change_set,
        (empty, {"duties": "", "source_name": ""}),
        (twice, {"title": "Coach"}),
        (clashing, {"summary": "Mine."}),
        (fine, {"summary": "Fine."}),
        by=by,
    )
    Role.objects.filter(pk=clashing.pk).update(summary="Theirs.")
    state = [content_of(page) for page in (empty, twice, clashing, fine)], Revision.current(), Version.objects.count()
    with pytest.raises(SetFaults) as refused, editing():
        publish_set(change_set, by=by)
    faults = dict(refused.value.faults)
    assert {page: set(names) for page, names in faults.items()} == {
        empty: {"duties", "source_name"},
        twice: {"title"},
        clashing: {"__all__"},
    }
    assert refused.value.clashing == [clashing]
    now = [content_of(page) for page in (empty, twice, clashing, fine)], Revision.current(), Version.objects.count()
    assert now == state
    assert change_set.drafts.count() == 4


def test_what_the_database_alone_refuses_is_named_too(change_set, by):
    role, skill = make_role(), make_skill()
    row = new_row(skill=skill.pk, proficiency=9, is_essential=True)
    put(change_set, (role, {"rows": {"role_skills": [row]}}), (make_role(), {"summary": "New."}), by=by)
    with pytest.raises(SetFaults) as refused:
        publish(change_set, by)
    assert [page for page, _ in refused.value.faults] == [role]
    assert not RoleSkill.objects.exists()
    assert change_set.drafts.count() == 2


def test_pages_of_a_set_may_exchange_names_and_not_addresses(change_set, by):
    one, other = make_skill(name="Calls"), make_skill(name="Chats")
    put(change_set, (one, {"name": "Chats"}), (other, {"name": "Calls"}), by=by)
    publish(change_set, by)
    assert [Skill.objects.get(pk=page.pk).name for page in (one, other)] == ["Chats", "Calls"]
    again = start_set(title="Addresses", by=by)
    put(again, (one, {"slug": other.slug}), (other, {"slug": "another"}), by=by)
    with pytest.raises(SetFaults) as refused:
        publish(again, by)
    assert [(page, set(names)) for page, names in refused.value.faults] == [(one, {"slug"})]
    assert not OldSlug.objects.exists()


def test_moves_of_a_set_are_checked_beside_each_other(change_set, by):
    start, ends = make_role(), [make_role() for _ in range(3)]
    moves = [make_move(start, end) for end in ends[:2]]
    put(change_set, *((move, {"to_role": ends[2].pk}) for move in moves), (ends[2], {"slug": "third"}), by=by)
    with pytest.raises(SetFaults) as refused:
        publish(change_set, by)
    assert {page.pk for page, _ in refused.value.faults} == {move.pk for move in moves}
    with editing():
        take_page_out(change_set, moves[0], by=by)
    publish(change_set, by)
    assert Move.objects.get(pk=moves[1].pk).slug == f"{start.slug}-to-third"


def test_new_pages_that_need_each_other_are_made_in_any_order(change_set, by):
    role = make_role()
    template = content_of(role)
    skill = content_of(make_skill())
    names = {"careers.skill": {"-7": ["new-skill", "New skill"]}, "careers.role": {"-8": ["new-role", "New role"]}}
    row = new_row(skill=-7, proficiency=3, is_essential=True)
    move = content_of(make_move(role, make_role()))
    entries = [
        (Move(), {**move, "fields": {**move["fields"], "to_role": -8}, "names": names}, None),
        (
            Role(),
            {
                **template,
                "fields": {**template["fields"], "slug": "new-role", "title": "New role"},
                "rows": {**template["rows"], "role_skills": [row]},
                "names": names,
            },
            None,
        ),
        (Skill(), {**skill, "fields": {**skill["fields"], "slug": "new-skill", "name": "New skill"}}, None),
    ]
    with editing():
        done = put_drafts(change_set, entries, by=by)
    assert len(done.drafts) == change_set.drafts.count() == 3
    new = Role.objects.get(slug="new-role")
    assert (new.status, [row.skill.slug for row in new.role_skills.all()]) == ("draft", ["new-skill"])
    publish(change_set, by)
    assert Role.objects.published().filter(slug="new-role").exists()
    assert Move.objects.published().get(to_role=new).from_role == role
    undo, _ = undo_set(change_set, by=by)
    publish(undo, by)
    new.refresh_from_db()
    assert (new.status, new.published_name) == ("archived", "New role")
    assert [one.status for one in Skill.objects.filter(slug="new-skill")] == ["archived"]


def test_a_page_that_cannot_be_made_is_named_and_nothing_is_made(change_set, by):
    skill = content_of(make_skill())
    entries = [(Skill(), {**skill, "fields": {**skill["fields"], "slug": slug}}, None) for slug in ("a", "b")]
    with pytest.raises(SetFaults) as refused, editing():
        put_drafts(change_set, entries, by=by)
    assert [set(names) for _, names in refused.value.faults] == [{"name"}, {"name"}]
    assert (Skill.objects.count(), Draft.objects.count()) == (1, 0)


def test_drafts_that_are_put_in_meet_what_others_saved(change_set, by):
    merged, clashing, same, elsewhere, back = (make_role(summary="First.") for _ in range(5))
    opened = {page: current_version(page) for page in (merged, clashing, same, elsewhere, back)}
    for page, changes in (
        (merged, {"outlook": "Theirs."}),
        (clashing, {"summary": "Theirs."}),
        (back, {"summary": "x"}),
    ):
        with editing():
            save_draft(page=page, content=content_with(page, **changes), opened=opened[page], by=by)
    put(start_set(title="Other", by=by), (elsewhere, {"summary": "Other."}), by=by)
    opened[back] = Draft.objects.get(page_pk=back.pk).head
    with editing():
        texts = {merged: "Mine.", clashing: "Mine.", same: "First.", elsewhere: "Mine.", back: "First."}
        entries = [(page, content_with(page, summary=text), opened[page]) for page, text in texts.items()]
        done = put_drafts(change_set, entries, by=by)
    head = change_set.drafts.get().head.content["fields"]
    assert (head["summary"], head["outlook"]) == ("Mine.", "Theirs.")
    assert [page for page, _ in done.clashes] == [clashing]
    assert [(page, str(other)) for page, other in done.elsewhere] == [(elsewhere, "Other")]
    assert set(done.unchanged) == {same, back}  # it says what readers see again
    assert not Draft.objects.filter(page_pk=back.pk).exists()


def test_a_draft_is_in_one_set_and_goes_on_by_itself_when_that_is_discarded(change_set, by):
    role, skill, new = make_role(), make_skill(), make_skill(status=Status.DRAFT)
    other = start_set(title="Another", by=by)
    put(change_set, (role, {"summary": "New."}), (skill, {"summary": "New."}), by=by)
    with editing():
        put_page_in(change_set, new, by=by)
        rename_set(change_set, title="Fees", by=by)
        with pytest.raises(Refused, match="is in the change set “Fees”"):
            put_page_in(other, role, by=by)
        with pytest.raises(Refused, match="has no draft"):
            put_page_in(other, make_role(), by=by)
        take_page_out(change_set, role, by=by)
        put_page_in(other, role, by=by)
        discard_set(change_set, by=by, drops_drafts=True)
        discard_set(other, by=by)
    assert {draft.page_pk for draft in Draft.objects.all()} == {role.pk, new.pk}
    assert not Draft.objects.exclude(change_set=None).exists()
    for act in (publish_set, discard_set, undo_set):
        with pytest.raises(Refused), editing():
            act(change_set, by=by)


def test_an_approval_counts_when_the_set_goes_live_and_what_nobody_saw_needs_a_second_look(change_set, by):
    seen, unseen, reviewer = make_role(), make_role(), make_user()
    put(change_set, (seen, {"summary": "New."}), (unseen, {"summary": "New."}), by=by)
    with editing():
        number = Draft.objects.get(page_pk=seen.pk).head.number
        ask_for_review(page=seen, by=by, seen=number)
        approve_draft(page=seen, by=reviewer, seen=number)
    publish(change_set, by)
    assert dict(DeskAction.objects.filter(what__in=("published", "alone")).values_list("page_pk", "what")) == {
        seen.pk: "published",
        unseen.pk: "alone",
    }


def test_undoing_brings_back_what_each_page_said_and_keeps_what_was_written_since(change_set, by):
    first, gone, coming = make_skill(), make_skill(), make_skill()
    role = make_role(summary="Before.", skills={first: 1, gone: 2})
    kept = [row for row in content_of(role)["rows"]["role_skills"] if row["fields"]["skill"] == first.pk]
    rows = [*kept, new_row(skill=coming.pk, proficiency=3, is_essential=True)]
    clashing = make_role(summary="Before.")
    put(change_set, (role, {"summary": "After.", "rows": {"role_skills": rows}}), (clashing, {"summary": "A."}), by=by)
    publish(change_set, by)
    Role.objects.filter(pk=role.pk).update(outlook="Since.")
    Role.objects.filter(pk=clashing.pk).update(summary="Since.")
    with editing():
        undo, done = undo_set(change_set, by=by)
    assert [page for page, _ in done.clashes] == [clashing]
    publish(undo, by)
    role.refresh_from_db()
    assert (role.summary, role.outlook) == ("Before.", "Since.")
    assert {skill: level for skill, (_, level) in needs(role).items()} == {first.pk: 1, gone.pk: 2}
    assert needs(role)[first.pk][0] == kept[0]["pk"]


def test_a_set_of_many_costs_as_many_queries_as_one_of_few(by):
    skills, industry = [make_skill() for _ in range(3)], make_industry()
    assert costs_of_set(2, skills, industry, by) == costs_of_set(9, skills, industry, by)


def costs_of_set(count, skills, industry, by):
    """Queries of filling a set, publishing and undoing it: roles with new and changed rows, and moves between them."""
    change_set = start_set(title=f"{count} pages", by=by)
    roles = [make_role(skills=dict.fromkeys(skills[:2], 1)) for _ in range(count)]
    moves = [make_move(role, roles[0]) for role in roles[1:]]
    entries = [(move, content_with(move, how="You ask."), current_version(move)) for move in moves]
    for role in roles:
        row = content_of(role)["rows"]["role_skills"][0]
        rows = [{**row, "fields": {**row["fields"], "proficiency": 4}}]
        rows.append(new_row(skill=skills[2].pk, proficiency=3, is_essential=True))
        changes = {"rows": {"role_skills": rows}, "many": {"industries": [industry.pk]}, "summary": "New."}
        entries.append((role, content_with(role, **changes), current_version(role)))

    def in_one(work, *given):
        with editing():
            work(change_set, *given, by=by)

    steps = [(put_drafts, entries), (publish_set,), (undo_set,)]
    return [queries_of(partial(in_one, *step)) for step in steps]
