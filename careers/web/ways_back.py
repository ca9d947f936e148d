"""Where somebody goes on after a page between: signing in, a question, a form that was out of date.

Only addresses of this site, of a length that every browser and proxy takes. An address that holds a secret (of a link
that was shared, of a mail) is nobody's way back: it would stand in one more address.
"""

from django.http import QueryDict
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST_URL = 2000
SECRETS = {"token", "key", "uidb36"}  # parts of addresses
SAFE = ("GET", "HEAD")


def is_ours(request, url):
    ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return ours and len(url) <= LONGEST_URL


def is_asked_by_us(request):
    """Whether the browser says that a page of this site asked for this one; an older one says it by the referrer."""
    site = request.headers.get("Sec-Fetch-Site", "")
    return site == "same-origin" if site else is_ours(request, request.headers.get("Referer", ""))


def own_url(request):
    """The address of the page that is read, as far as the page depends on it; empty where it is no way back.

    A page that is the same for everybody names only the part of its query that it reads: the rest is the visitor's own,
    and the next one would get it from the cache.
    """
    match = request.resolver_match
    if match is None or SECRETS & set(match.kwargs) or request.method not in SAFE:
        return ""
    if (match.url_name or "").startswith(("account_", "mfa_")):
        asked = request.GET.get("next", "")
        return asked if is_ours(request, asked) else ""
    url = request.get_full_path()
    if (asked := getattr(request, "page_query", None)) is not None:
        query = QueryDict(mutable=True)
        for name, *values in asked:
            query.setlist(name, values)
        url = f"{request.path}?{query.urlencode()}" if query.urlencode() else request.path
    return next((way for way in (url, request.path) if len(way) <= LONGEST_URL), "")


def sign_in_url(request):
    return with_next(reverse("account_login"), own_url(request))


def with_next(url, target):
    query = QueryDict(mutable=True)
    query["next"] = target
    return f"{url}?{query.urlencode(safe='/')}" if target else url


def page_of_form(request, *, otherwise, may_be_itself=False, is_believed=True):
    """The page of ours on which the form stood that was sent; `otherwise` where nobody says, or it is not ours.

    `may_be_itself`: whether the address that took the form has a page of its own to go back to. `is_believed`: whether
    the form's own word counts; another site may have written it.
    """
    said = request.POST.get("back", "") if is_believed else ""
    for url in (said, request.headers.get("Referer", "")):
        url = iri_to_uri(url).partition("#")[0]
        is_itself = url.partition("?")[0].endswith(request.path)
        if is_ours(request, url) and (may_be_itself or not is_itself):
            return url
    return otherwise
