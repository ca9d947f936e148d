"""The page that says what can be practised here."""

from django.shortcuts import render
from django.utils import timezone

from careers.practice.cards.selectors import deck_of
from careers.web.public_pages import public_page


@public_page()
def practice_list(request):
    context = {"deck": deck_of(request.profile, now=timezone.now())}
    return render(request, "careers/practice/index.html", context)
