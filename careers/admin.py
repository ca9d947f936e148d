"""Django's face for the HR desk: importing the admin of a noun registers it."""

from careers.desk.admin import (
    books,
    certifications,
    companies,
    industries,
    metrics,
    moves,
    occupations,
    questions,
    roles,
    sections,
    skills,
)
from careers.people.admin import groups, users
from careers.reminders import admin as reminders
from careers.search import admin as search

__all__ = [
    "books",
    "certifications",
    "companies",
    "groups",
    "industries",
    "metrics",
    "moves",
    "occupations",
    "questions",
    "reminders",
    "roles",
    "search",
    "sections",
    "skills",
    "users",
]
