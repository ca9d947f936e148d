"""People made up for development, demonstrations and pictures: one for each thing that a visitor of the portal can be.

All they did is done by the services that pages use, at moments counted back from `now`, so that what they show is what
a person of that age would have. Their names and words are invented; nothing is said of any employer.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models.functions import Lower
from django.utils.timezone import localdate, make_aware

from careers.accounts.models.users import User, confirm_email
from careers.evidence.rules.validity import months_after
from careers.evidence.services import rate_skills
from careers.guide.models.certifications import Certification
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.lib.names import folded
from careers.people.models.profiles import Profile
from careers.people.services.answers import save_answers, save_languages
from careers.people.services.deleting import delete_accounts
from careers.plans.certificates.services.passing import hold_and_track
from careers.plans.exams.services import book
from careers.plans.services.plans import change_plan, start, track
from careers.plans.steps.services.steps import change_step, tick_step
from careers.plans.study.services.log import log_study
from careers.routes.rules.journeys import By
from careers.routes.selectors.guide_network import current_guide
from careers.routes.services import adopt
from careers.saved.services import arrange, save_role

A_DAY = timedelta(days=1)
LAPSES_IN = 24  # days: near enough that the first reminder of it is due


class NotInTheGuide(Exception):
    """Something that a demo person has is not published in the guide; the message names it."""


class DemoPerson(NamedTuple):
    email: str
    about: str
    begin: Callable[[User, datetime], None]  # gives the new account what makes it this person


@transaction.atomic
def make_demo_people(*, password, now, anew=False):
    """Make those who are not there; returns them as [DemoPerson]. Whoever is there stays as they are.

    `anew` deletes them first, with all that they have. Raises `NotInTheGuide`, and then nothing has changed.
    """
    there = User.objects.annotate(name=Lower("email")).filter(name__in=[person.email for person in DEMO_PEOPLE])
    if anew:
        delete_accounts(users=there)
    known = set(there.values_list("name", flat=True))
    made = [person for person in DEMO_PEOPLE if person.email not in known]
    for person in made:
        user = User.objects.create_user(person.email, password)
        confirm_email(user)
        person.begin(user, now)
    return made


def newcomer(user, now):
    """Looks around since a week: has a first target, rated a few skills, kept two roles."""
    profile = begin_profile(user, at=now - 7 * A_DAY)
    first, second = published(Role, "customer-service-executive"), published(Role, "data-entry-operator")
    answers = {
        "display_name": "Asha",
        "situation": "new",
        "years_of_experience": 0,
        "education": "secondary",
        "shifts": ["day"],
        "places": ["on_site"],
        "target_role": first,
    }
    save_answers(profile=profile, answers=answers, now=now - 7 * A_DAY)
    speak(profile, ("English", "B2"), ("Hindi", "C1"), at=now - 7 * A_DAY)
    rate(profile, at=now - 6 * A_DAY, communication=2, typing=2, computer_proficiency=1)
    for role in (first, second):
        save_role(profile=profile, role=role, now=now - 6 * A_DAY)


def two_years_in(user, now):
    """Two years in a first role, on the way to lead a team: a goal, a plan that is studied, an exam that is booked."""
    begun = now - 730 * A_DAY
    profile = begin_profile(user, at=begun)
    answers = {
        "display_name": "Ramon",
        "situation": "in_role",
        "current_role": published(Role, "customer-service-executive"),
        "years_of_experience": 2,
        "education": "bachelor",
        "shifts": ["day", "rotational"],
        "work_types": ["voice", "blended"],
    }
    save_answers(profile=profile, answers=answers, now=begun)
    speak(profile, ("English", "C1"), ("Tagalog", "C2"), at=begun)
    rate(profile, at=begun, communication=2, customer_focus=2, problem_solving=2, computer_proficiency=2)
    rate(profile, at=now - 60 * A_DAY, communication=4, customer_focus=3, problem_solving=3, time_management=3)
    rate(profile, at=now - 60 * A_DAY, process_knowledge=3, coaching=2, reporting=2)
    go_for(profile, "customer-service-executive", "team-leader", now=now - 50 * A_DAY)
    group = profile.saved_groups.create(name="After that")
    save_role(profile=profile, role=published(Role, "operations-manager"), now=now - 50 * A_DAY)
    arrange(
        saved=profile.saved_roles.get(),
        group=group,
        note="Ask my team leader what she does all day.",
        now=now - 50 * A_DAY,
    )
    earned = published(Certification, "certified-customer-service-professional")
    hold_and_track(profile=profile, certification=earned, earned_on=localdate(now - 300 * A_DAY), now=now - 299 * A_DAY)
    study(profile, "six-sigma-yellow-belt", now=now)
    sit_soon(profile, "itil-foundation", now=now)


def about_to_lapse(user, now):
    """Holds a certificate that lapses within the month, with the plan that keeps its renewal."""
    profile = begin_profile(user, at=now - 400 * A_DAY)
    answers = {
        "display_name": "Meera",
        "situation": "in_role",
        "current_role": published(Role, "technical-support-associate"),
        "years_of_experience": 3,
        "education": "vocational",
    }
    save_answers(profile=profile, answers=answers, now=now - 400 * A_DAY)
    certification = published(Certification, "comptia-a-plus")
    lapses_on = localdate(now) + LAPSES_IN * A_DAY
    days = {"earned_on": months_after(lapses_on, -(certification.validity_months or 36)), "expires_on": lapses_on}
    hold_and_track(profile=profile, certification=certification, **days, now=now - 400 * A_DAY)
    rate(profile, at=now - 400 * A_DAY, technical_troubleshooting=4, problem_solving=3, communication=3)


def editor(user, now):
    at_the_desk(user, "Editor")


def publisher(user, now):
    at_the_desk(user, "Publisher")


DEMO_PEOPLE = (
    DemoPerson("newcomer@demo.example", "new to BPO, looking around since a week", newcomer),
    DemoPerson("two-years-in@demo.example", "two years in, with a goal, plans and an exam to come", two_years_in),
    DemoPerson("about-to-lapse@demo.example", "holds a certificate that lapses within the month", about_to_lapse),
    DemoPerson("editor@demo.example", "an HR editor: writes drafts, at /admin/", editor),
    DemoPerson("publisher@demo.example", "an HR publisher: publishes too, at /admin/", publisher),
)


def begin_profile(user, *, at):
    user.joined_at = at
    user.save(update_fields=["joined_at"])
    return Profile.objects.create(user=user, created_at=at)


def at_the_desk(user, group):
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    user.groups.add(found(Group.objects.filter(name=group), f"The group “{group}”"))


def rate(profile, *, at, **levels):
    """`levels` is {slug of a skill, with underscores: proficiency}."""
    ratings = {published(Skill, name.replace("_", "-")).pk: level for name, level in levels.items()}
    rate_skills(profile=profile, ratings=ratings, today=localdate(at), now=at)


def speak(profile, *languages, at):
    save_languages(profile=profile, languages={folded(name): (name, level) for name, level in languages}, now=at)


def go_for(profile, start_slug, target_slug, *, now):
    """Of the fastest routes the one with the most moves becomes their goal."""
    guide = current_guide()
    ends = {"start_slug": start_slug, "target_slug": target_slug}
    routes = guide.routes_for(profile=profile, **ends, by=By.FASTEST, today=localdate(now))
    if not (routes and routes.shown):
        raise NotInTheGuide(f"A route from {start_slug} to {target_slug} is not in the guide.")
    longest = max((shown.route for shown in routes.found), key=lambda route: len(route.stops))
    adopt(profile=profile, guide=guide, stops=longest.stops, criterion=By.FASTEST, now=now)


def study(profile, slug, *, now):
    """A plan in the middle: two steps done, one due this week, some hours each week, a day to be ready by."""
    begun = now - 35 * A_DAY
    plan, _ = track(profile=profile, certification=published(Certification, slug), now=begun)
    start(plan=plan, now=begun)
    change_plan(plan=plan, changed={"target_on": localdate(now) + 40 * A_DAY}, now=begun)
    steps = list(plan.steps.all())
    for days, step in zip((28, 9), steps, strict=False):
        tick_step(step=step, is_done=True, now=now - days * A_DAY)
    for step in steps[2:3]:
        change_step(step=step, changed={"due_on": localdate(now) + 5 * A_DAY}, now=now - 9 * A_DAY)
    for days, minutes in ((30, 60), (24, 90), (17, 45), (10, 75), (3, 60), (1, 30)):
        day = now - days * A_DAY
        log_study(plan=plan, minutes=minutes, studied_on=localdate(day), note="At home.", now=day)


def sit_soon(profile, slug, *, now):
    """A plan whose exam is in two weeks."""
    plan, _ = track(profile=profile, certification=published(Certification, slug), now=now - 20 * A_DAY)
    for step in list(plan.steps.all())[:2]:
        tick_step(step=step, is_done=True, now=now - 12 * A_DAY)
    ten = make_aware(datetime.combine(localdate(now) + 13 * A_DAY, time(10)))
    exam = {"exam_at": ten, "exam_zone": str(ten.tzinfo), "exam_minutes": 60, "exam_place": "At home", "exam_url": ""}
    book(plan=plan, **exam, now=now - 11 * A_DAY)


def published(model, slug):
    return found(model.objects.published().filter(slug=slug), f"“{slug}”")


def found(rows, name):
    row = rows.first()
    if row is None:
        raise NotInTheGuide(f"{name} is not in the guide, or not published.")
    return row
