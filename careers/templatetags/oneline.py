"""Lines of a template that stand in one line of the page. Known to every template without `{% load %}`."""

import re

from django import template
from django.template.base import Node, TextNode

register = template.Library()
IN_TEXT = re.compile(r"(?<=[^\s>])(?:\n[ \t]*)+(?=[^\s<])")
BREAK = re.compile(r"\n[ \t]*")


@register.tag
def oneline(parser, token):
    """`{% oneline %} … {% endoneline %}`: what is between them as one line, without breaks and the indents after them.

    A break within a text, or between two attributes, is a space; one beside an element, a tag or a variable is nothing.
    For what must gain no space where its template is broken: parts of a sentence, elements beside each other. It is
    done once, when the template is read, so it costs a page nothing. What an included template breaks stays broken.
    """
    inner = parser.parse(("endoneline",))
    parser.delete_first_token()
    for text in inner.get_nodes_by_type(TextNode):
        text.s = BREAK.sub("", IN_TEXT.sub(" ", text.s))
    return OneLine(inner)


class OneLine(Node):
    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        return self.nodelist.render(context)
