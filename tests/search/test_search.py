"""Searching the guide itself: people find what they mean, and no input makes it fail."""

import re
from datetime import date, timedelta

import pytest
from django.db import OperationalError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.guide.models.certifications import Certification
from careers.guide.models.roles import Role
from careers.guide.models.sections import Section
from careers.guide.models.skills import Skill
from careers.search.models.entries import SearchEntry, SearchIndex
from careers.search.models.misses import SearchMiss
from careers.search.services import searching
from careers.search.services.indexing import index_changed
from careers.search.services.searching import find, find_nearest, note_miss
from tests.factories import make_industry, make_role, make_skill
from tests.queries import queries_of

DAY = date(2026, 11, 22)
HOSTILE = [
    '"',
    '"" OR 1',
    "a NEAR b",
    "title_text:x",
    "* ",
    "-x",
    "' OR ''='",
    "\x00",
    "💥" * 50,
    "x" * 10_000,
    "(",
    "a AND",
    "ß İ",
    "%_",
    "&|!:*",
]


def titles(text, **options):
    return [entry.title for entry in find(text, **options).entries]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("csr", "Customer Service Executive"),
        ("call center agent", "Customer Service Executive"),
        ("Call centre agent", "Customer Service Executive"),
        ("data entri", "Data Entry Operator"),
        ("dataentry", "Data Entry Operator"),
        ("team lead", "Team Leader"),
        ("tech suport", "Technical Support Associate"),
        ("wfm", "Workforce Management Analyst"),
        ("quality analist", "Quality Analyst"),
        ("ops manager", "Operations Manager"),
        ("OPERATIONS   MANAGER", "Operations Manager"),
    ],
)
def test_people_find_the_role_they_mean(guide, text, title):
    assert titles(text, kind="role")[0] == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("bpo job night", "What shifts do BPO employees work in?"),
        ("no degree", "Is a degree mandatory to work in BPO operations?"),
        ("first job", "Where you can start"),
        ("work from home", "Can I work from home?"),
        ("salary", "What does the work pay?"),
        ("scam", "Companies that hire"),
        ("registration fee", "Companies that hire"),
        ("KPI", "How the work is measured"),
        ("AHT", "AHT, average handling time"),
        ("excel", "Basic computer proficiency"),
        ("excell", "Basic computer proficiency"),
        ("call centre", "Customer Service Executive"),
        ("customer care", "Customer Service Executive"),
        ("typing job", "Data Entry Operator"),
        ("data entry jobs", "Data Entry Operator"),
        ("how to become team leader", "Team Leader"),
        ("english", "Communication skills"),
        ("airline", "Travel and hospitality"),
        ("yelow belt", "Six Sigma Yellow Belt"),
        ("acenture", "Accenture"),
    ],
)
def test_people_find_what_they_mean_in_the_whole_guide(guide, text, title):
    assert titles(text)[0] == title


def test_roles_are_found_by_their_facts_in_everyday_words(guide):
    for text in ("night shift", "no experience", "no degree", "fresher"):
        assert titles(text, kind="role"), text
    assert all(role.nights != "not_known" for role in Role.objects.filter(title__in=titles("night shift", kind="role")))


def test_everything_in_the_guide_can_be_found_by_its_name(guide):
    find("x")
    for entry in SearchEntry.objects.all():
        found = find(entry.title).entries
        assert (entry.kind, entry.object_pk) in [(one.kind, one.object_pk) for one in found[:3]], entry.title


def test_a_mended_typo_is_said(guide):
    assert find("data entri").instead == "data entry"
    assert find("data entry").instead == ""


def test_drafts_and_archived_pages_are_not_found(guide):
    assert "Team Leader" in titles("team leader")
    Role.objects.filter(slug="team-leader").update(status=Role.Status.ARCHIVED)
    assert "Team Leader" not in titles("team leader")


@pytest.mark.django_db
def test_a_change_by_any_way_shows_in_the_next_search():
    role = make_role(title="Night Porter")
    assert titles("porter") == ["Night Porter"]
    Role.objects.filter(pk=role.pk).update(title="Day Porter")
    assert titles("porter") == ["Day Porter"]
    role.delete()
    assert titles("porter") == []


def test_what_a_section_says_is_cut_behind_a_word(guide):
    find("the first search reads the guide")
    cut = SearchEntry.objects.filter(kind=SearchEntry.Kind.SECTION, summary__endswith="…")
    assert cut
    for entry in cut:
        body = " ".join(Section.objects.get(pk=entry.object_pk).body.split())
        assert body.startswith(f"{entry.summary.removesuffix('…').rstrip()} ")


def test_nothing_found_still_offers_what_is_near(guide):
    assert find("welding ships and typing below water").entries == []
    assert find_nearest("welding ships and typing below water", kind="role")


def test_where_no_page_has_all_words_of_a_sentence_those_with_most_are_shown_and_it_is_said_and_counted(guide, client):
    asked = "they are not releasing my final pay since two months"
    found = find(asked)
    assert found.has_most_only
    assert found.entries[0].title == "When you leave"
    assert not find(asked, kind="role").entries, "a list of one kind has what answers, or says that nothing does"
    page = client.get("/search/", {"q": asked}).text
    assert "No page has all of these words. What you see comes nearest." in page
    assert "Nearest to what you wrote" not in page
    assert SearchMiss.objects.get().words.startswith("they are not releasing")
    assert "When you leave" in client.get("/search/suggest/", {"q": asked}).text
    assert not find("final pay").has_most_only


def test_a_name_within_a_sentence_comes_before_pages_that_only_have_its_words(guide):
    for typing in (False, True):
        titles = [one.title for one in find("can call center agent go to IT company", typing=typing).entries[:3]]
        assert "I am an engineer. Should I start in BPO?" in titles


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_gets_an_answer(guide, text):
    assert find(text).entries is not None
    assert find_nearest(text) is not None


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_gets_an_answer(guide, text):
    assert find(text).entries is not None
    assert find_nearest(text) is not None
    note_miss(text, filters="", day=DAY)
    assert SearchMiss.objects.count() <= 1


@pytest.mark.django_db
def test_queries_do_not_grow_with_the_guide():
    def queries():
        find("role")
        return queries_of(lambda: find("role"))

    make_role()
    few = queries()
    for _ in range(50):
        make_role()
    assert queries() == few


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["age", "agent", "agent 1", "agents", "the agent", "old", "x"])
def test_suggestions_are_the_first_that_a_whole_search_would_show(monkeypatch, asked):
    for number in range(25):
        role = make_role(title=f"Agent {number}", level=1 + number % 3, position=number * 7 % 10)
        role.alternate_titles.create(title=f"Old agent {number}")
    make_role(title="Clerk", level=5).alternate_titles.create(title="Agent")
    monkeypatch.setattr(searching, "MOST_CANDIDATES_TYPING", 30 if asked == "old" else 12)
    suggested = titles(asked, typing=True)[: searching.MOST_SUGGESTIONS]
    monkeypatch.setattr(searching, "MOST_CANDIDATES_TYPING", 400)
    monkeypatch.setattr(searching, "called", lambda *args, **kwargs: [])
    assert suggested == titles(asked, typing=True)[: searching.MOST_SUGGESTIONS]


@pytest.mark.django_db
def test_what_is_near_is_of_the_kind_that_is_asked_for():
    for name in ("Tester A", "Tester B", "Tester C", "Tester D"):
        make_skill(name=name)
    make_role(title="Taster")
    assert [one.title for one in find_nearest("tzster", kind="role", most=2)] == ["Taster"]


@pytest.mark.django_db
def test_an_entry_that_is_written_twice_is_suggested_by_its_later_key():
    for number in range(10):
        make_role(title=f"Agent {number}")
    find("agent", typing=True)
    index_changed({"role": {Role.objects.first().pk}}, 0)  # by somebody who came late
    assert len(find("agent", typing=True).entries) == 10


@pytest.mark.django_db
def test_misses_are_counted_by_words_filters_and_day_only():
    note_miss("Welding JOB", filters="level=entry", day=DAY)
    note_miss("welding job ", filters="level=entry", day=DAY)
    miss = SearchMiss.objects.get()
    assert (miss.words, miss.filters, miss.day, miss.count) == ("welding job", "level=entry", DAY, 2)
    assert {field.name for field in SearchMiss._meta.fields} == {"id", "words", "filters", "day", "count", "answered"}


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["jane@example.org", "jane＠example.org", "call me on 0161 496 0000", ""])
def test_words_that_could_name_a_person_are_not_kept(text):
    note_miss(text, filters="", day=DAY)
    assert not SearchMiss.objects.exists()


@pytest.mark.django_db
def test_a_flood_of_nonsense_is_cut_off():
    for _ in range(2):
        SearchMiss.objects.count_miss(words="asked twice", filters="", day=DAY, most_rows=10)
    for number in range(12):
        SearchMiss.objects.count_miss(words=f"nonsense {number}", filters="", day=DAY, most_rows=10)
    SearchMiss.objects.count_miss(words="a real one", filters="", day=DAY, most_rows=10)
    kept = set(SearchMiss.objects.values_list("words", flat=True))
    assert len(kept) == 10
    assert {"asked twice", "a real one"} <= kept


@pytest.mark.django_db
def test_old_misses_go():
    SearchMiss.objects.count_miss(words="old", filters="", day=DAY)
    SearchMiss.objects.count_miss(words="new", filters="", day=DAY + timedelta(days=401))
    assert SearchMiss.objects.get().words == "new"


def test_readers_get_their_answer_while_the_database_cannot_be_written(guide, monkeypatch, client):
    def refuse(*args, **kwargs):
        raise OperationalError("database is locked")

    assert client.get("/search/?q=agent").status_code == 200
    Role.objects.filter(slug="team-leader").update(team_size="a new revision")
    monkeypatch.setattr("careers.search.services.indexing.index_changed", refuse)
    monkeypatch.setattr(type(SearchMiss.objects.all()), "count_miss", refuse)
    assert "Customer Service Executive" in client.get("/search/?q=agent").text
    assert client.get("/search/?q=xqzxq").status_code == 200
    assert client.get("/roles/?q=xqzxq").status_code == 200


def test_an_answer_of_an_old_index_is_not_kept(guide, monkeypatch, client):
    def refuse(*args):
        raise OperationalError("database is locked")

    find("agent")
    Role.objects.filter(slug="team-leader").update(title="Night porter")
    with monkeypatch.context() as trouble:
        trouble.setattr("careers.search.services.indexing.index_changed", refuse)
        assert "Night porter" not in client.get("/search/?q=agent").text
        assert "Night porter" not in client.get("/roles/?q=porter").text
    assert "Night porter" in client.get("/roles/?q=porter").text


def test_an_index_that_other_code_built_is_built_anew(guide):
    find("agent")
    SearchEntry.objects.filter(title="Team Leader").delete()
    SearchIndex.objects.update(code="another release")
    assert titles("team leader")[0] == "Team Leader"


@pytest.mark.django_db
def test_a_very_long_text_does_not_stop_the_search():
    make_role(title="Night porter", duties="word " * 300_000)
    assert titles("porter") == ["Night porter"]


def in_plural(name):
    """As English writes it, by rules of this test's own; the last word alone."""
    if name.endswith("y") and name[-2:-1] not in "aeiou":
        return f"{name[:-1]}ies"
    return f"{name}es" if name.endswith(("s", "x", "ch", "sh")) else f"{name}s"


def in_singular(name):
    return name[:-1] if name.endswith("s") and not name.endswith(("ss", "us", "is")) else name


def named(kind):
    """(name, key of what it names) of all that readers see of one kind."""
    if kind == "role":
        roles = Role.objects.published().prefetch_related("alternate_titles")
        return [(name, one.pk) for one in roles for name in [one.title, *map(str, one.alternate_titles.all())]]
    noun = {"skill": Skill, "certification": Certification}[kind]
    return [(str(one), one.pk) for one in noun.objects.published()]


@pytest.mark.parametrize("kind", ["role", "skill", "certification"])
def test_one_and_many_of_a_name_find_the_same_page_among_the_first_three(guide, kind):
    missed = []
    for name, key in named(kind):
        words = re.sub(r"\s*\(.*?\)", "", name).strip()
        for asked in {words, in_plural(words), in_singular(words)}:
            for typing in (False, True):
                first = [(one.kind, one.object_pk) for one in find(asked, typing=typing).entries[:3]]
                if (kind, key) not in first:
                    missed.append((asked, typing, [one[0] for one in first]))
    assert missed == []


@pytest.mark.parametrize(
    ("asked", "same"),
    [
        ("work force", "workforce"),
        ("cross selling", "crossselling"),
        ("cross selling", "cross-selling"),
        ("crossselling", "cross-selling"),
        ("dataentry", "data entry"),
        ("data-entry", "data entry"),
        ("cus\u00adtomer ser\u200dvice", "customer service"),
        ("customer\u200bservice", "customer service"),
        ("team\u2011leader", "team leader"),
        ("managers", "manager"),
        ("supervisors", "supervisor"),
    ],
)
def test_the_same_words_in_another_form_find_the_same(guide, asked, same):
    make_role(title="Clerk", duties="Practise cross-selling.")
    found = [(one.kind, one.object_pk) for one in find(same).entries]
    assert found
    assert {(one.kind, one.object_pk) for one in find(asked).entries[:5]} & set(found[:5])


def test_half_a_plural_finds_what_it_will_be(guide):
    make_industry(name="Shipping companies")
    for end in range(4, len("companies") + 1):
        assert "Shipping companies" in [one.title for one in find("companies"[:end], typing=True).entries], end
