"""What is kept in memory is the same however it came to be."""

from hypothesis import given
from hypothesis import strategies as st

from careers.search.rules.lexicon import Lexicon, Listed

words = st.text(alphabet="ab", min_size=1, max_size=3)
texts = st.lists(words, min_size=1, max_size=2).map(" ".join)


@st.composite
def listed(draw, key):
    title, alternates = draw(texts), tuple(draw(st.lists(texts, max_size=2)))
    order = (draw(st.integers(0, 2)), draw(st.integers(0, 3)))
    thing = (draw(st.integers(0, 1)), draw(st.integers(0, 5)))
    return Listed(key, thing, order, title, alternates, tuple(draw(st.sets(words, max_size=3))))


@st.composite
def edits(draw):
    """(keys that go, entries that come) one after another, each with a key of its own."""
    key_of, steps, key = {}, [], 0
    for count in draw(st.lists(st.integers(0, 3), min_size=1, max_size=4)):
        gone = draw(st.sets(st.sampled_from(sorted(key_of.values())))) if key_of else set()
        new = {entry.thing: entry for entry in (draw(listed(key + number)) for number in range(count))}
        key += count
        key_of = {thing: one for thing, one in key_of.items() if one not in gone}
        key_of |= {thing: entry.key for thing, entry in new.items()}
        steps.append((gone, list(new.values())))
    return steps, set(key_of.values())


def after(steps):
    """What is kept after all of them: of each thing the last that came."""
    steps, keys = steps
    lexicon = Lexicon()
    for gone, new in steps:
        lexicon = lexicon.updated(gone=gone, entries=new)
    assert lexicon.entries.keys() == keys
    return lexicon


@given(edits())
def test_brought_up_to_date_it_is_as_if_it_were_made_anew(steps):
    lexicon = after(steps)
    anew = Lexicon().updated(gone=(), entries=lexicon.entries.values())
    assert (lexicon.words, lexicon.names) == (anew.words, anew.names)
    assert (lexicon.titles, lexicon.alternates) == (anew.titles, anew.alternates)
    every = list(lexicon.entries.values())
    names = {word for entry in every for name in (entry.title, *entry.alternates) for word in name.split()}
    assert anew.names == sorted(names)
    assert anew.words == sorted(names.union(*(entry.words for entry in every)))


@given(edits(), texts, st.none() | st.integers(0, 2), st.integers(1, 5))
def test_what_is_called_so_comes_before_what_begins_so_in_order(steps, text, kind, most):
    lexicon = after(steps)
    every = [one for one in lexicon.entries.values() if kind is None or one.order[0] == kind]
    exact = {one.key for one in every if text in (one.title, *one.alternates)}
    begun = {one.key for one in every if one.title.startswith(text)}
    found = lexicon.called({text}, kind=kind, most=most)
    assert set(found) <= exact | begun
    assert len(found) == min(most, len(exact | begun))
    places = [(key not in exact, lexicon.entries[key].order, lexicon.entries[key].title) for key in found]
    assert places == sorted(places)
