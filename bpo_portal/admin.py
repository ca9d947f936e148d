"""The HR desk: Django's own admin under its own name."""

from functools import wraps

from allauth.core.internal import ratelimit  # private: as careers.adapters uses it
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.views import PasswordChangeView, redirect_to_login
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from careers.accounts.forms.accounts import OwnPasswordForm
from careers.desk.selectors.change_sets import open_sets
from careers.desk.selectors.figures import all_figures
from careers.desk.selectors.first_page import (
    MOST_ASKED,
    accounts_for,
    by_job,
    drafts_for,
    guide_needs,
    lately,
    nothing_waits,
    questions_for,
    second_looks,
)
from careers.desk.selectors.remarks import remarks_for
from careers.desk.selectors.schedules import schedules_for
from careers.desk.sheets.selectors.waiting import sheets_for
from careers.desk.urls import urls_of
from careers.people.views.once import once
from careers.people.views.second_factors import forget_wanted, is_shut_out, second_factor_first
from careers.people.views.writing import in_one_write
from careers.reminders.services.outbox import failed_mails

# What the first page is ordered by. Any other list is about accounts and what runs for them.
JOBS = {
    "Guide": ("Role", "Section", "Industry", "Company", "Book", "Metric", "Collection", "ChangeSet"),
    "Growth": ("Move", "Skill", "Certification"),
    "People’s questions": ("Question", "SearchMiss", "PageVote"),
}
ACCOUNTS = "Accounts"
WAYS_OUT = {"admin:logout"}


def place_of(number, models):
    """Where on the first page the lists of a job begin: Django names the place of each."""
    return f"{reverse('admin:index')}#job-{number}-{models[0]['object_name'].lower()}"


class HRAdminSite(AdminSite):
    site_header = "BPO Careers"
    site_title = "BPO Careers HR desk"
    index_title = "HR desk"
    enable_nav_sidebar = False

    def index(self, request, extra_context=None):
        """The desk's first page. Superusers also get the number of mails that could not be sent."""
        context: dict[str, object] = {"failed_mails": failed_mails() if request.user.is_superuser else 0}
        if request.user.has_perm("careers.change_role"):
            may_publish = request.user.has_perm("careers.publish_role")
            looks = [second_looks(request.user)] if may_publish else []
            drafts = drafts_for(request.user, may_publish=may_publish)
            times = schedules_for(request.user, may_publish=may_publish)
            needs, remarks = guide_needs(request.user, timezone.localdate()), remarks_for(request.user)
            asked = [*questions_for(request.user), *accounts_for(request.user)]
            sheets = sheets_for(request.user, timezone.now())
            work = [*drafts, remarks, *looks, *times, open_sets(), *sheets, *needs, *asked]
            context |= {"work": by_job(work), "quiet": nothing_waits(work)}
            context |= {"figures": all_figures(most=MOST_ASKED), "lately": lately()}
        return super().index(request, context | (extra_context or {}))

    def get_app_list(self, request, app_label=None):
        """By the job that somebody comes for; one app alone as Django has it."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        jobs: dict[str, list[object]] = {job: [] for job in (*JOBS, ACCOUNTS)}
        for model in (model for app in apps for model in app["models"]):
            job = next((job for job, names in JOBS.items() if model["object_name"] in names), ACCOUNTS)
            jobs[job].append(model)
        for job, names in JOBS.items():  # what one comes for most stands first
            jobs[job].sort(key=lambda model, names=names: names.index(model["object_name"]))
        return [
            {"name": job, "app_label": f"job-{number}", "app_url": place_of(number, models), "models": models}
            for number, (job, models) in enumerate(jobs.items())
            if models
        ]

    def app_index(self, request, app_label, extra_context=None):
        """There is one page with all lists. Raises Http404 for what this person has no list of."""
        super().app_index(request, app_label, extra_context)
        return redirect("admin:index")

    def get_urls(self):
        return [*urls_of(self), *super().get_urls()]

    def has_permission(self, request):
        return super().has_permission(request) and not is_shut_out(request)

    def login(self, request, extra_context=None):
        """The one way in is the account's, so that a second step protects the desk too."""
        target = request.GET.get("next", "")
        if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
            target = reverse("admin:index")
        if self.has_permission(request):
            return redirect(target)
        if is_shut_out(request):
            return second_factor_first(request, target)
        if request.user.is_authenticated:
            return render(request, "careers/desk/editors_only.html", status=403)
        return redirect_to_login(target)

    def password_change(self, request, extra_context=None):
        refusal = ratelimit.consume_or_429(request, app="allauth.account", action="change_password", user=request.user)
        if refusal:
            return refusal
        request.current_app = self.name
        view = PasswordChangeView.as_view(
            form_class=OwnPasswordForm,
            success_url=reverse("admin:password_change_done"),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )
        return view(request)

    def admin_view(self, view, cacheable=False):
        """Every form of the desk is done once, as every other (`careers.people.views.once`).

        Not the one that sets somebody's password: twice is as once, and all other writes would wait while it is hashed.
        """
        is_of_rows = isinstance(getattr(view, "__self__", None), ModelAdmin) and view.__name__ != "user_change_password"
        inner = super().admin_view(once(in_one_write(view)) if is_of_rows else view, cacheable)

        @wraps(inner)
        def checked(request, *args, **kwargs):
            if "%00" in request.META.get("QUERY_STRING", ""):
                return HttpResponseBadRequest("A NUL cannot be looked for.")  # PostgreSQL refuses it with an error
            if is_shut_out(request):
                if request.resolver_match.view_name in WAYS_OUT:
                    return view(request, *args, **kwargs)
                return second_factor_first(request, request.get_full_path())
            forget_wanted(request)
            return inner(request, *args, **kwargs)

        return checked
