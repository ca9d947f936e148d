"""What `check --deploy` says of settings that do not go together."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Tags, Warning, register


@register(Tags.urls, deploy=True)
def site_is_named(app_configs, **kwargs):
    """A reminder is sent without a request that could say where the portal is."""
    if settings.SENDS_EMAIL and urlsplit(settings.SITE_URL).hostname == "localhost":
        said = f"Mails are sent, and their links lead to {settings.SITE_URL}."
        return [Warning(said, hint="Set SITE_URL to the portal's address.", id="careers.W001")]
    return []
