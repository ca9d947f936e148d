from hypothesis import given
from hypothesis import strategies as st

from careers.guide.rules.comparison import same_in_all, skill_matrix

asked = st.dictionaries(st.sampled_from("abcd"), st.tuples(st.integers(1, 5), st.booleans()))


def test_skills_that_most_roles_hold_essential_come_first():
    rows = skill_matrix([{"typing": (3, False), "english": (4, True)}, {"english": (2, True)}])
    assert rows == [("english", [(4, True), (2, True)]), ("typing", [(3, False), None])]


@given(st.lists(asked, max_size=4))
def test_every_skill_of_every_role_stands_once_with_what_is_asked(roles):
    rows = dict(skill_matrix(roles))
    assert set(rows) == {skill for role in roles for skill in role}
    for skill, cells in rows.items():
        assert cells == [role.get(skill) for role in roles]


facts = st.fixed_dictionaries({name: st.integers(0, 2) for name in "xyz"})


@given(st.lists(facts, min_size=2, max_size=4))
def test_a_fact_is_left_out_where_no_two_differ_in_it(roles):
    same = same_in_all(roles)
    for name in "xyz":
        assert (name in same) == (len({role[name] for role in roles}) == 1)


def test_one_alone_has_nothing_to_differ_from():
    assert same_in_all([{"x": 1}]) == same_in_all([]) == set()
