"""What a certificate of the guide shows: its credits, copied as evidence of the person who holds it."""

from careers.evidence.models.evidence import Evidence


def write_evidence(held, *, now):
    Evidence.objects.bulk_create(
        Evidence(
            profile_id=held.profile_id,
            skill=credit.skill,
            kind=Evidence.Kind.CERTIFICATE,
            proficiency=credit.proficiency,
            shown_on=held.earned_on,
            certificate=held,
            source=held.certification.title,
            recorded_at=now,
        )
        for credit in held.certification.credits.published()
    )
