"""The public pages of the tests: what each is, how it is counted, and the way to begin."""

from django.shortcuts import render

from careers.practice.timed.models import TimedResult
from careers.practice.timed.rules.levels import CLERKS, MOST_MISTAKES, OPERATORS, SHORTEST
from careers.practice.timed.rules.measures import SOURCES
from careers.practice.timed.selectors import typing_skill
from careers.web.public_pages import public_page

NORMS = {"operators": OPERATORS, "clerks": CLERKS, "most_mistakes": MOST_MISTAKES, "shortest": SHORTEST}


@public_page()
def practice_typing(request):
    return about(request, "careers/practice/timed/typing.html")


@public_page()
def practice_entry(request):
    return about(request, "careers/practice/timed/entry.html")


def about(request, template):
    context = {"norms": NORMS, "sources": SOURCES, "minutes": TimedResult.Minutes, "skill": typing_skill()}
    return render(request, template, context)
