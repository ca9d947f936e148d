"""Addresses of the desk's pages that belong to no noun, and of what is open of it to who has a link."""

from django.urls import path

from careers.desk.sheets.views.lists import sheets_list
from careers.desk.views import deleted, health, invitations, log, previews, schedules

urlpatterns = [
    path("desk/invitation/<str:token>/", invitations.invitation_accept, name="invitation-accept"),
    path("preview/<str:token>/", previews.preview_read, name="preview-read"),
]


def urls_of(site):
    """For the admin site, which lets in only those who may enter the desk."""
    return [
        path("sheets/", site.admin_view(sheets_list), name="sheets"),
        path("to-come/", site.admin_view(schedules.to_come), name="to_come"),
        path("log/", site.admin_view(log.desk_log), name="desk_log"),
        path("deleted-pages/", site.admin_view(deleted.deleted_list), name="deleted_pages"),
        path("deleted-pages/<int:number>/", site.admin_view(deleted.deleted_read), name="deleted_page"),
        path("guide-health/", site.admin_view(health.guide_health), name="guide_health"),
        path("guide-health/figures.csv", site.admin_view(health.guide_figures), name="guide_figures"),
        path("guide-health/links/<slug:kind>/", site.admin_view(health.guide_links), name="guide_links"),
        path("guide-health/<slug:check>/", site.admin_view(health.guide_health_list), name="guide_health_list"),
    ]
