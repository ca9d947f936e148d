from django.urls import path

from careers.practice.calls import views

urlpatterns = [
    path("practice/calls/", views.call_list, name="call-list"),
    path("practice/calls/<slug:call>/", views.call_read, name="call-read"),
    path("me/practice/calls/", views.score_add, name="score-add"),
    path("me/practice/calls/<int:pk>/delete/", views.score_delete, name="score-delete"),
]
