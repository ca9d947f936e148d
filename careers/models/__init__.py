from careers.models.accounts import User
from careers.models.books import Book
from careers.models.calendars import CalendarEvent, CalendarFeed
from careers.models.certifications import Certification, CertificationSkill, CertificationStep
from careers.models.choices import Degree, Level, Shift, Track, WorkType
from careers.models.companies import Company
from careers.models.counts import Count
from careers.models.evidence import Evidence, HeldCertificate
from careers.models.exams import ExamAttempt, ExamItem
from careers.models.files import EvidenceFile
from careers.models.goals import Goal, GoalStep
from careers.models.growth import Confidence, Move
from careers.models.industries import Industry
from careers.models.insights import SearchMiss
from careers.models.metrics import Metric
from careers.models.occupations import (
    Collection,
    Occupation,
    OccupationRelation,
    OccupationTask,
    OccupationTitle,
)
from careers.models.plans import CertificationPlan, PlanStep
from careers.models.profiles import Education, Language, LanguageLevel, Place, Profile, Situation
from careers.models.progress import SavedGroup, SavedRole
from careers.models.publishing import GuideModel
from careers.models.questions import Question
from careers.models.reminders import Reminder, ReminderMail, ReminderSettings
from careers.models.revisions import LoadedRow, Revision
from careers.models.role_rows import AlternateTitle, RoleCertification, RoleMetric, RoleSkill
from careers.models.roles import Role
from careers.models.search import SearchEntry, SearchIndex
from careers.models.sections import Section
from careers.models.sessions import Session
from careers.models.shares import Share
from careers.models.skills import Proficiency, Skill
from careers.models.study import MOST_MINUTES, StudyClock, StudyEntry
from careers.models.submissions import Submission

__all__ = [
    "MOST_MINUTES",
    "AlternateTitle",
    "Book",
    "CalendarEvent",
    "CalendarFeed",
    "Certification",
    "CertificationPlan",
    "CertificationSkill",
    "CertificationStep",
    "Collection",
    "Company",
    "Confidence",
    "Count",
    "Degree",
    "Education",
    "Evidence",
    "EvidenceFile",
    "ExamAttempt",
    "ExamItem",
    "Goal",
    "GoalStep",
    "GuideModel",
    "HeldCertificate",
    "Industry",
    "Language",
    "LanguageLevel",
    "Level",
    "LoadedRow",
    "Metric",
    "Move",
    "Occupation",
    "OccupationRelation",
    "OccupationTask",
    "OccupationTitle",
    "Place",
    "PlanStep",
    "Proficiency",
    "Profile",
    "Question",
    "Reminder",
    "ReminderMail",
    "ReminderSettings",
    "Revision",
    "Role",
    "RoleCertification",
    "RoleMetric",
    "RoleSkill",
    "SavedGroup",
    "SavedRole",
    "SearchEntry",
    "SearchIndex",
    "SearchMiss",
    "Section",
    "Session",
    "Share",
    "Shift",
    "Situation",
    "Skill",
    "StudyClock",
    "StudyEntry",
    "Submission",
    "Track",
    "User",
    "WorkType",
]
