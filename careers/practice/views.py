"""The page that says what can be practised here."""

from django.shortcuts import render

from careers.web.public_pages import public_page


@public_page()
def practice_list(request):
    return render(request, "careers/practice/index.html")
