"""Publish later: a moment for a change set, in the portal's zone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from careers.desk.admin.sets.acts import MOST_TRIED, impact_of_set, tried
from careers.desk.forms import MomentForm
from careers.desk.selectors.change_sets import url_of_set
from careers.desk.selectors.schedules import clock_there, moment_there, sentence_of_schedule, zone_there
from careers.desk.services.drafts import editing
from careers.desk.services.schedules import cancel_schedule_of_set, digest_of_set, schedule_of_set, schedule_set
from careers.desk.services.sets.change_sets import hold_open
from careers.desk.services.sets.undoing import pages_to_take_offline
from careers.guide.models.desk.change_sets import ChangeSet
from careers.people.services.refusing import Refused

LATER = "Publish later"
SET = "“{title}” goes live on {at}."
CANCELLED = "“{title}” has no time any more. Its drafts are as they were."
CHANGED = "Its pages have changed since you opened this. Look at them, then choose again."


class GivesSetsTimes:
    """For the admin of change sets."""

    def later_view(self, request, number):
        change_set = self.set_or_404(request, number)
        if not self.may_publish(request, change_set):
            raise PermissionDenied
        if change_set.state != ChangeSet.State.OPEN:
            raise Http404
        schedule, fault = schedule_of_set(change_set), ""
        form = MomentForm(request.POST if "_set" in request.POST else None, schedule=schedule)
        if request.method == "POST":
            try:
                with editing():
                    if said := self.take_time(request, change_set, form):
                        self.message_user(request, said, messages.SUCCESS)
                        return redirect(url_of_set(change_set))
            except Refused as refusal:
                fault = str(refusal)
        return self.shown(
            request,
            "later",
            f"{LATER}: {change_set.title}",
            change_set=change_set,
            form=form,
            fault=fault,
            schedule=schedule,
            said=sentence_of_schedule(schedule) if schedule else "",
            seen=digest_of_set(change_set),
            zone=zone_there(),
            now=clock_there(timezone.now()),
            now_instead="Publish it now instead",
            act=reverse("admin:careers_changeset_act", args=[change_set.pk, "publish"]),
            back=url_of_set(change_set),
            hindrances=tried(change_set) if change_set.pages <= MOST_TRIED else [],
            impact=impact_of_set(change_set, pages_to_take_offline(change_set), number=change_set.pages),
        )

    def take_time(self, request, change_set, form):
        """Return in words what was done; nothing where the form has faults. Raises `Refused`."""
        hold_open(change_set)
        if "_cancel" in request.POST:
            cancel_schedule_of_set(change_set=change_set, by=request.user)
            return CANCELLED.format(title=change_set.title)
        if not form.is_valid():
            return ""
        if request.POST.get("seen") != digest_of_set(change_set):
            raise Refused(CHANGED)
        schedule = schedule_set(change_set=change_set, at=form.cleaned_data["at"], by=request.user)
        return SET.format(title=change_set.title, at=moment_there(schedule.at))
