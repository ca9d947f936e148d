from django.urls import path

from careers.personal_data.views import data, guests

urlpatterns = [
    path("me/data/", data.data_read, name="data-read"),
    path("me/data/download/", data.data_download, name="data-download"),
    path("me/data/delete/", data.data_delete, name="data-delete"),
    path("me/data/deleted/", data.data_deleted, name="data-deleted"),
    path("me/data/guest/", guests.data_guest, name="data-guest"),
    path("me/data/guest/claim/", guests.data_guest_claim, name="data-guest-claim"),
    path("me/data/guest/leave/", guests.data_guest_leave, name="data-guest-leave"),
    path("me/data/guest/delete/", guests.data_guest_delete, name="data-guest-delete"),
]
