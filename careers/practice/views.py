"""The page that says what can be practised here."""

from django.shortcuts import render
from django.utils import timezone

from careers.guide.models.choices import Level
from careers.guide.models.publishing import MOST_ON_A_PAGE
from careers.guide.models.roles import Role
from careers.practice.cards.selectors import deck_of
from careers.web.public_pages import public_page


@public_page()
def practice_list(request):
    first_roles = Role.objects.published().filter(level=Level.ENTRY).in_order().only("slug", "title")[:MOST_ON_A_PAGE]
    context = {"deck": deck_of(request.profile, now=timezone.now()), "first_roles": first_roles}
    return render(request, "careers/practice/index.html", context)
