"""Posts from public pages, whose forms carry no token: those pages are the same for everybody and set no cookie.

Where a token came, Django's own check decides. Without one, the browser has to say that the form is ours: it sends
`Sec-Fetch-Site` and `Origin` by itself, and no other site can make it lie in them. A word against beats every word for;
where the browser says neither, the person is asked on a page that has a token.

A browser may keep no cookie of ours, so that nobody could find again what it saved. Who comes without any gets one, and
the browser sends the same form again by itself (307). Who comes without one again is told, and nothing is saved.

A browser may also send the form as a link (Lynx does, where a form has no field): then the person is asked, too.

This holds with a session too: a page that was opened before the session began carries no token, and its forms still
work. It may be the page on which a second role is saved, another tab, or one behind the back button. Every form
outside of these views passes Django's check as it is.
"""

from functools import wraps

from django.conf import settings
from django.http import HttpResponse, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from careers.people.views.once import once
from careers.web.private import keep_private

OURS, FOREIGN = True, False
MOST_CHARACTERS = 2000  # of a field that goes through the page between; none of ours is longer
TOKEN = "csrfmiddlewaretoken"  # noqa: S105, the name of a field
COOKIE_ASKED = "cookie"  # in the address of a form that the browser sends again
SITES = {"same-origin": OURS, "same-site": FOREIGN, "cross-site": FOREIGN}


def from_our_page(ask):
    """`@from_our_page(ask_save)`: the view's POSTs come from our own pages, with a token or without.

    `ask(request, …)` gets the view's arguments and returns what the page between has to say: question, verb and the
    address of the way back; and `fields`, where only those are to be sent on. None where what a link says is not enough
    to ask about: then the view answers it.
    """

    def decorate(view):
        answer = once(view, is_shared=True)
        checked_by_django = csrf_protect(answer)

        @csrf_exempt
        @wraps(answer)
        @require_http_methods(["GET", "HEAD", "POST"])
        def page(request, *args, **kwargs):
            if request.method != "POST":
                question = ask(request, *args, **kwargs)
                return confirmation(request, question) if question else view(request, *args, **kwargs)
            if has_token(request):
                return checked_by_django(request, *args, **kwargs)
            words = words_of(request)
            if FOREIGN in words:
                return refusal()
            if OURS in words:
                return answer(request, *args, **kwargs) if request.COOKIES else with_cookie(request)
            return confirmation(request, ask(request, *args, **kwargs))

        page.ask = ask
        return page

    return decorate


def has_token(request):
    return bool(request.POST.get(TOKEN) or request.META.get(settings.CSRF_HEADER_NAME))


def words_of(request):
    """Return where the browser says that a form comes from: OURS, FOREIGN, both, or neither ({None})."""
    return {SITES.get(request.headers.get("Sec-Fetch-Site", "")), origin_says(request)}


def origin_says(request):
    """OURS or FOREIGN; None where there is no origin, or a browser keeps it to itself (“null”)."""
    origin = request.headers.get("Origin", "")
    if origin in ("", "null"):
        return None
    return CsrfViewMiddleware(lambda _: None)._origin_verified(request)


def refusal():
    """Made without the request: it reads no session, finds no profile and sets no cookie."""
    return keep_private(HttpResponseForbidden(render_to_string("careers/web/foreign.html")))


def sent_to(request):
    """The fields of the form, also of one that a browser sent as a link."""
    return request.POST if request.method == "POST" else request.GET


def with_cookie(request):
    if COOKIE_ASKED in request.GET:
        return keep_private(render(request, "careers/web/no_cookies.html", status=403))
    get_token(request)  # it is the cookie
    query = request.GET.copy()
    query[COOKIE_ASKED] = "1"
    response = HttpResponse(status=307, headers={"Location": f"{request.path}?{query.urlencode()}"})
    return keep_private(response)


def confirmation(request, question):
    """The same fields to the same address, with a token, once the person says so."""
    fields = [(name, value) for name, values in sent_to(request).lists() for value in values]
    known = question.get("fields") or {name for name, _ in fields} - {TOKEN, "back", COOKIE_ASKED}
    sent = [(name, value[:MOST_CHARACTERS]) for name, value in fields if name in known]
    response = keep_private(render(request, "careers/web/confirm.html", {**question, "sent": sent}))
    # htmx would put it in the place of a button.
    response["HX-Retarget"], response["HX-Reswap"] = "body", "innerHTML"
    return response
