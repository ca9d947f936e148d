"""How a person stands beside a role, in sentences for a page."""

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from careers.evidence.rules import gaps
from careers.lib.words import plural

FIRST = 2  # of what is missing; the rest is counted
NO_ESSENTIAL = "The guide names no essential skill."


def count_in_words(summary: gaps.Fit) -> str:
    """In how much of what a role asks somebody is there, and of how much nobody knows."""
    needs, unknown = len(summary.needs), len(summary.unknown)
    if not needs:
        return "The guide names no skills for it."
    if unknown == needs:
        return format_html("You have not rated any of its {} skills yet.", needs)
    met = format_html("You have {}", essential_met(summary)) if summary.essential else NO_ESSENTIAL
    if not unknown:
        return met
    return format_html("{} {} of its skills {} not rated yet.", met, unknown, plural(unknown, "is,are"))


def gist(fit) -> SafeString:
    """Why a role stands where it does, in a line: what is there, what is missing, what is not rated. `fit` is a
    `RoleFit`.
    """
    met = essential_met(fit.summary) if fit.summary.essential else NO_ESSENTIAL
    return format_html("{}{}{}", met, missing(fit.missing), not_rated(fit.unknown))


def essential_met(summary: gaps.Fit) -> SafeString:
    number = len(summary.essential)
    skills = plural(number, "skill")
    return format_html("<strong>{} of {}</strong> essential {}.", summary.essential_met, number, skills)


def missing(rows) -> str:
    if not rows:
        return ""
    named = format_html_join(", ", "{} ({} of {}{})", (missing_one(row) for row in rows[:FIRST]))
    more = f" and {len(rows) - FIRST} more" if len(rows) > FIRST else ""
    return format_html(" Missing: {}{}.", named, more)


def missing_one(row):
    return row.asked.skill.name, row.need.has, row.need.level, "" if row.need.essential else ", helpful"


def not_rated(rows) -> str:
    """One leads to where it is rated; more are counted."""
    if not rows:
        return ""
    if len(rows) > 1:
        return format_html(" {} not rated.", len(rows))
    skill = rows[0].asked.skill
    return format_html(' <a href="{}#id_skill_{}">Rate {}</a>', reverse("profile-skills"), skill.pk, skill.name)
