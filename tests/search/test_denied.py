"""Whoever looks for "no X" is not led to what says X, nor whoever looks for X to what only mentions or denies it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.guide.models.choices import Degree, WorkType
from careers.guide.models.questions import Question
from careers.guide.models.roles import Role
from careers.guide.rules.working_life import comes
from careers.search.rules.texts import as_said, searchable
from careers.search.services.searching import find, find_nearest
from tests.factories import make_role

DEGREES = {Degree.NOT_NEEDED: False, Degree.NO_RULE: None}
# What people would rather be without, in their words, and which roles have it; None where no source says.
CONDITIONS = {
    "night": ("night", lambda role: comes(role.nights)),
    "nights": ("night", lambda role: comes(role.nights)),
    "night shift": ("night", lambda role: comes(role.nights)),
    "rotation": ("rotation", lambda role: role.rotates),
    "degree": ("degree", lambda role: DEGREES.get(role.degree, True)),
    "voice": ("voice", lambda role: role.work_type != WorkType.NON_VOICE),
    "calls": ("voice", lambda role: role.work_type != WorkType.NON_VOICE),
    "experience": ("experience", lambda role: not role.is_entry),
}
WAYS = ["no {}", "without {}", "not {}", "non {}", "No {}!", "{} not needed", "jobs with no {}", "I don't want {}"]


@pytest.mark.parametrize("words", CONDITIONS)
def test_what_is_denied_finds_roles_without_it_and_none_that_has_it(guide, words):
    make_role(title="Day Keeper", level=2)  # of none of the guide's does a source say that nights never come
    roles = {role.pk: role for role in Role.objects.published()}
    _, has = CONDITIONS[words]
    for way in WAYS:
        for typing in (False, True):
            asked = way.format(words)
            if words == "night shift" and way == "{} not needed":
                continue  # which of the two is not needed, it does not say
            found = [roles[one.object_pk] for one in find(asked, kind="role", typing=typing).entries]
            assert {role.pk for role in found} == {pk for pk, role in roles.items() if has(role) is False}, asked


def test_a_role_is_found_by_its_own_name_though_the_name_denies_what_it_has(guide):
    assert find("CRM Domestic Non-Voice").entries[0].title == "Customer Service Executive"
    assert "Customer Service Executive" not in [one.title for one in find("non-voice").entries]


def test_one_word_for_two_is_heard(guide):
    same = [[one.pk for one in find(words).entries] for words in ("non voice", "non-voice", "nonvoice")]
    assert same[0]
    assert same[0] == same[1] == same[2]


def test_what_is_only_mentioned_or_denied_is_no_answer_but_near(guide):
    for typing in (False, True):
        assert find("doctor", typing=typing).entries == []
    assert find_nearest("doctor")
    assert [one.title for one in find("no interview").entries] == ["Senior Associate"]


@pytest.mark.django_db
def test_what_is_told_at_length_is_an_answer():
    common = {
        "status": "published",
        "published_at": "2026-11-22T00:00Z",
        "checked_on": "2026-11-22",
        "source_name": "x",
    }
    once = Question.objects.create(
        slug="a", question="What next?", short_answer="-", answer="Ask about bonds.", **common
    )
    assert find("bonds").entries == []
    assert [one.title for one in find("bonds next").entries] == ["What next?"]
    once.answer = "A bond is a promise to stay. Ask how long the bond lasts."
    once.save()
    assert [one.title for one in find("bonds").entries] == ["What next?"]


@pytest.mark.django_db
def test_a_denied_word_that_nothing_has_finds_nothing():
    make_role(title="Seller", duties="Sales calls all day.")
    assert find("sales").entries
    assert find("no sales").entries == []
    assert [one.title for one in find_nearest("no sales")] == ["Seller"]


def test_a_miss_is_said_and_counted(guide, client):
    for words in ("tattoo", "visa", "pension", "uniform"):
        page = client.get("/search/", {"q": words}).text
        assert "Nothing answers that" in page, words
        assert "We looked for" not in page, words
        assert client.get("/search/suggest/", {"q": words}).text.strip() == "", words


@given(st.text(max_size=80))
def test_reading_a_denial_loses_no_word(text):
    words = searchable(text).split()
    assert len(as_said(" ".join(words)).split()) >= len(words)
    assert all(words)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("No degree? Without any voice work.", "withoutdegree withoutvoice work"),
        ("A degree is not required", "a withoutdegree"),
        ("experience not needed for freshers", "withoutexperience for fresher"),
        ("not for an interview, not for training", "withoutinterview withouttraining"),
        ("No. Ask in the interview", "no ask in the interview"),
        ("not needed", "withoutneeded"),
        ("no work from home", "withouthome"),
        ("nonvoice nonsense", "withoutvoice nonsense"),
        ("no, not", "no not"),
    ],
)
def test_how_a_denial_is_read(text, read):
    assert searchable(text) == read
