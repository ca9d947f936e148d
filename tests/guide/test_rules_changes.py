"""What changed between two states of a role's facts."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from careers.guide.rules.changes import LABELS, FactChange, SkillChange, change, changes, digest
from careers.lib.texts import reads_alike

LISTS = {"industries", "alternates", "duties", "tools", "measures", "certifications"}
words = st.text(max_size=8)
lists = st.lists(words, max_size=4)
skills = st.dictionaries(words, st.tuples(st.integers(1, 5), st.booleans()).map(list), max_size=4)


def values(name):
    return skills if name == "skills" else lists if name in LISTS else words


facts = st.fixed_dictionaries({}, optional={name: values(name) for name in LABELS})
whole = st.fixed_dictionaries({name: values(name) for name in LABELS})
settings.register_profile("changes", deadline=None)  # a busy machine is no fault
settings.load_profile("changes")
ROLE = {"title": "Agent", "tools": ["Day"], "skills": {"Excel": [2, False], "Typing": [3, True]}}


@given(facts)
def test_nothing_changed_with_itself(one):
    assert changes(one, one) == []


@given(facts, facts)
def test_looking_back_swaps_every_change(before, after):
    assert changes(after, before) == [swapped(one) for one in changes(before, after)]


def swapped(one):
    turned = tuple(SkillChange(skill.name, skill.after, skill.before) for skill in one.skills)
    return replace(one, before=one.after, after=one.before, came=one.went, went=one.came, skills=turned)


@given(whole, whole)
def test_every_fact_that_differs_is_told_and_no_other(before, after):
    differing = [label for name, label in LABELS.items() if kind_of(before[name]) != kind_of(after[name])]
    assert [one.label for one in changes(before, after)] == differing


def kind_of(value):
    """Values of one kind read the same."""
    if isinstance(value, list):
        return {reads_alike(text) for text in value}
    if isinstance(value, dict):
        return {reads_alike(name): asked for name, asked in value.items()}
    return reads_alike(value)


@given(whole, whole)
def test_a_reader_who_applies_the_changes_has_the_new_facts(before, after):
    found = {one.label: one for one in changes(before, after)}
    for name, label in LABELS.items():
        one = found.get(label)
        assert kind_of(applied(before[name], one) if one else before[name]) == kind_of(after[name])


def applied(value, one):
    if isinstance(value, list):
        return sorted((kind_of(value) - kind_of(list(one.went))) | kind_of(list(one.came)))
    if isinstance(value, dict):
        gone = {skill.name for skill in one.skills}
        now = {skill.name: list(skill.after) for skill in one.skills if skill.after}
        return {**{name: asked for name, asked in kind_of(value).items() if name not in gone}, **now}
    return one.after


@given(whole, st.sets(st.sampled_from(sorted(LABELS))))
def test_what_an_older_snapshot_did_not_know_is_no_change(now, unknown):
    older = {name: value for name, value in now.items() if name not in unknown}
    assert changes(older, now) == changes(now, older) == []


@given(st.dictionaries(st.sampled_from(sorted(LABELS)), st.none() | st.integers() | words | lists | skills), facts)
def test_a_damaged_snapshot_breaks_nothing(damaged, now):
    assert all(one.label in LABELS.values() for one in changes(damaged, now))
    assert all(one.label in LABELS.values() for one in changes({"skills": {"Excel": "high", 3: [1, True]}}, now))


def test_texts_go_from_one_to_the_other():
    assert changes(ROLE, {**ROLE, "title": "Associate"}) == [FactChange("Title", "Agent", "Associate")]


def test_lists_tell_what_came_and_went_in_their_order():
    assert change("Tools", ["Day", "Night"], ["Late", "Day", "Early"]) == FactChange(
        "Tools", came=("Late", "Early"), went=("Night",)
    )


def test_what_breaks_its_lines_in_another_way_is_no_change():
    seen = {"outlook": "It grows.\nIt pays.", "duties": ["Answer calls"], "skills": {"Excel": [2, False]}}
    sent = {"outlook": "It grows.\r\nIt pays. ", "duties": ["Answer  calls\r"], "skills": {"Excel ": [2, False]}}
    assert changes(seen, sent) == changes(sent, seen) == []


def test_another_order_is_no_change():
    assert change("Tools", ["Day", "Night"], ["Night", "Day"]) is None


def test_skills_say_how_they_are_asked_now():
    [skills] = changes(ROLE, {**ROLE, "skills": {"Excel": [3, True], "Coaching": [4, False]}})
    told = [(skill.name, skill.proficiencies, skill.words) for skill in skills.skills]
    assert told == [
        ("Coaching", None, "now asked, 4, helpful"),
        ("Excel", (2, 3), "now essential"),
        ("Typing", None, "no longer asked"),
    ]


@given(whole)
def test_the_digest_is_of_the_facts_not_of_their_order(one):
    assert digest(one) == digest(dict(reversed(one.items())))


def test_the_digest_tells_facts_apart():
    assert digest(ROLE) != digest({**ROLE, "title": "Associate"})
