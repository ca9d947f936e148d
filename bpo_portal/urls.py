from django.contrib import admin
from django.urls import include, path, re_path

from careers.accounts import views as accounts

urlpatterns = [
    path("admin/", admin.site.urls),
    path("account/login/", accounts.sign_in, name="account_login"),
    path("account/signed-in/", accounts.signed_in, name="account_signed_in"),
    path("account/signed-out/", accounts.signed_out, name="account_signed_out"),
    path("account/email/", accounts.email_change, name="account_email"),
    re_path(r"^account/confirm-email/(?P<key>[-:\w]+)/$", accounts.email_confirm, name="account_confirm_email"),
    path("account/2fa/webauthn/login/", accounts.passkey_sign_in, name="mfa_login_webauthn"),
    path("account/", include("allauth.urls")),
    path("", include("careers.urls")),
]

handler400 = "careers.site.views.machines.bad_request"
handler500 = "careers.people.views.outages.server_error"
