"""What a person says of themselves. Each single answer has its own moment, and one that did not change keeps it."""

from copy import copy

from django.db import transaction

from careers.lib.names import folded
from careers.people.models.profiles import Language


@transaction.atomic(savepoint=False)
def save_answers(*, profile, answers, now):
    """`answers` is {field of the profile: value}; other fields stay as they are. The profile's row is locked."""
    before = copy(profile)
    for field, value in answers.items():
        setattr(profile, field, value)
    profile.note_answers(before, now=now)
    profile.save()


@transaction.atomic(savepoint=False)
def save_languages(*, profile, languages, now):
    """`languages` is what changed: {folded name: (name, level), or None where it goes}. The others stay as they are."""
    if not languages:
        return
    changed = dict(languages)
    for present in profile.languages.all():
        key = folded(present.name)
        if key not in changed:
            continue
        pair = changed.pop(key)
        if pair is None:
            present.delete()
        elif pair != (present.name, present.level):
            present.name, present.level = pair
            present.answered_at = now
            present.save()
    Language.objects.bulk_create(
        Language(profile=profile, name=pair[0], level=pair[1], answered_at=now) for pair in changed.values() if pair
    )


@transaction.atomic
def note_no_certificate(*, profile, now):
    """They looked and have none, which is an answer as well. `now` is None where that is taken back."""
    others = {name: moment for name, moment in profile.answered_at.items() if name != "no_certificate"}
    profile.answered_at = {**others, "no_certificate": now.isoformat()} if now else others
    profile.save(update_fields=["answered_at"])
