from django.urls import path

from careers.calendars import views

urlpatterns = [
    path("me/plans/<int:pk>/exam.ics", views.plan_exam_event, name="plan-exam-event"),
    path("me/steps/<int:pk>/step.ics", views.step_event, name="step-event"),
    path(
        "me/profile/certificates/<int:pk>/renewal.ics",
        views.certificate_event,
        name="certificate-event",
    ),
    path("me/calendar/", views.calendar_read, name="calendar-read"),
    path("me/calendar/make/", views.calendar_make, name="calendar-make"),
    path("me/calendar/dates.ics", views.calendar_download, name="calendar-download"),
    path("me/calendar/alarms/", views.calendar_alarms, name="calendar-alarms"),
    path("me/calendar/revoke/", views.calendar_revoke, name="calendar-revoke"),
    path("calendar/<str:token>.ics", views.calendar_feed, name="calendar-feed"),
]
