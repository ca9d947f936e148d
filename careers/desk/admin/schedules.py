"""Publish later, take offline later: a moment for a page, in the portal's zone."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from careers.desk.forms import MomentForm
from careers.desk.rules.steps import PageStep
from careers.desk.selectors.differences import content_differences
from careers.desk.selectors.errors import error_line
from careers.desk.selectors.schedules import NAMES, clock_there, moment_there, sentence_of_schedule, zone_there
from careers.desk.services.drafts import draft_of, editing, faults_of_publishing, head_of
from careers.desk.services.schedules import cancel_schedule, keep_time, schedule_of, set_schedule
from careers.guide.models.desk.drafts import Schedule
from careers.people.services.refusing import Refused

What = Schedule.What
KEEP, DROP = "keep", "drop"
TITLES = {What.PUBLISH: PageStep.PUBLISH_LATER, What.ARCHIVE: PageStep.ARCHIVE_LATER}
NOW = {What.PUBLISH: "Publish it now instead", What.ARCHIVE: "Take it offline now instead"}
SET = {What.PUBLISH: "“{page}” goes live on {at}.", What.ARCHIVE: "“{page}” goes offline on {at}."}
CANCELLED = {
    What.PUBLISH: "“{page}” has no time any more. The draft is as it was.",
    What.ARCHIVE: "“{page}” has no time any more and stays online.",
}
IN_A_SET = "This draft goes live with its change set “{title}”. Take it out of there, or give the set a time."
KEPT = "It goes live on {at}, as it is now."
DROPPED = "It has no time any more."
UNDECIDED = "It does not go live by itself: say under “Publish later” whether its time still holds."


class GivesPagesTimes:
    """For the admin of a page of the guide."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        views = {
            "publish-later": (NAMES[What.PUBLISH], self.publish_later_view),
            "take-offline-later": (NAMES[What.ARCHIVE], self.archive_later_view),
        }
        own = [
            path(f"<path:object_id>/{route}/", self.admin_site.admin_view(view), name=f"{name}_{short}")
            for route, (short, view) in views.items()
        ]
        return [*own, *super().get_urls()]

    def links(self, request, opened):
        """With those that give it a time, for publishers."""
        page, found = opened.page, super().links(request, opened)
        if not self.has_publish_permission(request) or not self.has_change_permission(request, page):
            return found
        offered = {What.PUBLISH: opened.draft or not page.is_published, What.ARCHIVE: may_go_offline(page)}
        return found | {TITLES[what]: self.url(NAMES[what], page) for what in What if offered[what]}

    def publish_later_view(self, request, object_id):
        return self.later_view(request, object_id, What.PUBLISH)

    def archive_later_view(self, request, object_id):
        return self.later_view(request, object_id, What.ARCHIVE)

    def later_view(self, request, object_id, what):
        page = self.page_for(request, object_id, may="publish")
        schedule, draft = schedule_of(page, what), draft_of(page)
        form, fault = MomentForm(request.POST if "_set" in request.POST else None, schedule=schedule), ""
        if request.method == "POST":
            try:
                with editing():
                    if "_cancel" in request.POST:
                        cancel_schedule(page=page, what=what, by=request.user)
                        return self.answer(request, page, CANCELLED[what].format(page=page))
                    if form.is_valid():
                        at = form.cleaned_data["at"]
                        self.give_time(request, page, what, at)
                        return self.answer(request, page, SET[what].format(page=page, at=moment_there(at)))
            except Refused as refusal:
                fault = str(refusal)
        head = head_of(page, draft)
        base = draft.base.content if draft and draft.base else None
        is_publishing = what == What.PUBLISH
        error = faults_of_publishing(page, head) if is_publishing else None
        return self.shown(
            request,
            "times/later",
            page,
            f"{TITLES[what]}: {page}",
            here=TITLES[what],
            form=form,
            fault=fault,
            schedule=schedule,
            said=sentence_of_schedule(schedule) if schedule else "",
            zone=zone_there(),
            now=clock_there(timezone.now()),
            head=head,
            is_publishing=is_publishing,
            now_instead=NOW[what],
            act=self.url("act", page, "publish" if is_publishing else "archive"),
            missing=error_line(self.model, error) if error else "",
            differences=content_differences(self.model, base, head.content) if is_publishing and base else [],
            has_base=is_publishing and base is not None,
            impact=self.impact_of_act(page, head, "publish" if is_publishing else "archive"),
            impact_title="What else changes" if is_publishing else "What readers then miss",
        )

    def answer(self, request, page, text):
        self.message_user(request, text, messages.SUCCESS)
        return redirect(self.url("change", page))

    def give_time(self, request, page, what, at):
        """Raises `Refused` where the draft is no longer what was looked at."""
        version = None
        if what == What.PUBLISH:
            self.hold_to_seen(page, request.POST.get("seen", ""))
            draft = draft_of(page)
            if draft and draft.change_set:
                raise Refused(IN_A_SET.format(title=draft.change_set.title))
            version = head_of(page, draft)
        set_schedule(page=page, what=what, at=at, version=version, by=request.user)

    # On the form of a page whose draft has a time

    def schedule_on_form(self, request, opened):
        """The question about the draft's time; None where it has none, or where one only looks."""
        schedule = None if opened.is_correction else schedule_of(opened.page, What.PUBLISH)
        if schedule is None or not self.has_change_permission(request, opened.page):
            return None
        at, chosen = moment_there(schedule.at), request.POST.get("time", "")
        keep = f"Keep it: what you save goes live on {at}"
        if schedule.at <= timezone.now():
            keep = "Try again: what you save goes live at once"
        options = [(KEEP, keep), (DROP, "Take the time away: it goes live when somebody publishes it")]
        return {
            "said": sentence_of_schedule(schedule),
            "options": [(value, words, value == chosen) for value, words in options],
            "may_choose": self.has_publish_permission(request),
        }

    def decide_time(self, request, page, draft, *, is_changed):
        """Do what the form says about the time. Without a word what was saved goes nowhere by itself."""
        schedule = schedule_of(page, What.PUBLISH)
        if schedule is None or "_publish" in request.POST:
            return
        choice = request.POST.get("time") if self.has_publish_permission(request) else None
        if choice == DROP:
            cancel_schedule(page=page, what=What.PUBLISH, by=request.user)
            self.message_user(request, DROPPED, messages.INFO)
        elif choice == KEEP and (is_changed or schedule.fault):
            keep_time(page=page, version=head_of(page, draft), by=request.user)
            self.message_user(request, KEPT.format(at=moment_there(schedule.at)), messages.INFO)
        elif is_changed:
            self.message_user(request, UNDECIDED, messages.WARNING)


def may_go_offline(page):
    """Whether it is online, or will be."""
    return page.is_published or Schedule.objects.of_page(page).filter(what=What.PUBLISH).exists()
