"""Addresses of the desk's pages that belong to no noun."""

from django.urls import path

from careers.desk import views


def urls_of(site):
    """For the admin site, which lets in only those who may enter the desk."""
    return [
        path("guide-health/", site.admin_view(views.guide_health), name="guide_health"),
        path("guide-health/figures.csv", site.admin_view(views.guide_figures), name="guide_figures"),
        path("guide-health/links/<slug:kind>/", site.admin_view(views.guide_links), name="guide_links"),
        path("guide-health/<slug:check>/", site.admin_view(views.guide_health_list), name="guide_health_list"),
    ]
