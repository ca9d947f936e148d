"""The kinds of days that a person has before them, for every page, calendar and reminder alike."""

from enum import StrEnum


class Kind(StrEnum):
    """In the order in which those of one day are told."""

    EXAM = "exam"  # one that is booked
    STEP = "step"  # the day to have a step done by
    TARGET = "target"  # the day to be ready by
    LAPSE = "lapse"  # the last valid day of a certificate
