from hypothesis import given
from hypothesis import strategies as st

from careers.planning.comparison import skill_matrix

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
