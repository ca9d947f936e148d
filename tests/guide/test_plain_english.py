"""Each page of the guide is read with ease: grade 8 at most, no sentence above 30 words."""

import re

import pytest
from django.apps import apps
from django.urls import reverse

from careers.desk.rules.readability import FEWEST, HARDEST
from careers.desk.selectors.readability import READ, texts_of
from careers.guide.models.moves import Move
from careers.guide.models.roles import Role
from careers.lib.readability import long_sentences, reading

pytestmark = pytest.mark.usefixtures("guide")
LONGEST = 30  # words
MANY = 6  # commas, of a list of names
# What a page shows of a move or a measure is a line or two: those are read where they stand, together.
ON_A_PAGE_TOGETHER = ("metric", "book", "move")


def texts_of_pages():
    """{page: [text]}: each object with its rows is one, short ones are on one page together."""
    pages = {}
    for noun in READ:
        model = apps.get_model("careers", noun)
        names = dict(model.objects.values_list("pk", "slug"))
        for key, texts in texts_of(model, names).items():
            pages.setdefault(noun if noun in ON_A_PAGE_TOGETHER else f"{noun} {names[key]}", []).extend(texts)
    for move in Move.objects.between_roles().select_related("from_role", "to_role"):
        for role in (move.from_role, move.to_role):
            pages[f"role {role.slug}"].append(("move", move.how))
    return {page: [text for _, text in texts] for page, texts in pages.items()}


def test_every_page_is_read_with_ease():
    pages = texts_of_pages()
    assert len(pages) > 60
    grades = {page: read.grade for page, texts in pages.items() if (read := reading(texts)).words >= FEWEST}
    assert len(grades) > 50
    assert {page: grade for page, grade in grades.items() if grade > HARDEST} == {}


def test_no_sentence_is_longer_than_one_breath():
    long_ones = {page: [long for text in texts for long in long_sentences(text, above=LONGEST)]
                 for page, texts in texts_of_pages().items()}  # fmt: skip
    assert {page: some for page, some in long_ones.items() if some} == {}


ADDRESSES = [
    "home",
    "guide-read",
    "question-list",
    "exit-list",
    "route-map",
    "role-list",
    "role-compare",
    "company-list",
    "match-list",
    "practice-list",
    "practice-typing",
    "practice-entry",
    "card-list",
    "message-list",
    "call-list",
    "data-read",
]


@pytest.mark.parametrize("name", ADDRESSES)
def test_no_sentence_of_a_page_is_longer_either(client, name):
    """With what templates and code say around the guide's words; names of sources are as their authors have them."""
    body = client.get(reverse(name)).content.decode().partition("<main")[2].partition("</main>")[0]
    assert long_ones_of(body) == []


def test_no_sentence_of_a_role_is_longer_either(client):
    for role in Role.objects.published():
        assert long_ones_of(client.get(role.get_absolute_url()).content.decode().partition("<main")[2]) == [], role


@pytest.mark.parametrize("name", ["role-apply", "role-ready"])
def test_nor_one_of_what_a_role_asks_before_one_applies(client, name):
    body = client.get(reverse(name, args=["data-entry-operator"])).content.decode().partition("<main")[2]
    assert long_ones_of(body) == []


BESIDE = re.compile(
    r'<p class="(?:pay-)?source"[^>]*>.*?</p>|<span id="explained-.*?</span>|<(svg|table|nav|form)\b.*?</\1>', re.DOTALL
)
BLOCK = re.compile(r"</?(?:p|li|ul|ol|dl|dt|dd|div|h\d|section|td|th|tr|summary|details|footer|aside|article)\b[^>]*>")


def long_ones_of(body):
    """Names in a row are no sentence: one ends in a full stop, and has few commas."""
    blocks = (re.sub(r"<[^>]*>", "", block) for block in BLOCK.split(BESIDE.sub("\n", body)))
    every = (one for block in blocks for one in long_sentences(" ".join(block.split()), above=LONGEST))
    return [sentence for sentence in every if sentence[-1] in ".!?" and len(re.findall("[,;]", sentence)) < MANY]
