import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.search.rules.mending import correct, nearest_joined
from careers.search.rules.queries import (
    MOST_LETTERS,
    MOST_WORDS,
    Query,
    Term,
    blank_around,
    loosened,
    read_query,
    rejoined,
    stemmed,
    with_it,
)
from careers.search.rules.ranking import Candidate, Most, RankTier, rank, rank_by_weight, tier
from careers.search.rules.texts import HAVING, IT, normalise, singular

CSE = Candidate(1, (0, 1), "customer service executive", ("csr", "call centre agent"), "you answer", "phone chat")
DEO = Candidate(2, (0, 2), "data entry operator", ("data entry clerk",), "you type", "keyboard excel feedback")
TL = Candidate(3, (0, 3), "team leader", ("team lead", "call centre supervisor"), "you coach", "coaching")
SKILL = Candidate(4, (1, 0), "typing speed and accuracy", (), "fast hands", "data entry")
EVERYTHING = [CSE, DEO, TL, SKILL]
texts = st.text(alphabet="abc de", max_size=12).map(normalise)
candidates = st.lists(
    st.builds(
        Candidate,
        id=st.integers(0, 10**6),
        order=st.tuples(st.integers(0, 3), st.integers(0, 3)),
        title=texts,
        alternates=st.lists(texts, max_size=3).map(tuple),
        summary=texts,
        body=texts,
    ),
    max_size=8,
    unique_by=lambda candidate: candidate.id,
)
terms = st.builds(Term, word=st.text(alphabet="abcde", min_size=1, max_size=3), begins=st.booleans())
queries = st.lists(terms, max_size=3, unique_by=lambda term: term.word).map(
    lambda found: Query(" ".join(term.word for term in found), tuple(found))
)


def reached(text, candidate):
    return tier(read_query(text), candidate)


def test_accents_case_punctuation_and_the_ocean_do_not_matter():
    assert normalise("Café  “CRM”/E-mail") == "cafe crm e mail"
    assert normalise("Call Center, customer’s organization") == normalise("call centre customers organisation")


def test_marks_that_nobody_sees_part_no_word_and_a_blank_of_no_width_does():
    assert normalise("cus\u00adtomer\u2060s\ufeff ser\u200dvice") == "customers service"
    assert normalise("customer\u200bservice") == "customer service"


def test_one_and_many_have_one_form():
    pairs = {
        "managers": "manager",
        "queries": "query",
        "processes": "process",
        "statuses": "status",
        "courses": "course",
    }
    assert {many: singular(many) for many in pairs} == pairs
    kept = ["business", "status", "analysis", "kpi", "sla", "is", "us", "class"]
    assert [singular(word) for word in kept] == kept


@given(st.from_regex(r"[a-z]{1,12}", fullmatch=True))
def test_a_form_is_its_own_form(word):
    """Or one side would be read once more than the other."""
    assert singular(word) == word or len(singular(word)) < len(word)
    assert not singular(word).endswith("s") or singular(word).endswith(("ss", "us", "is")) or len(singular(word)) <= 3


def test_two_words_are_tried_as_one():
    tried = rejoined(read_query("up selling skills"))
    assert [one.whole for one in tried] == ["upselling skills", "up sellingskills"]
    planning = rejoined(read_query("what is work force planning"))[2]
    assert [term.word for term in planning.terms] == ["workforce", "planning"], "half of it is a filler elsewhere"
    assert rejoined(read_query("agent")) == []


def test_an_exact_title_beats_an_alternate_title_beats_words_elsewhere():
    assert rank(read_query("data entry"), EVERYTHING) == [2, 4]
    assert rank(read_query("csr"), EVERYTHING) == [1]
    assert reached("team leader", TL) is RankTier.EXACT_TITLE
    assert reached("team lead", TL) is RankTier.EXACT_ALTERNATE
    assert reached("data entr", DEO) is RankTier.TITLE_PREFIX
    assert reached("operator data", DEO) is RankTier.WORDS_IN_TITLE
    assert reached("call center supe", TL) is RankTier.ALTERNATE_PREFIX
    assert reached("agent call", CSE) is RankTier.WORDS_IN_ALTERNATE
    assert reached("executive answer", CSE) is RankTier.WORDS_IN_SUMMARY
    assert reached("executive chat", CSE) is RankTier.WORDS_ANYWHERE
    assert reached("executive welding", CSE) is RankTier.SOME_WORDS
    assert reached("welding", CSE) is None


def test_words_that_say_nothing_do_not_stand_in_the_way():
    assert reached("how to become a team leader", TL) is RankTier.EXACT_TITLE
    assert reached("data entry jobs", DEO) is RankTier.TITLE_PREFIX
    assert [term.word for term in read_query("what is this").terms] == ["this"]
    assert [term.word for term in read_query("Is it good in a call center?").terms] == ["call", "centre"]
    assert [term.word for term in read_query("fresher ki salary kya hai, call center").terms] == ["fresher", "salary"]
    assert [term.word for term in read_query("mock call").terms] == ["mock", "call"]
    assert [term.word for term in read_query("what is there").terms] == ["what", "is", "there"]


def test_a_long_sentence_keeps_the_words_at_its_end():
    asked = "If I quit before one year, then the company says that I have to pay it back: bond"
    assert read_query(asked).terms[-1].word == "bond"
    assert len(read_query(" ".join(f"word{number}" for number in range(100))).terms) == MOST_WORDS


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("can an agent go to IT company", [IT, "agent", "company"]),
        ("bpo to it sector", [IT, "sector"]),
        ("how to leave it", ["leave"]),
        ("IS IT A GOOD COMPANY", ["company"]),
        ("it", ["it"]),
    ],
)
def test_it_is_a_word_of_its_own_where_a_field_is_meant(asked, words):
    assert [term.word for term in with_it(read_query(asked), asked).terms] == words


def test_a_word_is_found_without_its_ending_and_what_is_denied_keeps_it():
    words = [term.word for term in stemmed(read_query("releasing stopped calling change fee withoutworking")).terms]
    assert words == ["releas", "stop", "call", "chang", "fee", "withoutworking"]
    assert reached("coached", TL) is None
    assert tier(stemmed(read_query("coached")), TL) is RankTier.WORDS_IN_SUMMARY


def test_most_of_a_sentence_is_two_words_at_least_and_the_rare_ones():
    query = read_query("coach phone keyboard")
    assert rank_by_weight(query, EVERYTHING, [1, 1, 1]) == [], "each has one word alone"
    query = read_query("leader coaching keyboard")
    assert rank_by_weight(query, EVERYTHING, [1, 1, 1]) == [Most(3, 0)]
    assert rank_by_weight(query, EVERYTHING, [1, 1, 9]) == [], "what it lacks says most"
    named, told = Candidate(7, (0,), "night bond"), Candidate(8, (0,), "other", prose="night bond")
    assert rank_by_weight(read_query("night bond cab"), [told, named], [1, 1, 2]) == [Most(7, 0.5)]
    assert [one.id for one in rank_by_weight(read_query("night bond cab"), [told, named], [1, 1, 1])] == [7, 8]
    assert rank_by_weight(read_query("night shift"), [Candidate(7, (0,), "night shift work")], [1, 9]) != []
    having = Candidate(9, (0,), "night bond", body=f"{HAVING}night")
    assert rank_by_weight(Query("", (Term("withoutnight"), Term("bond"), Term("night"))), [having], [1, 1, 1]) == []


@given(queries, candidates)
def test_most_of_the_words_is_in_one_order_whichever_comes_first(query, found):
    weights = [1.0] * len(query.terms)
    ranked = rank_by_weight(query, found, weights)
    assert ranked == rank_by_weight(query, list(reversed(found)), weights)
    assert {one.id for one in ranked} <= {one.id for one in found}


def test_a_short_word_stands_for_itself_unless_it_is_being_typed():
    assert reached("fee", DEO) is None
    assert tier(read_query("fee", typing=True), DEO) is RankTier.WORDS_ANYWHERE
    assert tier(loosened(read_query("fee")), DEO) is RankTier.WORDS_ANYWHERE


def test_two_words_written_as_one_are_found():
    assert reached("dataentry", DEO) is RankTier.WORDS_ANYWHERE
    assert reached("dataentryoperator", DEO) is RankTier.EXACT_TITLE


def test_a_typo_is_mended_and_a_known_word_is_left_alone():
    names = ["capm", "centre", "data", "entry", "executive", "service"]
    known = sorted([*names, "attrition", "entries"])

    def mended(text):
        return correct(read_query(text), known, names).whole

    assert mended("servise exec") == "service exec"
    assert mended("data entri") == "data entri", "it begins “entries”"
    assert correct(read_query("data entri"), names, names).whole == "data entry"
    assert mended("atrition") == "attrition"
    assert mended("xyzzy") == "xyzzy"
    assert mended("scam") == "scam"


def test_nearest_names_come_best_first():
    assert nearest_joined("team leadr", ["dataentryoperator", "teamleader"], most=2)[0] == 1


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(max_size=12_000), st.booleans())
def test_any_text_becomes_a_few_short_words_that_carry_no_operator(text, typing):
    query = read_query(text, typing=typing)
    assert len(query.terms) <= MOST_WORDS
    assert all(term.word.isalnum() and len(term.word) <= MOST_LETTERS for term in query.terms)


@given(queries, candidates)
def test_ranking_shows_each_match_once_in_an_order_that_input_order_does_not_change(query, found):
    ranked = rank(query, found, least=RankTier.SOME_WORDS)
    assert ranked == rank(query, list(reversed(found)), least=RankTier.SOME_WORDS)
    assert len(set(ranked)) == len(ranked)
    assert set(ranked) == {one.id for one in found if tier(query, one) is not None}


@given(queries, candidates)
def test_nothing_in_a_worse_tier_stands_before_a_better_one(query, found):
    by_id = {one.id: one for one in found}
    tiers = [tier(query, by_id[key]) for key in rank(query, found, least=RankTier.SOME_WORDS)]
    assert tiers == sorted(tiers)


@given(queries, candidates)
def test_a_stricter_limit_only_cuts_the_end(query, found):
    everything = rank(query, found, least=RankTier.SOME_WORDS)
    strict = rank(query, found)
    assert everything[: len(strict)] == strict


@given(queries, candidates)
def test_loosening_a_query_loses_nothing(query, found):
    assert set(rank(query, found)) <= set(rank(loosened(query), found))


@given(terms, st.lists(st.text(alphabet="ab", min_size=1, max_size=3), max_size=6))
def test_a_term_is_there_as_often_as_words_match_it(term, words):
    matching = [word for word in words if word == term.word or (term.begins and word.startswith(term.word))]
    assert term.times_in(blank_around(" ".join(words))) == len(matching)
