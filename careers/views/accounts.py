from allauth.account import views
from django.contrib import messages
from django.http import HttpResponseBadRequest

AGAIN = "The link is sent again, unless it was sent within the last three minutes."


def email_change(request):
    """Allauth's page, less what we do not offer: a second address cannot become the login unconfirmed."""
    if "action_primary" in request.POST:
        return HttpResponseBadRequest("An address becomes yours by its link.")
    response = views.email(request)
    if "action_send" in request.POST and response.status_code == 302:
        # Always the same: whether somebody asked for this address a moment ago is nobody's business.
        messages.info(request, AGAIN)
    return response
