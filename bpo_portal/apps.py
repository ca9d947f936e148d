from django.contrib.admin.apps import AdminConfig


class HRAdminConfig(AdminConfig):
    default_site = "bpo_portal.admin.HRAdminSite"
