"""Any number of people beside a guide of any size, to measure with. Everything about them is made up, and says so.

A thousand are made as rows of the models; the others are copies of these, which the database makes itself: a million in
minutes. A copy has keys of its own, and its rows hang on each other as those of the first do.
"""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Max, Min

from careers.accounts.models.sessions import GUEST, Session, SessionStore
from careers.accounts.models.users import User
from careers.evidence.models.evidence import Evidence, HeldCertificate
from careers.guide.models.certifications import Certification
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.people.models.profiles import Profile
from careers.people.models.removals import Removal
from careers.people.models.submissions import Submission
from careers.plans.models import CertificationPlan, PlanStep
from careers.reminders.models import Reminder, ReminderMail
from careers.runtime.statistics import analyze
from careers.saved.models import SavedRole

AT_A_TIME = 1000
NAME = "Load person"
A_DAY = timedelta(days=1)
# Each after what it hangs on.
COPIED = (
    User,
    EmailAddress,
    Session,
    Profile,
    SavedRole,
    HeldCertificate,
    Evidence,
    CertificationPlan,
    PlanStep,
    ReminderMail,
    Reminder,
    Submission,
    Removal,
)


def make_people(*, people, now):
    """So many, rounded up to thousands, of whom three in ten have an account; the guide has roles by `make_load`.

    Twice is once: who is there already stays. Costs some 0.3 ms a person on PostgreSQL, mostly the server's.
    """
    wanted = -(-people // AT_A_TIME)
    if wanted and not made_up().exists():
        with transaction.atomic():
            make_first(now=now)
    with transaction.atomic():
        copy_first(done=made_up().count() // AT_A_TIME, wanted=wanted)
    analyze()


def made_up():
    return Profile.objects.filter(display_name=NAME)


def make_first(*, now):
    profiles = begin_first(list(Role.objects.published()[:50]), now=now)
    certifications = list(Certification.objects.published()[:20])
    save_roles(profiles, now=now)
    hold_certificates(profiles, certifications, now=now)
    work_towards(profiles, certifications, now=now)
    leave_traces(profiles, now=now)


def begin_first(roles, *, now):
    """Their accounts, profiles and sessions. One in four stays away for longer than a guest is kept."""
    users = User.objects.bulk_create(
        User(email=f"load-person-{n}@example.org", password="!", joined_at=now - n * A_DAY)  # noqa: S106, of nobody
        for n in range(AT_A_TIME)
        if has_account(n)
    )
    EmailAddress.objects.bulk_create(EmailAddress(user=one, email=one.email, primary=True) for one in users)
    waiting = iter(users)
    profiles = Profile.objects.bulk_create(
        Profile(
            display_name=NAME,
            user=next(waiting) if has_account(n) else None,
            active_on=now.date() - (n % 120) * A_DAY,
            time_zone="Asia/Kolkata",
            situation="in_role",
            current_role=roles[n % len(roles)],
            target_role=roles[(n + 7) % len(roles)],
        )
        for n in range(AT_A_TIME)
    )
    Session.objects.bulk_create(session_of(one, n, now) for n, one in enumerate(profiles))
    return profiles


def save_roles(profiles, *, now):
    roles = list(Role.objects.published()[:50])
    SavedRole.objects.bulk_create(
        SavedRole(profile=one, role=roles[(n + m) % len(roles)], saved_at=now, seen={"title": "Made up"})
        for n, one in enumerate(profiles)
        for m in range(2)
    )


def hold_certificates(profiles, certifications, *, now):
    """And say what they can do."""
    today, skills = now.date(), list(Skill.objects.published()[:50])
    HeldCertificate.objects.bulk_create(
        HeldCertificate(
            profile=one,
            certification=certifications[n % len(certifications)],
            earned_on=today - 365 * A_DAY,
            expires_on=today + (n % 800 + 1) * A_DAY,
            expires_precision="day",
        )
        for n, one in enumerate(profiles)
        if n % 5 == 0
    )
    Evidence.objects.bulk_create(
        Evidence(
            profile=one,
            skill=skills[(n + m) % len(skills)],
            kind=Evidence.Kind.OWN_RATING,
            proficiency=1 + (n + m) % 5,
            shown_on=today - n % 300 * A_DAY,
        )
        for n, one in enumerate(profiles)
        for m in range(2)
    )


def work_towards(profiles, certifications, *, now):
    """Plans with steps that are due; of some they were reminded."""
    today = now.date()
    plans = CertificationPlan.objects.bulk_create(
        CertificationPlan(
            profile=one,
            certification=certifications[(n + 1) % len(certifications)],
            title="Made up",
            status=CertificationPlan.Status.STUDYING,
            started_on=today - 30 * A_DAY,
            target_on=today + (n % 90) * A_DAY,
        )
        for n, one in enumerate(profiles)
        if n % 5 < 2
    )
    steps = PlanStep.objects.bulk_create(
        PlanStep(plan=plan, position=m, title="Made up", due_on=today + (n % 60 + 7 * m) * A_DAY)
        for n, plan in enumerate(plans)
        for m in range(2)
    )
    mails = ReminderMail.objects.bulk_create(
        ReminderMail(profile=step.plan.profile, state=ReminderMail.State.SENT, sent_at=now) for step in steps[::8]
    )
    Reminder.objects.bulk_create(
        Reminder(profile=mail.profile, step=step, event_on=step.due_on, offset=7, mail=mail)
        for step, mail in zip(steps[::8], mails, strict=True)
    )


def leave_traces(profiles, *, now):
    """Answers to forms, and what they took away: some of it older than is kept."""
    Submission.objects.bulk_create(
        Submission(profile=one, key=f"{n:064}", location="/", sent_at=now - (n % 3) * A_DAY)
        for n, one in enumerate(profiles)
        if n % 10 == 0
    )
    Removal.objects.bulk_create(
        Removal(profile=one, kind="role", key=n + 1, was={}, removed_at=now - (n % 4) * A_DAY)
        for n, one in enumerate(profiles)
        if n % 10 == 1
    )


def has_account(n):
    return n % 10 < 3


def key_of(n):
    return f"{n:032}"


def session_of(profile, n, now):
    """The guest's, or the account's: some of them ran out. A copy leads to the first thousand's guest."""
    data = {} if profile.user_id else {GUEST: profile.pk}
    lasts = timedelta(seconds=settings.SESSION_COOKIE_AGE) - (n % 120) * A_DAY
    return Session(
        session_key=key_of(n), session_data=SessionStore().encode(data), expire_date=now + lasts, user=profile.user
    )


def copy_first(*, done, wanted):
    """The first thousand, `wanted` times in all; `done` times they are there."""
    if done >= wanted:
        return
    first, *_, last = made_up().order_by("pk").values_list("pk", flat=True)[:AT_A_TIME]
    rows = {model: rows_of(model, first, last) for model in COPIED}
    steps = {model: step_of(model, rows[model]) for model in COPIED if model is not Session}
    name = connection.ops.quote_name
    with connection.cursor() as cursor:
        for model in COPIED:
            table, fields = name(model._meta.db_table), model._meta.local_concrete_fields
            which, parameters = rows[model].order_by().values("pk").query.sql_with_params()
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(name(field.column) for field in fields)}) "  # noqa: S608, of models
                "WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < %s) "
                f"SELECT {', '.join(copied(field, steps, done) for field in fields)} FROM {table} one, number "
                f"WHERE one.{name(model._meta.pk.column)} IN ({which})",
                [wanted - done, *parameters],
            )
        for statement in connection.ops.sequence_reset_sql(no_style(), COPIED):
            cursor.execute(statement)


def rows_of(model, first, last):
    """Those of the first thousand."""
    if model is Session:
        return Session.objects.filter(session_key__range=(key_of(0), key_of(AT_A_TIME - 1)))
    way = {User: "profile__pk", EmailAddress: "user__profile__pk", PlanStep: "plan__profile__pk", Profile: "pk"}
    return model._base_manager.filter(**{f"{way.get(model, 'profile__pk')}__range": (first, last)})


def step_of(model, rows):
    """(How far the first copy's keys are from the first thousand's, how far each next one is from the one before)."""
    ends = rows.aggregate(low=Min("pk"), high=Max("pk"))
    last = model._base_manager.aggregate(last=Max("pk"))["last"]
    return last + 1 - ends["low"], ends["high"] + 1 - ends["low"]


def copied(field, steps, done):
    """The SQL of a column's value in copy `done + number.n`, where that counts from 0."""
    value, copy = f"one.{connection.ops.quote_name(field.column)}", f"CAST(number.n + {done} AS varchar(20))"
    model = field.related_model if field.is_relation else field.model if field.primary_key else None
    if model in steps:
        far, each = steps[model]
        return f"{value} + {far} + number.n * {each}"
    if isinstance(field, models.EmailField):
        return f"{copy} || '-' || {value}"
    digest = f"MD5(CAST({value} AS varchar(64)) || '-' || {copy})"
    if isinstance(field, models.UUIDField):
        return f"CAST({digest} AS uuid)" if connection.vendor == "postgresql" else digest
    return digest if field.unique else value
