"""Django's face for the HR desk: importing the admin of a noun registers it."""

from careers.desk.admin import (
    books,
    certifications,
    companies,
    industries,
    invitations,
    metrics,
    moves,
    occupations,
    questions,
    roles,
    sections,
    skills,
)
from careers.desk.admin.readers import misses, votes
from careers.desk.admin.sets import admin as change_sets
from careers.people.admin import groups, users
from careers.reminders import admin as reminders

__all__ = [
    "books",
    "certifications",
    "change_sets",
    "companies",
    "groups",
    "industries",
    "invitations",
    "metrics",
    "misses",
    "moves",
    "occupations",
    "questions",
    "reminders",
    "roles",
    "sections",
    "skills",
    "users",
    "votes",
]
