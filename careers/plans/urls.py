from django.urls import path

from careers.plans.certificates.views import have_it, held, passing
from careers.plans.exams import views as exams
from careers.plans.files import views as files
from careers.plans.page import views as page
from careers.plans.steps import views as steps
from careers.plans.study.views import clock, log
from careers.plans.views import plans, tracking

urlpatterns = [
    path("certifications/<slug:slug>/track/", tracking.plan_track, name="plan-track"),
    path("certifications/<slug:slug>/have/", have_it.certificate_have, name="certificate-have"),
    path("me/profile/certificates/", held.profile_certificates, name="profile-certificates"),
    path("me/profile/certificates/<int:pk>/", held.certificate_edit, name="certificate-edit"),
    path(
        "me/profile/certificates/<int:pk>/remove/",
        held.certificate_remove,
        name="certificate-remove",
    ),
    path(
        "me/profile/certificates/<int:pk>/track/",
        passing.certificate_track,
        name="certificate-track",
    ),
    path("me/plans/add/", plans.plan_add, name="plan-add"),
    path("me/plans/<int:pk>/", page.plan_read, name="plan-read"),
    path("me/plans/<int:pk>/edit/", plans.plan_edit, name="plan-edit"),
    path("me/plans/<int:pk>/target/", plans.plan_target, name="plan-target"),
    path("me/plans/<int:pk>/remove/", page.plan_remove, name="plan-remove"),
    path("me/plans/<int:pk>/take/", page.plan_accept_guide_change, name="plan-accept-guide-change"),
    path("me/plans/<int:pk>/leave/", page.plan_dismiss_guide_change, name="plan-dismiss-guide-change"),
    path("me/plans/<int:pk>/arrange/", steps.plan_arrange, name="plan-arrange"),
    path("me/plans/<int:pk>/steps/add/", steps.plan_step_add, name="plan-step-add"),
    path("me/plans/<int:pk>/steps/restore/", steps.plan_step_restore, name="plan-step-restore"),
    path("me/steps/<int:pk>/edit/", steps.step_edit, name="step-edit"),
    path("me/steps/<int:pk>/tick/", steps.step_tick, name="step-tick"),
    path("me/steps/<int:pk>/move/", steps.step_move, name="step-move"),
    path("me/steps/<int:pk>/remove/", steps.step_remove, name="step-remove"),
    path("me/plans/<int:pk>/start/", page.plan_start, name="plan-start"),
    path("me/plans/<int:pk>/exam/", exams.plan_book, name="plan-book"),
    path("me/plans/<int:pk>/exam/cancel/", exams.plan_unbook, name="plan-unbook"),
    path("me/plans/<int:pk>/fail/", exams.plan_fail, name="plan-fail"),
    path("me/attempts/<int:pk>/remove/", exams.attempt_remove, name="attempt-remove"),
    path("me/plans/<int:pk>/items/add/", exams.plan_item_add, name="plan-item-add"),
    path("me/plans/<int:pk>/items/restore/", exams.plan_item_restore, name="plan-item-restore"),
    path("me/items/<int:pk>/tick/", exams.item_tick, name="item-tick"),
    path("me/items/<int:pk>/remove/", exams.item_remove, name="item-remove"),
    path("me/plans/<int:pk>/pass/", passing.plan_pass, name="plan-pass"),
    path("me/plans/<int:pk>/certificate/", passing.plan_certificate, name="plan-certificate"),
    path("me/plans/<int:pk>/renew/", passing.plan_renew, name="plan-renew"),
    path("me/plans/<int:pk>/withdraw/", passing.plan_withdraw, name="plan-withdraw"),
    path("me/plans/<int:pk>/drop/", page.plan_drop, name="plan-drop"),
    path("me/plans/<int:pk>/take-up/", page.plan_take_up, name="plan-take-up"),
    path("me/plans/<int:pk>/files/", files.plan_file_add, name="plan-file-add"),
    path("me/files/<int:pk>/", files.file_read, name="file-read"),
    path("me/files/<int:pk>/remove/", files.file_remove, name="file-remove"),
    path("me/plans/<int:pk>/log/", log.plan_log, name="plan-log"),
    path("me/plans/<int:pk>/entries/", log.plan_entries, name="plan-entries"),
    path("me/plans/<int:pk>/entries/restore/", log.plan_entry_restore, name="plan-entry-restore"),
    path("me/plans/<int:pk>/clock/start/", clock.plan_clock_start, name="plan-clock-start"),
    path("me/plans/<int:pk>/clock/restore/", clock.plan_clock_restore, name="plan-clock-restore"),
    path("me/entries/<int:pk>/", log.entry_edit, name="entry-edit"),
    path("me/entries/<int:pk>/remove/", log.entry_remove, name="entry-remove"),
    path("me/clock/stop/", clock.clock_stop, name="clock-stop"),
    path("me/clock/discard/", clock.clock_discard, name="clock-discard"),
    path("me/streak/", log.streak_switch, name="streak-switch"),
]
