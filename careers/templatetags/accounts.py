import json

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.simple_tag
def sends_email():
    """Whether the portal has a mail server."""
    return settings.SENDS_EMAIL


@register.filter
def as_json(value):
    """For a data attribute, escaped as any text is: a script element, even of data, has no place in our pages."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.filter
def in_fours(secret):
    """A long secret in groups of four, to be typed into a phone."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
