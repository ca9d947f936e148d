"""A form that could not be taken, because the session ended or changed after it was opened: nothing is lost by it.

Its page says that nothing was saved, shows what was typed and sends it again to the same address, with a fresh token.
Nothing else is done here: the form that is sent again passes every check that it would have passed before. The page
says as whom it is sent, and another sign-in in between leads to this page once more.

It is offered to what our own pages sent. Where another site sent it, it is refused; where the browser does not say, the
person sees first what would be sent. Passwords and codes are never written into a page, and files cannot be.
"""

import re

from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import render
from django.urls import reverse

from careers.views.people import keep_private
from careers.views.same_origin import FOREIGN, OURS, TOKEN, refusal, words_of
from careers.views.ways_back import page_of_form, with_next

MOST_CHARACTERS = 500_000  # of all fields together; the longest forms of the desk are a tenth of it
SENT_AGAIN = "sent_again"  # the field by which this page knows its own form
SECRET = re.compile(r"passw|secret|otp|^(\w+[-.])?(code|credential|recovery_codes?)$", re.IGNORECASE)
TECHNICAL = re.compile(r"^_|^initial-|_FORMS$|__prefix__|^(next|back|sent|nonce|cookie|remember)$|-id$")


def csrf_failure(request, reason=""):
    """`CSRF_FAILURE_VIEW`: a form whose token is not the browser's."""
    words = words_of(request)
    if FOREIGN in words:
        return refusal()
    says_nothing = REASON_NO_CSRF_COOKIE in reason and not request.COOKIES
    if says_nothing and SENT_AGAIN in request.POST:
        return keep_private(render(request, "careers/no_cookies.html", status=403))
    context = {"is_vouched_for": OURS in words, "has_cookies": not says_nothing}
    return lost_form(request, "careers/lost_form.html", context)


def asks_to_sign_in(request):
    """The answer to a form of somebody who has to sign in first."""
    return lost_form(request, "careers/lost_form.html", {"is_vouched_for": True, "has_cookies": True, "signs_in": True})


def sign_in_to_open(request):
    """The one answer under /me/ to who is not signed in and asks for a thing that is not theirs, or for nobody's.

    It is the same whether that thing is there or not.
    """
    if request.method == "POST":
        return asks_to_sign_in(request)
    address = with_next(reverse("account_login"), request.get_full_path())
    signup = with_next(reverse("account_signup"), request.get_full_path())
    context = {"sign_in_address": address, "signup_address": signup}
    return keep_private(render(request, "careers/sign_in.html", context, status=403))


def lost_form(request, template, context):
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    sent = [(name, value) for name, value in fields if name not in (TOKEN, SENT_AGAIN) and not is_secret(name)]
    fits = sum(len(name) + len(value) for name, value in sent) <= MOST_CHARACTERS
    context |= {
        "sent": sent if fits else [],
        "fits": fits,
        "typed": [(in_words(name), value) for name, value in sent if value.strip() and not TECHNICAL.search(name)],
        "files": [file.name for _, files in request.FILES.lists() for file in files],
        "has_secrets": any(is_secret(name) for name, _ in fields),
        "is_again": SENT_AGAIN in request.POST,
        "address": request.get_full_path(),
        "is_own_page": request.path_info.startswith(reverse("me-dashboard")),
        "page_of_form": page_of_form(request, otherwise=reverse("home"), may_be_itself=True),
        "sign_in_beside": with_next(reverse("account_login"), reverse("account_signed_in")),
    }
    return keep_private(render(request, template, context, status=403))


def is_secret(name):
    """By the name of a field: whether its value is nobody's to read on a page."""
    return bool(SECRET.search(name))


def in_words(name):
    """“Note”, “Role skills 2: proficiency”, of the name of a field."""
    place = re.fullmatch(r"(\w+)-(\d+)-(\w+)", name)
    if place:
        rows, number, field = place.groups()
        return f"{plain(rows)} {int(number[:6]) + 1}: {plain(field).lower()}"
    return plain(name)


def plain(name):
    text = re.sub(r"[_-]+", " ", name.removesuffix("_set")).strip()
    return text[:1].upper() + text[1:80]
