from django.urls import path

from careers.desk import views

urlpatterns = [path("preview/<str:token>/", views.preview_read, name="preview-read")]
