from django.contrib.sitemaps.views import sitemap
from django.urls import path, register_converter

from careers.calendars import views as calendars
from careers.dashboard.views import dashboard as me
from careers.dashboard.views import print as me_print
from careers.dashboard.views import put_off
from careers.evidence import views as evidence
from careers.matching.views import matches
from careers.occupations import views as occupations
from careers.people.views import profile as profiles
from careers.personal_data.views import data, guests
from careers.plans.certificates.views import have_it
from careers.plans.certificates.views import held as certificates
from careers.plans.certificates.views import passing as plan_certificates
from careers.plans.exams import views as exams
from careers.plans.files import views as files
from careers.plans.page import views as plans
from careers.plans.steps import views as plan_steps
from careers.plans.study.views import clock as clocks
from careers.plans.study.views import log as study
from careers.plans.views import plans as plan_forms
from careers.plans.views import tracking
from careers.reminders import views as reminders
from careers.routes.map import views as paths
from careers.routes.views import goals
from careers.routes.views import planner as routes
from careers.saved.views import buttons as saving
from careers.saved.views import groups as saved_groups
from careers.saved.views import roles as saved
from careers.sharing import views as shares
from careers.site.views import (
    books,
    certifications,
    companies,
    home,
    industries,
    questions,
    roles,
    search,
    sections,
    skills,
)
from careers.site.views import exits as moves
from careers.site.views import machines as site


class OccupationCode:
    """“43-4051.00”, and nothing else."""

    regex = r"[0-9]{2}-[0-9]{4}\.[0-9]{2}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(OccupationCode, "code")

urlpatterns = [
    path("", home.home, name="home"),
    path("guide/", sections.guide_read, name="guide-read"),
    path("roles/", roles.role_list, name="role-list"),
    path("roles/compare/", roles.role_compare, name="role-compare"),
    path("roles/<slug:slug>/", roles.role_detail, name="role-detail"),
    path("roles/<slug:slug>/save/", saving.role_save, name="role-save"),
    path("roles/<slug:slug>/unsave/", saving.role_unsave, name="role-unsave"),
    path("match/", matches.match_list, name="match-list"),
    path("match/rate/", matches.match_rate, name="match-rate"),
    path("paths/", paths.path_map, name="path-map"),
    path("paths/plan/", routes.path_plan, name="path-plan"),
    path("paths/ways-out/", moves.exit_list, name="exit-list"),
    path("skills/", skills.skill_list, name="skill-list"),
    path("skills/<slug:slug>/", skills.skill_detail, name="skill-detail"),
    path("certifications/", certifications.certification_list, name="certification-list"),
    path("certifications/<slug:slug>/", certifications.certification_detail, name="certification-detail"),
    path("certifications/<slug:slug>/track/", tracking.plan_track, name="plan-track"),
    path("certifications/<slug:slug>/have/", have_it.certificate_have, name="certificate-have"),
    path("industries/", industries.industry_list, name="industry-list"),
    path("industries/<slug:slug>/", industries.industry_detail, name="industry-detail"),
    path("companies/", companies.company_list, name="company-list"),
    path("books/", books.book_list, name="book-list"),
    path("faq/", questions.question_list, name="question-list"),
    path("occupations/", occupations.occupation_list, name="occupation-list"),
    path("occupations/plan/", occupations.occupation_plan, name="occupation-plan"),
    path("occupations/<code:code>/", occupations.occupation_detail, name="occupation-detail"),
    path("search/", search.search_list, name="search-list"),
    path("search/suggest/", search.search_suggest, name="search-suggest"),
    path("me/", me.me_dashboard, name="me-dashboard"),
    path("me/put-off/", put_off.me_put_off, name="me-put-off"),
    path("me/print/", me_print.me_print, name="me-print"),
    path("me/plan.pdf", me_print.me_pdf, name="me-pdf"),
    path("me/profile/", profiles.profile_read, name="profile-read"),
    path("me/profile/about/", profiles.profile_about, name="profile-about"),
    path("me/profile/working-life/", profiles.profile_working_life, name="profile-working-life"),
    path("me/profile/skills/", evidence.profile_skills, name="profile-skills"),
    path("me/profile/certificates/", certificates.profile_certificates, name="profile-certificates"),
    path("me/profile/certificates/<int:pk>/", certificates.profile_certificate, name="profile-certificate"),
    path(
        "me/profile/certificates/<int:pk>/remove/",
        certificates.profile_certificate_remove,
        name="profile-certificate-remove",
    ),
    path(
        "me/profile/certificates/<int:pk>/track/",
        plan_certificates.profile_certificate_track,
        name="profile-certificate-track",
    ),
    path("me/profile/target/", profiles.profile_target, name="profile-target"),
    path("me/evidence/", evidence.evidence_list, name="evidence-list"),
    path("me/evidence/<int:pk>/withdraw/", evidence.evidence_withdraw, name="evidence-withdraw"),
    path("me/evidence/<int:pk>/restore/", evidence.evidence_restore, name="evidence-restore"),
    path("me/goal/", goals.goal_read, name="goal-read"),
    path("me/goal/adopt/", goals.goal_adopt, name="goal-adopt"),
    path("me/goal/steps/<int:pk>/tick/", goals.goal_step_tick, name="goal-step-tick"),
    path("me/goal/steps/<int:pk>/confirm/", goals.goal_step_confirm, name="goal-step-confirm"),
    path("me/goal/take-over/", goals.goal_take_over, name="goal-take-over"),
    path("me/goal/keep/", goals.goal_keep, name="goal-keep"),
    path("me/goal/drop/", goals.goal_drop, name="goal-drop"),
    path("me/plans/", me.plan_list, name="plan-list"),
    path("me/plans/add/", plan_forms.plan_add, name="plan-add"),
    path("me/plans/<int:pk>/", plans.plan_read, name="plan-read"),
    path("me/plans/<int:pk>/edit/", plan_forms.plan_edit, name="plan-edit"),
    path("me/plans/<int:pk>/target/", plan_forms.plan_target, name="plan-target"),
    path("me/plans/<int:pk>/remove/", plans.plan_remove, name="plan-remove"),
    path("me/plans/<int:pk>/take/", plans.plan_take, name="plan-take"),
    path("me/plans/<int:pk>/leave/", plans.plan_leave, name="plan-leave"),
    path("me/plans/<int:pk>/arrange/", plan_steps.plan_arrange, name="plan-arrange"),
    path("me/plans/<int:pk>/steps/add/", plan_steps.plan_step_add, name="plan-step-add"),
    path("me/plans/<int:pk>/steps/restore/", plan_steps.plan_step_restore, name="plan-step-restore"),
    path("me/steps/<int:pk>/edit/", plan_steps.step_edit, name="step-edit"),
    path("me/steps/<int:pk>/tick/", plan_steps.step_tick, name="step-tick"),
    path("me/steps/<int:pk>/move/", plan_steps.step_move, name="step-move"),
    path("me/steps/<int:pk>/remove/", plan_steps.step_remove, name="step-remove"),
    path("me/plans/<int:pk>/start/", plans.plan_start, name="plan-start"),
    path("me/plans/<int:pk>/exam/", exams.plan_book, name="plan-book"),
    path("me/plans/<int:pk>/exam/cancel/", exams.plan_unbook, name="plan-unbook"),
    path("me/plans/<int:pk>/fail/", exams.plan_fail, name="plan-fail"),
    path("me/attempts/<int:pk>/remove/", exams.attempt_remove, name="attempt-remove"),
    path("me/plans/<int:pk>/items/add/", exams.plan_item_add, name="plan-item-add"),
    path("me/plans/<int:pk>/items/restore/", exams.plan_item_restore, name="plan-item-restore"),
    path("me/items/<int:pk>/tick/", exams.item_tick, name="item-tick"),
    path("me/items/<int:pk>/remove/", exams.item_remove, name="item-remove"),
    path("me/plans/<int:pk>/pass/", plan_certificates.plan_pass, name="plan-pass"),
    path("me/plans/<int:pk>/certificate/", plan_certificates.plan_credential, name="plan-credential"),
    path("me/plans/<int:pk>/renew/", plan_certificates.plan_renew, name="plan-renew"),
    path("me/plans/<int:pk>/withdraw/", plan_certificates.plan_withdraw, name="plan-withdraw"),
    path("me/plans/<int:pk>/drop/", plans.plan_drop, name="plan-drop"),
    path("me/plans/<int:pk>/take-up/", plans.plan_take_up, name="plan-take-up"),
    path("me/plans/<int:pk>/files/", files.plan_file_add, name="plan-file-add"),
    path("me/files/<int:pk>/", files.file_read, name="file-read"),
    path("me/files/<int:pk>/remove/", files.file_remove, name="file-remove"),
    path("me/plans/<int:pk>/exam.ics", calendars.plan_exam_event, name="plan-exam-event"),
    path("me/steps/<int:pk>/step.ics", calendars.step_event, name="step-event"),
    path(
        "me/profile/certificates/<int:pk>/renewal.ics",
        calendars.profile_certificate_event,
        name="profile-certificate-event",
    ),
    path("me/calendar/", calendars.calendar_read, name="calendar-read"),
    path("me/calendar/make/", calendars.calendar_make, name="calendar-make"),
    path("me/calendar/dates.ics", calendars.calendar_download, name="calendar-download"),
    path("me/calendar/alarms/", calendars.calendar_alarms, name="calendar-alarms"),
    path("me/calendar/revoke/", calendars.calendar_revoke, name="calendar-revoke"),
    path("calendar/<str:token>.ics", calendars.calendar_feed, name="calendar-feed"),
    path("me/reminders/", reminders.reminder_settings, name="reminder-settings"),
    path("me/reminders/<int:pk>/dismiss/", reminders.reminder_dismiss, name="reminder-dismiss"),
    path("me/plans/<int:pk>/log/", study.plan_log, name="plan-log"),
    path("me/plans/<int:pk>/entries/", study.plan_entries, name="plan-entries"),
    path("me/plans/<int:pk>/entries/restore/", study.plan_entry_restore, name="plan-entry-restore"),
    path("me/plans/<int:pk>/clock/start/", clocks.plan_clock_start, name="plan-clock-start"),
    path("me/plans/<int:pk>/clock/restore/", clocks.plan_clock_restore, name="plan-clock-restore"),
    path("me/entries/<int:pk>/", study.entry_edit, name="entry-edit"),
    path("me/entries/<int:pk>/remove/", study.entry_remove, name="entry-remove"),
    path("me/clock/stop/", clocks.clock_stop, name="clock-stop"),
    path("me/clock/discard/", clocks.clock_discard, name="clock-discard"),
    path("me/streak/", study.streak_switch, name="streak-switch"),
    path("me/saved/", saved.saved_list, name="saved-list"),
    path("me/saved/compare/", saved.saved_compare, name="saved-compare"),
    path("me/saved/<slug:slug>/edit/", saved.saved_edit, name="saved-edit"),
    path("me/saved/<slug:slug>/remove/", saved.saved_remove, name="saved-remove"),
    path("me/saved/<slug:slug>/restore/", saved.saved_restore, name="saved-restore"),
    path("me/saved/<slug:slug>/seen/", saved.saved_seen, name="saved-seen"),
    path("me/groups/add/", saved_groups.group_add, name="group-add"),
    path("me/groups/<int:pk>/rename/", saved_groups.group_rename, name="group-rename"),
    path("me/groups/<int:pk>/delete/", saved_groups.group_delete, name="group-delete"),
    path("me/data/", data.data_read, name="data-read"),
    path("me/data/download/", data.data_download, name="data-download"),
    path("me/data/delete/", data.data_delete, name="data-delete"),
    path("me/data/deleted/", data.data_deleted, name="data-deleted"),
    path("me/data/guest/", guests.data_guest, name="data-guest"),
    path("me/data/guest/claim/", guests.data_guest_claim, name="data-guest-claim"),
    path("me/data/guest/leave/", guests.data_guest_leave, name="data-guest-leave"),
    path("me/data/guest/delete/", guests.data_guest_delete, name="data-guest-delete"),
    path("me/shares/", shares.share_list, name="share-list"),
    path("me/shares/add/", shares.share_add, name="share-add"),
    path("me/shares/<int:pk>/revoke/", shares.share_revoke, name="share-revoke"),
    path("me/shares/<int:pk>/delete/", shares.share_delete, name="share-delete"),
    path("shared/<path:token>/", shares.share_read, name="share-read"),
    path("reminders/<str:token>/stop/", reminders.reminder_stop, name="reminder-stop"),
    path("favicon.ico", site.favicon, name="site-favicon"),
    path("robots.txt", site.robots, name="site-robots"),
    path("sitemap.xml", sitemap, {"sitemaps": site.sitemaps()}, name="django.contrib.sitemaps.views.sitemap"),
    path("healthz", site.health, name="site-health"),
    path("readyz", site.ready, name="site-ready"),
]
