from django.urls import path

from careers.desk import views

urlpatterns = [
    path("desk/invitation/<str:token>/", views.invitation_accept, name="invitation-accept"),
]
