"""Icons of the sprite. Known to every template without `{% load %}`."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()
# The break is the space before the words.
ICON = '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"></use></svg>\n'


@register.simple_tag
def icon(name, size=""):
    """`{% icon "compare" "sm" %}`; size: "sm" or none. The words stand beside it, or in a visually hidden text.

    A tag, not a template of its own: pages have up to a hundred.
    """
    return format_html(ICON, f" icon-{size}" if size else "", static("icons/sprite.svg"), name)
