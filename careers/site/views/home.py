from dataclasses import replace

from django.shortcuts import render
from django.urls import reverse

from careers.guide.models.choices import Level, Track
from careers.guide.models.companies import Company
from careers.guide.models.questions import Question
from careers.guide.models.roles import Role
from careers.guide.selectors.kept import KeptByRevision, keeping_what_is_drawn, role_cards
from careers.guide.selectors.role_facets import role_facets
from careers.routes.map.selectors import small_map
from careers.web.journeys import JourneyStop, State
from careers.web.public_pages import public_page

MOST_WAYS_IN = 12


class FirstPage:
    """The first page: what it says of the guide at one revision."""

    def __init__(self):
        guide = role_facets()
        count_by_track = guide.facets.counts({}, ["track"])["track"]
        firsts = list(Role.objects.published().for_rows().filter(pk__in=guide.places.firsts.values()))
        self.entry_keys = ways_in(guide)
        self.role_count = guide.count
        self.tracks = [(track, count_by_track.get(track, 0)) for track in Track]
        self.picture = small_map(firsts)
        self.trunk_stops = trunk_stops(firsts)
        self.reading_stops = reading_stops()
        self.questions = Question.objects.published()
        self.company_count = Company.objects.published().count()


first_page = KeptByRevision(lambda: keeping_what_is_drawn(FirstPage()))


@public_page()
def home(request):
    first = first_page()
    return render(request, "careers/site/home.html", {"first": first, "entry_roles": role_cards(first.entry_keys)})


def ways_in(guide):
    """Keys of the entry roles, as many as fit on a first page."""
    return [key for key in guide.places.by_level[:MOST_WAYS_IN] if guide.order[key].level == Level.ENTRY]


def trunk_stops(firsts):
    """Of the first roles of each track and level those on the Operations line, as stops from the way in to the top."""
    trunk = {role.level: role for role in firsts if role.track == Track.OPERATIONS}
    stops = [
        JourneyStop(role.title, role.get_absolute_url(), role.get_level_display()) for _, role in sorted(trunk.items())
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
        ),
        JourneyStop(
            "Get ready to apply",
            reverse("practice-list"),
            "Practise the tests, tick your papers and make a CV.",
            State.TARGET,
        ),
    ]
