"""A guide of any size, to measure with: everything in it is made up, and says so."""

from django.db import transaction
from django.utils import timezone

from careers.guide.models.certifications import Certification, CertificationSkill
from careers.guide.models.choices import Degree, Frequency, Track, WorkType
from careers.guide.models.industries import Industry
from careers.guide.models.moves import Confidence, Move
from careers.guide.models.role_rows import AlternateTitle, RoleCertification, RoleSkill
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.runtime.statistics import analyze
from careers.search.services.indexing import bring_up_to_date

MADE_UP = "Made up, to measure with"
SKILLS_A_ROLE, MOVES_A_ROLE, TITLES_A_ROLE = 6, 2, 2
# As often as in the guide itself: a role asks for skills that others ask for, too.
ROLES_A_SKILL, ROLES_A_CERTIFICATION, ROLES_AN_INDUSTRY = 10, 25, 50


def make_load(*, roles, today):
    """Publish `roles` roles with skills, titles, certifications, industries and moves beside what is there.

    The same number gives the same guide. Twice is once: rows that are there already stay. The index is brought up to
    date. Costs some 5 ms of the processor a role.
    """
    common = {
        "status": "published",
        "published_at": timezone.now(),
        "source_name": MADE_UP,
        "checked_on": today,
        "checked_against": "own",
    }
    numbers = range(1, roles + 1)
    with transaction.atomic():
        skills = keep(Skill, "name", "Load skill", max(10, roles // ROLES_A_SKILL), common, skill_fields)
        certifications = keep(
            Certification, "title", "Load certification", max(4, roles // ROLES_A_CERTIFICATION), common, exam_fields
        )
        industries = keep(Industry, "name", "Load industry", max(3, roles // ROLES_AN_INDUSTRY), common, plain_fields)
        made = keep(Role, "title", "Load role", roles, common, role_fields)
        insert(RoleSkill, (skill_of(made, skills, n, m) for n in numbers for m in range(SKILLS_A_ROLE)))
        insert(AlternateTitle, (title_of(made, n, m) for n in numbers for m in range(TITLES_A_ROLE)))
        insert(RoleCertification, (help_of(made, certifications, n) for n in numbers))
        insert(CertificationSkill, (credit_of(certifications, skills, n) for n in range(1, len(certifications) + 1)))
        between = Role.industries.through
        insert(between, (between(role=made[n - 1], industry=industries[n % len(industries)]) for n in numbers))
        insert(Move, [move for n in numbers for move in moves_of(made, n, common)])
    analyze()
    bring_up_to_date()


def keep(noun, name, called, number, common, fields):
    """The `number` objects of a noun, in order; those that are not there yet are made."""
    slug = called.lower().replace(" ", "-")
    rows = [noun(slug=f"{slug}-{n}", **{name: f"{called} {n}"}, **fields(n), **common) for n in range(1, number + 1)]
    insert(noun, rows)
    found = {row.slug: row for row in noun.objects.filter(slug__startswith=f"{slug}-")}
    return [found[row.slug] for row in rows]


def insert(model, rows):
    model.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def plain_fields(n):
    return {"summary": MADE_UP}


def skill_fields(n):
    return {"summary": MADE_UP, **{f"descriptor_{level}": f"Made up for {level}." for level in range(1, 6)}}


def exam_fields(n):
    return {"summary": MADE_UP, "issuer": "Made up", "kind": Certification.Kind.EXAM, "when_in_career": MADE_UP}


def role_fields(n):
    """Two of three stand on the lower two levels, as in any pyramid."""
    level = (1, 1, 1, 2, 2, 2, 3, 3, 4, 5)[n % 10]
    return {
        "summary": MADE_UP,
        "level": level,
        "track": list(Track)[n % len(Track)],
        "duties": "Do one thing.\nDo another.",
        "day_at_work": "It begins.\n\nIt ends.",
        "work_type": list(WorkType)[n % len(WorkType)],
        "degree": list(Degree)[n % len(Degree)],
        "nights": list(Frequency)[n % 3],
        "days": Frequency.POSSIBLE,
    }


def skill_of(roles, skills, n, m):
    skill = skills[(n * 7 + m * 3) % len(skills)]
    return RoleSkill(role=roles[n - 1], skill=skill, proficiency=1 + (n + m) % 5, is_essential=m < SKILLS_A_ROLE // 2)


def title_of(roles, n, m):
    return AlternateTitle(role=roles[n - 1], title=f"Load title {n} {m}")


def help_of(roles, certifications, n):
    return RoleCertification(role=roles[n - 1], certification=certifications[n % len(certifications)], reason=MADE_UP)


def credit_of(certifications, skills, n):
    return CertificationSkill(certification=certifications[n - 1], skill=skills[(n * 7) % len(skills)], proficiency=3)


def moves_of(roles, n, common):
    """One or two levels up, to roles near it in number."""
    role = roles[n - 1]
    near = (roles[(n + step) % len(roles)] for step in range(1, 40))
    higher = [other for other in near if role.level < other.level <= role.level + 2][:MOVES_A_ROLE]
    for other in higher:
        move = Move(
            from_role=role,
            to_role=other,
            kind=Move.Kind.PROMOTION,
            track=role.track,
            confidence=Confidence.PLAUSIBLE,
            **common,
        )
        move.slug = move.slug_of_ends
        yield move
