from django.urls import path

from careers.readiness import views

urlpatterns = [
    path("roles/<slug:slug>/ready/", views.role_ready, name="role-ready"),
    path("roles/<slug:slug>/ready/papers/", views.paper_tick, name="paper-tick"),
]
