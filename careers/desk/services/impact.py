"""What changes for readers if pages said something else: their own code run before, and with the pages laid over."""

import logging
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from careers.desk.rules.health import FEWEST_TOLD
from careers.desk.rules.impact import (
    Counting,
    Group,
    GuidePicture,
    Impact,
    dead_ends_in_words,
    hidden_in_words,
    moves_in_words,
    people_do,
    routes_changed,
    routes_in_words,
    skills_in_words,
)
from careers.desk.selectors.impact import (
    goals_changed,
    names_of_hidden,
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
from careers.desk.services.drafts import is_beside
from careers.desk.services.previews import with_placeholders
from careers.guide.models.certifications import Certification
from careers.guide.models.desk.drafts import Draft
from careers.guide.models.publishing import GuideModel
from careers.guide.models.roles import Role
from careers.guide.rules.snapshots import content_digest
from careers.guide.selectors.kept import building_once
from careers.guide.selectors.merging import brought_together, known_part
from careers.guide.selectors.snapshots import contents_of, pages_by_key
from careers.guide.services.overlay import NoCopies, on_copies
from careers.guide.services.snapshots import Writing, write_contents
from careers.routes.selectors.guide_network import current_guide

log = logging.getLogger(__name__)
SECONDS = 2.0
OF_TIME = {"before": 0.2, "inside": 0.25, "matches": 0.15, "routes": 0.25}  # matches twice
MOST_LAID_OVER = 300  # pages: of more the whole guide would be read anew, which takes a second for 5,000 roles
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
    def read(cls, guide, goals, clock, pages):
        roles = {page.pk for page in pages if isinstance(page, Role)}
        certifications = {page.pk for page in pages if isinstance(page, Certification)}
        facts, routes = read_facts(clock, roles), read_routes(guide, goals, clock)
        return cls(read_picture(guide), facts, routes, read_steps(clock, certifications))


def impact_of(changes, *, seconds=None, of=None):
    """The `Impact` of several changes at once, each (page, content, status): as if all were published together.

    They may be the first `of` more. It writes nothing, and nobody waits for it: the changes are laid over copies. All
    counting ends after `seconds`, and what was not counted is told, as is that the database makes no copies. Raises
    IntegrityError for what cannot be published.
    """
    try:
        return counted_impact(changes, seconds=seconds, of=of)
    except NoCopies as fault:
        log.warning("The impact of a change could not be counted: %s", fault)
        return Impact(is_known=False)


def counted_impact(changes, *, seconds, of):
    counting, number = Counting(SECONDS if seconds is None else seconds), max(of or 0, len(changes))
    changes = changes[:MOST_LAID_OVER]
    if len(changes) < number:
        counting.looked["pages that change"] = len(changes), number
    pages = [page for page, _, _ in changes]
    first = counting.part(OF_TIME["before"])
    guide = current_guide()
    goals = read_goals(first)
    before = Told.read(guide, goals, first, pages)
    with on_copies(pages):
        lay_over(changes)
        with building_once():
            guide_after, second = current_guide(), counting.part(OF_TIME["inside"])
            after = Told.read(guide_after, goals, second, pages)
            sample = sample_of(roles_asking_otherwise(guide, guide_after))
            matches_after = read_matches(sample.profiles, counting.part(OF_TIME["matches"]))
    matches_before = read_matches(list(matches_after), counting.part(OF_TIME["matches"]))
    matches = said_of_matches(matches_before, matches_after, sample)
    routes = routes_changed(before.picture, after.picture, counting.part(OF_TIME["routes"]))
    is_partial = bool(counting.cut)
    moves = moves_in_words(before.picture, after.picture)
    ends = [*dead_ends_in_words(before.picture, after.picture), *skills_in_words(before.picture, after.picture)]
    groups = [
        Group("Moves and routes", [*moves, *routes_in_words(routes, is_partial=is_partial)]),
        Group("Dead ends", ends),
        Group("People", [*told(before, after, goals, is_partial=is_partial), *matches]),
        *(stays_theirs(page) for page, _, status in changes if status != Status.PUBLISHED),
    ]
    return Impact([group for group in groups if group.sentences], counting.cut)


def impact_of_publishing(page, content):
    """None where nobody can say before the page is complete. Says, too, which hidden pages it names."""
    impact = impact_or_none([(page, content, Status.PUBLISHED)])
    if impact is None:
        return None
    return replace(impact, hidden=hidden_in_words(names_of_hidden(page._meta.model, content)))


def impact_of_archiving(page):
    return impact_of([(page, NOTHING, Status.ARCHIVED)])


def impact_of_pages(publishing=(), archiving=(), *, of=None):
    """The `Impact` of pages of any nouns that are published as their drafts say, and of others taken offline, together.

    They may be the first `of` more. None where nobody can say before they are complete.
    """
    leaving = [(page, NOTHING, Status.ARCHIVED) for page in archiving]
    drafted = [(page, content, Status.PUBLISHED) for page, content in as_drafted(publishing)]
    return impact_or_none([*drafted, *leaving], of=of)


def impact_or_none(changes, *, of=None):
    try:
        return impact_of(changes, of=of)
    except (IntegrityError, DataError, ValidationError):
        return None


def as_drafted(pages):
    """[(page, what it says once it is published)]: its draft, with what was written meanwhile, or its own words.

    One that both changed in the same place is left out. A few queries for each noun.
    """
    found, by_noun = [], {}
    for page in pages:
        by_noun.setdefault(page._meta.model, {})[page.pk] = page
    for model, some in by_noun.items():
        lives = contents_of(model, some)
        drafts = Draft.objects.filter(model=model._meta.label_lower, page_pk__in=some).select_related("base", "head")
        of_page = {draft.page_pk: draft for draft in drafts}
        for key, live in lives.items():
            content, clashes = to_be(some[key], of_page.get(key), live)
            if not clashes:
                found.append((some[key], content))
    return found


def to_be(page, draft, live):
    if draft is None or draft.head is None or not is_beside(page, draft):
        return live, []
    if draft.base is None or draft.base.digest == content_digest(live):
        return draft.head.content, []
    return brought_together(page, draft.base.content, draft.head.content, live)


def lay_over(changes):
    """Leave out values that another page has by now, unless that one gives them up beside it."""
    try:
        with transaction.atomic():
            write_changes(changes, may_yield=False)
    except (IntegrityError, DataError):
        write_changes(changes, may_yield=True)


def write_changes(changes, *, may_yield):
    by_noun, by_status = {}, {}
    for page, _, _ in changes:
        by_noun.setdefault(page._meta.model, []).append(page.pk)
    pages = {model: pages_by_key(model, keys) for model, keys in by_noun.items()}
    lives = {model: contents_of(model, keys, is_named=False) for model, keys in by_noun.items()}
    for page, content, status in changes:
        model, key = page._meta.model, page.pk
        if status == Status.PUBLISHED:
            content = with_placeholders(page, known_part(page, content))
        if key in lives[model]:
            by_status.setdefault(status, []).append(Writing(pages[model][key], content, lives[model][key]))
    for status, writings in by_status.items():
        write_contents(writings, status=status, may_yield=may_yield, is_real=False)


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
