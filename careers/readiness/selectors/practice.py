"""The lines of a list that practice gives: which tests and questions somebody has rehearsed here.

A test counts from its first result, whatever that is: what it shows of a skill is evidence, and counts there.
"""

from careers.guide.models.choices import WorkType
from careers.guide.models.roles import Role
from careers.practice.cards.models import CardState
from careers.practice.cards.selectors import interview_questions
from careers.practice.timed.models import TimedResult
from careers.readiness.rules import LineKind, ReadyLine

ENOUGH_QUESTIONS = 10  # said well, by the person's own word
SAID_WELL = (CardState.Last.GOOD, CardState.Last.EASY)
TYPING, ENTRY, QUESTIONS, CALL = "typing", "entry", "questions", "call"


def practice_lines(role: Role, *, profile) -> list[ReadyLine]:
    """Typing for every role, data entry and mock calls for those whose work they are. Three queries at most."""
    kinds = set(profile.timed_results.order_by().values_list("kind", flat=True).distinct())
    lines = [practised(TYPING, "Typing test", TimedResult.Kind.TYPING in kinds)]
    if role.work_type != WorkType.VOICE:
        lines += [practised(ENTRY, "Data-entry test", bool({TimedResult.Kind.FORMS, TimedResult.Kind.NUMBERS} & kinds))]
    if role.work_type != WorkType.NON_VOICE:
        lines += [practised(CALL, "Mock call", profile.call_scores.exists())]
    return [*lines, *question_lines(profile)]


def question_lines(profile) -> list[ReadyLine]:
    """None where the guide has no questions."""
    enough = min(ENOUGH_QUESTIONS, len(interview_questions().cards))
    if not enough:
        return []
    well = profile.interview_cards.filter(last__in=SAID_WELL).count()
    said = f"{min(well, enough)} of {enough} said well"
    return [practised(QUESTIONS, "Interview questions", well >= enough, said)]


def practised(key: str, name: str, is_done: bool, detail: str = "") -> ReadyLine:
    return ReadyLine(LineKind.PRACTISE, name, is_done, detail=detail, key=key)
