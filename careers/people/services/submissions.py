"""Which forms were sent before: each is kept for a day, with its answer, so that it is done once.

An answer that made a row stands as long as that row is as it was made: there, and of a share, open. Any other says what
is so, and others may make it untrue: it stands for a moment only, long enough for two taps and a page that is sent
again, and until the next write that could do so. That is the person's next one (a step is ticked in one tab, unticked
in the next, and ticked again in the first), a stop of their mails, a guest's work that comes to them; and of what is
done at the HR desk, whose rows are everybody's there, the next thing that anybody else does at it.
"""

from datetime import timedelta

from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, transaction
from django.urls import reverse

from careers.fields.models.rows import AskedByKey, insert_unless_there, write_over
from careers.guide.models.desk.drafts import DeskAction
from careers.people.models.submissions import Submission

A_MOMENT = timedelta(minutes=1)
MOST = 50  # of one person, of those that made something; of the others there is one at most

SENT = AskedByKey(lambda key: Submission.objects.filter(profile=key))


def first_answer(*, key, profile, now):
    """Return the answer to the same form, or None if it was not sent before: one query then.

    Without a profile it is the answer that the same form had a moment ago, when it began a guest.
    """
    kept = Submission.objects.select_related("profile").stored_at(now)
    row = kept.filter(key=key).first()
    return row if row and is_of(row, profile) and still_stands(row, now) else None


def is_of(row, profile):
    return row.profile_id == profile.pk if profile else row.profile.is_guest


def still_stands(row, now):
    if row.made:
        return row.is_as_made
    return abs(now - row.sent_at) <= A_MOMENT and not others_at_the_desk(row)


def others_at_the_desk(row):
    """Whether somebody else has done something at the desk since. Nobody's own pages are asked about."""
    if not row.location.startswith(reverse("admin:index")):
        return False
    logged = LogEntry.objects.filter(action_time__gte=row.sent_at).exclude(user=row.profile.user_id)
    done = DeskAction.objects.filter(at__gte=row.sent_at).exclude(by=row.profile.user_id)
    return done.exists() or logged.exists()


def sent_before(*, key, profile, now):
    """Of this person, whose row is locked: (the answer that stands to the same form, or None; the keys of the rows that
    stand no longer once they have written, and of one of this very form that stands no more). One query; none for who
    is new.
    """
    rows = [] if profile.is_new else SENT.rows(profile.pk)
    for row in rows:
        row.profile = profile
    same = [row for row in rows if row.key == key]
    for row in same:
        if row.is_stored_at(now) and still_stands(row, now):
            return row, set()
    return None, going(rows) | {row.pk for row in same}


def forget(profile, keys):
    if keys:
        profile.submissions.filter(pk__in=keys).delete()


def claim(*, key, profile, now):
    """The form's row, empty yet; None where another one with this key is there.

    Waits for a transaction that is at the same form: then there is its row, or it failed and this one goes on.
    """
    try:
        with transaction.atomic():
            return Submission.objects.create(key=key, profile=profile, sent_at=now)
    except IntegrityError:
        return None


def note_answer(submission, *, made, response, messages):
    """`submission` has been claimed, or has the row of one that goes, or is written here at last. Where the key is
    another person's, nothing is.
    """
    submission.made, submission.messages = made, messages
    submission.status, submission.location = response.status_code, response.headers["Location"]
    if not submission.pk or not write_over(submission, but=["profile"]):
        insert_unless_there(submission)


def forget_claim(submission):
    """It has no answer that could be given again."""
    if submission.pk:
        submission.delete()


def forget_answers(*, profile):
    """With the person's next write. Not the one of the form that is written now: it has no answer yet."""
    forget(profile, going(profile.submissions.all()))


def going(rows):
    answered = [row for row in rows if row.location]
    return {row.pk for number, row in enumerate(answered) if not row.made or number >= MOST}


def prune_submissions(*, now):
    """Delete those older than a day, and those that a wrong clock has set ahead; returns how many."""
    deleted, _ = Submission.objects.expired_at(now).delete()
    return deleted
