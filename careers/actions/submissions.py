"""Which forms were sent before: each is kept for a day, with its answer, so that it is done once.

An answer that made a row stands as long as the row does. Any other stands until the person's next write: then the same
form means something new, as when a step is ticked in one tab, unticked in the next, and ticked again in the first.
"""

from django.db import IntegrityError, transaction

from careers.models import Submission
from careers.models.submissions import KEPT_FOR

MOST = 50  # of one person, of those that made something; of the others there is one at most


def first_answer(*, key, profile):
    """What the same form was answered before, or None. One query where it was not sent before.

    Who has no profile yet finds what the same form made for them a moment ago, when it began a guest.
    """
    row = Submission.objects.select_related("profile").filter(key=key).first()
    return row if row and is_of(row, profile) and row.still_stands else None


def is_of(row, profile):
    return row.profile_id == profile.pk if profile else row.profile.is_guest


def claim(*, key, profile, now):
    """The form's row, empty yet; None where another one with this key is there.

    Waits for a transaction that is at the same form: then there is its row, or it failed and this one goes on.
    """
    Submission.objects.filter(key=key, profile=profile).delete()  # stands no more, or it would have been found
    try:
        with transaction.atomic():
            return Submission.objects.create(key=key, profile=profile, sent_at=now)
    except IntegrityError:
        return None


def note_answer(submission, *, made, response, messages):
    """Does nothing where the form has deleted the person, and this with them."""
    answer = {"made": made, "status": response.status_code, "location": response.headers["Location"]}
    Submission.objects.filter(pk=submission.pk).update(**answer, messages=messages)


def forget_answers(*, profile):
    """Before the person's next write."""
    rows = enumerate(profile.submissions.values_list("pk", "made"))
    if gone := [pk for number, (pk, made) in rows if not made or number >= MOST]:
        profile.submissions.filter(pk__in=gone).delete()


def prune_submissions(*, now):
    """Delete those older than a day; returns how many."""
    deleted, _ = Submission.objects.older_than(now - KEPT_FOR).delete()
    return deleted
