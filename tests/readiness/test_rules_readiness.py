"""The next step towards a role, how far one is, and what is read of the guide's text."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from careers.readiness.rules import LONGEST, LineKind, ReadyLine, named_papers, named_tests, next_line, progress

lines = st.lists(
    st.builds(ReadyLine, st.sampled_from(LineKind), st.text(max_size=9), st.booleans(), st.integers(0, 4)), max_size=12
)


@given(lines)
def test_there_is_a_next_step_as_long_as_anything_is_open(some):
    found = next_line(some)
    done, every = progress(some)
    assert (found is None) == (done == every)
    assert found is None or (found in some and not found.is_done)


@given(lines)
def test_nothing_quicker_is_open_before_the_next_step(some):
    found = next_line(some)
    waiting = [line for line in some if not line.is_done]
    assert all((found.kind, found.short) <= (line.kind, line.short) for line in waiting)


@given(lines)
def test_doing_the_next_step_again_and_again_ends_with_all_of_it(some):
    steps = 0
    while found := next_line(some):
        before = progress(some)[0]
        some[some.index(found)] = ReadyLine(found.kind, found.name, True, found.short)
        assert progress(some)[0] == before + 1
        steps += 1
    assert progress(some) == (len(some), len(some))
    assert steps <= len(some)


@given(lines)
def test_what_is_done_has_no_say_in_what_is_next(some):
    assert next_line(some) == next_line([line for line in some if not line.is_done])


@given(st.text())
def test_any_points_have_papers_each_once_or_none(text):
    papers = [paper for paper, _ in named_papers(f"{text}\n{text}")]
    assert len(papers) == len(set(papers))
    assert all(0 < len(paper) <= LONGEST for paper in papers)


@given(st.text())
def test_any_points_have_tests_or_none(text):
    assert all(term.strip() == term for term, _ in named_tests(text))


def test_the_guide_names_papers_and_named_tests_the_words_that_are_read():
    rows = json.loads((Path(__file__).parents[2] / "fixtures/sections.json").read_text())
    points = {row["fields"]["slug"]: row["fields"]["points"] for row in rows}
    papers = [paper for paper, _ in named_papers(points["what-to-have-ready"])]
    assert papers[:2] == ["Photo identity card", "Mark sheets"]
    assert "Letters from earlier jobs" in papers
    names = [term for term, _ in named_tests(points["getting-hired"])]
    assert names == ["English test", "Typing test", "Computer and data test", "Aptitude test", "Mock call"]
