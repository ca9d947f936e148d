"""Contents compared and merged: whatever both sides do, nothing is lost and nothing is made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.guide.rules.snapshots import Change, Side, content_changes, content_digest, merge_contents

IDENTITIES = {"role_skills": ("skill",)}
texts = st.sampled_from(["", "One.", "Two.", "Three."])
rows = st.dictionaries(
    st.integers(1, 5), st.fixed_dictionaries({"skill": st.integers(1, 4), "proficiency": st.integers(1, 3)}), max_size=4
)


def distinct(found):
    skills = [fields["skill"] for fields in found.values()]
    return len(skills) == len(set(skills))


contents = st.builds(
    lambda fields, many, rows: {
        "fields": fields,
        "many": {"industries": sorted(many)},
        "rows": {"role_skills": [{"pk": key, "fields": row} for key, row in rows.items()]},
        "names": {},
    },
    st.fixed_dictionaries({"title": texts, "summary": texts, "duties": texts}),
    st.sets(st.integers(1, 4)),
    rows.filter(distinct),
)


def applied(content, found):
    """The content with the changes made one by one, without the code under test."""
    fields, many = dict(content["fields"]), set(content["many"]["industries"])
    there = {row["pk"]: {"pk": row["pk"], "fields": dict(row["fields"])} for row in content["rows"]["role_skills"]}
    for one in found:
        name, *rest = one.place
        if name == "industries":
            many = many - {one.before} | ({one.after} if one.after is not None else set())
        elif name != "role_skills":
            fields[name] = one.after
        elif rest[1:]:
            there[int(rest[0])]["fields"][rest[1]] = one.after
        elif one.after is None:
            del there[int(rest[0])]
        else:
            there[int(rest[0])] = one.after
    said = {"fields": fields, "many": {"industries": sorted(many)}, "rows": {"role_skills": [*there.values()]}}
    return {**said, "names": {}}


@given(contents, contents)
def test_the_changes_from_one_to_the_other_made_one_by_one_give_the_other(before, after):
    assert content_digest(applied(before, content_changes(before, after, {}))) == content_digest(after)


@given(contents)
def test_nothing_changes_between_a_content_and_itself(content):
    assert content_changes(content, content, IDENTITIES) == []


@given(contents, contents)
def test_a_side_that_did_nothing_gives_way(base, other):
    for mine, theirs in ((base, other), (other, base), (other, other)):
        merged, clashes = merge_contents(base, mine, theirs, IDENTITIES)
        assert (content_digest(merged), clashes) == (content_digest(other), [])


@given(contents, contents, contents, st.sampled_from(Side))
def test_whoever_is_chosen_everywhere_has_each_place_that_both_changed(base, mine, theirs, side):
    _, clashes = merge_contents(base, mine, theirs, IDENTITIES)
    merged, left = merge_contents(base, mine, theirs, IDENTITIES, {one.place: side for one in clashes})
    assert left == []
    chosen = mine if side is Side.MINE else theirs
    for name in base["fields"]:
        sides = {one["fields"][name] for one in (mine, theirs) if one["fields"][name] != base["fields"][name]}
        expected = chosen["fields"][name] if len(sides) == 2 else next(iter(sides), base["fields"][name])
        assert merged["fields"][name] == expected


@given(contents, contents, contents)
def test_both_sides_are_told_of_the_same_clashes_and_agree_on_all_else(base, mine, theirs):
    one, seen = merge_contents(base, mine, theirs, IDENTITIES)
    other, also = merge_contents(base, theirs, mine, IDENTITIES)
    fields = {clash.place for clash in seen if len(clash.place) == 1}
    assert fields == {clash.place for clash in also if len(clash.place) == 1}
    for name in base["fields"]:
        assert (name,) in fields or one["fields"][name] == other["fields"][name]
    assert one["many"] == other["many"]


def content(**rows):
    return {"fields": {}, "many": {}, "rows": {"role_skills": [*rows.values()]}, "names": {}}


def row(pk, skill, proficiency=3):
    return {"pk": pk, "fields": {"skill": skill, "proficiency": proficiency}}


def test_a_row_that_both_added_about_the_same_is_one():
    merged, clashes = merge_contents(content(), content(a=row(-5, skill=1)), content(a=row(9, skill=1)), IDENTITIES)
    assert merged["rows"]["role_skills"] == [row(9, skill=1)]
    assert clashes == []


def test_a_row_that_one_took_away_and_the_other_changed_is_asked_about():
    base = content(a=row(1, skill=1))
    merged, [clash] = merge_contents(base, content(), content(a=row(1, skill=1, proficiency=5)), IDENTITIES)
    assert (clash.place, clash.mine) == (("role_skills", "1"), None)
    assert merged["rows"]["role_skills"] == []


def test_a_row_that_left_and_one_that_came_about_the_same_are_one_that_changed():
    found = content_changes(content(a=row(1, skill=1)), content(a=row(-2, skill=1, proficiency=5)), IDENTITIES)
    assert found == [Change(("role_skills", "-2", "proficiency"), 3, 5)]


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_rows_and_the_names_say_nothing_new(order):
    rows = [row(1, skill=1), row(2, skill=2)][::order]
    one = {"fields": {}, "many": {"industries": [1, 2][::order]}, "rows": {"role_skills": rows}, "names": {}}
    assert content_digest(one) == content_digest(
        {**one, "rows": {"role_skills": rows[::-1]}, "names": {"careers.skill": {"1": ["a", "A"]}}}
    )
