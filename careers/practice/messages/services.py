"""Keeping what a person wrote. The profile's row is locked by the caller."""

from careers.practice.messages.models import WrittenAnswer

MOST_OF_ONE = 10  # answers to one message; the oldest goes


def write_answer(*, profile, message, text, now):
    """The row of it. Where the latest answer to this message says just that, it is that one."""
    latest = profile.written_answers.filter(message=message.key).first()
    if latest and latest.text == text:
        return latest
    written = profile.written_answers.create(message=message.key, text=text, written_at=now)
    forget_oldest(profile, message.key)
    return written


def forget_oldest(profile, key):
    rows = profile.written_answers.filter(message=key)
    rows.filter(pk__in=list(rows.values_list("pk", flat=True)[MOST_OF_ONE:])).delete()


def keep_ticks(*, written, ticks, now):
    if written.ticks != ticks:
        WrittenAnswer.objects.filter(pk=written.pk).update(ticks=ticks, checked_at=now)


def merge_answers_written(*, guest, profile):
    """All stay, the latest ten of a message; what both say to the same message stays once, as it was ticked later."""
    own = {(row.message, row.text): row for row in profile.written_answers.all()}
    touched = set()
    for row in guest.written_answers.all():
        present = own.get((row.message, row.text))
        if present is None:
            WrittenAnswer.objects.filter(pk=row.pk).update(profile=profile)
            touched.add(row.message)
        elif row.checked_at and (present.checked_at is None or row.checked_at > present.checked_at):
            keep_ticks(written=present, ticks=row.ticks, now=row.checked_at)
    for key in touched:
        forget_oldest(profile, key)
