"""The addresses of what can be practised: the page of all of it, then each room's own."""

from django.urls import path

from careers.practice import views
from careers.practice.timed import urls as timed

urlpatterns = [
    path("practice/", views.practice_list, name="practice-list"),
    *timed.urlpatterns,
]
