"""Writing a CV. The profile's row is locked by whoever calls."""

from django.db import transaction

from careers.cv.models import CV, Job, Schooling
from careers.lib.names import folded
from careers.lib.texts import both_texts
from careers.people.services.refusing import refuse_over

MOST_JOBS = MOST_SCHOOLINGS = 20
TOO_MANY = {
    Job: "There is room for {most} jobs. Remove one first.",
    Schooling: "There is room for {most} schools and courses. Remove one first.",
}
NAMES = {Job: ("position", "employer"), Schooling: ("qualification", "school")}


@transaction.atomic(savepoint=False)
def save_cv(*, profile, changed, now):
    """`changed` is {field: value}; the rest stays as it is. Writes nothing where nothing changed. Returns the CV."""
    cv = profile.cvs.first() or CV(profile=profile)
    if changed:
        for name, value in changed.items():
            setattr(cv, name, value)
        cv.answered_at = now
        cv.save()
    return cv


@transaction.atomic(savepoint=False)
def add_row(model, *, profile, fields):
    """Add a job or a schooling. Raises `Refused` where there are as many as there can be."""
    rows = model.objects.filter(profile=profile)
    refuse_over(rows, MOST_JOBS if model is Job else MOST_SCHOOLINGS, TOO_MANY[model])
    return model.objects.create(profile=profile, **fields)


def merge_cvs(*, guest, profile):
    """One CV of two: each line from the one that was changed last, and where that is empty from the other. Two
    summaries stand below each other. Every job and schooling stays; one that both name alike is the account's.
    """
    merge_lines(guest.cvs.first(), profile)
    for model in (Job, Schooling):
        own = {known_as(row) for row in model.objects.filter(profile=profile)}
        more = [row.pk for row in model.objects.filter(profile=guest) if known_as(row) not in own]
        model.objects.filter(pk__in=more).update(profile=profile)


def merge_lines(theirs, profile):
    own = profile.cvs.first()
    if theirs is None:
        return
    if own is None:
        CV.objects.filter(pk=theirs.pk).update(profile=profile)
        return
    older, newer = sorted((own, theirs), key=lambda cv: cv.answered_at)
    for name in CV.LINES:
        setattr(own, name, getattr(newer, name) or getattr(older, name))
    own.summary = both_texts(newer.summary, older.summary)
    own.parts, own.answered_at = newer.parts, newer.answered_at
    own.save()


def known_as(row):
    """The same for two rows that say the same, however their words are written."""
    values = (getattr(row, name) for name in type(row).FIELDS)
    return tuple(folded(value) if isinstance(value, str) else value for value in values)
