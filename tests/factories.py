"""Plain makers of what tests are about. Everything not named is unimportant, published and unique."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import count
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from careers import models
from careers.occupations.selectors.index import refresh_titles
from careers.practice.cards.rules.questions import InterviewCard, key_of
from careers.practice.cards.rules.schedule import Recall
from careers.practice.cards.services import answer_card, state_to_write
from careers.search.rules.texts import searchable

numbers = count(1)
SOURCE = {"source_name": "A test's own source", "checked_on": date(2026, 11, 22), "checked_against": "live"}


def make_user(*, email="", password="correct horse battery", **fields):
    return models.User.objects.create_user(email or f"user{next(numbers)}@example.org", password, **fields)


def make_role(*, title="", industries=(), skills=None, alternates=(), **fields):
    """`skills` is {skill: proficiency}; all essential."""
    number = next(numbers)
    title = title or f"Role {number}"
    values = {
        "slug": f"role-{number}",
        "summary": "You do the work.",
        "level": models.Level.ENTRY,
        "track": models.Track.OPERATIONS,
        "duties": "Do one thing.\nDo another.",
        "day_at_work": "It begins.\n\nIt ends.",
        "work_type": models.WorkType.BLENDED,
        "nights": models.Frequency.NEVER,
        "days": models.Frequency.ALWAYS,
        "degree": models.Degree.NOT_NEEDED,
        "status": models.Role.Status.PUBLISHED,
        **SOURCE,
    }
    role = models.Role.objects.create(**{**values, "title": title, **fields})
    role.industries.set(industries)
    for skill, proficiency in (skills or {}).items():
        models.RoleSkill.objects.create(role=role, skill=skill, proficiency=proficiency)
    for alternate in alternates:
        models.AlternateTitle.objects.create(role=role, title=alternate)
    return role


def make_pay(role, **fields):
    values = {
        "country": "US",
        "occupation": f"Occupation {next(numbers)}",
        "currency": "USD",
        "median": 44770,
        "as_of": "May 2025",
        "source_name": "Bureau of Labor Statistics",
        "checked_on": date(2026, 11, 22),
        "checked_against": "copy",
    }
    return models.RolePay.objects.create(role=role, **{**values, **fields})


def make_country_pay(question, **fields):
    values = {
        "country": "PH",
        "about": f"Workers {next(numbers)}",
        "measure": "average",
        "amount": 21544,
        "currency": "PHP",
        "period": "month",
        "as_of": "August 2024",
        "source_name": "Philippine Statistics Authority",
        "checked_on": date(2026, 11, 22),
        "checked_against": "copy",
    }
    return models.CountryPay.objects.create(question=question, **{**values, **fields})


def make_skill(**fields):
    number = next(numbers)
    descriptors = {f"descriptor_{level}": f"You do it at {level}." for level in range(1, 6)}
    values = {"slug": f"skill-{number}", "name": f"Skill {number}", "summary": "What it is.", **descriptors}
    return models.Skill.objects.create(**{**values, "status": models.Skill.Status.PUBLISHED, **SOURCE, **fields})


def make_certification(*, steps=(), skills=None, **fields):
    """`steps` are (title, hours) pairs; `skills` is {skill: proficiency}."""
    number = next(numbers)
    values = {
        "slug": f"certification-{number}",
        "title": f"Certification {number}",
        "issuer": "Some issuer",
        "kind": models.Certification.Kind.EXAM,
        "summary": "What it is.",
        "when_in_career": "After a year.",
        "status": models.Certification.Status.PUBLISHED,
        **SOURCE,
    }
    certification = models.Certification.objects.create(**{**values, **fields})
    for position, (title, hours) in enumerate(steps, start=1):
        certification.steps.create(position=position, title=title, hours=hours)
    for skill, proficiency in (skills or {}).items():
        certification.credits.create(skill=skill, proficiency=proficiency)
    return certification


def make_industry(**fields):
    number = next(numbers)
    values = {"slug": f"industry-{number}", "name": f"Industry {number}", "summary": "What it is."}
    return models.Industry.objects.create(**{**values, "status": models.Industry.Status.PUBLISHED, **SOURCE, **fields})


def make_metric(**fields):
    number = next(numbers)
    values = {"slug": f"metric-{number}", "name": f"Metric {number}", "explanation": "What it means."}
    return models.Metric.objects.create(**{**values, "status": models.Metric.Status.PUBLISHED, **SOURCE, **fields})


def make_company(**fields):
    number = next(numbers)
    values = {
        "slug": f"company-{number}",
        "name": f"Company {number}",
        "summary": "What it does.",
        "careers_url": "https://example.org/careers",
    }
    return models.Company.objects.create(**{**values, "status": models.Company.Status.PUBLISHED, **SOURCE, **fields})


def make_hiring(company=None, **fields):
    """Of a role of its own, where no role and no industry is given."""
    values = {
        "job": f"Job {next(numbers)}",
        "country": "IN",
        "as_of": "January 2026",
        "source_name": "A notice",
        "source_url": "https://example.org/notice",
        "checked_on": SOURCE["checked_on"],
        "checked_against": "copy",
    }
    if not {"role", "industry"} & fields.keys():
        values["role"] = make_role()
    return models.Hiring.objects.create(company=company or make_company(), **{**values, **fields})


def make_book(**fields):
    number = next(numbers)
    values = {"slug": f"book-{number}", "title": f"Book {number}", "author": "An author", "summary": "What it says."}
    return models.Book.objects.create(**{**values, "status": models.Book.Status.PUBLISHED, **SOURCE, **fields})


def make_question(**fields):
    number = next(numbers)
    values = {
        "slug": f"question-{number}",
        "question": f"Question {number}?",
        "short_answer": "Yes.",
        "answer": "Yes, and here is why.",
    }
    return models.Question.objects.create(**{**values, "status": models.Question.Status.PUBLISHED, **SOURCE, **fields})


def make_section(**fields):
    number = next(numbers)
    values = {"slug": f"section-{number}", "title": f"Section {number}", "body": "What it says."}
    return models.Section.objects.create(**{**values, "status": models.Section.Status.PUBLISHED, **SOURCE, **fields})


def make_move(start, end=None, *, months=None, certifications=(), **fields):
    """From role to role; `months` is (from, to). A way out has no `end` but a `destination`."""
    kind = models.Move.Kind.EXIT if end is None else models.Move.Kind.PROMOTION
    values = {"kind": kind, "track": start.track, "confidence": models.Confidence.PLAUSIBLE}
    if months:
        least, longest = months
        values |= {"months_from": least, "months_to": longest, "months_confidence": models.Confidence.PLAUSIBLE}
    values |= {"status": models.Move.Status.PUBLISHED, **SOURCE, **fields}
    move = models.Move.objects.create(from_role=start, to_role=end, **values)
    move.certifications.set(certifications)
    return move


def make_collection(**fields):
    """The catalogue of occupations, published."""
    values = {
        "slug": "onet",
        "title": "O*NET occupations",
        "release": "30.1",
        "attribution": "This page includes information from somebody.",
        "modification": "BPO Careers has modified it.",
        "licence_url": "https://example.org/licence",
        "zone_names": {"2": "Some preparation needed"},
    }
    status = models.Collection.Status.PUBLISHED
    return models.Collection.objects.create(**{**values, "status": status, **SOURCE, **fields})


def make_occupation(*, collection=None, code="", title="", alternates=(), **fields):
    """In the one collection there is, which is made where there is none. `alternates` are other titles."""
    number = next(numbers)
    collection = collection or models.Collection.objects.first() or make_collection()
    code, title = code or f"99-{number:04}.00", title or f"Occupation {number}"
    values = {"description": "What it is.", "job_zone": 2}
    occupation = collection.occupations.create(code=code, title=title, **{**values, **fields})
    for name in (title, *alternates):
        text = searchable(name)
        occupation.titles.create(title=name, title_text=text, is_own=name == title)
    refresh_titles()
    return occupation


def relate(start, end, *, tier=1, index=1):
    return start.relations_on.create(to_occupation=end, tier=tier, index=index)


def make_profile(*, user=None, **fields):
    """A guest, or the profile of `user`."""
    return models.Profile.objects.create(user=user, **fields)


def rate(profile, skill, proficiency, *, on=date(2026, 11, 22)):
    """The person's own rating of a skill."""
    return profile.evidence.create(skill=skill, kind="own_rating", proficiency=proficiency, shown_on=on)


def make_plan(profile=None, certification=None, *, steps=(), **fields):
    """`steps` are (title, hours, done_on) of the person's own; without `title` it is one of the guide."""
    profile = profile or make_profile()
    if not fields.get("title"):
        certification = certification or make_certification()
        fields |= {"title": certification.title, "issuer": certification.issuer}
    plan = models.CertificationPlan.objects.create(profile=profile, certification=certification, **fields)
    for place, (title, hours, done_on) in enumerate(steps, start=1):
        plan.steps.create(position=place, title=title, hours=hours, done_on=done_on)
    return plan


def make_held(profile=None, certification=None, **fields):
    """Of the guide, unless it has a title of its own."""
    if not fields.get("title"):
        certification = certification or make_certification()
    values = {"earned_on": date(2026, 5, 12), **fields}
    return (profile or make_profile()).certificates.create(certification=certification, **values)


def make_file(plan=None, *, content=b"%PDF-1.7 some proof", **fields):
    """Kept as it is, without being looked at."""
    values = {"name": "proof.pdf", "kind": "application/pdf", "size": len(content), **fields}
    row = models.EvidenceFile(plan=plan or make_plan(), digest=sha256(content).hexdigest(), **values)
    row.file.save("", ContentFile(content))
    return row


def make_card(profile, *, question="What is BPO?", answer="good", now=None, **fields):
    """A card that the person answered once, or with `answer=""` never."""
    card = InterviewCard(key_of(question), question, "")
    state = state_to_write(profile=profile, card=card, known=None)
    if answer:
        answer_card(state=state, answer=Recall[answer.upper()], seen=0, now=now or timezone.now())
    for name, value in fields.items():
        setattr(state, name, value)
    state.save()
    return state


def make_interview_questions(*points, **fields):
    """The section of the guide with interview questions; each point is “question: answer”."""
    return make_section(slug="interview-questions", points="\n".join(points), **fields)


ENDED = datetime(2026, 5, 12, 9, 3, tzinfo=UTC)


def make_timed_result(profile=None, *, ended_at=ENDED, **fields):
    """A typing test of three minutes, some 30 net words a minute, without a mistake: it shows level 3."""
    values = {"kind": "typing", "minutes": 3, "text": "first-call", "characters": 450, "counted": 450, **fields}
    values = {"errors": 0, "compared": 450, "late_errors": 0, "began_at": ended_at - timedelta(minutes=3), **values}
    return (profile or make_profile()).timed_results.create(start=uuid4(), ended_at=ended_at, **values)
