"""Parts of a page that are drawn once. Known to every template without `{% load %}`."""

from django.template import Library, Node, TemplateSyntaxError
from django.template.base import token_kwargs

register = Library()
COMPARED = (str, int, type(None), tuple)
MOST_DRAWN = 2000  # of one part, of a kilobyte or so each


@register.tag
def drawn_once(parser, token):
    """`{% drawn_once role=role here=section %} … {% enddrawn_once %}`: what is between is drawn once for the same.

    It sees nothing but what is given, so nothing of who reads the page, nor of the day, gets into what others read.
    Texts, numbers, truth values and (named) tuples of them are compared. One object may be among them: where it is one
    that this process keeps until the guide changes (`keeping_what_is_drawn`), what is drawn goes with it; of any other
    it is drawn anew.
    """
    words = token.split_contents()[1:]
    given = token_kwargs(words, parser)
    if words:
        raise TemplateSyntaxError("drawn_once takes name=value, as {% drawn_once role=role %}")
    inner = parser.parse(("enddrawn_once",))
    parser.delete_first_token()
    return DrawnOnce(given, inner)


class DrawnOnce(Node):
    def __init__(self, given, nodelist):
        self.given, self.nodelist = given, nodelist
        self.drawn = {}  # of what no object is given for

    def render(self, context):
        given, key, drawn, objects = {}, [self], self.drawn, []
        for name, expression in self.given.items():
            value = given[name] = expression.resolve(context, ignore_failures=True)
            if isinstance(value, COMPARED):
                key += (value, type(value))  # a text that is safe is another one, and True is not 1
            else:
                objects.append(value)
                drawn = getattr(value, "drawn", None)
        if len(objects) > 1:
            raise TypeError(f"drawn_once: of one object at most, not {objects}")
        if drawn is None:
            return self.nodelist.render(context.new(given))
        key = tuple(key)
        if (text := drawn.get(key)) is None:
            if len(drawn) >= MOST_DRAWN:
                drawn.clear()
            text = drawn[key] = self.nodelist.render(context.new(given))
        return text
