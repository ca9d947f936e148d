"""Parts of a page that are drawn once. Known to every template without `{% load %}`."""

from django.template import Library, Node, TemplateSyntaxError
from django.template.base import token_kwargs

register = Library()
COMPARED = (str, int, type(None))
MOST_DRAWN = 2000  # of one part, of a kilobyte or so each


@register.tag
def once(parser, token):
    """`{% once role=role here=section %} … {% endonce %}`: what is between them is drawn once for the same values.

    It sees nothing but what is given, so nothing of who reads the page, nor of the day, gets into what others read.
    Texts, numbers and truth values are compared. One object may be among them: where it is one that this process keeps
    until the guide changes (`keeping_what_is_drawn`), what is drawn goes with it; of any other it is drawn anew.
    """
    words = token.split_contents()[1:]
    given = token_kwargs(words, parser)
    if words:
        raise TemplateSyntaxError("once takes name=value, as {% once role=role %}")
    inner = parser.parse(("endonce",))
    parser.delete_first_token()
    return Once(given, inner)


class Once(Node):
    def __init__(self, given, nodelist):
        self.given, self.nodelist = given, nodelist
        self.drawn = {}  # of what no object is given for

    def render(self, context):
        given = {name: value.resolve(context, ignore_failures=True) for name, value in self.given.items()}
        objects = [value for value in given.values() if not isinstance(value, COMPARED)]
        if len(objects) > 1:
            raise TypeError(f"once: of one object at most, not {objects}")
        drawn = getattr(objects[0], "drawn", None) if objects else self.drawn
        compared = [value for value in given.values() if isinstance(value, COMPARED)]
        key = (self, *compared, *map(type, compared))  # a text that is safe is another one, and True is not 1
        return self.from_or_into(drawn, key, lambda: self.nodelist.render(context.new(given)))

    def from_or_into(self, drawn, key, draw):
        if drawn is None:
            return draw()
        if (text := drawn.get(key)) is None:
            if len(drawn) >= MOST_DRAWN:
                drawn.clear()
            text = drawn[key] = draw()
        return text
