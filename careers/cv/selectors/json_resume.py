"""A CV in the shape of JSON Resume 1.0.0 (jsonresume.org), which other programs read.

Only what is known is in it: no key stands for an empty answer, and no place, date or name is made up.
"""

from careers.cv.rules import PARTS
from careers.cv.selectors.content import cv_of, cv_summary, finished, position
from careers.evidence.selectors.levels import known_by, levels_of

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"


def whole_resume(profile):
    """Everything that is known, whichever parts are chosen; with the account's e-mail where none was written."""
    return resume(profile, parts=PARTS, email=profile.user.email if profile.user else "")


def chosen_resume(profile):
    """The same parts as the CV shows, and no more."""
    return resume(profile, parts=cv_of(profile).parts, email="")


def resume(profile, *, parts, email):
    cv = cv_of(profile)
    written = {
        "work": ("work", work),
        "education": ("education", education),
        "skills": ("skills", skills),
        "languages": ("languages", languages),
        "certificates": ("certificates", certificates),
    }
    lists = {name: read(profile) for name, (part, read) in written.items() if part in parts}
    basics = basics_of(profile, cv, parts=parts, email=email)
    return without_empty({"$schema": SCHEMA, "basics": basics, **lists})


def without_empty(values):
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}


def basics_of(profile, cv, *, parts, email):
    return without_empty(
        {
            "name": cv.name or profile.display_name,
            "label": cv.headline or position(profile),
            "email": cv.email or email,
            "phone": cv.phone,
            "location": without_empty({"city": cv.city}),
            "summary": cv_summary(profile, cv) if "summary" in parts else "",
        }
    )


def work(profile):
    rows = [
        without_empty(
            {
                "name": job.employer,
                "position": job.position,
                "location": job.city,
                "startDate": job.began.iso,
                "endDate": job.ended.iso if job.ended else "",
                "summary": job.duties,
            }
        )
        for job in profile.jobs.all()
    ]
    return rows or ([{"position": position(profile)}] if position(profile) else [])


def education(profile):
    rows = [
        without_empty(
            {
                "institution": row.school,
                "studyType": row.qualification,
                "endDate": row.ended.iso if row.ended else "",
                "score": row.result,
            }
        )
        for row in profile.schoolings.all()
    ]
    return rows or ([{"studyType": finished(profile)}] if finished(profile) else [])


def skills(profile):
    return [skill_entry(skill, row) for skill, row in levels_of(profile).items()]


def skill_entry(skill, row):
    """The number says more than the word to whoever does not know the portal's five words."""
    keywords = [f"{row.proficiency} of 5", known_by(row)]
    return {"name": skill.name, "level": row.get_proficiency_display(), "keywords": keywords}


def languages(profile):
    return [{"language": row.name, "fluency": row.get_level_display()} for row in profile.languages.all()]


def certificates(profile):
    return [certificate_entry(row) for row in profile.certificates.with_names()]


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
