from careers.accounts.models.invitations import Invitation
from careers.accounts.models.sessions import Session
from careers.accounts.models.users import User
from careers.calendars.models import CalendarEvent, CalendarFeed
from careers.cv.models import CV, Job, Schooling
from careers.desk.models.links import LinkResult
from careers.desk.sheets.models import SheetImport, SheetPage
from careers.evidence.models.evidence import Evidence, HeldCertificate
from careers.guide.models.books import Book
from careers.guide.models.certifications import Certification, CertificationSkill, CertificationStep
from careers.guide.models.choices import Degree, Frequency, Level, Shift, Track, WorkType
from careers.guide.models.companies import Company
from careers.guide.models.desk.change_sets import ChangeSet
from careers.guide.models.desk.drafts import DeskAction, Draft, Remark, Schedule
from careers.guide.models.hiring import Hiring
from careers.guide.models.industries import Industry
from careers.guide.models.metrics import Metric
from careers.guide.models.moves import Confidence, Move
from careers.guide.models.old_slugs import OldSlug
from careers.guide.models.pay import CountryPay, RolePay
from careers.guide.models.publishing import GuideModel
from careers.guide.models.questions import Question
from careers.guide.models.revisions import Change, LoadedRow, Revision
from careers.guide.models.role_rows import AlternateTitle, RoleCertification, RoleMetric, RoleSkill
from careers.guide.models.roles import Role
from careers.guide.models.sections import Section
from careers.guide.models.skills import Proficiency, Skill
from careers.guide.models.versions import Version
from careers.occupations.models import (
    Collection,
    Occupation,
    OccupationRelation,
    OccupationTask,
    OccupationTitle,
)
from careers.people.models.profiles import Education, Language, LanguageLevel, Profile, Situation, WorkPlace
from careers.people.models.removals import Removal
from careers.people.models.submissions import Submission
from careers.plans.exams.models import ExamAttempt, ExamItem
from careers.plans.files.models import EvidenceFile
from careers.plans.models import CertificationPlan, PlanStep
from careers.plans.study.models import MOST_MINUTES, StudyClock, StudyEntry
from careers.practice.calls.models import CallScore
from careers.practice.cards.models import CardState
from careers.practice.messages.models import WrittenAnswer
from careers.practice.timed.models import TimedResult
from careers.readiness.models import ReadyPaper
from careers.reminders.models import Reminder, ReminderMail, ReminderSettings
from careers.routes.models import Goal, GoalStep
from careers.runtime.models import Count
from careers.saved.models import SavedGroup, SavedRole
from careers.search.models.entries import SearchEntry, SearchIndex
from careers.search.models.misses import SearchMiss
from careers.sharing.models import Share
from careers.site.models import PageVote

__all__ = [
    "CV",
    "MOST_MINUTES",
    "AlternateTitle",
    "Book",
    "CalendarEvent",
    "CalendarFeed",
    "CallScore",
    "CardState",
    "Certification",
    "CertificationPlan",
    "CertificationSkill",
    "CertificationStep",
    "Change",
    "ChangeSet",
    "Collection",
    "Company",
    "Confidence",
    "Count",
    "CountryPay",
    "Degree",
    "DeskAction",
    "Draft",
    "Education",
    "Evidence",
    "EvidenceFile",
    "ExamAttempt",
    "ExamItem",
    "Frequency",
    "Goal",
    "GoalStep",
    "GuideModel",
    "HeldCertificate",
    "Hiring",
    "Industry",
    "Invitation",
    "Job",
    "Language",
    "LanguageLevel",
    "Level",
    "LinkResult",
    "LoadedRow",
    "Metric",
    "Move",
    "Occupation",
    "OccupationRelation",
    "OccupationTask",
    "OccupationTitle",
    "OldSlug",
    "PageVote",
    "PlanStep",
    "Proficiency",
    "Profile",
    "Question",
    "ReadyPaper",
    "Remark",
    "Reminder",
    "ReminderMail",
    "ReminderSettings",
    "Removal",
    "Revision",
    "Role",
    "RoleCertification",
    "RoleMetric",
    "RolePay",
    "RoleSkill",
    "SavedGroup",
    "SavedRole",
    "Schedule",
    "Schooling",
    "SearchEntry",
    "SearchIndex",
    "SearchMiss",
    "Section",
    "Session",
    "Share",
    "SheetImport",
    "SheetPage",
    "Shift",
    "Situation",
    "Skill",
    "StudyClock",
    "StudyEntry",
    "Submission",
    "TimedResult",
    "Track",
    "User",
    "Version",
    "WorkPlace",
    "WorkType",
    "WrittenAnswer",
]
