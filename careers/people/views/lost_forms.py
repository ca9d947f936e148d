"""A form that could not be taken, because the session ended or changed after it was opened, or the database was away or
busy: nothing is lost by it.

Its page says that nothing was saved, shows what was typed and sends it again to the same address, with a fresh token.
Nothing else is done here: the form that is sent again passes every check that it would have passed before. The page
says as whom it is sent, and another sign-in in between leads to this page once more.

That is offered only where the browser vouches that one of our own pages sent it (`Sec-Fetch-Site`, or an `Origin` that
is ours): a button with a fresh token would otherwise send, with one press, what another site had filled in. Where
another site sent it, it is refused. Where the browser does not say, the page has no button, only the fields as text to
copy, and a link to the form.

Every field that decides something is shown, one without a value, too. A question of the HR desk, as whether to delete,
is asked again and not answered from here. Passwords and codes are never written into a page, and files cannot be.
"""

import re
from typing import NamedTuple

from django.middleware.csrf import REASON_NO_CSRF_COOKIE, get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import is_valid_path, resolve, reverse

from careers.people.views.requests import account_of
from careers.people.views.same_origin import FOREIGN, OURS, TOKEN, refusal, words_of
from careers.web.lost_words import words_of_field
from careers.web.private import is_personal, keep_private
from careers.web.ways_back import page_of_form, sign_in_url, with_next
from careers.web.writers import WRITER, is_anothers

MOST_CHARACTERS = 500_000  # of all fields together; the longest forms of the desk are a tenth of it
SENT_AGAIN = "sent_again"  # the field by which this page knows its own form
SECRET = re.compile(r"passw|secret|otp|^(\w+[-.])?(code|credential|recovery_codes?)$", re.IGNORECASE)
# They decide nothing: how many rows there are, what stood in a field or was proposed, the empty row, the way back.
TECHNICAL = re.compile(
    r"^(initial|suggested)-|-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$|__prefix__|"
    r"^(next|back|cookie|opened|writer|typing|sequence|listed_for)$"
)
FORM_OF_DESK = re.compile(r"admin:careers_[a-z]+_(add|change)")
PUT_BACK = "_back"  # by it a form of the desk is shown again as it was written, and not saved


class Said(NamedTuple):
    title: str
    heading: str
    lead: str


MAY_BE_SAVED = Said(
    "It may not have been saved",
    "It may not have been saved",
    "The portal could not finish just now. Look first whether your change is there; if not, send it again.",
)
BUSY = Said(
    "Busy: nothing was saved",
    "Busy: nothing was saved",
    "Too much is being written just now. Wait a moment, then send it again.",
)
OUT_OF_ORDER = Said(
    "Nothing was saved",
    "Nothing was saved",
    "The portal cannot save anything just now. Wait a minute, then send it again.",
)
GONE = Said(
    "It is not there any more",
    "It is not there any more",
    "Nothing was saved: what this form is about was removed, perhaps in another tab. All else is as it was.",
)
NOT_ON_THIS_BROWSER = Said(
    "It is not kept on this browser",
    "It is not kept on this browser",
    "Nothing was saved. What this form is about was removed, perhaps in another tab, or it belongs to an account.",
)
SIGN_IN = Said(
    "Sign in to send it",
    "Sign in to send it",
    "Nothing was saved: you are not signed in on this browser, and what you wanted to change is not kept on it.",
)
OUT_OF_DATE = Said(
    "The form was out of date",
    "The form was out of date",
    "Nothing was saved. It had been open too long, or you signed in or out meanwhile.",
)
SIGNED_IN = Said("The form was out of date", "You are signed in. Send it now?", "Nothing was saved yet.")
SECOND_STEP_FIRST = Said(
    "Set up a second step to send it",
    "Set up a second step to send it",
    "Nothing was saved: the HR desk opens with a second step only, and your account has none.",
)
ANOTHERS = Said(
    "Written by somebody else",
    "Somebody else wrote this",
    "It was written under another account than yours, so it is not shown and was not saved. Whoever wrote it signs in, "
    "goes back to it in this window and sends it again.",
)
ON_THIS_BROWSER = " Without an account it is kept on this browser only."
CONFIRMED = "post"  # by it the desk knows that its question whether to delete what was selected was answered


def csrf_failure(request, reason=""):
    """`CSRF_FAILURE_VIEW`: a form whose token is not the browser's."""
    words = words_of(request)
    if FOREIGN in words:
        return refusal()
    says_nothing = REASON_NO_CSRF_COOKIE in reason and not request.COOKIES
    if says_nothing and SENT_AGAIN in request.POST:
        return keep_private(render(request, "careers/web/no_cookies.html", status=403))
    return lost_form(request, {"is_vouched_for": OURS in words, "has_cookies": not says_nothing})


def asks_to_sign_in(request, *, said=None):
    """The answer to a form of somebody who has to sign in first. Its token, where it had to have one, was right."""
    words, was_checked = words_of(request), getattr(request, "csrf_processing_done", False)
    if FOREIGN in words and not was_checked:
        return refusal()
    is_ours = OURS in words or was_checked
    return lost_form(request, {"is_vouched_for": is_ours, "has_cookies": True, "signs_in": True, "said": said})


def not_found(request):
    """The answer to a form under /me/ about a thing that is not theirs, or nobody's: the same whether it is there.

    Who is signed in has nothing to send again. Whoever is not may find it in an account.
    """
    if not request.user.is_authenticated:
        return asks_to_sign_in(request, said=NOT_ON_THIS_BROWSER if request.profile else None)
    words, was_checked = words_of(request), getattr(request, "csrf_processing_done", False)
    if FOREIGN in words and not was_checked:
        return refusal()
    gone = {"is_gone": True, "said": GONE, "is_vouched_for": OURS in words or was_checked, "has_cookies": True}
    response = lost_form(request, gone)
    response.status_code = 404
    return response


def sign_in_to_open(request):
    """The one answer under /me/ to who is not signed in and wants to read a thing that is not theirs, or nobody's.

    It is the same whether that thing is there or not.
    """
    url = with_next(reverse("account_login"), request.get_full_path())
    signup = with_next(reverse("account_signup"), request.get_full_path())
    context = {"sign_in_url": url, "signup_url": signup}
    return keep_private(render(request, "careers/web/sign_in.html", context, status=403))


def form_not_taken(request, *, is_busy, may_be_saved):
    """The page, as text, of a form that met an outage; None where another site sent it. Asks no database.

    `may_be_saved`: something of it was written, and nobody knows whether that was taken back.
    """
    words = words_of(request)
    if FOREIGN in words:
        return None
    context = {"is_vouched_for": OURS in words or getattr(request, "csrf_processing_done", False), "has_cookies": True}
    said = MAY_BE_SAVED if may_be_saved else BUSY if is_busy else OUT_OF_ORDER
    context |= {"is_outage": True, "said": said, "csrf_token": get_token(request), **known_account(request)}
    return render_to_string("careers/web/lost_form.html", form_context(request, context))


def known_account(request):
    """`account` or `sign_in_url`, whichever a page shows; neither where only the database knows. Asks no database."""
    user = getattr(request, "_cached_user", None)  # Django's own note of whom the request has asked for
    if is_personal(request) and user is None:
        return {}
    is_account = is_personal(request) and user.is_authenticated
    return {"account": user} if is_account else {"sign_in_url": sign_in_url(request)}


def asks_for_second_step(request, page):
    """The answer to a form of somebody who needs a second step first, which `page` sets up. Its token was right."""
    return lost_form(
        request, {"is_vouched_for": True, "has_cookies": True, "said": SECOND_STEP_FIRST, "set_up_beside": page}
    )


def lost_form(request, context):
    """The page; `is_vouched_for` in the context decides whether it may send the form again."""
    said = context.get("said") or said_of(request, signs_in=context.get("signs_in", False))
    context = form_context(request, context) | {"said": said}
    return keep_private(render(request, "careers/web/lost_form.html", context, status=403))


def said_of(request, *, signs_in):
    if is_anothers(request, account_of(request)):
        return ANOTHERS
    if SENT_AGAIN in request.POST and account_of(request):
        return SIGNED_IN
    return SIGN_IN if signs_in else OUT_OF_DATE


def form_context(request, context):
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    if is_anothers(request, getattr(request, "_cached_user", None)):
        fields = []
    written = [(name, value) for name, value in fields if name not in (TOKEN, SENT_AGAIN) and not is_secret(name)]
    fits = sum(len(name) + len(value) for name, value in written) <= MOST_CHARACTERS
    is_own_page = request.path_info.startswith(reverse("me-dashboard"))
    is_ours, is_question = context["is_vouched_for"], answers_question(request)
    sent = [(name, value) for name, value in written if not (is_question and name == CONFIRMED)]
    shown = in_words(request, [(name, value) for name, value in sent if not (is_ours and TECHNICAL.search(name))])
    goes_back = bool(sent) and is_form_of_desk(request)
    return context | {
        "can_send": is_ours and fits and bool(fields) and not deletes(request) and "is_gone" not in context,
        "goes_back": goes_back,
        "sent": [*sent, (PUT_BACK, "1")] if goes_back and PUT_BACK not in request.POST else sent,
        "fits": fits,
        "is_question": is_question,
        "typed": [(name, value) for name, value in shown if value.strip()],
        "empty": [name for name, value in shown if not value.strip()],
        "files": [file.name for _, files in request.FILES.lists() for file in files],
        "has_secrets": any(is_secret(name) for name, _ in fields),
        "url": request.get_full_path(),
        "kept_where": ON_THIS_BROWSER if is_own_page and not context.get("signs_in") else "",
        "page_of_form": page_above(request.path_info) if "is_gone" in context else way_back(request, is_ours=is_ours),
        "sign_in_beside": with_next(reverse("account_login"), reverse("account_signed_in")),
    }


def in_words(request, sent):
    """(label of a field, what was typed or chosen in it), as their page has them."""
    values = {}
    for name, value in sent:
        values.setdefault(name, []).append(value)
    shown = []
    for name, given in values.items():
        label, texts = words_of_field(request, name, given)
        shown += [(label or name_in_words(name), text) for text in texts]
    return shown


def page_above(path):
    """The nearest page above an address that is about no single thing: “/me/cv/” of “/me/cv/jobs/3/remove/”."""
    parts = path.strip("/").split("/")
    for length in range(len(parts) - 1, 0, -1):
        url = f"/{'/'.join(parts[:length])}/"
        if is_valid_path(url) and not resolve(url).kwargs:
            return url
    return reverse("home")


def way_back(request, *, is_ours):
    """The page of the form. Of a form that may be another site's nothing is believed: not its `back`, not its query."""
    if deletes(request):
        return request.path
    otherwise = reverse("home") if is_ours else request.path
    return page_of_form(request, otherwise=otherwise, may_be_itself=True, is_believed=is_ours)


def answers_question(request):
    """Whether the form answers a question that the HR desk asked before it deletes."""
    is_desk = request.path_info.startswith(reverse("admin:index"))
    return is_desk and (CONFIRMED in request.POST or deletes(request))


def is_form_of_desk(request):
    """Whether it is a page's form at the desk, which can show what was written without saving it."""
    match = request.resolver_match
    return match is not None and bool(FORM_OF_DESK.fullmatch(match.view_name)) and WRITER in request.POST


def deletes(request):
    """Whether any POST to this address of the HR desk deletes, so that only its page can ask again."""
    match = request.resolver_match
    return match is not None and match.view_name.startswith("admin:") and match.view_name.endswith("_delete")


def is_secret(name):
    """By the name of a field: whether its value is nobody's to read on a page."""
    return bool(SECRET.search(name))


def name_in_words(name):
    """“Note”, “Role skills 2: proficiency”, of the name of a field."""
    place = re.fullmatch(r"(\w+)-(\d+)-(\w+)", name)
    if place:
        rows, number, field = place.groups()
        return f"{plain(rows)} {int(number[:6]) + 1}: {plain(field).lower()}"
    return plain(name)


def plain(name):
    text = re.sub(r"[_-]+", " ", name.removesuffix("_set")).strip()
    return text[:1].upper() + text[1:80]
