"""What is missing between a person and a role."""

from hypothesis import given
from hypothesis import strategies as st

from careers.evidence.rules.gaps import fit

level = st.integers(1, 5)
skill = st.sampled_from("abcdefgh")
levels = st.dictionaries(skill, level)
asked = st.dictionaries(skill, st.tuples(level, st.booleans()))


def test_fit_counts_essential_skills_only():
    found = fit({"a": (3, True), "b": (4, True), "c": (2, False)}, {"a": 3, "c": 5})
    assert (found.essential_met, len(found.essential)) == (1, 2)


def test_unrated_skill_is_not_known_and_not_missing():
    found = fit({"a": (3, True), "b": (4, True)}, {"a": 2})
    assert [need.skill for need in found.missing] == ["a"]
    assert [need.skill for need in found.unknown] == ["b"]


def test_essential_ones_are_missing_first():
    found = fit({"a": (3, False), "b": (4, True)}, {"a": 1, "b": 2})
    assert [(need.skill, need.has, need.level) for need in found.missing] == [("b", 2, 4), ("a", 1, 3)]


@given(asked, levels)
def test_every_need_is_met_missing_or_unknown(needs, has):
    found = fit(needs, has)
    met = [need for need in found.needs if need.is_met]
    assert len(met) + len(found.missing) + len(found.unknown) == len(found.needs) == len(needs)
    there = {skill for skill, (asked_level, _) in needs.items() if has.get(skill, 0) >= asked_level}
    assert {need.skill for need in met} == there


@given(asked, levels, skill)
def test_learning_never_takes_a_met_need_away(needs, has, learnt):
    more = {**has, learnt: min(5, has.get(learnt, 0) + 1)}
    before, after = ({need.skill for need in fit(needs, known).needs if need.is_met} for known in (has, more))
    assert before <= after
