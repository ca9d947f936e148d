"""Where the portal is reached: what the operator says (`SITE_URL`), else as much of the `Host` as can be believed."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port


def site_url_of(request):
    """For what others read, such as a mail: without a slash at its end.

    A host name is one of `ALLOWED_HOSTS`, but any port may stand behind it. It is believed where the server itself
    listens there, or where the operator named it in `CSRF_TRUSTED_ORIGINS`. Behind a proxy nobody knows its port, so
    there it is left out.
    """
    if settings.SITE_URL_SET:
        return settings.SITE_URL_SET
    asked = asked_url(request)
    name, port = split_domain_port(request.get_host())
    own_port = "" if settings.BEHIND_PROXY else str(request.META.get("SERVER_PORT", ""))
    if port in ("", own_port) or asked in settings.CSRF_TRUSTED_ORIGINS:
        return asked
    return f"{request.scheme}://{name}:{own_port}" if own_port else f"{request.scheme}://{name}"


def asked_url(request):
    """For what only the one who asks reads."""
    return f"{request.scheme}://{request.get_host()}"


def at_site(request, url):
    """An address that was made from the request's `Host`, at the portal's own."""
    parts = urlsplit(url)
    if parts.netloc != request.get_host() or parts.scheme not in ("http", "https"):
        return url
    return site_url_of(request) + url.partition("//")[2].removeprefix(parts.netloc)
