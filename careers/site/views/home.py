from dataclasses import replace

from django.shortcuts import render
from django.urls import reverse

from careers.guide.models.choices import Track
from careers.guide.models.companies import Company
from careers.guide.models.questions import Question
from careers.guide.models.roles import Role
from careers.routes.map.selectors import small_map
from careers.web.journeys import JourneyStop, State
from careers.web.public_pages import public_page


@public_page()
def home(request):
    roles = list(Role.objects.published().for_cards())
    context = {
        "entry_roles": [role for role in roles if role.is_entry],
        "role_count": len(roles),
        "tracks": [(track, sum(role.track == track for role in roles)) for track in Track],
        "picture": small_map(roles),
        "trunk_stops": trunk_stops(roles),
        "reading_stops": reading_stops(),
        "questions": Question.objects.published(),
        "company_count": Company.objects.published().count(),
    }
    return render(request, "careers/site/home.html", context)


def trunk_stops(roles):
    """The first role of each level on the Operations line, as stops from the way in to the top."""
    firsts = {}
    for role in roles:
        if role.track == Track.OPERATIONS:
            firsts.setdefault(role.level, role)
    stops = [
        JourneyStop(role.title, role.get_absolute_url(), role.get_level_display()) for _, role in sorted(firsts.items())
    ]
    if stops:
        stops[0] = replace(stops[0], state=State.HERE, plate="Start here")
        stops[-1] = replace(stops[-1], state=State.TARGET)
    return stops


def reading_stops():
    return [
        JourneyStop(
            "See who does what",
            reverse("role-list"),
            "Duties, shifts, tools and how the work is measured, role by role.",
            State.HERE,
        ),
        JourneyStop(
            "Place yourself",
            reverse("profile-skills"),
            "Every skill has five written proficiencies. Rate what you do now.",
        ),
        JourneyStop(
            "Close the gap",
            reverse("certification-list"),
            "What a certification credits, costs and takes, and when it makes sense.",
            State.TARGET,
        ),
    ]
