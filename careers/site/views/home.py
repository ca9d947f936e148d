from django.shortcuts import render
from django.urls import reverse

from careers.guide.models.choices import Track
from careers.guide.models.companies import Company
from careers.guide.models.questions import Question
from careers.guide.models.roles import Role
from careers.routes.map.selectors import small_map
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
        {"name": role.title, "url": role.get_absolute_url(), "note": role.get_level_display(), "state": "ahead"}
        for _, role in sorted(firsts.items())
    ]
    if stops:
        stops[0].update(state="here", plate="Start here")
        stops[-1].update(state="target")
    return stops


def reading_stops():
    return [
        {
            "name": "See who does what",
            "url": reverse("role-list"),
            "note": "Duties, shifts, tools and how the work is measured, role by role.",
            "state": "here",
        },
        {
            "name": "Place yourself",
            "url": reverse("profile-skills"),
            "note": "Every skill has five written proficiencies. Rate what you do now.",
            "state": "ahead",
        },
        {
            "name": "Close the gap",
            "url": reverse("certification-list"),
            "note": "What a certification credits, costs and takes, and when it makes sense.",
            "state": "target",
        },
    ]
