"""Files with bytes changed at random: each is refused in words, or comes out as what it says to be, and looks it."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careers.plans.files.rules.cleaning import clean
from careers.plans.files.rules.kinds import PDF, Unfit, kind_of
from careers.plans.files.rules.rendering import Rendered, is_alike
from tests.plans.test_files import CLEANED
from tests.plans.test_rules_pdfs import HIDDEN, KINDS

FILES = CLEANED | {name: lambda kind=kind: kind.content for name, kind in KINDS.items()}
FILES |= {name: lambda content=content: content for name, content in HIDDEN.items()}

PIECES = [b"", b"<<", b">>", b"[", b" 0 R", b"-1", b"9" * 12, b"null", b"/AA<</O 5 0 R>>", b"\x00\xff\xff"]
changes = st.tuples(
    st.floats(0, 1, exclude_max=True), st.integers(0, 9), st.sampled_from(PIECES) | st.binary(max_size=4)
)


@pytest.fixture(scope="module", autouse=True)
def small_pages():
    """A page of a hundred points has no more to show."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("careers.plans.files.rules.rendering.COMPARED_AT", 250)
        yield


@settings(deadline=None)  # a busy machine is no fault
@given(st.sampled_from(sorted(FILES)), st.lists(changes, max_size=8))
def test_no_change_brings_it_down(name, changes):
    content = FILES[name]()
    for place, cut, piece in changes:
        at = int(place * len(content))
        content = content[:at] + piece + content[at + cut :]
    with suppress(Unfit, RecursionError, MemoryError):
        kept = clean(content).content
        assert kind_of(kept) == kind_of(content)
        if kind_of(kept) == PDF:
            assert is_alike(Rendered(content).look(0), Rendered(kept).look(0))
