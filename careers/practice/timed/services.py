"""Keeping results, letting one count as evidence, taking them back. The profile's row is locked by whoever calls."""

from datetime import UTC, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import localdate

from careers.evidence.models.evidence import Evidence
from careers.evidence.services import restore_evidence, withdraw_evidence
from careers.people.services.refusing import Refused
from careers.practice.timed.models import TimedResult

MOST_RESULTS = 300  # of one person; the oldest goes, first of those that are no evidence
ANOTHERS = "This test was sent in before, and is kept for somebody else."
AT_ONCE = "Another test of yours ran at the same time, perhaps in another tab. That one counts, this one does not."
NO_LEVEL = "This result shows no level, so it cannot count."
NO_SKILL = "The guide has no page about typing just now, so the result cannot count. It is kept."


def add_result(*, profile, finish, now):
    """(the result, whether it is new). One start counts once, whoever sends it how often. Raises `Refused`."""
    start = finish.start
    refuse_anothers(start, profile)
    if kept := profile.timed_results.filter(start=start.key).first():
        return kept, False
    began_at, ended_at = moment(finish.began_at), moment(finish.ended_at)
    if profile.timed_results.running_between(began_at, ended_at).exists():
        raise Refused(AT_ONCE)
    try:
        with transaction.atomic():
            result = profile.timed_results.create(
                start=start.key,
                kind=start.kind,
                minutes=start.minutes,
                text=start.texts[0],
                began_at=began_at,
                ended_at=ended_at,
                recorded_at=now,
                **counts_of(finish.measures),
            )
    except IntegrityError as other:  # somebody else sent the same start at this moment
        raise Refused(ANOTHERS) from other
    forget_oldest(profile, but=result.pk)
    return result, True


def refuse_anothers(start, profile):
    """Raises `Refused` where somebody else has sent this start. Locks nothing."""
    if TimedResult.objects.filter(start=start.key).exclude(profile=profile.pk).exists():
        raise Refused(ANOTHERS)


def moment(milliseconds):
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def counts_of(measures):
    names = ("characters", "counted", "errors", "compared", "late_errors")
    return {name: getattr(measures, name) for name in names}


def forget_oldest(profile, *, but=None):
    """With the evidence that they were. The queries do not grow with how many go."""
    more = profile.timed_results.count() - MOST_RESULTS
    if more > 0:
        others = profile.timed_results.exclude(pk=but).alias(is_evidence=Q(evidence__isnull=False))
        oldest = others.order_by("is_evidence", "ended_at", "pk").values_list("pk", "evidence")[:more]
        results, evidence = zip(*oldest, strict=True)
        TimedResult.objects.filter(pk__in=results).delete()
        Evidence.objects.filter(pk__in=[key for key in evidence if key]).delete()


def merge_results(*, guest, profile):
    """Each test is one of its own, so all stay: as many as there can be. Called when the evidence is merged."""
    guest.timed_results.update(profile=profile)
    forget_oldest(profile)


def count_result(*, result, skill, now):
    """Make the result evidence of `skill`; what was withdrawn counts again. Twice is once. Raises `Refused`."""
    if result.evidence_id:
        restore_evidence(evidence=result.evidence)
        return
    if result.meaning.proficiency is None:
        raise Refused(NO_LEVEL)
    if skill is None:
        raise Refused(NO_SKILL)
    result.evidence = Evidence.objects.create(
        profile_id=result.profile_id,
        skill=skill,
        kind=Evidence.Kind.PRACTICE,
        proficiency=result.meaning.proficiency,
        shown_on=localdate(result.ended_at),
        source=result.get_kind_display(),
        recorded_at=now,
    )
    result.save(update_fields=["evidence"])


def withdraw_result(*, result, now):
    """It counts no more, and stays. Twice is once."""
    if result.evidence_id:
        withdraw_evidence(evidence=result.evidence, now=now)


def delete_result(*, result):
    """With the evidence that it was."""
    evidence = result.evidence
    result.delete()
    if evidence:
        evidence.delete()
