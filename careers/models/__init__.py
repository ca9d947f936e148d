from careers.models.accounts import User
from careers.models.books import Book
from careers.models.certifications import Certification, CertificationSkill, CertificationStep
from careers.models.choices import Degree, Level, Shift, Track, WorkType
from careers.models.companies import Company
from careers.models.industries import Industry
from careers.models.insights import SearchMiss
from careers.models.metrics import Metric
from careers.models.publishing import GuideModel
from careers.models.questions import Question
from careers.models.revisions import LoadedRow, Revision
from careers.models.role_rows import AlternateTitle, RoleCertification, RoleMetric, RoleSkill
from careers.models.roles import Role
from careers.models.search import SearchEntry, SearchIndex
from careers.models.sections import Section
from careers.models.skills import Proficiency, Skill

__all__ = [
    "AlternateTitle",
    "Book",
    "Certification",
    "CertificationSkill",
    "CertificationStep",
    "Company",
    "Degree",
    "GuideModel",
    "Industry",
    "Level",
    "LoadedRow",
    "Metric",
    "Proficiency",
    "Question",
    "Revision",
    "Role",
    "RoleCertification",
    "RoleMetric",
    "RoleSkill",
    "SearchEntry",
    "SearchIndex",
    "SearchMiss",
    "Section",
    "Shift",
    "Skill",
    "Track",
    "User",
    "WorkType",
]
