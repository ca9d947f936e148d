"""The addresses of what can be practised: the page of all of it, then each room's own."""

from django.urls import path

from careers.practice import views
from careers.practice.calls import urls as calls
from careers.practice.cards import urls as cards
from careers.practice.messages import urls as messages
from careers.practice.timed import urls as timed

urlpatterns = [
    path("practice/", views.practice_list, name="practice-list"),
    *timed.urlpatterns,
    *cards.urlpatterns,
    *messages.urlpatterns,
    *calls.urlpatterns,
]
