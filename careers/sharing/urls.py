from django.urls import path

from careers.sharing import views

urlpatterns = [
    path("me/shares/", views.share_list, name="share-list"),
    path("me/shares/add/", views.share_add, name="share-add"),
    path("me/shares/<int:pk>/revoke/", views.share_revoke, name="share-revoke"),
    path("me/shares/<int:pk>/delete/", views.share_delete, name="share-delete"),
    path("shared/<path:token>/", views.share_read, name="share-read"),
]
