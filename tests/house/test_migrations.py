"""What migrating does to what is there: HR's own pages stop nothing, and going back leaves nothing in the way.

Each way there or back takes seconds, whatever is on it, so one journey shows all that it does to what people have:
`CASES` stand beside each other, each a generator that goes on at every state. Another one is the guide's.
"""

import json
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.core.management import call_command
from django.db import DataError, IntegrityError, connection, models, transaction
from django.db.migrations.exceptions import IrreversibleError
from django.urls import reverse
from django.utils import timezone

from careers.accounts.models.sessions import GUEST, Session, SessionStore
from careers.evidence.models.evidence import HeldCertificate
from careers.fields.models.texts import Plain
from careers.guide.models.certifications import CertificationStep
from careers.guide.models.hiring import Hiring
from careers.guide.models.moves import Move
from careers.guide.models.pay import CountryPay, RolePay
from careers.guide.models.revisions import LoadedRow
from careers.guide.models.role_rows import AlternateTitle
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.guide.services.loading import load_guide
from careers.people.services.removals import prune_removals
from careers.plans.models import CertificationPlan, PlanStep
from careers.plans.steps.services.steps import remove_step
from careers.saved.models import SavedGroup, SavedRole
from tests.factories import make_held, make_plan, make_profile, make_role, make_user
from tests.whole_person import make_whole_account

# A schema is not changed inside the transaction of a test.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def migrate_to():
    """Migrate to a state, “0003” or “” for the newest, which is where the database is at the end in any case."""

    def migrate(name=""):
        call_command("migrate", "careers", *filter(None, [name]), verbosity=0)

    yield migrate
    migrate()


def test_what_people_have_and_wrote_comes_well_through_going_back_and_coming_again(guide, migrate_to, client):
    cases, of_sessions = [case() for case in CASES], what_could_come_back_no_longer_waits_in_sessions(client)
    for case in (*cases, of_sessions):
        next(case)
    with pytest.raises(IrreversibleError, match="that people wrote themselves"):
        migrate_to("0005")  # it stops at 0006
    for case in cases:
        next(case)
    migrate_to("0015")
    next(of_sessions)
    migrate_to()
    for case in (*cases, of_sessions):
        assert next(case, "the end") == "the end"


def certificates_of_ones_own_keep_it_from_going_on():
    held = make_held(title="Yellow Belt", issuer="ASQ")
    yield
    assert not CertificationPlan.objects.filter(profile=held.profile).exists()  # its table is there
    yield
    assert HeldCertificate.objects.get(pk=held.pk).title == "Yellow Belt"


def texts_as_a_browser_sent_them_become_plain_so_that_nobody_is_told_of_them():
    make_whole_account(mark="asha", colleague=make_user())
    role = Role.objects.get(slug="team-leader")
    Role.objects.filter(pk=role.pk).update(outlook="It grows.\nIt pays.")
    saved = make_profile().saved_roles.create(role=role, seen={"outlook": "It grows.\r\nIt pays.", "duties": ["a\\r"]})
    LoadedRow.objects.filter(model="careers.role").update(fixture={"outlook": "a\r\nb"})
    yield
    texts = written_as_a_browser_sends("a\r\nb")
    assert len(texts) > 60
    assert {AlternateTitle, CertificationStep, PlanStep, SavedRole, Skill} < {model for model, _, _ in texts}
    yield
    expected = {True: "a b", False: "a\nb"}
    for model, name, pk in texts:
        is_line = isinstance(model._meta.get_field(name), models.CharField)
        assert model._base_manager.values_list(name, flat=True).get(pk=pk) == expected[is_line], f"{model} {name}"
    saved.refresh_from_db()
    assert saved.seen == {"outlook": "It grows.\nIt pays.", "duties": ["a\\r"]}
    assert LoadedRow.objects.filter(model="careers.role", fixture={"outlook": "a\r\nb"}).exists(), "as the file has it"


def written_as_a_browser_sends(text):
    """(model, column, key) of a row of each model whose texts were all overwritten with `text`, past every field.

    Of what the database has at the state where it is.
    """
    written, tables = [], connection.introspection.table_names()
    for model in apps.get_app_config("careers").get_models():
        is_there = model._meta.db_table in tables
        pk = is_there and model._base_manager.order_by("pk").values_list("pk", flat=True).first()
        columns = columns_of(model) if pk else set()
        for column in model._meta.concrete_fields:
            if isinstance(column, Plain) and column.column in columns:
                with suppress(IntegrityError, DataError), transaction.atomic():
                    model._base_manager.filter(pk=pk).update(**{column.attname: models.Value(text)})
                    written.append((model, column.attname, pk))
    return written


def columns_of(model):
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, model._meta.db_table)}


def a_name_that_another_row_has_already_stays_as_it_was():
    profile = make_profile()  # with all columns of today
    yield
    near, other = (profile.saved_groups.create(name=name) for name in ("Near home", "Other"))
    SavedGroup.objects.filter(pk=other.pk).update(name=models.Value("Near\r\nhome"))
    yield
    assert dict(profile.saved_groups.values_list("pk", "name")) == {near.pk: "Near home", other.pk: "Near\r\nhome"}


def steps_that_a_pass_had_ticked_are_closed_by_it_and_what_people_ticked_stays():
    profile, soon = make_profile(), date(2027, 1, 1)
    passed_at, before, after = (datetime(2026, 11, day, tzinfo=UTC) for day in (20, 19, 21))
    with_exam, course = (
        make_plan(profile, title=name, status="passed", held_certificate=make_held(profile, title=name))
        for name in ("Exam", "Course")
    )
    with_exam.attempts.create(taken_on=date(2026, 5, 12), outcome="passed", recorded_at=passed_at)
    rows = [
        (with_exam, "By hand", {"done_on": date(2026, 5, 1)}, "done"),
        (with_exam, "The guide's", {"guide_title": "The guide's", "due_on": soon, "changed_at": after}, "not_needed"),
        (with_exam, "Written before", {"due_on": soon, "changed_at": before}, "not_needed"),
        (with_exam, "Written after", {"changed_at": after, "is_renewal": True}, "open"),
        (course, "Due after", {"due_on": soon, "is_renewal": True}, "open"),
        (course, "Due before", {"due_on": date(2026, 5, 1)}, "not_needed"),
    ]
    for place, (plan, title, fields, _) in enumerate(rows):
        plan.steps.create(position=place, title=title, **fields)
    mine = PlanStep.objects.filter(plan__profile=profile).order_by("pk")
    stored = list(mine.values())
    yield
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT title, done_on FROM careers_planstep WHERE done_by_pass AND plan_id IN (%s, %s) ORDER BY title",
            [with_exam.pk, course.pk],
        )
        assert [title for title, day in cursor.fetchall() if str(day) == "2026-05-12"] == [
            "Due before",
            "The guide's",
            "Written before",
        ]
    yield
    assert list(mine.values()) == stored
    assert [step.state for step in mine] == [state for *_, state in rows]


CASES = [
    texts_as_a_browser_sent_them_become_plain_so_that_nobody_is_told_of_them,  # overwrites the first row of each table
    steps_that_a_pass_had_ticked_are_closed_by_it_and_what_people_ticked_stays,
    certificates_of_ones_own_keep_it_from_going_on,
    a_name_that_another_row_has_already_stays_as_it_was,
]


def test_the_guide_follows_its_fixtures_again_after_going_back_before_moves(guide, migrate_to):
    """Where only line breaks had changed; nothing is left in the way of coming back."""
    roles, moves = list(Role.objects.all()), Move.objects.count()
    rows = RolePay.objects.count() + CountryPay.objects.count() + Hiring.objects.count()
    mine = make_role()
    make_role(slug="new-role")
    migrate_to("0006")
    for role in roles:
        sent = {name: models.Value(getattr(role, name).replace("\n", "\r\n")) for name in ("duties", "day_at_work")}
        Role.objects.filter(pk=role.pk).update(**sent)
    for record in LoadedRow.objects.filter(model="careers.role"):
        record.fixture["source_name"] = "What the fixtures of before named"
        record.save()
    migrate_to("0003")
    Role.objects.filter(pk=mine.pk).update(slug="new")
    migrate_to()
    assert Role.objects.get(pk=mine.pk).slug == "new-role-2", "“new” stands for people new to BPO"
    report = load_guide()
    assert (report.added, report.kept, report.updated) == (moves + rows, [], len(roles))
    assert Move.objects.count() == moves > 0
    assert not Role.objects.filter(duties__contains="\r").exists()


def what_could_come_back_no_longer_waits_in_sessions(client):
    """Its sessions are there from 0015 on."""
    account, guest, role = make_profile(user=make_user()), make_profile(), make_role()
    plan, stranger = make_plan(account), make_plan(guest)
    step, now = plan.steps.create(position=1, title="Read", hours=2), timezone.now()
    key, was = step.pk, json.loads(json.dumps(remove_step(step=step, now=now)))
    fresh, old = ((now - timedelta(hours=hours)).isoformat() for hours in (1, 25))
    kept = {
        str(key): {**was, "plan": plan.pk, "removed_at": fresh},
        "901": {**was, "plan": stranger.pk, "removed_at": fresh},
        "902": {**was, "plan": 10**9, "removed_at": fresh},
        "903": {"plan": plan.pk, "title": "Of an old version"},
    }
    items = {"9": {"plan": plan.pk, "title": "Water", "is_done": True, "removed_at": old}}
    roles = {role.slug: ["Ask.", None, fresh, {"title": "Seen"}, fresh], "gone": ["", None, fresh, {}, fresh]}
    waiting = {"removed_roles": roles, "put_off": {"x": "2026-11-30"}}
    stores = [
        {SESSION_KEY: str(account.user_id), "removed_steps": kept, "removed_items": items, "guest_session": waiting},
        {GUEST: guest.pk, "removed_roles": roles, "kept": 1},
        {GUEST: guest.pk, "removed_roles": roles},
        {"removed_roles": roles},
    ]
    yield
    keys = []
    for data in stores:
        store = SessionStore()
        store.update(data)
        store.create()
        keys.append(store.session_key)
    yield
    left = [Session.objects.get(pk=key).get_decoded() for key in keys]
    put_off = {"guest_session": {"put_off": {"x": "2026-11-30"}}}
    assert left == [{SESSION_KEY: str(account.user_id), **put_off}, {GUEST: guest.pk, "kept": 1}, {GUEST: guest.pk}, {}]
    assert {(one.kind, one.key) for one in account.removals.all()} == {("step", key), ("item", 9)}
    assert [(one.kind, one.key, one.was["note"]) for one in guest.removals.all()] == [("role", role.pk, "Ask.")]
    assert prune_removals(now=now) == 1
    client.force_login(account.user)
    client.post(reverse("plan-step-restore", args=[plan.pk]), {"step": key})
    assert [(step.title, step.hours) for step in plan.steps.all()] == [("Read", 2)]
