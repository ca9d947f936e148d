"""What stands in several lines of a template and in one of the page."""

import pytest
from django.template import engines


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("<p>\n  One\n</p>", "<p>One</p>"),
        ("A long\n    sentence,\n  and more.", "A long sentence, and more."),
        ("<b>1</b>\n  <i>2</i>", "<b>1</b><i>2</i>"),
        ('<a class="x"\n    href="/">\n  Go</a>', '<a class="x" href="/">Go</a>'),
        ("{{ name }}\n  {% if name %}\n    of it\n  {% endif %}\n  .", "Anaof it."),
        ("{% for one in list %}\n  {{ one }}\n  {% if not forloop.last %}, {% endif %}\n{% endfor %}", "1, 2"),
        ("{% with a=name %}\n  {{ a }}\n{% endwith %}", "Ana"),
        ("kept  inside,\tas\n\n\n  it is", "kept  inside,\tas it is"),
    ],
)
def test_a_break_is_a_space_within_words_and_nothing_beside_tags(source, page):
    text = f"x{{% oneline %}}\n  {source}\n{{% endoneline %}}y"
    made = engines["django"].from_string(text).render({"name": "Ana", "list": [1, 2]})
    assert made == f"x{page}y"


def test_what_is_written_by_somebody_keeps_its_breaks_and_is_escaped():
    text = "{% oneline %}\n  <p>{{ note }}</p>\n{% endoneline %}"
    assert engines["django"].from_string(text).render({"note": "a\n  <b"}) == "<p>a\n  &lt;b</p>"
