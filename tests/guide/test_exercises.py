"""Exercises of a skill lead to the free thing that they speak of."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import resolve

from careers.guide.models.publishing import lines
from careers.guide.rules.exercises import Exercise, exercise_in
from tests.factories import make_skill

SKILLS = {
    row["fields"]["slug"]: row["fields"]
    for row in json.loads((Path(settings.BASE_DIR) / "fixtures" / "skills.json").read_text())
    if row["model"] == "careers.skill"
}


@pytest.mark.parametrize(
    ("line", "exercise"),
    [
        ("Read aloud.", Exercise("Read aloud.")),
        ("Use it. https://example.org/a?b=1", Exercise("Use it.", "https://example.org/a?b=1", "example.org")),
        ("Use it. http://www.example.org/", Exercise("Use it.", "http://www.example.org/", "www.example.org")),
        ("Take our test. /practice/typing/", Exercise("Take our test.", "/practice/typing/", "on this site")),
        ("https://example.org", Exercise("https://example.org")),
        ("Go there. //example.org/", Exercise("Go there. //example.org/")),
        ("Go there. /\\example.org/", Exercise("Go there. /\\example.org/")),
        ("Go there. javascript:alert(1)", Exercise("Go there. javascript:alert(1)")),
        ("Go there. https://[", Exercise("Go there. https://[")),
        ("Go there.\u202e https://gro.sct", Exercise("Go there.", "https://gro.sct", "gro.sct")),
        ("Go there. https:///nobody", Exercise("Go there. https:///nobody")),
        ("Choose yes/no. Then and/or", Exercise("Choose yes/no. Then and/or")),
    ],
)
def test_an_exercise_may_end_with_an_address(line, exercise):
    assert exercise_in(line) == exercise


def test_every_skill_of_the_guide_has_an_exercise_that_leads_somewhere():
    assert len(SKILLS) > 15
    found = {slug: [exercise_in(line) for line in lines(skill["how_to_practise"])] for slug, skill in SKILLS.items()}
    assert [slug for slug, exercises in found.items() if not any(one.url for one in exercises)] == []
    for exercise in (one for exercises in found.values() for one in exercises):
        assert "://" not in exercise.text, exercise
        if exercise.url and not urlsplit(exercise.url).netloc:
            assert resolve(exercise.url)
    assert "/practice/typing/" in [one.url for one in found["typing"]]


def test_a_free_thing_is_named():
    vague = ("a free website", "free typing test on the web", "a free Erlang C calculator", "a free ICD-10 browser")
    assert [(slug, word) for slug, skill in SKILLS.items() for word in vague if word in skill["how_to_practise"]] == []


@pytest.mark.django_db
def test_a_skill_page_links_its_exercises(client):
    skill = make_skill(how_to_practise="Take a test. /practice/typing/\nRead. https://example.org/x?a=1&b=<i>\nTalk.")
    page = client.get(skill.get_absolute_url()).content.decode()
    assert '<li>Take a test. <a href="/practice/typing/">on this site</a></li>' in page
    assert (
        '<li>Read. <a href="https://example.org/x?a=1&amp;b=&lt;i&gt;" rel="noopener external">example.org</a></li>'
        in page
    )
    assert "<li>Talk.</li>" in page
