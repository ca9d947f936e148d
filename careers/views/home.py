from django.shortcuts import render

from careers.models import Company, Question, Role, Track
from careers.planning.linemap import Station, line_map
from careers.views.public import public_page


@public_page
def home(request):
    roles = list(Role.objects.published().for_cards())
    stations = [Station(role.title, role.get_absolute_url(), role.track, role.level) for role in roles]
    context = {
        "entry_roles": [role for role in roles if role.is_entry],
        "role_count": len(roles),
        "tracks": [(track, sum(role.track == track for role in roles)) for track in Track],
        "line_map": line_map(stations, trunk=Track.OPERATIONS),
        "trunk": [role for role in roles if role.track == Track.OPERATIONS],
        "questions": Question.objects.published(),
        "company_count": Company.objects.published().count(),
    }
    return render(request, "careers/home.html", context)
