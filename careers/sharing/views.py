"""Links by which a person shows a page about themselves, and that page."""

import re

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from careers.people.services.refusing import Refused
from careers.people.views.once import made
from careers.people.views.profile import sent
from careers.people.views.requests import own_page
from careers.people.views.writing import writing
from careers.sharing.forms import ShareForm
from careers.sharing.models import Share
from careers.sharing.services import in_short, make_share, note_opened, revoke, shared_content
from careers.web.private import unlisted

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@own_page
@require_safe
def share_list(request):
    today = timezone.localdate()
    shares = [(share, share.is_open_on(today)) for share in request.profile.shares.all()]
    shares.sort(key=lambda pair: not pair[1])  # open ones first
    return render(request, "careers/sharing/list.html", {"shares": shares, "missing": missing_to_share(request)})


@own_page
def share_add(request):
    if missing_to_share(request):
        return redirect("share-list")
    form = ShareForm(sent(request), in_short=in_short(request.profile), today=timezone.localdate())
    if form.is_valid():
        try:
            with writing(request) as profile:
                made(request, make_share(profile=profile, today=timezone.localdate(), **form.cleaned_data))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The link is ready. Copy it and give it to whom it is for.")
            return redirect("share-list")
    return render(request, "careers/sharing/add.html", {"form": form})


@own_page
@require_POST
def share_revoke(request, pk):
    with writing(request, create=False) as profile:
        share = get_object_or_404(profile.shares, pk=pk)
        is_closed_now = revoke(share=share, now=timezone.now())
    if is_closed_now:
        messages.success(request, f"“{share}” is closed. The link shows nothing to anybody any more.")
    return redirect("share-list")


@own_page
@require_POST
def share_delete(request, pk):
    with writing(request, create=False) as profile:
        share = get_object_or_404(profile.shares, pk=pk)
        share.delete()
    messages.success(request, f"“{share}” is deleted.")
    return redirect("share-list")


def missing_to_share(request):
    """Return what a person lacks before they can share: "account", "confirmation", or nothing."""
    if not request.user.is_authenticated:
        return "account"
    confirmed = EmailAddress.objects.filter(user=request.user, verified=True)
    return "confirmation" if settings.SENDS_EMAIL and not confirmed.exists() else ""


@require_safe
def share_read(request, token):
    share = TOKEN.fullmatch(token) and Share.objects.for_reading().filter(token=token).first()
    today = timezone.localdate()
    if not share or not share.is_open_on(today):
        return unlisted(render(request, "careers/sharing/gone.html", status=404))
    is_own = request.user == share.profile.user
    if request.method == "GET" and not is_own:
        note_opened(share=share, now=timezone.now())
    context = {"share": share, "shown": shared_content(share.profile, share.sections), "today": today, "is_own": is_own}
    return unlisted(render(request, "careers/sharing/read.html", context))
