"""A column for links that readers are to trust: they see a host, and it is the one to which a link leads."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models

from careers.lib.links import NOT_PLAIN, host_of

is_of_the_web = URLValidator(schemes=["http", "https"])


def validate_link(url):
    """Refuse what no browser opens, and what leads elsewhere than it reads."""
    is_of_the_web(url)
    if not host_of(url):
        raise ValidationError(NOT_PLAIN, code="link")


class LinkField(models.URLField):
    """In migrations it is the column of Django that it is built on."""

    default_validators = [validate_link]

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs
