from django.contrib import admin
from django.urls import include, path

from careers.views import accounts

urlpatterns = [
    path("admin/", admin.site.urls),
    path("account/email/", accounts.email_change, name="account_email"),
    path("account/", include("allauth.urls")),
    path("", include("careers.urls")),
]
