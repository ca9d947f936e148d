"""“Ready for …”: what to have before one applies for a first role, and what of it a person has."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from careers.guide.models.roles import Role
from careers.guide.selectors.kept import published_page
from careers.lib.names import folded
from careers.lib.texts import query_text
from careers.people.services.refusing import Refused
from careers.people.views.same_origin import from_our_page, sent_to
from careers.people.views.writing import writing
from careers.readiness.selectors.guide import hiring
from careers.readiness.selectors.lists import readiness_of
from careers.readiness.selectors.next_words import PRACTISED_AT, next_in_words
from careers.readiness.services import tick_paper, untick_paper
from careers.search.views import or_archived
from careers.web.private import keep_private
from careers.web.public_pages import public_page
from careers.web.renamed import or_renamed

TICKED_BY_GUEST = "Ticked. Kept on this browser only: an account keeps it safe."


@public_page()
@or_renamed(Role)
@or_archived(Role)
def role_ready(request, slug):
    role = first_role(slug)
    ready = readiness_of(role, profile=request.profile, today=timezone.localdate())
    practice = [(line, reverse(PRACTISED_AT[line.key])) for line in ready.practice]
    context = {"role": role, "ready": ready, "practice": practice, "next": next_in_words(ready) if ready.fit else None}
    return render(request, "careers/readiness/ready.html", context)


def first_role(slug):
    role = published_page(Role, slug)
    if role is None or not role.is_entry:
        raise Http404
    return role


def ask_paper(request, slug):
    role, paper, is_ticked = first_role(slug), *asked(request)
    question = f"Tick “{paper}”?" if is_ticked else f"Take back the tick at “{paper}”?"
    return {"question": question, "verb": "Tick it" if is_ticked else "Take it back", "back": list_of(role)}


@or_renamed(Role)
@or_archived(Role)
@from_our_page(ask_paper)
def paper_tick(request, slug):
    role, paper, is_ticked = first_role(slug), *asked(request)
    try:
        if is_ticked or request.profile:
            with writing(request) as profile:
                change(profile, paper, is_ticked)
                if is_ticked and profile.is_guest:
                    messages.success(request, TICKED_BY_GUEST)
    except Refused as refused:
        messages.error(request, str(refused))
    return keep_private(HttpResponseRedirect(f"{list_of(role)}#papers", status=303))


def asked(request):
    """The paper, as the guide calls it now, and whether it is to be ticked. Raises 404 for what is no paper."""
    sent = sent_to(request)
    names = {folded(paper): paper for paper in hiring().papers}
    paper = names.get(folded(query_text(sent.get("paper", ""))))
    if paper is None:
        raise Http404
    return paper, sent.get("done") == "yes"


def change(profile, paper, is_ticked):
    if is_ticked:
        tick_paper(profile=profile, paper=paper, now=timezone.now())
    else:
        untick_paper(profile=profile, paper=paper)


def list_of(role):
    return reverse("role-ready", args=[role.slug])
