"""The parts of the file about a person that are about applying: their CV, and papers they have ready."""

from careers.cv.models import CV, Job, Schooling
from careers.personal_data.selectors.parts import part
from careers.readiness.models import ReadyPaper

PRECISION = "How well that day is known: to the day, the month or the year. Then it is the first day of it."
CV_LINES = part(
    CV,
    "What you wrote for your CV.",
    {
        "name": "Your full name on it, empty when it is that of your profile.",
        "headline": "The line about you, empty when none.",
        "email": "The e-mail it shows, empty when none.",
        "phone": "The phone number it shows, empty when none.",
        "city": "The city it shows, empty when none.",
        "summary": "The summary, empty when none.",
        "parts": "Its parts that you chose to show.",
        "answered_at": "When you last changed it.",
    },
)
JOB = part(
    Job,
    "One job.",
    {
        "position": "What you were.",
        "employer": "Where, empty when not said.",
        "city": "In which city, empty when not said.",
        "began_on": "The day it began.",
        "began_precision": PRECISION,
        "ended_on": "The day it ended. null: it goes on.",
        "ended_precision": PRECISION,
        "duties": "What you did there, empty when not said.",
    },
)
SCHOOLING = part(
    Schooling,
    "One school or course.",
    {
        "qualification": "What you learned.",
        "school": "Where, empty when not said.",
        "city": "In which city, empty when not said.",
        "ended_on": "The day it ended. null: it goes on.",
        "ended_precision": PRECISION,
        "result": "The result, empty when not said.",
    },
)
PAPER = part(
    ReadyPaper,
    "One paper.",
    {"paper": "Its name, as the guide had it.", "ticked_at": "When you ticked it."},
)
