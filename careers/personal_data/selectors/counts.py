"""What is kept about a person, counted from the rows: one line for each kind."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Count, Q, Sum
from django.utils.timezone import localdate

from careers.guide.models.desk.drafts import DeskAction, Remark
from careers.lib.days import day_in_words
from careers.lib.hours import in_hours
from careers.lib.words import counted
from careers.people.models.profiles import Profile
from careers.people.services.deleting import desk_log_of
from careers.plans.exams.models import ExamAttempt, ExamItem
from careers.plans.files.models import EvidenceFile
from careers.plans.files.rules.kinds import in_megabytes
from careers.plans.models import PlanStep
from careers.plans.study.models import StudyEntry
from careers.plans.undo.services import KINDS
from careers.routes.models import GoalStep
from careers.saved.services import ROLES


@dataclass(frozen=True)
class Kept:
    name: str
    count: int
    more: str = ""  # what the number alone does not say
    not_done: int = 0  # how many of them the portal noted by itself: nobody would know the person by them


def kept_about(profile, *, sessions, today):
    """The lines of the page “Your data”; `sessions` as in `own_data`. The queries do not grow with the rows."""
    removed = list(profile.removals.values_list("kind", "was"))
    lines = [
        answers(profile),
        Kept("Languages", profile.languages.count()),
        Kept("Certificates", profile.certificates.count()),
        ratings_and_proofs(profile),
        Kept("Results of practice tests", profile.timed_results.count()),
        saved_roles(profile),
        removed_roles(removed),
        steps_of_plan(profile),
        certification_plans(profile),
        study_time(profile),
        noted("Removed from plans, can still come back", sum(kind in KINDS for kind, _ in removed), "for a day"),
        Kept("A clock that runs for your study", profile.study_clocks.count()),
        Kept("Exams taken", ExamAttempt.objects.filter(plan__profile=profile).count()),
        Kept("Things for the day of an exam", ExamItem.objects.filter(plan__profile=profile).count()),
        files(profile),
        interview_cards(profile),
        Kept("Answers to messages", profile.written_answers.count()),
        Kept("Score sheets of mock calls", profile.call_scores.count()),
        noted("Reminders", profile.reminders.count()),
        noted("Reminder mails", profile.reminder_mails.count(), "when they were sent, and what went wrong"),
        Kept("How you want to be reminded", profile.reminder_settings.count(), "with your quiet hours"),
        calendar_feed(profile),
        share_links(profile, today),
        cv_of(profile),
        Kept("Jobs on your CV", profile.jobs.count()),
        Kept("Schools and courses on your CV", profile.schoolings.count()),
        Kept("Papers you have ready", profile.ready_papers.count()),
        noted("Forms you sent", profile.submissions.count(), "for a day, so that one sent twice is done once"),
    ]
    if profile.user:
        factors = Authenticator.objects.filter(user=profile.user).count()
        lines += [
            Kept(
                "E-mail addresses", EmailAddress.objects.filter(user=profile.user).count() or 1, password(profile.user)
            ),
            Kept("Second steps", factors),
            Kept("Devices that are signed in, or half way", len(sessions), "by a cookie, without name or place"),
            Kept(
                "Entries in the record of the HR desk",
                desk_log_of([profile.user]).count() + DeskAction.objects.filter(by=profile.user).count(),
                "that name your account",
            ),
            Kept("Remarks on pages at the HR desk", Remark.objects.filter(by=profile.user).count()),
        ]
    return lines


def noted(name, count, more=""):
    return Kept(name, count, more, not_done=count)


def answers(profile):
    """The time zone is the browser's word before it is theirs."""
    count = sum(profile.has_answer(name) for name in Profile.ANSWERS)
    return Kept("Answers about yourself", count, not_done=int(profile.has_answer("time_zone")))


def cv_of(profile):
    row = profile.cvs.first()
    return Kept("Your CV", int(row is not None), "with how to reach you" if row and (row.email or row.phone) else "")


def password(user):
    return "and a password, as a hash that nobody can read" if user.has_usable_password() else ""


def ratings_and_proofs(profile):
    counts = profile.evidence.aggregate(all=Count("pk"), withdrawn=Count("pk", filter=~Q(withdrawn_at=None)))
    more = f"{counts['withdrawn']} withdrawn, kept as a record" if counts["withdrawn"] else ""
    return Kept("Ratings and proofs of skills", counts["all"], more)


def saved_roles(profile):
    counts = profile.saved_roles.aggregate(all=Count("pk"), with_note=Count("pk", filter=~Q(note="")))
    groups = profile.saved_groups.count()
    more = [f"{counts['with_note']} with a note"] if counts["with_note"] else []
    more += [f"in {counted(groups, 'group')}"] if groups else []
    return Kept("Saved roles", counts["all"], ", ".join(more))


def removed_roles(removed):
    notes = [was["note"] for kind, was in removed if kind == ROLES]
    with_note = sum(map(bool, notes))
    return noted("Removed, can still come back", len(notes), f"{with_note} with a note" if with_note else "")


def steps_of_plan(profile):
    steps = GoalStep.objects.filter(goal__profile=profile)
    counts = steps.aggregate(all=Count("pk"), done=Count("pk", filter=~Q(done_at=None)))
    return Kept("Steps of your goal", counts["all"], f"{counts['done']} done" if counts["done"] else "")


def certification_plans(profile):
    steps = PlanStep.objects.filter(plan__profile=profile)
    counts = steps.aggregate(all=Count("pk"), done=Count("pk", filter=~Q(done_on=None)))
    more = [f"with {counted(counts['all'], 'step')}"] if counts["all"] else []
    more += [f"{counts['done']} done"] if counts["done"] else []
    return Kept("Certification plans", profile.certification_plans.count(), ", ".join(more))


def study_time(profile):
    entries = StudyEntry.objects.filter(plan__profile=profile)
    counts = entries.aggregate(all=Count("pk"), minutes=Sum("minutes"), with_note=Count("pk", filter=~Q(note="")))
    more = [f"{in_hours(counts['minutes'])} in all"] if counts["all"] else []
    more += [f"{counted(counts['with_note'], 'entry')} with a note"] if counts["with_note"] else []
    return Kept("Study time", counts["all"], ", ".join(more))


def files(profile):
    rows = EvidenceFile.objects.of_person(profile)
    counts = rows.aggregate(all=Count("pk"), bytes=Sum("size"))
    return Kept("Files", counts["all"], in_megabytes(counts["bytes"]) if counts["bytes"] else "")


def interview_cards(profile):
    counts = profile.interview_cards.aggregate(all=Count("pk"), with_note=Count("pk", filter=~Q(note="")))
    more = f"{counts['with_note']} with an example of yours" if counts["with_note"] else ""
    return Kept("Interview cards", counts["all"], more)


def calendar_feed(profile):
    feed = profile.calendar_feeds.first()
    fetched = f"last fetched on {day_in_words(localdate(feed.opened_at))}" if feed and feed.opened_at else ""
    return Kept("Calendar address", 1 if feed else 0, fetched)


def share_links(profile, today):
    count, opened = profile.shares.count(), profile.shares.open_on(today).count()
    return Kept("Links you share", count, f"{opened} open now" if count else "")
