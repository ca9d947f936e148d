"""Words of the glossary are explained where they first stand on a page, in HTML alone."""

import re
from html import escape, unescape
from time import process_time

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from careers.guide.models.sections import Section
from careers.guide.rules.glossary import Glossary
from tests.factories import make_role, make_section, make_skill
from tests.queries import queries_of_page

PAIRS = (
    ("SLA", "What was promised."), ("Back office", "Behind the scenes."), ("Voice", "By phone."),
    ("Non-voice", "Without calls."), ("Process", "Tasks of a client."), ("Domestic process", "At home."),
    ("R&D", "Research <and> more."),
)  # fmt: skip
GLOSSARY = Glossary(PAIRS, href="/guide/#glossary")
TERM = re.compile(
    r'<span class="term"><button type="button" popovertarget="([^"]*)">(.*?)</button>'
    r'<span id="\1" popover><b>(.*?): </b>(.*?)<small> <a href="(.*?)">All words</a></small></span></span>'
)


def words_in(html):
    return [unescape(match[2]) for match in TERM.finditer(GLOSSARY.explain(html))]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>The SLA, then the SLA.</p>", ["SLA"]),
        ("<p>Two SLAs and a sla.</p>", ["SLAs"]),
        ("<p>Back-office work in the back office.</p>", ["Back-office"]),
        ("<p>Non-voice, then voice.</p>", ["Non-voice", "voice"]),
        ("<p>Voices of domestic processes; a process.</p>", ["Voices", "domestic processes", "process"]),
        ("<p>Invoice, voice-based, multi-process, processing, SLA2.</p>", []),
        ('<p><a href="/">the SLA</a> <code>SLA</code></p><h2>The SLA</h2><p>SLA</p>', ["SLA"]),
        ('<p title="SLA">x</p><img alt="SLA"><!-- SLA --><script>"SLA"</script><button>SLA</button>', []),
        ('<span class="visually-hidden">SLA <span>x</span> SLA</span><span aria-hidden="true">SLA</span>', []),
        ("<div data-unexplained><div>SLA</div>SLA</div><div>SLA</div>", ["SLA"]),
        ("<p>R&amp;D, not &amp;SLA or &lt;voice&gt;.</p>", ["R&D", "SLA", "voice"]),
        ('<input type="hidden" value="x"><p>SLA</p>', ["SLA"]),
        ("<p>SLA", ["SLA"]),
        ("SLA < 3", ["SLA"]),
        ("<p>SLA</p><!-- voice <p>process</p>", ["SLA"]),
    ],
)
def test_a_word_is_explained_once_where_a_control_may_stand(html, expected):
    assert words_in(html) == expected


def test_what_is_shown_is_escaped_and_leads_to_all_words():
    [(anchor, written, term, meaning, href)] = TERM.findall(GLOSSARY.explain("<p>R&amp;D</p>"))
    assert (written, term, meaning, href) == (
        "R&amp;D", "R&amp;D", "Research &lt;and&gt; more.", "/guide/#glossary",
    )  # fmt: skip
    assert " " not in anchor


def seconds_to_explain(html):
    """The least of three, so that what else runs here counts little."""
    taken = []
    for _ in range(3):
        begin = process_time()
        GLOSSARY.explain(html)
        taken.append(process_time() - begin)
    return min(taken)


@pytest.mark.parametrize("begun", ["<!--", "<p", "<p ", '<p title="', "</", "<", "&", "-", "SLA<!--"])
def test_what_is_begun_and_never_ended_takes_as_long_as_it_is(begun):
    """Sixteen times the text in some sixteen times the time: were each begin looked at to the end, it were 256."""
    few, many = (seconds_to_explain(begun * times) for times in (1_000, 16_000))
    assert many < 64 * max(few, 0.0005)


TEXTS = st.text(st.sampled_from("SLA voice process R&D back-office <>\"'"), max_size=80).map(escape)
PARTS = st.sampled_from(["{}", "<p>{}</p>", "<a href='x'>{}</a>", "<h2>{}</h2>", '<b title="a>b">{}</b>', "<br>{}"])
PAGES = st.lists(st.tuples(PARTS, TEXTS).map(lambda both: both[0].format(both[1])), max_size=12).map("".join)


@given(PAGES)
def test_nothing_of_a_page_is_lost_or_doubled(page):
    explained = GLOSSARY.explain(page)
    assert TERM.sub(r"\2", explained) == page
    anchors = re.findall(r' id="([^"]*)"', explained)
    assert len(anchors) == len(set(anchors))
    assert "<button" not in "".join(re.findall(r"<(?:a|h2)\b.*?</(?:a|h2)>", explained))


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12)), max_size=5), PAGES)
def test_whatever_editors_write_a_page_stays_whole(pairs, page):
    """A term may be of signs alone, twice there, empty, or of another alphabet."""
    explained = Glossary(pairs, href="/x").explain(page)
    assert re.sub(r'<span class="term"><button[^>]*>(.*?)</button><span id[^>]*>.*?</small></span></span>', r"\1",
                  explained, flags=re.DOTALL) == page  # fmt: skip


def make_glossary(points, **fields):
    return make_section(**{"slug": "glossary", "title": "Words", "body": "Words.", "points": points} | fields)


@pytest.mark.django_db
class TestOnPages:
    def test_readers_get_it_from_the_rows_and_a_change_shows_at_once(self, client):
        role = make_role(summary="You know the SLA.", duties="Read the SLA.")
        assert "popover" not in client.get(role.get_absolute_url()).text
        section = make_glossary("SLA: What was promised.\nNo colon")
        text = client.get(role.get_absolute_url()).text
        assert text.count("What was promised.") == 1
        Section.objects.filter(pk=section.pk).update(points="SLA: A promise.")
        assert "A promise." in client.get(role.get_absolute_url()).text
        Section.objects.filter(pk=section.pk).update(status="draft")
        assert "popover" not in client.get(role.get_absolute_url()).text

    def test_it_is_for_pages_of_everybody_and_not_within_the_glossary(self, client, person):
        make_glossary("SLA: What was promised.\nVoice: Work under an SLA.")
        assert "popover" not in client.get(reverse("guide-read")).text
        assert "popover" not in person.get(reverse("me-dashboard")).text
        skill = make_skill(summary="You keep the SLA.")
        assert person.get(skill.get_absolute_url()).text.count("popovertarget") == 1

    def test_it_costs_one_question_at_most(self, client, person):
        skill = make_skill(summary="You keep the SLA.")
        person.get(skill.get_absolute_url())
        before = queries_of_page(person, skill.get_absolute_url())
        make_glossary("\n".join(f"Word{number}: It means {number}." for number in range(50)))
        person.get(skill.get_absolute_url())
        assert queries_of_page(person, skill.get_absolute_url()) <= before


@pytest.mark.usefixtures("guide")
def test_the_words_of_the_guide_are_found_where_they_are_used(client):
    role = client.get("/roles/customer-service-executive/").text
    found = {unescape(match[2]).lower() for match in TERM.finditer(role)}
    assert {"bpo", "outbound", "non-voice"} <= found
    assert len(TERM.findall(role)) == len(found)
