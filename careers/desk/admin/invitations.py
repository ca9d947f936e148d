"""Letting people in to the desk, by publishers; nobody else of HR sees who is invited.

Nobody lets anybody in as what they are not themselves, nor sees or takes back such an invitation.
"""

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone

from careers.accounts.models.invitations import Invitation
from careers.desk.forms import InviteForm
from careers.desk.services.invitations import invite
from careers.lib.texts import is_key
from careers.web.private import keep_private
from careers.web.site_url import site_url_of

INVITED = "{email} is invited by mail. The link in it works once, for seven days."
A_MOMENT_AGO = "{email} was invited a moment ago. No second mail was sent."
REVOKED = "The invitation of {email} is taken back. Its link opens nothing any more."
BY_HAND = "This portal sends no mail."
NOT_SENT = "The mail could not be sent."


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    def get_urls(self):
        # No methods: the mail is sent when the write is over, and nobody waits for the mail server meanwhile.
        views = {"": ("changelist", open_list), "add/": ("add", invite_form), "revoke/": ("revoke", revoke)}
        own = [
            path(route, self.admin_site.admin_view(for_who_invites(view, self)), name=f"careers_invitation_{name}")
            for route, (name, view) in views.items()
        ]
        return own

    def has_module_permission(self, request):
        return request.user.may_invite

    def has_view_permission(self, request, obj=None):
        return request.user.may_invite

    def has_add_permission(self, request):
        return request.user.may_invite

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def for_who_invites(view, of_noun):
    def page(request):
        if not request.user.may_invite:
            raise PermissionDenied
        return keep_private(view(request, of_noun))

    return page


def open_list(request, of_noun):
    invitations = Invitation.objects.open_to(request.user, now=timezone.now())
    return shown(request, of_noun, "list", title="Open invitations", invitations=invitations)


def invite_form(request, of_noun):
    form = InviteForm(request.POST or None, by=request.user)
    if request.method != "POST" or not form.is_valid():
        return shown(request, of_noun, "invite", title="Invite somebody to the desk", form=form)
    email, group = form.cleaned_data["email"], form.cleaned_data["group"]
    token = invite(email=email, group=group, is_mailed=settings.SENDS_EMAIL)
    if token is None:
        of_noun.message_user(request, A_MOMENT_AGO.format(email=email), messages.INFO)
        return redirect("admin:careers_invitation_changelist")
    of_noun.log_addition(request, Invitation.objects.called(token).get(), "Invited somebody.")
    link = f"{site_url_of(request)}{reverse('invitation-accept', args=[token])}"
    fault = BY_HAND if not settings.SENDS_EMAIL else sent_fault(request, email, group, link)
    if fault:
        context = {"title": f"Give this link to {email}", "link": link, "group": group, "fault": fault}
        return shown(request, of_noun, "link", **context)
    of_noun.message_user(request, INVITED.format(email=email), messages.SUCCESS)
    return redirect("admin:careers_invitation_changelist")


def sent_fault(request, email, group, link):
    """An empty text where the mail is on its way."""
    try:
        get_adapter(request).send_mail("account/email/invitation", email, {"link": link, "group": str(group)})
    except ImmediateHttpResponse:
        return NOT_SENT
    return ""


def revoke(request, of_noun):
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    key = request.POST.get("invitation", "")
    invitation = Invitation.objects.with_rights().filter(pk=key).first() if is_key(key) else None
    if invitation:
        if not request.user.may_all_that(invitation.group):
            raise PermissionDenied
        of_noun.log_deletions(request, [invitation])
        invitation.delete()
        of_noun.message_user(request, REVOKED.format(email=invitation.email), messages.SUCCESS)
    return redirect("admin:careers_invitation_changelist")


def shown(request, of_noun, template, **context):
    shared = {**of_noun.admin_site.each_context(request), "opts": of_noun.opts}
    return render(request, f"careers/desk/invitations/{template}.html", {**shared, **context})
