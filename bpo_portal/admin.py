"""The HR desk: Django's own admin under its own name."""

from functools import wraps

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.shortcuts import redirect


class HRAdminConfig(AdminConfig):
    default_site = "bpo_portal.admin.HRAdminSite"


class HRAdminSite(AdminSite):
    site_header = "BPO Careers"
    site_title = "BPO Careers HR desk"
    index_title = "HR desk"
    enable_nav_sidebar = False

    def admin_view(self, view, cacheable=False):
        """Whoever still has a one-time password changes it first, whatever page was asked for."""
        inner = super().admin_view(view, cacheable)
        allowed = {self.password_change, self.password_change_done, self.logout, self.i18n_javascript}

        @wraps(inner)
        def checked(request, *args, **kwargs):
            if getattr(request.user, "password_is_one_time", False) and view not in allowed:
                messages.info(request, "Your password was for one use. Choose your own, then you can work.")
                return redirect("admin:password_change")
            return inner(request, *args, **kwargs)

        return checked
