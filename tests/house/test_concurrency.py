"""The same thing at once, with real threads and real transactions, on whichever database the run uses."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import date
from threading import Barrier
from unittest.mock import patch

import pytest
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from careers.accounts.models.users import User
from careers.guide.models.revisions import LoadedRow, Revision
from careers.guide.models.roles import Role
from careers.guide.selectors.kept import KeptByRevision
from careers.guide.services.loading import load_guide
from careers.guide.services.versions import versions_of
from careers.occupations.models import Occupation, OccupationTitle
from careers.occupations.onet.services.importing import import_onet
from careers.people.models.profiles import Profile
from careers.people.views.writing import writing
from careers.personal_data.services.claiming import claim_guest
from careers.plans.models import CertificationPlan
from careers.routes.models import Goal, GoalStep
from careers.runtime.lock_timeout import long_lock_timeout
from careers.saved.models import SavedRole
from careers.search.models.entries import SearchEntry
from careers.search.models.misses import SearchMiss
from careers.search.services.searching import find
from tests.desk.forms import opened
from tests.desk.forms import send as send_page
from tests.factories import (
    make_certification,
    make_move,
    make_plan,
    make_profile,
    make_role,
    make_skill,
    make_user,
    rate,
)
from tests.fixture_pages import fields_in_fixtures
from tests.occupations.test_importing import ONET
from tests.sending import send

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 11, 22)
PATIENCE = 60  # seconds
LONG_TIMEOUT = f"PRAGMA busy_timeout={PATIENCE * 1000}"
OURS = {"Sec-Fetch-Site": "same-origin"}


def at_once(times, call):
    """Call `call(number)` in `times` threads that start together; their results, or the first error raised."""
    start = Barrier(times)

    def run(number):
        start.wait()
        try:
            return call(number)
        finally:
            connections.close_all()

    with patience(), ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


@contextmanager
def patience():
    """Threads that begin now wait for each other as long as it takes: on a busy machine that is longer than a page may.

    What is looked at is what they leave, and that none fails. How long who waits, and who is told that it takes too
    long, is looked at in tests/faults/test_database.py.
    """
    options = connections.settings["default"]["OPTIONS"]
    with ExitStack() as patches:
        if connection.vendor == "sqlite":
            patches.enter_context(patch.dict(options, init_command=f"{options['init_command']}; {LONG_TIMEOUT}"))
            patches.enter_context(patch("careers.runtime.lock_timeout.STUCK", PATIENCE))
        else:
            patches.enter_context(patch.dict(options, connect_timeout=PATIENCE))
            for name in ("LOCK", "STATEMENT", "ANSWER"):
                patches.enter_context(patch(f"careers.postgresql.base.{name}", PATIENCE))
            patches.enter_context(patch("careers.postgresql.base.DatabaseWrapper.answer_timeout", PATIENCE))
        yield


def test_every_miss_is_counted():
    at_once(8, lambda _: SearchMiss.objects.count_miss(words="welding", filters="", day=DAY))
    assert SearchMiss.objects.get().count == 8


def test_searches_that_find_the_index_stale_build_it_once_and_all_find(monkeypatch):
    monkeypatch.setattr(
        "careers.search.services.indexing.short_lock_timeout", long_lock_timeout
    )  # a busy machine builds for longer
    role = make_role(title="Night porter")
    found = at_once(8, lambda _: [entry.title for entry in find("porter").entries])
    assert found == [[role.title]] * 8
    assert SearchEntry.objects.filter(kind="role").count() == 1


def test_no_change_of_the_guide_is_missed_by_the_revision():
    roles = [make_role() for _ in range(8)]
    before = Revision.current()

    def change(number):
        Role.objects.filter(pk=roles[number].pk).update(team_size="10")
        return Revision.current()

    assert min(at_once(8, change)) > before


def test_two_editors_who_change_the_same_pages_in_other_orders_both_succeed():
    roles = [make_role() for _ in range(2)]

    def change(number):
        with transaction.atomic():
            Revision.lock()
            for role in roles if number % 2 else reversed(roles):
                Role.objects.filter(pk=role.pk).update(team_size=str(number))

    at_once(8, change)


def test_what_a_process_keeps_is_built_once_a_revision_however_many_ask():
    built = []

    def build():
        built.append(Revision.current())
        return len(built)

    kept = KeptByRevision(build)
    assert at_once(8, lambda _: kept()) == [1] * 8
    make_role()
    assert at_once(8, lambda _: kept()) == [2] * 8


def test_two_imports_of_occupations_at_once_take_turns_and_double_nothing():
    def run(_):
        return list(import_onet(folder=ONET, today=DAY))

    first, second = at_once(2, run)
    for one, other in zip([report.counts for report in first], [report.counts for report in second], strict=True):
        assert 0 in (one.added, other.added)
        assert one.added + one.unchanged == other.added + other.unchanged > 0
    assert OccupationTitle.objects.filter(is_own=True).count() == Occupation.objects.count() == 14


def test_two_first_loads_of_the_guide_at_once_double_nothing():
    reports = at_once(2, lambda _: load_guide())
    assert sorted(report.added > 0 for report in reports) == [False, True]
    assert Role.objects.count() == len(fields_in_fixtures("role"))


def test_two_loads_of_the_guide_at_once_double_nothing(guide):
    rows = LoadedRow.objects.count()
    reports = at_once(2, lambda _: load_guide())
    assert [(report.added, report.kept) for report in reports] == [(0, [])] * 2
    assert LoadedRow.objects.count() == rows
    assert Role.objects.count() == Role.objects.values("slug").distinct().count()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL lets writers queue by itself")
def test_a_load_that_waited_in_vain_says_so_in_a_sentence(monkeypatch):
    monkeypatch.setattr("careers.runtime.lock_timeout.LONG", 1)
    said = r"Nothing was loaded\. Something else is writing to the database\."
    with transaction.atomic(), pytest.raises(CommandError, match=said):
        at_once(1, lambda _: call_command("load_guide"))


def test_threads_meet_a_real_database():
    assert ":memory:" not in str(connection.settings_dict["NAME"])


def test_of_two_editors_who_save_one_page_at_once_the_later_is_told(guide):
    role = make_role(title="Night porter")
    editors = [Client() for _ in range(2)]
    for editor in editors:
        editor.force_login(make_user(is_staff=True, is_superuser=True))
    forms = [opened(editor, role) | {"summary": [f"Version {number}."]} for number, editor in enumerate(editors)]
    answers = at_once(2, lambda number: send_page(editors[number], role, forms[number])["Location"])
    assert sorted("clash" in answer for answer in answers) == [False, True]
    assert {one.content["fields"]["summary"] for one in versions_of(role)} >= {"Version 0.", "Version 1."}


@pytest.mark.parametrize("has_profile", [False, True])
def test_two_claims_at_once_lose_and_double_nothing(has_profile):
    user, guest, skill = make_user(), make_profile(), make_skill()
    if has_profile:
        make_profile(user=user).saved_roles.create(role=make_role())
    guest.saved_roles.create(role=make_role())
    rate(guest, skill, 3)
    claimed = at_once(8, lambda _: claim_guest(user=user, guest_pk=guest.pk))
    assert sorted(claimed) == [False] * 7 + [True]
    assert Profile.objects.get() == user.profile
    assert user.profile.saved_roles.count() == 1 + has_profile
    assert user.profile.evidence.count() == 1


def test_two_sign_ins_and_two_answers_at_once_bring_a_guests_work_into_one_account_once():
    guest, role = Client(), make_role()
    guest.post(reverse("role-save", args=[role.slug]), headers=OURS)
    users = [make_user(email=f"user{number}@example.org", password="a long passphrase") for number in range(2)]
    tabs = [Client() for _ in range(6)]

    def sign_in(number):
        tabs[number].cookies = guest.cookies.copy()
        sent = {"login": users[number % 2].email, "password": "a long passphrase"}
        return tabs[number].post(reverse("account_login"), sent).headers["Location"]

    def bring_in(number):
        sent = {"guest": Profile.objects.guests().values_list("pk", flat=True).first() or 0}
        return tabs[number].post(reverse("data-guest-claim"), sent).status_code

    asked = "/me/data/guest/?next=%2Fme%2F"
    # One that begins when another has ended the session that they share knows of no guest, and brings nothing in.
    assert asked in set(at_once(6, sign_in)) <= {asked, "/me/"}
    assert Profile.objects.guests().get().saved_roles.get().role == role
    assert not SavedRole.objects.exclude(profile__user=None).exists()
    assert at_once(6, bring_in) == [302] * 6
    assert SavedRole.objects.get().profile.user in users
    assert not Profile.objects.guests().exists()


def test_two_guests_of_one_account_claimed_at_once_both_come_along():
    user, role = make_user(), make_role()
    guests = [make_profile() for _ in range(6)]
    for guest in guests:
        guest.saved_roles.create(role=role)
        guest.saved_roles.create(role=make_role())
    at_once(6, lambda number: claim_guest(user=user, guest_pk=guests[number].pk))
    assert Profile.objects.get().saved_roles.count() == 7
    assert SavedRole.objects.count() == 7


def test_a_write_while_the_account_is_deleted_answers_with_a_sentence_and_leaves_nothing():
    user = make_user()
    person = Client()
    person.force_login(user)
    request = person.get("/me/").wsgi_request
    User.objects.get(pk=user.pk).delete()
    with pytest.raises(SessionInterrupted), writing(request):
        pytest.fail("nobody is there to write for")
    assert not Profile.objects.exists()


@pytest.mark.parametrize(
    ("step", "fields"),
    [
        ("about", {"display_name": "Asha", "now": "new"}),
        ("working-life", {"shifts": "day", "language_0": "Hindi", "level_0": "C2"}),
        ("skills", {"skill_{skill}": "4"}),
        ("certificates", {"certification": "{certification}", "earned_on": "2026-05-12"}),
    ],
)
def test_a_step_of_the_profile_sent_eight_times_at_once_is_saved_once(step, fields):
    skill = make_skill()
    keys = {"skill": skill.pk, "certification": make_certification(skills={skill: 3}).pk}
    sent = {name.format(**keys): value.format(**keys) for name, value in fields.items()}
    first = Client()
    first.post(reverse("profile-target"), {"target_role": make_role().pk})

    def send(_):
        client = Client()
        client.cookies = first.cookies.copy()
        return client.post(reverse(f"profile-{step}"), sent).status_code

    assert at_once(8, send) == [302] * 8
    profile = Profile.objects.get()
    assert profile.languages.count() == (step == "working-life")
    assert profile.certificates.count() == (step == "certificates")
    assert profile.evidence.count() == (step in ("skills", "certificates"))


def test_first_writes_at_once_after_the_guest_was_pruned_make_one_guest():
    roles, visitor = [make_role() for _ in range(6)], Client()
    send(visitor, reverse("role-save", args=[roles[0].slug]), headers={"Sec-Fetch-Site": "same-origin"})
    Profile.objects.all().delete()

    def save(number):
        other = Client()
        other.cookies["sessionid"] = visitor.cookies["sessionid"].value
        address = reverse("role-save", args=[roles[number].slug])
        return other.post(address, headers={"Sec-Fetch-Site": "same-origin"}).status_code

    assert set(at_once(6, save)) == {303}
    assert Profile.objects.get().saved_roles.count() == 6


def test_twenty_adoptions_and_ticks_at_once_make_one_plan():
    roles = [make_role(slug=slug, skills={make_skill(): 3}) for slug in ("agent", "analyst", "leader", "manager")]
    for start, end in ((0, 1), (0, 2), (1, 3), (2, 3)):
        make_move(roles[start], roles[end])
    first = Client()
    wish = {"from": "agent", "to": "manager", "by": "fewest"}
    send(first, reverse("goal-adopt"), {**wish, "via": "leader"}, headers=OURS)
    done = GoalStep.objects.get(kind="move", role=roles[2])

    def act(number):
        client = Client()
        client.cookies = first.cookies.copy()
        if number % 4 == 3:
            return client.post(reverse("goal-step-tick", args=[done.pk]), {"done": "yes"}).status_code
        via = ("leader", "analyst", "leader")[number % 4]
        return client.post(reverse("goal-adopt"), {**wish, "via": via}, headers=OURS).status_code

    # A step that is open and not on the way at that moment is not there, and a guest is asked to sign in for it.
    assert set(at_once(20, act)) <= {302, 403}
    goal = Goal.objects.get()
    stops = [row.role_id for row in goal.steps.filter(leg__isnull=False) if row.kind == "move"]
    assert stops in ([roles[1].pk, roles[3].pk], [roles[2].pk, roles[3].pk])
    assert [row.position for row in goal.steps.all()] == list(range(1, goal.steps.count() + 1))


def test_twenty_clicks_on_track_at_once_make_one_plan():
    certification = make_certification(steps=[("Read", 4), ("Sit the exam", None)])
    first = Client()
    first.post(reverse("profile-target"), {"target_role": make_role().pk})

    def track(_):
        client = Client()
        client.cookies = first.cookies.copy()
        return client.post(reverse("plan-track", args=[certification.slug]), headers=OURS).headers["Location"]

    assert len(set(at_once(20, track))) == 1
    assert CertificationPlan.objects.get().steps.count() == 2


def test_twenty_moves_and_ticks_at_once_leave_every_step_once():
    person, profile = Client(), make_profile(user=make_user())
    person.force_login(profile.user)
    plan = make_plan(profile, steps=[(f"Step {number}", 2, None) for number in range(6)])
    keys = list(plan.steps.values_list("pk", flat=True))

    def act(number):
        client, key = Client(), keys[number % 6]
        client.cookies = person.cookies.copy()
        if number % 5 == 4:
            return client.post(reverse("step-tick", args=[key]), {"done": "yes"}).status_code
        before = keys[(number * 5 + 1) % 6] if number % 2 else ""
        return client.post(reverse("step-move", args=[key]), {"before": before}).status_code

    assert at_once(20, act) == [302] * 20
    assert sorted(plan.steps.values_list("pk", flat=True)) == keys
    assert list(plan.steps.values_list("position", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert plan.steps.exclude(done_on=None).count() == 4
