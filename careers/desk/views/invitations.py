"""What of the desk is open to somebody who is not of HR yet."""

from django.contrib import messages
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from careers.accounts.models.invitations import Invitation
from careers.accounts.models.users import User
from careers.desk.forms import FirstPasswordForm
from careers.desk.services.invitations import Gone, accept_anew, accept_as
from careers.web.private import unlisted

READY = "Your account is ready. Sign in with your e-mail and the password that you chose."


@sensitive_post_parameters()
@csrf_protect
def invitation_accept(request, token):
    """By the link one chooses a password, or says yes with the account that one has and is signed in to."""
    invitation = Invitation.objects.called(token).open_at(timezone.now()).select_related("group").first()
    if invitation is None:
        return gone(request)
    try:
        if User.objects.filter(email__iexact=invitation.email).exists():
            return with_account(request, invitation)
        return without_account(request, invitation)
    except Gone:
        return gone(request)
    except IntegrityError:  # they signed up at this moment
        return unlisted(redirect(request.path))


def with_account(request, invitation):
    user = request.user
    is_own = user.is_authenticated and user.email.lower() == invitation.email.lower()
    if is_own and request.method == "POST":
        accept_as(invitation=invitation, user=user)
        return unlisted(redirect("admin:index"))
    other = user.email if user.is_authenticated and not is_own else ""
    return shown(request, "accept", invitation=invitation, is_own=is_own, other=other)


def without_account(request, invitation):
    form = FirstPasswordForm(request.POST or None, email=invitation.email)
    if request.method == "POST" and form.is_valid():
        accept_anew(invitation=invitation, password=form.cleaned_data["password1"])
        messages.success(request, READY)
        return unlisted(redirect(f"{reverse('account_login')}?next={reverse('admin:index')}"))
    return shown(request, "choose", invitation=invitation, form=form)


def gone(request):
    return shown(request, "gone", status=404)


def shown(request, template, status=200, **context):
    response = unlisted(render(request, f"careers/desk/invitations/{template}.html", context, status=status))
    # Other sites are told nothing of the link either way; with “no-referrer” browsers do not say whose the form is.
    response["Referrer-Policy"] = "same-origin"
    return response
