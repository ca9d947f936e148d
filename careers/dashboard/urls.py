from django.urls import path

from careers.dashboard.views import dashboard, put_off
from careers.dashboard.views import print as on_paper

urlpatterns = [
    path("me/", dashboard.me_dashboard, name="me-dashboard"),
    path("me/put-off/", put_off.me_put_off, name="me-put-off"),
    path("me/print/", on_paper.me_print, name="me-print"),
    path("me/plan.pdf", on_paper.me_pdf, name="me-pdf"),
    path("me/plans/", dashboard.plan_list, name="plan-list"),
]
