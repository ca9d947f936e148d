"""The parts of the file about a person that are about their answers, their skills, what they saved and their goal."""

from careers.evidence.models.evidence import Evidence
from careers.people.models.profiles import Language, Profile
from careers.people.models.submissions import Submission
from careers.personal_data.selectors.guide import (
    A_CERTIFICATION,
    A_ROLE,
    A_ROLE_OR_NONE,
    A_SKILL,
    known_slug,
    role,
)
from careers.personal_data.selectors.parts import (
    ANY,
    MOMENT,
    TEXT,
    Column,
    Part,
    Property,
    list_of,
    maybe,
    named,
    part,
    several,
)
from careers.practice.timed.models import TimedResult
from careers.routes.models import Goal, GoalStep
from careers.saved.models import SavedGroup, SavedRole
from careers.sharing.models import Share

MORE_OF_ANSWERS = {"situation": "situation and current_role", "no_certificate": "no_certificate: that you hold none"}
ANSWERED_AT = Part(
    "When you last gave each answer. An answer that you never gave is missing.",
    {
        name: Property(f"When you last answered {MORE_OF_ANSWERS.get(name, name)}.", MOMENT, dict.get)
        for name in Profile.ANSWERS
    },
    optional=frozenset(Profile.ANSWERS),
)
ANSWERS = part(
    Profile,
    "What you said about yourself.",
    {
        "first_here_at": Column("created_at", "When your profile was made."),
        "last_here_on": Column("active_on", "The last day on which you were here."),
        "display_name": "The name you gave, empty when none.",
        "situation": (
            "new: new to BPO. in_role: in a role of the guide. elsewhere: in another job. Empty: not answered."
        ),
        "current_role": Property("The role you are in.", A_ROLE_OR_NONE, lambda row: role(row.current_role)),
        "years_of_experience": "Years of experience.",
        "education": (
            "The highest that is finished. below_secondary: no school certificate yet. secondary: school certificate. "
            "vocational: diploma or vocational training. bachelor: bachelor's degree. master: master's degree or "
            "higher. Empty: not answered."
        ),
        "shifts": "Shifts you would work.",
        "work_types": "Kinds of work you would do.",
        "places": "Where you would work.",
        "target_role": Property("The role you want to reach.", A_ROLE_OR_NONE, lambda row: role(row.target_role)),
        "time_zone": "Your time zone; empty: the portal's own.",
        "shows_streak": "Whether your plan counts weeks in a row. null: never said.",
        "practice_goal": "Practice tests a week that you aim at; null: none.",
        "answered_at": Property(ANSWERED_AT.description, ANSWERED_AT.schema, lambda row: row.answered_at),
    },
)
LANGUAGE = part(
    Language,
    "One language.",
    {
        "name": "Its name.",
        "level": "Its level in the Common European Framework, A1 (beginner) to C2 (mastery).",
        "answered_at": "When you last said so.",
    },
)
PROOF = part(
    Evidence,
    "One rating or proof.",
    {
        "skill": Property("The skill.", A_SKILL, lambda row: {"slug": row.skill.slug, "name": row.skill.name}),
        "kind": (
            "own_rating: your own rating. certificate: a certificate. practice: a practice test that you took here. "
            "test: a test result. hr_word: the word of HR."
        ),
        "proficiency": "1 starting, 2 basic, 3 able, 4 strong, 5 expert.",
        "shown_on": (
            "The day of the rating, the certificate or the test. How well a certificate's is known, "
            "certificates[].earned_precision says."
        ),
        "certificate": named("The certificate it comes from, null when from none.", maybe(TEXT), "certificate"),
        "source": "The name of the certificate or test, empty for your own rating.",
        "recorded_at": "When it was recorded.",
        "withdrawn_at": "When it was withdrawn. It stays on the record but counts no more. null: it counts.",
    },
)
RESULT = part(
    TimedResult,
    "One test with a time, typed to its end.",
    {
        "start": "The name under which it began.",
        "kind": "typing: typing test. forms: data-entry test. numbers: columns of numbers.",
        "minutes": "How long it lasted.",
        "text": "The text with which it began, or the number from which the records were made.",
        "began_at": "When you pressed the first key.",
        "ended_at": "When the time was over.",
        "characters": "Characters that stood at the end.",
        "counted": "Of these, the characters that count after mistakes.",
        "errors": "Mistakes that were left: in characters of a text, or fields of a form.",
        "compared": "The characters or fields that were looked at.",
        "late_errors": "Mistakes in the second half.",
        "evidence": named("The evidence that it became, null when none.", maybe(TEXT), "evidence"),
        "recorded_at": "When it was recorded.",
    },
)
GROUP = part(SavedGroup, "One heading.", {"name": "Its name.", "created_at": "When you made it."})
FACT = Part(
    "One fact.",
    {
        "fact": Property("Its name.", TEXT, lambda pair: pair[0]),
        "value": Property("Its value, in any shape.", ANY, lambda pair: pair[1]),
    },
)
SEEN = {
    "facts_seen": several(
        FACT,
        "The guide's facts about the role as you last saw them, so that changes can be shown to you.",
        lambda row: row.seen.items(),
    ),
    "facts_seen_at": Column("seen_at", "When you last saw them."),
}
SAVED_ROLE = part(
    SavedRole,
    "One saved role.",
    {
        "role": Property("The role.", A_ROLE, lambda row: role(row.role)),
        "group": named("The heading it stands under.", maybe(TEXT), "group"),
        "note": "Your note, empty when none.",
        "saved_at": "When you saved it.",
        "changed_at": Column("answered_at", "When you last changed its heading or note."),
        **SEEN,
    },
)


def start_seen(goal):
    """Return the name that the start had when they adopted the goal; empty if it had none."""
    return str(goal.facts_seen[0].get("start", "")) if goal.facts_seen else ""


def end_seen(goal):
    return next((step.title for step in goal.steps.all() if step.role_id == goal.role_id), "")


def as_known(step, page, name):
    """A page of the guide under the name that the person knows."""
    return page and {"slug": known_slug(page), name: step.title}


GOAL_STEP = part(
    GoalStep,
    "One step.",
    {
        "kind": "What kind of step: make a move, raise a skill, earn a certification.",
        "title": "The name of the role, the skill or the certification when you took the step on.",
        "move_of_the_route": Column(
            "leg", "Which move of the route it belongs to, from 1. null: it is done and no longer on the route."
        ),
        "position": "Its place among the steps, from 1.",
        "start": Property(
            "The role a move starts from. null: no move, or from new to BPO.",
            A_ROLE_OR_NONE,
            lambda row: role(row.start),
        ),
        "role": Property("The role a move leads to.", A_ROLE_OR_NONE, lambda row: role(row.role, seen=row.title)),
        "skill": Property("The skill to raise.", maybe(A_SKILL), lambda row: as_known(row, row.skill, "name")),
        "proficiency": "The proficiency to reach, 1 to 5.",
        "certification": Property(
            "The certification to earn.", maybe(A_CERTIFICATION), lambda row: as_known(row, row.certification, "title")
        ),
        "months_from": "The fewest months that a move takes.",
        "months_to": "The most months that a move takes.",
        "done_at": "When you said that it is done.",
    },
)
GOAL = part(
    Goal,
    "A goal.",
    {
        "from": Property(
            "The role you start from. null: new to BPO.",
            A_ROLE_OR_NONE,
            lambda row: role(row.start, seen=start_seen(row)),
        ),
        "to": Property("The role you want to reach.", A_ROLE, lambda row: role(row.role, seen=end_seen(row))),
        "criterion": "What matters most to you on the route.",
        "adopted_at": "When you made it your goal.",
        "changed_at": Column("answered_at", "When you last changed it."),
        "steps": several(
            GOAL_STEP,
            "Its steps in their order; those done that are no longer on the route come last.",
            lambda row: row.steps.all(),
        ),
        "facts_seen": Property(
            "The guide's facts about each move as you last took them over, so that changes can be shown to you.",
            list_of(list_of(FACT.schema), "The facts of one move."),
            lambda row: [[FACT.of(pair) for pair in seen.items()] for seen in row.facts_seen],
        ),
        "facts_seen_at": Column("seen_at", "When you last took them over."),
    },
)
SHARE = part(
    Share,
    "One shared page.",
    {
        "label": "Your name for it, empty when none.",
        "token": "The last part of its address. Everybody who has it can read the page while it is open.",
        "sections": "What it shows.",
        "expires_on": "The last day on which it opens.",
        "created_at": "When you made it.",
        "revoked_at": "When you closed it. null: you did not.",
        "opened_at": (
            "When it was last opened by anybody but you while signed in: a person, you signed out, or a program that "
            "makes a preview. null: not yet."
        ),
    },
)
SENT_FORM = part(
    Submission,
    "One form.",
    {
        "key": "A hash of what you sent, by which the same form is known again.",
        "made": "What it made: the kind of row and its key in the database. Empty where it made none.",
        "status": "The answer's HTTP status.",
        "location": "The page to which it led.",
        "messages": Property(
            "What that page said, one after the other.",
            list_of(TEXT, "A sentence."),
            lambda row: [str(message) for message in row.messages],
        ),
        "sent_at": "When you sent it.",
    },
)
