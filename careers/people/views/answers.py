"""A profile's answers in words, step by step, as (question, answer) pairs; what was not answered is not there."""

from careers.guide.models.choices import Shift, WorkType
from careers.lib.words import labels, years_in_words
from careers.people.models.profiles import Place, Situation
from careers.people.services.answers import has_no_certificate


def in_words(profile, key):
    return [(question, answer) for question, answer in WORDS[key](profile) if answer]


def about(profile):
    return [
        ("Name", profile.display_name),
        ("Where you are now", where(profile)),
        ("Years of work", years_in_words(profile.years_of_experience)),
        ("Education", profile.get_education_display()),
    ]


def where(profile):
    if profile.situation == Situation.IN_ROLE:
        return profile.current_role.name_as_chosen
    return profile.get_situation_display()


def working_life(profile):
    return [
        ("Shifts", labels(Shift, profile.shifts)),
        ("Work", labels(WorkType, profile.work_types)),
        ("Place", labels(Place, profile.places)),
        ("Languages", ", ".join(str(language) for language in profile.languages.all())),
    ]


def skills(profile):
    rated = profile.evidence.standing().own_ratings().values("skill").distinct().count()
    return [("Rated by you", f"{rated} skill{'' if rated == 1 else 's'}" if rated else "")]


def certificates(profile):
    held = [str(row) for row in profile.certificates.with_names()]
    return [("On your list", ", ".join(held) or ("None yet" if has_no_certificate(profile) else ""))]


def target(profile):
    return [("Role to reach", profile.target_role and profile.target_role.name_as_chosen)]


WORDS = {
    "about": about,
    "working-life": working_life,
    "skills": skills,
    "certificates": certificates,
    "target": target,
}
