"""The steps of a profile, in their order, each with all that this noun knows of it.

What nouns above know of a step they keep by its key, in a table that `of_each_step` has looked at: a new step stops the
portal, at its import, until every such table has it.
"""

from careers.guide.models.choices import Shift, WorkType
from careers.lib.words import counted, labels, years_in_words
from careers.people.models.profiles import Profile, Situation, WorkPlace
from careers.people.rules import Meter, ProfileStep, profile_meter

# Answers that no step asks for, and where they are given.
ASKED_ELSEWHERE = {"time_zone": "Reminders", "shows_streak": "My plan", "practice_goal": "My plan"}


def about(profile):
    return [
        ("Name", profile.display_name),
        ("Where you are now", where(profile)),
        ("Years of work", years_in_words(profile.years_of_experience)),
        ("Education", profile.get_education_display()),
    ]


def where(profile):
    if profile.situation == Situation.IN_ROLE:
        return profile.current_role.option_label
    return profile.get_situation_display()


def working_life(profile):
    return [
        ("Shifts", labels(Shift, profile.shifts)),
        ("Work", labels(WorkType, profile.work_types)),
        ("Place", labels(WorkPlace, profile.places)),
        ("Languages", ", ".join(str(language) for language in profile.languages.all())),
    ]


def skills(profile):
    rated = profile.evidence.standing().own_ratings().values("skill").distinct().count()
    return [("Rated by you", counted(rated, "skill") if rated else "")]


def certificates(profile):
    held = [str(row) for row in profile.certificates.with_names()]
    return [("On your list", ", ".join(held) or ("None yet" if has_no_certificate(profile) else ""))]


def has_no_certificate(profile):
    """Whether they looked and said that they have none, and have none still."""
    return profile.has_answer("no_certificate") and not profile.certificates.exists()


def target(profile):
    return [("Role to reach", profile.target_role and profile.target_role.option_label)]


STEPS = (
    ProfileStep(
        key="about",
        name="About you",
        buys="Say what you finished at school, and role pages tell you where a degree stands in the way.",
        shared="About me: name, role, experience, education",
        words=about,
        answers=("display_name", "situation", "years_of_experience", "education"),
    ),
    ProfileStep(
        key="working-life",
        name="Working life",
        buys="Say which shifts and work you accept, and role pages tell you where a role asks for others.",
        shared="Working life: shifts, work types, place, languages",
        words=working_life,
        answers=("shifts", "work_types", "places"),
        has_more=lambda profile: profile.languages.exists(),
    ),
    ProfileStep(
        key="skills",
        name="Skills",
        buys="Rate a few skills, and every role page shows what you have and what is missing.",
        shared="Skills, with how each is known",
        words=skills,
        has_more=lambda profile: profile.evidence.standing().own_ratings().exists(),
    ),
    ProfileStep(
        key="certificates",
        name="Certificates",
        buys="Add a certificate, and the skills it credits count on every role page.",
        shared="Certificates",
        words=certificates,
        answers=("no_certificate",),
        has_more=lambda profile: profile.certificates.exists(),
    ),
    ProfileStep(
        key="target",
        name="Your target",
        buys="Choose a role to reach, and “My plan” shows which of its skills you still need.",
        shared="Where I want to go",
        words=target,
        answers=("target_role",),
    ),
)
STEP = {step.key: step for step in STEPS}


def of_each_step(what, table):
    """`table`, {key: …}. Raises LookupError, in words, unless it has every step and nothing else."""
    for key in STEP.keys() ^ table.keys():
        raise LookupError(
            f"Say {what} of the step “{key}”." if key in STEP else f"There is no step “{key}” to say {what} of."
        )
    return table


def check_answers(asked, known):
    """Each answer that a profile has is asked for in one place. Raises LookupError, in words."""
    for name in [*asked, *known]:
        if asked.count(name) != 1 or name not in known:
            raise LookupError(f"One step asks for the answer “{name}”, or ASKED_ELSEWHERE says where it is given.")


check_answers([*(name for step in STEPS for name in step.answers), *ASKED_ELSEWHERE], Profile.ANSWERS)


def meter_of(profile) -> Meter:
    """How far this profile is; a visitor who has written nothing is at 0. Three queries at most, whatever they have."""
    return profile_meter(STEPS, [step.key for step in STEPS if step.is_done(profile)])


def answers_in_words(profile, key):
    """Its answers as (question, answer) pairs; what was not answered is not there."""
    return [(question, answer) for question, answer in STEP[key].words(profile) if answer]


def step_after(key):
    """None after the last."""
    following = STEPS.index(STEP[key]) + 1
    return STEPS[following] if following < len(STEPS) else None
