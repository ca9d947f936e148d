"""Files with bytes changed at random: each is refused in words, or comes out as what it says to be."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from careers.planning.uploads import Unfit, kind_of
from careers.planning.washing import clean
from tests.test_files import CLEANED

PIECES = [b"", b"<<", b">>", b"[", b" 0 R", b"-1", b"9" * 12, b"null", b"/AA<</O 5 0 R>>", b"\x00\xff\xff"]
changes = st.tuples(
    st.floats(0, 1, exclude_max=True), st.integers(0, 9), st.sampled_from(PIECES) | st.binary(max_size=4)
)


@given(st.sampled_from(sorted(CLEANED)), st.lists(changes, max_size=8))
def test_no_change_brings_it_down(name, changes):
    content = CLEANED[name]()
    for place, cut, piece in changes:
        at = int(place * len(content))
        content = content[:at] + piece + content[at + cut :]
    with suppress(Unfit, RecursionError, MemoryError):
        assert kind_of(clean(content)) == kind_of(content)
