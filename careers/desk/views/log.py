from django.contrib import admin
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.desk.selectors.log import log_of
from careers.desk.views.health import nouns_or_403


@require_safe
def desk_log(request):
    """For everybody who works on the guide, as the history of each page is; what concerns accounts for superusers."""
    nouns_or_403(request)
    log = log_of(request.GET, with_accounts=request.user.is_superuser)
    return render(
        request,
        "careers/desk/log/log.html",
        {**admin.site.each_context(request), "title": "Log of the desk", "log": log},
    )
