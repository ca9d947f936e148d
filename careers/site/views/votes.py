"""“Was this page useful?”, asked at the foot of every public page, of readers of whom nothing is known."""

import hashlib
from urllib.parse import urlencode

from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from careers.accounts.forms.accounts import ip_of
from careers.people.views.same_origin import FOREIGN, refusal, words_of
from careers.people.views.writing import times_this_hour
from careers.site.forms.votes import VoteForm
from careers.site.models import PageVote
from careers.site.selectors import public_path
from careers.web.private import unlisted

MOST_VOTES = 60  # from one network address an hour
AS_ONE = 60  # seconds in which the same answer to the same page, from the same network address, is one sent twice
TOO_MANY = (
    "Very many answers came from your network address in the last hour. Yours was not kept. Try again in an hour."
)
ENOUGH = "Very many answers came today, so yours was not kept. Try again tomorrow."


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def vote_add(request):
    """Keep an answer, and lead to the thanks.

    It is nobody's, so it needs no session and no cookie, and a browser that does not say where a form comes from is
    believed: nothing of the person could be changed by it. One that says that it is not ours is refused.
    """
    if request.method != "POST":
        return question_page(request, VoteForm(initial={"page": request.GET.get("page", "")}))
    if FOREIGN in words_of(request):
        return refusal()
    form = VoteForm(request.POST)
    if not form.is_valid():
        return question_page(request, form, *(text for texts in form.errors.values() for text in texts))
    if times_this_hour(request, "votes") > MOST_VOTES:
        return question_page(request, form, TOO_MANY, status=429)
    if not kept_once(request, form.cleaned_data):
        return question_page(request, form, ENOUGH, status=429)
    thanks = f"{reverse('vote-thanks')}?{urlencode({'page': form.cleaned_data['page']}, safe='/')}"
    return unlisted(HttpResponseRedirect(thanks, status=303))


@require_safe
def vote_thanks(request):
    return unlisted(
        render(request, "careers/site/votes/thanks.html", {"page": public_path(request.GET.get("page", ""))})
    )


def question_page(request, form, *faults, status=400):
    """The question on a page of its own, with what was typed; to the first page where it is about none."""
    page = public_path(form["page"].value() or "")
    if not page and not faults:
        return redirect("home")
    context = {"page": page, "faults": faults, "comment": form["comment"].value() or ""}
    return unlisted(render(request, "careers/site/votes/question.html", context, status=status if faults else 200))


def kept_once(request, said):
    """Whether the answer is kept now. The cache has a hash of what makes two answers the same."""
    parts = ip_of(request), said["page"], said["useful"], said["comment"]
    key = "vote:" + hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()
    if not cache.add(key, 1, AS_ONE):
        return True
    is_kept = False
    try:
        with transaction.atomic():
            is_kept = PageVote.objects.add(
                path=said["page"], is_useful=said["useful"], comment=said["comment"], day=timezone.localdate()
            )
    finally:
        if not is_kept:
            cache.delete(key)
    return is_kept
