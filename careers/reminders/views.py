"""How a person is reminded: their choices, the notes they put away, and the way out of the mails without signing in."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from careers.people.models.profiles import Profile
from careers.people.views.profile import sent
from careers.people.views.requests import known_person, own_page
from careers.people.views.writing import answering, writing
from careers.reminders.forms import ReminderForm
from careers.reminders.selectors.text import profile_pk_of
from careers.reminders.services.choices import save_choices, settings_page, stop_mails
from careers.reminders.services.making import dismiss
from careers.web.private import unlisted

SAVED = "Saved. From now on you are reminded like this."


@own_page
@known_person
def reminder_settings(request):
    now = timezone.now()
    with answering(request) as profile:
        page = settings_page(profile, now=now)
        form = ReminderForm(sent(request), stored=page.stored, no_mail_reason=page.no_mail_reason)
        if form.is_valid():
            save_choices(profile=profile, choices=form.changed, now=now)
            messages.success(request, SAVED)
            return redirect("reminder-settings")
    return TemplateResponse(request, "careers/reminders/settings.html", {"form": form, "page": page})


@own_page
@require_POST
def reminder_dismiss(request, pk):
    with writing(request, create=False) as profile:
        dismiss(profile=profile, reminder=get_object_or_404(profile.reminders, pk=pk), now=timezone.now())
    return redirect("me-dashboard")


# A mail program posts here by itself, with neither cookie nor token: the signed address is what says that it may.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def reminder_stop(request, token):
    """Following the link changes nothing: scanners of mails follow every link.

    It only stops. A mail is forwarded and kept for years: whoever has one must not be able to begin anything by it.
    """
    profile = profile_behind(token)
    if request.method == "POST":
        stop_mails(profile_pk=profile.pk, now=timezone.now())
    wants = not profile.reminder_settings.filter(by_email=False).exists()
    context = {"wants": wants, "token": token, "sends": settings.SENDS_EMAIL}
    return unlisted(render(request, "careers/reminders/stop.html", context))


def profile_behind(token):
    pk = profile_pk_of(token)
    profile = pk and Profile.objects.filter(pk=pk).first()
    if not profile:
        raise Http404
    return profile
