"""One word for one thing, wherever somebody reads it.

A route is what the planner finds; made one's own it is a goal. A plan is a certification that one works towards, and
“My plan” the name of a page and nothing else. A certification can be earned, a certificate is held.
"""

import ast
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver, reverse

from tests.factories import make_move, make_role
from tests.whole_person import fill

ROOT = Path(settings.BASE_DIR)
INSTEAD = {
    r"\bpaths?\b": "route",
    r"\bplan (a|an|the|my|your|another) (route|goal)\b": "find a route",
    r"\bplan (anew|from there)\b": "find another route",
    r"\broutes? planned\b|\bplanned routes?\b": "goal",
    r"\b(make|made) (it|this|that) (my|your) (plan|route)\b": "make it my goal",
    r"\byour routes? (to|is|stays)\b": "your goal",
    r"\bdrop (this|your|the) route\b": "drop the goal",
    r"\b(whole|other) way\b": "whole route",
    r"\bon your plan (yet|page)\b|\byour plan (is too long|page)\b|(?-i:\bmy plan\b)": "“My plan”",
    r"\bcertificates? (still|to earn|you could|recommended|for this move)\b": "certification",
    r"\bcertificates? I track\b|\btrack(s|ed|ing)? (a |an |this |another |the )?certificates?\b": "certification",
    r"\b(earn|study for|work towards|prepare for) (a |an |this |the )?certificates?\b": "certification",
    r"\b(skill|skills|measures) and certificates?\b": "certification",
    r"\bcertificates? (that )?(helps?|credits?|closes?|narrows?|costs?)\b": "certification",
    r"\bcertifications? (I|you|they) (hold|have|earned)\b|\b(hold|held|your) certifications?\b(?! plan)": "certificate",
}
# Of what readers see, for which HR and those who run it may have another word.
TO_READERS = INSTEAD | {
    r"\bprograms?\b": "software, or an app",
    r"\brotas?\b": "roster",
    r"(?<!ESCO also has )\bcontact[- ]centres?\b": "call centre",
    r"(?<!source )\b(?<!write the )(?<!help )(?-i:[Aa]rticles?\b)(?! by| \d)": "source article",
    r"\bSignifyHR guide\b": "source article",
    r"(?-i:\bWays? out\b)|\b(a|no) way out\b(?! that)": "careers after BPO",
    r"\bwho(m)?ever\b": "if you, or people who",
    r"\b(levels?|steps?) (of|in) (a|the|this|each|your) skills?\b|\bskill levels?\b": "proficiency",
}
# Turns of phrase over which somebody stumbles who reads English as a second language.
IN_THE_GUIDE = TO_READERS | {
    r"\bways? out\b": "careers after BPO, or a solution",
    r"\babove all\b": "mainly, or most of all",
    r"\bin turn\b": "one after the other",
}
FIXTURES = [
    (row["fields"].get("slug", name), name, text)
    for path in (ROOT / "fixtures").glob("*.json")
    for row in json.loads(path.read_text())
    if row["model"] != "careers.alternatetitle"  # names that others gave
    for name, text in row["fields"].items()
    if isinstance(text, str)
    and name not in ("search_words", "source_name", "source_url", "further_sources", "esco_title")
]
TEMPLATES = [path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt")]
CODE = [
    path for path in [*(ROOT / "careers").rglob("*.py"), *(ROOT / "bpo_portal").rglob("*.py")]
    if "migrations" not in path.parts and path.name not in ("files.py", "pdf.py")
]  # fmt: skip


def wrong_words(text, instead=INSTEAD):
    return [
        (match.group(), word) for pattern, word in instead.items() for match in re.finditer(rf"(?i){pattern}", text)
    ]


def text_of_template(source):
    """What readers see of it: no comment, tag or attribute, but the words that are given to a part of a page."""
    given = re.findall(r'\b(?:label|title|text|here|heading|placeholder)="([^"]*)"', source)
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<svg.*?</svg>|<[^>]*>", " | ", source, flags=re.DOTALL)
    return "\n".join([" ".join(bare.split()), *given])


def texts_of_code(source):
    """String literals that may be sentences or labels; docstrings and names are for those who read code."""
    tree = ast.parse(source)
    bodies = (node.body for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef))
    docs = {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}
    literals = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [node.value for node in literals if id(node) not in docs and " " in node.value and "<path" not in node.value]


def test_words_that_mean_something_else_are_found():
    for text in (
        "Make it my plan", "Plan a route", "Certificates that help", "your career path", "Earn a certificate",
        "The certificate that helps most", "Nothing stands on your plan yet.", "certifications you hold",
    ):  # fmt: skip
        assert wrong_words(text), text
    for text in (
        "Make it my goal", "My plan", "Find a route", "Certificates I hold", "Open your plan", "Add a certificate",
        "A certification plan", "Record the certificate", "Before a certificate lapses",
    ):  # fmt: skip
        assert not wrong_words(text), text


def test_templates_call_things_by_their_name():
    found = {
        str(path.relative_to(ROOT)): wrong_words(text_of_template(path.read_text()), TO_READERS) for path in TEMPLATES
    }
    assert {name: words for name, words in found.items() if words} == {}


def test_the_guide_calls_things_by_their_name():
    found = [(slug, name, words) for slug, name, text in FIXTURES if (words := wrong_words(text, IN_THE_GUIDE))]
    assert len(FIXTURES) > 1000
    assert found == []


def test_code_calls_things_by_their_name():
    found = {path.name: wrong_words("\n".join(texts_of_code(path.read_text()))) for path in CODE}
    assert {name: words for name, words in found.items() if words} == {}


JOBS = [f"docs/edit/{path.name}" for path in ROOT.glob("docs/edit/*.md")]


@pytest.mark.parametrize("name", ["README.md", "docs/operate.md", "docs/edit.md", *JOBS])
def test_documents_call_things_by_their_name(name):
    prose = re.sub(r"`[^`]*`|^ {4}.*$|```.*?```", " ", (ROOT / name).read_text(), flags=re.DOTALL | re.MULTILINE)
    assert [pair for pair in wrong_words(prose) if pair[1] != "route"] == [], "paths of files are paths"


def pages():
    """Every page with a fixed address."""
    names = [pattern.name for pattern in get_resolver("careers.urls").url_patterns if pattern.name]
    plain = [name for name in names if not get_resolver("careers.urls").reverse_dict.getlist(name)[0][0][0][1]]
    return [name for name in plain if not name.endswith(("-print", "-pdf", "-download", "-ical"))]


@pytest.mark.django_db
def test_pages_of_somebody_who_has_everything_call_things_by_their_name(person):
    """What templates are given by code is seen here; and which name leads where."""
    fill(person.profile, mark="asha")
    make_move(make_role(slug="one"), make_role(slug="two", level=3))
    addresses = [reverse(name) for name in pages()] + [f"{reverse('route-find')}?from=one&to=two"]
    seen, named = 0, {}
    for address in addresses:
        response = person.get(address)
        if response.status_code != 200 or not response.headers["Content-Type"].startswith("text/html"):
            continue
        seen += 1
        body = re.sub(r"<(script|style|svg).*?</\1>|https?://\S+", " ", response.content.decode(), flags=re.DOTALL)
        assert wrong_words(" ".join(re.sub(r"<[^>]*>", " | ", body).split())) == [], address
        for target, inner in re.findall(r'<a [^>]*href="([^"?#]*)"[^>]*>(.*?)</a>', body, flags=re.DOTALL):
            named.setdefault(target, set()).add(" ".join(re.sub(r"<[^>]*>", " ", inner).split()))
    assert seen > 30
    assert all("ertificates" not in name for name in named[reverse("certification-list")])
    assert named[reverse("profile-certificates")]
    assert all("ertification" not in name for name in named[reverse("profile-certificates")])
    assert all("My plan" in name or "plan" not in name.lower() for name in named[reverse("me-dashboard")])
    assert all("plan" not in name.lower() for name in named.get(reverse("goal-read"), ()))
    assert all("oute" in name for name in named[reverse("route-find")])
