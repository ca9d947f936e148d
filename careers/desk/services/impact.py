"""What changes for readers if pages said something else: their own code run before, and with the pages laid over."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError

from careers.desk.rules.health import FEWEST_TOLD
from careers.desk.rules.impact import (
    Group,
    GuidePicture,
    Impact,
    TimeLeft,
    dead_ends_in_words,
    moves_in_words,
    people_do,
    routes_changed,
    routes_in_words,
    skills_in_words,
)
from careers.desk.selectors.impact import (
    goals_changed,
    people_who_saved,
    people_who_track,
    read_facts,
    read_goals,
    read_matches,
    read_picture,
    read_routes,
    read_steps,
    roles_asking_otherwise,
    sample_of,
)
from careers.desk.selectors.keepers import people_with
from careers.desk.services.drafts import known_part
from careers.desk.services.previews import with_placeholders
from careers.guide.models.publishing import GuideModel
from careers.guide.selectors.kept import building_once
from careers.guide.services.overlay import only_here
from careers.guide.services.snapshots import write_content
from careers.routes.selectors.guide_network import current_guide

SECONDS = 2.0
OF_TIME = {"before": 0.2, "inside": 0.25, "matches": 0.15, "routes": 0.25}  # matches twice
NOTHING = {"fields": {}, "many": {}, "rows": {}, "names": {}}  # as a content: the page stays as it is
Status = GuideModel.Status


@dataclass(frozen=True)
class Told:
    """The guide at one moment, and all that people are told of what they have chosen."""

    picture: GuidePicture
    facts: dict
    routes: dict
    steps: dict

    @classmethod
    def read(cls, guide, goals, clock):
        return cls(read_picture(guide), read_facts(clock), read_routes(guide, goals, clock), read_steps(clock))


def impact_of(changes, *, seconds=SECONDS):
    """The `Impact` of several changes at once, each (page, content, status): as if all were published together.

    It writes nothing. What takes the longer the more there is of it has `seconds` in all; on SQLite nobody else writes
    for some half of them. Raises IntegrityError for what cannot be published yet.
    """
    first = TimeLeft(seconds * OF_TIME["before"])
    goals, guide = read_goals(first), current_guide()
    before = Told.read(guide, goals, first)
    with only_here():
        lay_over(changes)
        with building_once():
            guide_after, second = current_guide(), TimeLeft(seconds * OF_TIME["inside"])
            after = Told.read(guide_after, goals, second)
            sample = sample_of(roles_asking_otherwise(guide, guide_after))
            matches_after = read_matches(sample.profiles, TimeLeft(seconds * OF_TIME["matches"]))
    matches_before = read_matches(list(matches_after), TimeLeft(seconds * OF_TIME["matches"]))
    matches = said_of_matches(matches_before, matches_after, sample)
    third = TimeLeft(seconds * OF_TIME["routes"])
    routes = routes_changed(before.picture, after.picture, third)
    is_partial = any(clock.ran_out for clock in (first, second, third))
    moves = moves_in_words(before.picture, after.picture)
    ends = [*dead_ends_in_words(before.picture, after.picture), *skills_in_words(before.picture, after.picture)]
    groups = [
        Group("Moves and routes", [*moves, *routes_in_words(routes, is_partial=is_partial)]),
        Group("Dead ends", ends),
        Group("People", [*told(before, after, goals, is_partial=is_partial), *matches]),
        *(stays_theirs(page) for page, _, status in changes if status != Status.PUBLISHED),
    ]
    return Impact([group for group in groups if group.sentences], is_partial)


def impact_of_publishing(page, content):
    """None where nobody can say before the page is complete."""
    try:
        return impact_of([(page, content, Status.PUBLISHED)])
    except (IntegrityError, ValidationError):
        return None


def impact_of_archiving(page):
    return impact_of([(page, NOTHING, Status.ARCHIVED)])


def lay_over(changes):
    for page, content, status in changes:
        working = page._meta.model._base_manager.get(pk=page.pk)
        if status == Status.PUBLISHED:
            content = with_placeholders(page, known_part(page, content))
        write_content(working, content, status=status, may_yield=True)


def told(before, after, goals, *, is_partial):
    """Sentences with the numbers of people who are told of a difference."""
    saved, tracked = differing(before.facts, after.facts), differing(before.steps, after.steps)
    changed, gone = goals_changed(before.routes, after.routes, goals)
    numbers = {
        "who saved the role are shown what changed": people_who_saved(saved) if saved else 0,
        "are told that the route to their goal changed": changed,
        "have a goal that loses a move": gone,
        "are offered the changed steps for their plan": people_who_track(tracked) if tracked else 0,
    }
    return [one for what, number in numbers.items() for one in people_do(number, what, is_partial=is_partial)]


def differing(before, after):
    """Keys of what was read on both sides, is seen on both, and says something else."""
    both = [key for key in before.keys() & after.keys() if before[key] is not None and after[key] is not None]
    return [key for key in both if before[key] != after[key]]


def said_of_matches(before, after, sample):
    """Nobody is as few here: an editor can make drafts that ask for anything, and would learn what somebody rated."""
    if not sample.total:
        return []
    if sample.total < FEWEST_TOLD:
        return [f"Fewer than {FEWEST_TOLD} people rated these skills, so nothing is said of their matches."]
    looked = before.keys() & after.keys()
    if not looked:
        return []
    others = sum(before[key] != after[key] for key in looked)
    number = f"{others:,}" if others >= FEWEST_TOLD else f"fewer than {FEWEST_TOLD}"
    last = " last" if sample.total > len(looked) else ""
    return [f"Of the {len(looked):,} people who rated these skills{last}, {number} find other roles that fit them."]


def stays_theirs(page):
    return Group(f"What people did with “{page}” stays theirs", people_with(page))
