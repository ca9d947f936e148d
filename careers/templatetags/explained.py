"""Words of the glossary on a page. Known to every template without `{% load %}`."""

from django.template import Library, Node
from django.utils.safestring import SafeString

from careers.guide.selectors.glossary import glossary

register = Library()


@register.tag
def explained(parser, token):
    """`{% explained %} … {% endexplained %}`: on a page that everybody sees, each word of the glossary is explained at
    its first place between the two. What stands in an element with `data-unexplained` is left as it is.

    It is looked for in what was drawn, as no part of a page knows what stands before it.
    """
    inner = parser.parse(("endexplained",))
    parser.delete_first_token()
    return Explained(inner)


class Explained(Node):
    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        drawn = self.nodelist.render(context)
        if not getattr(context.get("request"), "is_public_page", False):
            return drawn
        return SafeString(glossary().explain(drawn))
