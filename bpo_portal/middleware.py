"""What holds for all pages of django-allauth, which sets it on some."""

from django.utils.cache import add_never_cache_headers

PREFIXES = ("account_", "mfa_")


def private_account_pages(get_response):
    """Nothing of an account is kept, by no proxy and by no browser, whatever the page answers."""

    def answer(request):
        response = get_response(request)
        if request.resolver_match and (request.resolver_match.url_name or "").startswith(PREFIXES):
            add_never_cache_headers(response)
        return response

    return answer
