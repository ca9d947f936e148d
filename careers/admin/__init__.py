"""One file per noun; importing them registers them."""

from careers.admin import (
    accounts,
    books,
    certifications,
    companies,
    groups,
    industries,
    insights,
    metrics,
    moves,
    occupations,
    questions,
    reminders,
    roles,
    sections,
    skills,
)

__all__ = [
    "accounts",
    "books",
    "certifications",
    "companies",
    "groups",
    "industries",
    "insights",
    "metrics",
    "moves",
    "occupations",
    "questions",
    "reminders",
    "roles",
    "sections",
    "skills",
]
