"""The parts of the file about a person that are about how they practised: cards, answers to messages, mock calls."""

from careers.personal_data.selectors.parts import COUNT, TEXT, Column, Part, Property, list_of, part, several
from careers.personal_data.selectors.work import FACT
from careers.practice.calls.models import CallScore
from careers.practice.cards.models import CardState
from careers.practice.messages.models import WrittenAnswer

INTERVIEW_CARD = part(
    CardState,
    "One card.",
    {
        "key": "By which the portal knows the card: the words of its question.",
        "question": "What it asked when you last used it.",
        "note": "Your own example, empty when none.",
        "noted_at": "When you last changed your example.",
        "answers": "How often you answered it.",
        "last_answer": Column("last", "How well you said you knew it: again, hard, good, easy. Empty: never answered."),
        "first_answered_at": Column("started_at", "When you first answered it. null: never."),
        "answered_at": "When you last answered it. null: never.",
        "due_at": "When it comes again. null: it was never answered.",
        "state": "How the schedule (FSRS) sees it. 1: being learnt. 2: known. 3: being learnt again.",
        "step": "Which of the short waits of the schedule it is in. null: none.",
        "stability": "For how many days the schedule expects you to know it, in nine of ten cases. null: none yet.",
        "difficulty": "How hard the schedule takes it to be for you, 1 to 10. null: no answer yet.",
        "before_last_answer": several(
            FACT,
            "The same facts as they were before your last answer, so that you can take it back. Empty: nothing can.",
            lambda row: (row.before or {}).items(),
        ),
    },
)
WRITTEN_ANSWER = part(
    WrittenAnswer,
    "One answer.",
    {
        "message": "By which the portal knows the message or the call.",
        "text": "What you wrote.",
        "ticks": Property(
            "What you ticked of the checklist.", list_of(TEXT, "Its name on the list."), lambda row: row.ticks
        ),
        "written_at": "When you wrote it.",
        "checked_at": "When you last changed the ticks. null: never.",
    },
)
HEARD = Part(
    "One thing that was listened for.",
    {
        "thing": Property("Its name on the sheet.", TEXT, lambda pair: pair[0]),
        "points": Property("0: not heard. 1: in part. 2: heard.", COUNT, lambda pair: pair[1]),
    },
)
CALL_SCORE = part(
    CallScore,
    "One sheet.",
    {
        "call": "By which the portal knows the call.",
        "played_on": "The day on which you played it.",
        "heard": several(HEARD, "What was heard, thing by thing.", lambda row: row.points.items()),
        "note": "Your note, empty when none.",
        "created_at": "When you kept it.",
    },
)
