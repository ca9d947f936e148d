"""The words of a CV: from the profile, and from what was written for the CV alone."""

from dataclasses import dataclass

from careers.cv.models import CV
from careers.cv.rules import CVEntry, CVPart, in_order
from careers.evidence.models.evidence import Evidence
from careers.evidence.selectors.levels import known_by, levels_of
from careers.guide.models.choices import Shift, WorkType
from careers.lib.words import labels, years_in_words
from careers.people.models.profiles import Education, WorkPlace

COLUMNS = {"skills": 2, "languages": 2}


@dataclass(frozen=True)
class Content:
    """`contact` are lines: city, phone, e-mail. `parts` are those that were chosen and say anything."""

    name: str
    headline: str
    contact: list[str]
    parts: list[CVPart]
    has_contact: bool

    @property
    def is_empty(self):
        return not (self.name or self.headline or self.contact or self.parts)


def cv_of(profile):
    """The person's CV, or one that is not saved yet."""
    return profile.cvs.first() or CV()


def cv_content(profile, *, today):
    """Some eight queries, however much there is."""
    cv, jobs = cv_of(profile), list(profile.jobs.all())
    written = {key: read(profile, cv, jobs, today) for key, read in READ.items() if key in cv.parts}
    keys = in_order(cv.parts, has_worked=bool(jobs))
    parts = [CVPart(key, tuple(written[key]), COLUMNS.get(key, 1)) for key in keys if written[key]]
    contact = [line for line in (cv.city, cv.phone, cv.email) if line]
    name, headline = cv.name or profile.display_name, cv.headline or position(profile)
    return Content(name, headline, contact, parts, cv.has_contact(profile))


def summary(profile, cv, jobs, today):
    text = cv_summary(profile, cv)
    return [CVEntry(text=text)] if text else []


def cv_summary(profile, cv):
    years = years_in_words(profile.years_of_experience)
    return cv.summary or (f"{years} of experience." if years else "")


def position(profile):
    """Nothing where HR has taken the role back: its title is not for people then."""
    return profile.current_role.title if profile.current_role and profile.current_role.is_known else ""


def work(profile, cv, jobs, today):
    """The profile's word on today's work stands there until a job is written."""
    rows = [CVEntry(job.position, joined(job.employer, job.city), job.when, job.duties) for job in jobs]
    return rows or ([CVEntry(position(profile), when="now")] if position(profile) else [])


def education(profile, cv, jobs, today):
    rows = [
        CVEntry(row.qualification, joined(row.school, row.city), row.when, row.result)
        for row in profile.schoolings.all()
    ]
    return rows or ([CVEntry(finished(profile))] if finished(profile) else [])


def finished(profile):
    """The education that the profile names; none where no certificate of a school is there yet."""
    is_some = profile.education and profile.education != Education.BELOW_SECONDARY
    return profile.get_education_display() if is_some else ""


def skills(profile, cv, jobs, today):
    """The strongest first."""
    rows = sorted(levels_of(profile).items(), key=lambda pair: -pair[1].proficiency)
    return [CVEntry(skill.name, f"{row.proficiency} of 5", known_by(row)) for skill, row in rows]


def certificates(profile, cv, jobs, today):
    return [CVEntry(row.name, row.issued_by, row.days_on(today)) for row in profile.certificates.with_names()]


def tests(profile, cv, jobs, today):
    """Of each test and skill the latest result that stands. One that was taken alone says so, with its speed."""
    kinds = (Evidence.Kind.TEST, Evidence.Kind.PRACTICE)
    rows = profile.evidence.standing().filter(kind__in=kinds).select_related("skill", "certificate", "timed_result")
    latest = {}
    for row in rows.order_by("-shown_on", "-pk"):
        latest.setdefault((row.source, row.skill_id), row)
    return [CVEntry(row.source or row.skill.name, shown_by_test(row), str(row.shown)) for row in latest.values()]


def shown_by_test(row):
    """“Typing, 3 of 5”, of a practice test “41 net words a minute, taken alone”."""
    result = getattr(row, "timed_result", None)
    if row.kind != Evidence.Kind.PRACTICE:
        return f"{row.skill.name}, {row.proficiency} of 5"
    return joined(result.speed if result else row.skill.name, "taken alone")


def languages(profile, cv, jobs, today):
    """The letters of the framework, and which one it is: an employer does not know its names for them."""
    return [CVEntry(row.name, f"{row.level} (CEFR)") for row in profile.languages.all()]


def availability(profile, cv, jobs, today):
    said = (
        ("Shifts", labels(Shift, profile.shifts)),
        ("Work", labels(WorkType, profile.work_types)),
        ("Place", labels(WorkPlace, profile.places)),
    )
    return [CVEntry(name, value) for name, value in said if value]


def joined(*words):
    return ", ".join(word for word in words if word)


READ = {
    "summary": summary,
    "work": work,
    "education": education,
    "skills": skills,
    "certificates": certificates,
    "tests": tests,
    "languages": languages,
    "availability": availability,
}
