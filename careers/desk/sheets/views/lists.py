"""The way to the sheets of each noun."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.desk.sheets.selectors.waiting import nouns_with_sheets


@require_safe
def sheets_list(request):
    nouns = nouns_with_sheets(request.user)
    if not nouns:
        raise PermissionDenied
    context = {**admin.site.each_context(request), "title": "Sheets", "nouns": nouns}
    return render(request, "careers/desk/sheets/list.html", context)
