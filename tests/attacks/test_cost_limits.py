"""Whatever a person can add has an end, which is said in one plain sentence."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from careers.cv import services as cv
from careers.desk.sheets.services import imports
from careers.evidence import services as ratings
from careers.evidence.services import rate_skills, withdraw_evidence
from careers.people.forms import working_life
from careers.people.services import removals, submissions
from careers.people.services.refusing import Refused
from careers.plans.certificates.services import held as certificates
from careers.plans.certificates.services.held import hold_own
from careers.plans.exams import services as exams
from careers.plans.files import services as files
from careers.plans.files.models import MOST_BYTES_A_PERSON, EvidenceFile
from careers.plans.files.rules.kinds import Unfit
from careers.plans.services import plans
from careers.plans.steps.services import steps as plan_steps
from careers.plans.study.models import StudyEntry
from careers.plans.study.services import log as study_log
from careers.plans.study.services.clock import start_clock
from careers.plans.study.services.log import log_study
from careers.practice.calls import services as calls
from careers.practice.cards import services as cards
from careers.practice.messages import services as messages
from careers.practice.timed import services as timed
from careers.readiness import services as readiness
from careers.reminders.models import MOST_OFFSETS
from careers.saved import forms as saved
from careers.sharing import services as sharing
from tests import factories as make
from tests.whole_person import models_of_people

ONE, GUIDE, DAYS = "one a person", "at most what the guide has", "what happens on the person's days, not what they send"
# How many of each a person can have, or what bounds them.
ENDS = {
    "CardState": cards.MOST_CARDS,
    "WrittenAnswer": (messages.MOST_OF_ONE, "to each of the messages there are"),
    "CallScore": (calls.MOST_OF_ONE, "of each of the calls there are"),
    "CertificationPlan": plans.MOST_PLANS,
    "PlanStep": (plan_steps.MOST_STEPS, plans.MOST_STEPS_OF_ALL),
    "ExamAttempt": exams.MOST_ATTEMPTS,
    "ExamItem": exams.MOST_ITEMS,
    "StudyEntry": study_log.MOST_ENTRIES,
    "StudyClock": ONE,
    "EvidenceFile": (files.MOST_FILES, MOST_BYTES_A_PERSON),
    "HeldCertificate": (certificates.MOST_OWN_CERTIFICATES, GUIDE),
    "Evidence": (ratings.MOST_WITHDRAWN, "and one standing rating a skill and day", GUIDE),
    "TimedResult": timed.MOST_RESULTS,
    "Language": working_life.MOST_LANGUAGES,
    "SavedGroup": saved.MOST_GROUPS,
    "SavedRole": GUIDE,
    "Goal": ONE,
    "GoalStep": GUIDE,
    "CV": ONE,
    "Job": cv.MOST_JOBS,
    "Schooling": cv.MOST_SCHOOLINGS,
    "ReadyPaper": readiness.MOST_PAPERS,
    "Share": (sharing.MOST_OPEN, sharing.MOST_CLOSED),
    "Submission": submissions.MOST,
    "Removal": (removals.MOST_REMOVED, "of each of five kinds"),
    "ReminderSettings": (ONE, MOST_OFFSETS),
    "Reminder": DAYS,
    "ReminderMail": DAYS,
    "CalendarFeed": ONE,
    "CalendarEvent": DAYS,
    "Profile": ONE,
    "User": ONE,
    "EmailAddress": "one that is used and one that waits",
    "EmailConfirmation": "one an address",
    "Authenticator": "each asks for a key in the hand and the password",
    "Session": "one a sign-in, whose number an hour is limited; they run out",
    "LogEntry": "of what staff do at the desk",
    "ChangeSet": "the desk's",
    "Remark": "the desk's",
    "Schedule": "the desk's",
    "SheetPage": "of sheets, whose rows have an end",
    "SheetImport": (imports.MOST_OPEN, "of each noun, for two days"),
    "Draft": "the desk's",
    "DeskAction": "the desk's",
    "Version": "the desk's",
    "User_groups": "the desk's",
    "User_user_permissions": "the desk's",
}


def test_every_kind_of_row_of_a_person_has_an_end():
    assert {model.__name__ for model in models_of_people()} == set(ENDS)


@pytest.fixture
def full(monkeypatch):
    """One of each is as many as there can be."""
    for module, name in (
        (plans, "MOST_STEPS_OF_ALL"),
        (study_log, "MOST_ENTRIES"),
        (certificates, "MOST_OWN_CERTIFICATES"),
        (files, "MOST_FILES"),
        (ratings, "MOST_WITHDRAWN"),
    ):
        monkeypatch.setattr(module, name, 1)


NOW = timezone.now()


@pytest.mark.django_db
class TestFull:
    def test_steps_of_all_plans(self, guest, full):
        make.make_plan(guest.profile, steps=[("Read", 1, None)])
        other = make.make_plan(guest.profile)
        page = guest.post(reverse("plan-step-add", args=[other.pk]), {"title": "Another one"}, follow=True)
        assert "Your plans have 1 steps together, which is as many as there can be. Remove some first." in page.text
        assert not other.steps.exists()

    def test_steps_that_come_with_a_certification(self, guest, full):
        long = make.make_certification(steps=[("Read", 1), ("Do a paper", 1)])
        with pytest.raises(Refused, match="Your plans have 1 steps together"):
            plans.track(profile=guest.profile, certification=long, now=NOW)
        assert not guest.profile.certification_plans.exists()
        short = make.make_certification(steps=[("Read", 1)])
        assert plans.track(profile=guest.profile, certification=short, now=NOW)[1]

    def test_study_log(self, guest, full):
        plan = make.make_plan(guest.profile, steps=[("Read", 1, None)])
        plan.entries.create(minutes=5, studied_on=date(2026, 11, 1))
        with pytest.raises(Refused, match="You have logged 1 times"):
            log_study(plan=plan, minutes=5, studied_on=date(2026, 11, 2), now=NOW)
        with pytest.raises(Refused, match="You have logged 1 times"):
            start_clock(plan=plan, now=NOW)
        assert StudyEntry.objects.count() == 1

    def test_own_certificates(self, guest, full):
        make.make_held(guest.profile, title="One")
        days = {"earned_on": date(2026, 5, 12)}
        with pytest.raises(Refused, match="You keep 1 certificates of your own"):
            hold_own(profile=guest.profile, title="Two", issuer="", now=NOW, **days)
        assert not hold_own(profile=guest.profile, title="one", issuer="", now=NOW, **days)[1], "it is there"

    def test_files(self, guest, full):
        plan = make.make_plan(guest.profile)
        make.make_file(plan)
        new = files.Washed(b"%PDF-1.7 more", "application/pdf", "b.pdf", "another digest", ())
        with pytest.raises(Unfit, match="You keep 1 files, which is as many as there can be"):
            files.keep_file(plan=plan, cleaned=new, stored="x", now=NOW)
        assert EvidenceFile.objects.count() == 1

    def test_ratings_that_were_taken_back(self, guest, full):
        skill, today = make.make_skill(), timezone.localdate()
        for proficiency in (1, 2, 3):
            rate_skills(profile=guest.profile, ratings={skill.pk: proficiency}, today=today, now=NOW)
            withdraw_evidence(evidence=guest.profile.evidence.get(withdrawn_at=None), now=timezone.now())
        assert [row.proficiency for row in guest.profile.evidence.all()] == [3]
