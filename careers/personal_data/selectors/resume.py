"""A person's profile in the shape of JSON Resume 1.0.0 (jsonresume.org), which other programs read.

Only what is known is in it: no key stands for an empty answer, and no place, date or name is made up.
"""

from careers.evidence.selectors.levels import known_by, levels_of
from careers.lib.words import years_in_words
from careers.people.models.profiles import Education

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"


def resume(profile):
    return without_empty(
        {
            "$schema": SCHEMA,
            "basics": basics(profile),
            "work": [{"position": position(profile)}] if position(profile) else [],
            "education": education(profile),
            "skills": [skill_entry(skill, row) for skill, row in levels_of(profile).items()],
            "languages": [
                {"language": row.name, "fluency": row.get_level_display()} for row in profile.languages.all()
            ],
            "certificates": [certificate_entry(row) for row in profile.certificates.with_names()],
        }
    )


def without_empty(values):
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}


def basics(profile):
    years = years_in_words(profile.years_of_experience)
    return without_empty(
        {
            "name": profile.display_name,
            "label": position(profile),
            "email": profile.user.email if profile.user else "",
            "summary": f"{years} of experience." if years else "",
        }
    )


def position(profile):
    """Nothing where HR has taken the role back: its title is not for people then."""
    return profile.current_role.title if profile.current_role and profile.current_role.is_known else ""


def education(profile):
    finished = profile.education and profile.education != Education.BELOW_SECONDARY
    return [{"studyType": profile.get_education_display()}] if finished else []


def skill_entry(skill, row):
    """The number says more than the word to whoever does not know the portal's five words."""
    keywords = [f"{row.proficiency} of 5", known_by(row)]
    return {"name": skill.name, "level": row.get_proficiency_display(), "keywords": keywords}


def certificate_entry(row):
    """The format wants a whole day there. Where only a month or a year is known, none is made up."""
    return without_empty(
        {
            "name": row.name,
            "date": row.earned.iso if row.earned.is_exact else "",
            "issuer": row.issued_by,
            "url": row.credential_url or (row.known.official_url if row.known else ""),
        }
    )
