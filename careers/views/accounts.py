from allauth.account import views
from django.http import HttpResponseBadRequest


def email_change(request):
    """Allauth's page, less what we do not offer: a second address cannot become the login unconfirmed."""
    if "action_primary" in request.POST:
        return HttpResponseBadRequest("An address becomes yours by its link.")
    return views.email(request)
