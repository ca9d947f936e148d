"""A template shows sentences, and puts none together: what depends on something is said whole, by the code."""

import re
from pathlib import Path

from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
# A sentence goes on over a link or a stressed word.
INLINE = re.compile(r"</?(?:a|abbr|b|cite|code|em|i|q|s|small|strong|time)\b[^>]*>", re.IGNORECASE)
TAG = re.compile(r"<[a-z!/](?:{%.*?%}|{{.*?}}|\"(?:{%.*?%}|{{.*?}}|[^\"])*\"|[^<>\"])*>", re.DOTALL | re.IGNORECASE)
UNSEEN = re.compile(r"{%\s*(?:load|oneline|endoneline|with|endwith|url)\b[^%]*%}")
PART = re.compile(r"{%\s*(if|elif|else|endif)\b.*?%}", re.DOTALL)
BEGUN = re.compile(r"[\w,;()“”&%]$|}}$")
GOES_ON = re.compile(r"[,;(]? ?[a-z“]|[,(] ?{{")
SEPARATOR = re.compile(r"[\s,;·/]*")


def choices(source):
    """Each choice in the middle of a sentence, as the words around it.

    What parts the rows of a list, and a name that is a link in one branch only, are none.
    """
    text = TAG.sub(lambda tag: " " if INLINE.fullmatch(tag[0]) else " ¶ ", COMMENT.sub(" ", source))
    text = re.sub(r"\s+", " ", UNSEEN.sub("", text))
    open_ones = []
    for part in PART.finditer(text):
        if part[1] == "if":
            open_ones.append((part.start(), []))
        begin, branches = open_ones[-1]
        if branches:
            branches[-1] = text[branches[-1] : part.start()].strip()
        if part[1] != "endif":
            branches.append(part.end())
            continue
        open_ones.pop()
        before, after = text[:begin].rstrip(), text[part.end() :].lstrip()
        if len(set(branches)) == 1 < len(branches) or all(map(SEPARATOR.fullmatch, branches)):
            continue
        if (BEGUN.search(before) and any(map(GOES_ON.match, branches))) or (
            GOES_ON.match(after) and any(map(BEGUN.search, branches))
        ):
            yield f"{before[-40:]} {text[begin : part.end()]} {after[:20]}"


FOUND = (
    "<p>{{ a }}{% if b %}, due {{ b }}{% endif %}</p>",
    "<p>Once you {% if b %}pass{% else %}have it{% endif %}, it counts.</p>",
    "<p>See <a href=\"{% url 'x' %}\">this</a>\n  {% if b %}or that{% endif %}.</p>",
    "<p>{% if b %}The account, your{% else %}Your{% endif %} answers</p>",
    "{{ number }} of them {% if b %}\n are {% elif c %} is {% endif %} left",
)
NOT_FOUND = (
    "<p>It is so. {% if b %}That too.{% endif %}</p>",
    "<p>{% if b %}You pass.{% else %}You have it.{% endif %}</p>",
    "<p>{{ a }}{% if b %} · {{ b }}{% endif %}</p>",
    "{% for a in all %}{{ a }}{% if not forloop.last %}, {% endif %}{% endfor %}",
    '<p>From {% if page %}<a href="{{ page }}">{{ a }}</a>{% else %}{{ a }}{% endif %} on.</p>',
    '<p class="a{% if b %} b{% endif %}">{# not {% if c %}said{% endif %} #}</p>',
)


def test_a_choice_in_the_middle_of_a_sentence_is_found():
    assert all(list(choices(source)) for source in FOUND)
    assert [source for source in NOT_FOUND if list(choices(source))] == []


def test_no_template_chooses_in_the_middle_of_a_sentence():
    paths = [path for path in TEMPLATES.rglob("*") if path.suffix in (".html", ".txt")]
    found = {str(path.relative_to(TEMPLATES)): list(choices(path.read_text())) for path in paths}
    assert len(found) > 250
    assert {name: some for name, some in found.items() if some} == {}
