from django.urls import path

from careers.reminders import views

urlpatterns = [
    path("me/reminders/", views.reminder_settings, name="reminder-settings"),
    path("me/reminders/<int:pk>/dismiss/", views.reminder_dismiss, name="reminder-dismiss"),
    path("reminders/<str:token>/stop/", views.reminder_stop, name="reminder-stop"),
]
