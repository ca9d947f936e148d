"""What is to come, for whoever edits the guide."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.desk.selectors.schedules import page_of_coming, zone_there


@require_safe
def to_come(request):
    if not request.user.has_perm("careers.change_role"):
        raise PermissionDenied
    may_publish = request.user.has_perm("careers.publish_role")
    stopped, page = page_of_coming(request.GET.get("page"), may_publish=may_publish)
    context = {"title": "What is to come", "stopped": stopped, "page": page, "zone": zone_there()}
    return render(request, "careers/desk/times/to_come.html", {**admin.site.each_context(request), **context})
