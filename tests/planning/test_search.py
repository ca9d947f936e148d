from hypothesis import given
from hypothesis import strategies as st

from careers.planning.search import (
    MOST_LETTERS,
    MOST_WORDS,
    Candidate,
    Tier,
    correct,
    nearest_names,
    normalise,
    query_words,
    rank,
    tier,
)

CSE = Candidate(1, 0, "customer service executive", ("csr", "call center agent", "call centre agent"), "phone chat")
DEO = Candidate(2, 0, "data entry operator", ("data entry clerk",), "keyboard excel")
TL = Candidate(3, 0, "team leader", ("team lead", "call center supervisor"), "coaching")
SKILL = Candidate(4, 1, "typing speed and accuracy", (), "data entry")
EVERYTHING = [CSE, DEO, TL, SKILL]
texts = st.text(alphabet="abc de", max_size=12).map(normalise)
candidates = st.lists(
    st.builds(
        Candidate,
        id=st.integers(0, 10**6),
        kind_order=st.integers(0, 3),
        title=texts,
        alternates=st.lists(texts, max_size=3).map(tuple),
        body=texts,
    ),
    max_size=8,
    unique_by=lambda candidate: candidate.id,
)
queries = st.lists(st.text(alphabet="abcde", min_size=1, max_size=3), max_size=3, unique=True)


def test_accents_case_and_punctuation_do_not_matter():
    assert normalise("Café  “CRM”/E-mail") == "cafe crm e mail"


def test_an_exact_title_beats_an_alternate_title_beats_words_elsewhere():
    assert rank(["data", "entry"], EVERYTHING) == [2, 4]
    assert rank(["csr"], EVERYTHING) == [1]
    assert tier(["team", "leader"], TL) is Tier.EXACT_TITLE
    assert tier(["team", "lead"], TL) is Tier.EXACT_ALTERNATE
    assert tier(["data", "e"], DEO) is Tier.TITLE_PREFIX
    assert tier(["call", "center", "s"], TL) is Tier.ALTERNATE_PREFIX
    assert tier(["operator", "data"], DEO) is Tier.WORDS_IN_TITLE
    assert tier(["agent", "call"], CSE) is Tier.WORDS_IN_ALTERNATE
    assert tier(["executive", "chat"], CSE) is Tier.WORDS_ANYWHERE
    assert tier(["executive", "welding"], CSE) is Tier.SOME_WORDS
    assert tier(["welding"], CSE) is None


def test_two_words_written_as_one_are_found():
    assert tier(["dataentry"], DEO) is Tier.WORDS_ANYWHERE
    assert tier(["dataentryoperator"], DEO) is Tier.EXACT_TITLE


def test_a_typo_is_mended_and_a_known_word_is_left_alone():
    vocabulary = ["center", "data", "entry", "executive", "service"]
    assert correct(["data", "entri"], vocabulary) == ["data", "entry"]
    assert correct(["servise", "exec"], vocabulary) == ["service", "exec"]
    assert correct(["xyzzy"], vocabulary) == ["xyzzy"]


def test_nearest_names_come_best_first():
    assert nearest_names("team leadr", ["data entry operator", "team leader"], most=2)[0] == 1


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(max_size=12_000))
def test_any_text_becomes_a_few_short_words_that_carry_no_operator(text):
    words = query_words(text)
    assert len(words) <= MOST_WORDS
    assert all(word.isalnum() and len(word) <= MOST_LETTERS for word in words)


@given(queries, candidates)
def test_ranking_shows_each_match_once_in_an_order_that_input_order_does_not_change(words, found):
    ranked = rank(words, found, least=Tier.SOME_WORDS)
    assert ranked == rank(words, list(reversed(found)), least=Tier.SOME_WORDS)
    assert len(set(ranked)) == len(ranked)
    assert set(ranked) == {one.id for one in found if tier(words, one) is not None}


@given(queries, candidates)
def test_nothing_in_a_worse_tier_stands_before_a_better_one(words, found):
    by_id = {one.id: one for one in found}
    tiers = [tier(words, by_id[key]) for key in rank(words, found, least=Tier.SOME_WORDS)]
    assert tiers == sorted(tiers)


@given(queries, candidates)
def test_a_stricter_limit_only_cuts_the_end(words, found):
    everything = rank(words, found, least=Tier.SOME_WORDS)
    strict = rank(words, found)
    assert everything[: len(strict)] == strict
