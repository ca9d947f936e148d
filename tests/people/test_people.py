"""Who is behind a request, and how a guest's work becomes an account's."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.core.management import CommandError
from django.db import connection
from django.utils.timezone import localdate

from careers.accounts.models.sessions import Session
from careers.evidence.models.evidence import Evidence
from careers.people.models.profiles import Profile
from careers.personal_data.services.claiming import claim_guest
from careers.routes.models import Goal
from tests import factories as make

OLD = datetime(2026, 5, 12, 12, tzinfo=UTC)
NEW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def answer(profile, *, at, **fields):
    """Set fields of `profile` as answers given at that moment."""
    before = Profile.objects.get(pk=profile.pk)
    for name, value in fields.items():
        setattr(profile, name, value)
    profile.note_answers(before, now=at)
    profile.save()
    return profile


def make_goal(profile, *, at, steps, done=()):
    """A goal, reached through these roles."""
    goal = profile.goals.create(role=steps[-1], criterion="fastest", answered_at=at)
    for leg, role in enumerate(steps, start=1):
        moment = at if role in done else None
        goal.steps.create(kind="move", leg=leg, position=leg, title=role.title, role=role, done_at=moment)
    return goal


@pytest.fixture
def two(db):
    """The profile of an account and a guest."""
    return make.make_profile(user=make.make_user()), make.make_profile()


def claim(account, guest):
    return claim_guest(user=account.user, guest_pk=guest.pk)


@pytest.mark.django_db
class TestReading:
    def test_makes_nothing(self, client):
        for address in ("/", "/roles/", "/me/", "/me/saved/", "/me/data/"):
            response = client.get(address)
            assert response.status_code == 200
            assert not response.cookies, address
        assert not Profile.objects.exists()
        assert not Session.objects.exists()

    def test_a_guest_is_known_by_the_session_alone(self, guest, client):
        assert guest.get("/me/").wsgi_request.profile == guest.profile
        guest.cookies.clear()
        assert not guest.get("/me/").wsgi_request.profile

    def test_a_session_whose_guest_was_pruned_is_nobody_again(self, guest):
        guest.profile.delete()
        response = guest.get("/me/")
        assert response.status_code == 200
        assert not response.wsgi_request.profile

    def test_a_session_that_names_an_accounts_profile_as_guest_is_not_that_person(self, guest):
        Profile.objects.filter(pk=guest.profile.pk).update(user=make.make_user())
        assert not guest.get("/me/").wsgi_request.profile

    def test_being_here_is_noted_once_a_day_and_the_cookie_lasts_as_long_again(self, guest):
        Profile.objects.update(active_on=date(2026, 1, 1))
        assert guest.get("/me/").cookies["sessionid"]["max-age"] == 90 * 24 * 3600
        assert Profile.objects.get().active_on > date(2026, 1, 1)
        assert not guest.get("/me/").cookies


@pytest.mark.django_db
class TestClaiming:
    def test_an_account_without_a_profile_takes_the_guests_as_it_is(self, db):
        guest, user = make.make_profile(display_name="Asha"), make.make_user()
        assert claim_guest(user=user, guest_pk=guest.pk)
        assert user.profile == guest
        assert user.profile.display_name == "Asha"

    def test_twice_is_as_once(self, two):
        account, guest = two
        guest.saved_roles.create(role=make.make_role())
        assert [claim(account, guest) for _ in range(2)] == [True, False]
        assert account.saved_roles.count() == 1

    def test_nobody_elses_profile_can_be_claimed(self, two):
        account, _ = two
        other = make.make_profile(user=make.make_user(), display_name="Somebody")
        other.saved_roles.create(role=make.make_role())
        claim_guest(user=account.user, guest_pk=other.pk)
        assert other.saved_roles.count() == 1
        assert not account.saved_roles.exists()

    def test_the_newer_answer_wins_field_by_field(self, two):
        account, guest = two
        answer(account, at=OLD, display_name="Old name", shifts=["day"])
        answer(account, at=NEW, education="bachelor")
        answer(guest, at=NEW, display_name="New name")
        answer(guest, at=OLD, education="master", years_of_experience=3)
        claim(account, guest)
        account.refresh_from_db()
        assert account.display_name == "New name"
        assert account.education == "bachelor"
        assert account.years_of_experience == 3
        assert account.shifts == ["day"]

    def test_what_a_guest_never_answered_takes_nothing_away(self, two):
        account, guest = two
        answer(account, at=OLD, situation="new", target_role=make.make_role())
        claim(account, guest)
        account.refresh_from_db()
        assert account.situation == "new"
        assert account.target_role

    def test_where_somebody_is_goes_with_its_role(self, two):
        account, guest = two
        role = make.make_role()
        answer(account, at=OLD, situation="in_role", current_role=make.make_role())
        answer(guest, at=NEW, situation="in_role", current_role=role)
        claim(account, guest)
        account.refresh_from_db()
        assert account.current_role == role

    def test_languages_are_joined_and_the_newer_level_stays(self, two):
        account, guest = two
        account.languages.create(name="Hindi", level="B2", answered_at=OLD)
        guest.languages.create(name="hindi", level="C1", answered_at=NEW)
        guest.languages.create(name="Tamil", level="C2")
        claim(account, guest)
        assert {language.name: language.level for language in account.languages.all()} == {"Hindi": "C1", "Tamil": "C2"}

    def test_saved_roles_are_joined_with_notes_and_groups(self, two):
        account, guest = two
        both, own, new = (make.make_role() for _ in range(3))
        near, far = account.saved_groups.create(name="Near"), guest.saved_groups.create(name="Far")
        account.saved_roles.create(role=both, note="Ask about shifts", group=near, answered_at=OLD)
        account.saved_roles.create(role=own)
        guest.saved_roles.create(role=both, note="Bus 12", group=far, answered_at=NEW)
        guest.saved_roles.create(role=new, group=guest.saved_groups.create(name="NEAR"))
        claim(account, guest)
        saved = {one.role: one for one in account.saved_roles.all()}
        assert set(saved) == {both, own, new}
        assert saved[both].note == "Bus 12\n\nAsk about shifts"
        assert saved[both].group.name == "Far"
        assert saved[new].group == near
        assert sorted(group.name for group in account.saved_groups.all()) == ["Far", "Near"]

    def test_evidence_is_joined_and_a_day_has_one_own_rating(self, two):
        account, guest = two
        typing, excel = make.make_skill(), make.make_skill()
        make.rate(account, typing, 2)
        make.rate(account, excel, 4, on=date(2026, 5, 1))
        later = make.rate(guest, typing, 3)
        Evidence.objects.filter(pk=later.pk).update(recorded_at=later.recorded_at + timedelta(minutes=1))
        make.rate(guest, excel, 1)
        claim(account, guest)
        rows = sorted((row.skill_id, row.proficiency) for row in account.evidence.standing())
        assert rows == [(typing.pk, 3), (excel.pk, 1), (excel.pk, 4)]
        assert account.evidence.exclude(withdrawn_at=None).get().proficiency == 2

    def test_a_certificate_that_both_hold_is_one_with_its_evidence(self, two):
        account, guest = two
        skill, added = make.make_skill(), make.make_skill()
        certification = make.make_certification(skills={skill: 3})
        for profile, day, moment in ((account, date(2025, 1, 1), OLD), (guest, date(2026, 2, 2), NEW)):
            held = profile.certificates.create(certification=certification, earned_on=day, answered_at=moment)
            for shown in (skill,) if profile is account else (skill, added):
                held.evidence.create(profile=profile, skill=shown, kind="certificate", proficiency=3, shown_on=day)
        claim(account, guest)
        assert [held.earned_on for held in account.certificates.all()] == [date(2026, 2, 2)]
        assert {(row.skill, row.shown_on) for row in account.evidence.all()} == {
            (skill, date(2026, 2, 2)),
            (added, date(2026, 2, 2)),
        }

    def test_other_certificates_come_with_their_evidence(self, two):
        account, guest = two
        skill = make.make_skill()
        held = guest.certificates.create(certification=make.make_certification(), earned_on=date(2026, 1, 1))
        held.evidence.create(profile=guest, skill=skill, kind="certificate", proficiency=3, shown_on=held.earned_on)
        claim(account, guest)
        assert account.certificates.get().evidence.get().profile == account

    def test_names_that_differ_in_case_alone_are_one_group(self, two):
        account, guest = two
        account.saved_groups.create(name="istanbul")
        guest.saved_roles.create(role=make.make_role(), group=guest.saved_groups.create(name="İstanbul"))
        claim(account, guest)
        assert account.saved_roles.get().group == account.saved_groups.get()

    @pytest.mark.parametrize(("newer", "older"), [("I know the manager", "no"), ("a" * 1500, "b" * 1500)])
    def test_no_note_is_lost(self, two, newer, older):
        account, guest = two
        role = make.make_role()
        account.saved_roles.create(role=role, note=older, answered_at=OLD)
        guest.saved_roles.create(role=role, note=newer, answered_at=NEW)
        claim(account, guest)
        assert account.saved_roles.get().note == f"{newer}\n\n{older}"

    def test_what_a_guest_has_seen_is_not_told_again(self, two):
        account, guest = two
        role = make.make_role()
        account.saved_roles.create(role=role, seen={"title": "Before"}, seen_at=OLD)
        guest.saved_roles.create(role=role, seen={"title": "After"}, seen_at=NEW)
        claim(account, guest)
        assert account.saved_roles.get().seen == {"title": "After"}

    def test_what_a_guest_withdrew_later_stays_withdrawn(self, two):
        account, guest = two
        skill = make.make_skill()
        certification = make.make_certification(skills={skill: 3})
        for profile, moment in ((account, OLD), (guest, NEW)):
            held = profile.certificates.create(
                certification=certification, earned_on=date(2026, 5, 12), answered_at=moment
            )
            held.evidence.create(
                profile=profile,
                skill=skill,
                kind="certificate",
                proficiency=3,
                shown_on=held.earned_on,
                withdrawn_at=NEW if profile is guest else None,
            )
        claim(account, guest)
        assert account.evidence.get().withdrawn_at == NEW

    def test_a_test_result_that_both_have_is_one(self, two):
        account, guest = two
        skill = make.make_skill()
        for profile in two:
            profile.evidence.create(skill=skill, kind="test", proficiency=3, shown_on=OLD.date(), source="Typing")
        claim(account, guest)
        assert account.evidence.count() == 1

    def test_a_withdrawn_rating_of_the_same_day_stays_on_the_record(self, two):
        account, guest = two
        skill = make.make_skill()
        make.rate(account, skill, 2)
        Evidence.objects.filter(pk=make.rate(guest, skill, 4).pk).update(withdrawn_at=NEW)
        claim(account, guest)
        assert {(row.proficiency, bool(row.withdrawn_at)) for row in account.evidence.all()} == {(2, False), (4, True)}

    def test_every_row_of_a_guest_changes_hands(self, two):
        account, guest = two
        rows = [
            guest.languages.create(name="Hindi", level="B2"),
            guest.saved_groups.create(name="Near"),
            guest.saved_roles.create(role=make.make_role()),
            guest.certificates.create(certification=make.make_certification(), earned_on=date(2026, 1, 1)),
            make.rate(guest, make.make_skill(), 3),
        ]
        claim(account, guest)
        for row in rows:
            row.refresh_from_db()
            assert row.profile == account, row

    def test_a_guests_plan_comes_along(self, two):
        account, guest = two
        goal = make_goal(guest, at=OLD, steps=[make.make_role()])
        claim(account, guest)
        assert account.goals.get() == goal
        assert goal.steps.count() == 1

    @pytest.mark.parametrize("guest_is_newer", [True, False])
    def test_of_two_plans_the_newer_is_the_way_and_what_is_done_of_the_other_stays(self, two, guest_is_newer):
        account, guest = two
        newer, older = (guest, account) if guest_is_newer else (account, guest)
        shared, kept, left, ahead = (make.make_role() for _ in range(4))
        make_goal(older, at=OLD, steps=[shared, kept, left], done=[shared, kept])
        make_goal(newer, at=NEW, steps=[shared, ahead])
        claim(account, guest)
        goal = account.goals.get()
        assert (goal.role, goal.answered_at) == (ahead, NEW)
        steps = [(step.role, step.leg, step.done_at) for step in goal.steps.all()]
        assert steps == [(shared, 1, OLD), (ahead, 2, None), (kept, None, OLD)]
        assert not Goal.objects.exclude(pk=goal.pk).exists()

    @pytest.mark.parametrize("guest_is_first", [True, False])
    def test_what_both_have_is_as_old_as_the_older(self, two, guest_is_first):
        account, guest = two
        first, second = (guest, account) if guest_is_first else (account, guest)
        role = make.make_role()
        for profile, at in ((first, OLD), (second, NEW)):
            Profile.objects.filter(pk=profile.pk).update(created_at=at)
            profile.saved_groups.create(name="Near", created_at=at)
            profile.ready_papers.create(paper="A photo identity card", ticked_at=at)
            make_goal(profile, at=at, steps=[role])
            profile.goals.update(adopted_at=at)
        claim(account, guest)
        account.refresh_from_db()
        since = (account.saved_groups.get().created_at, account.ready_papers.get().ticked_at)
        assert (account.created_at, *since, account.goals.get().adopted_at) == (OLD,) * 4

    def test_every_list_of_a_person_is_merged(self):
        """Whoever gives profiles a new list has to say here that a claim brings it along."""
        lists = {relation.name for relation in Profile._meta.related_objects}
        merged = {"languages", "saved_roles", "saved_groups", "evidence", "certificates", "goals"}
        merged |= {"certification_plans", "study_clocks", "reminder_settings", "reminders"}
        merged |= {"calendar_feeds", "calendar_events", "removals", "cvs", "jobs", "schoolings", "ready_papers"}
        merged |= {"timed_results", "interview_cards", "written_answers", "call_scores"}
        for_accounts_only = {"shares", "reminder_mails"}
        of_forms_whose_nonce_ends_with_a_sign_in = {"submissions"}
        assert lists == merged | for_accounts_only | of_forms_whose_nonce_ends_with_a_sign_in
        single = {field.attname for field in Profile._meta.concrete_fields}
        answers = {name for fields in Profile.ANSWERS.values() for name in fields}
        assert single - answers == {"id", "user_id", "created_at", "active_on", "answered_at"}


@pytest.mark.django_db
class TestPruning:
    def test_removes_guests_who_stayed_away_and_nobody_else(self, run_command):
        today = localdate()
        idle, back = make.make_profile(), make.make_profile()
        account = make.make_profile(user=make.make_user())
        idle.saved_roles.create(role=make.make_role())
        make.rate(idle, make.make_skill(), 3)
        Profile.objects.filter(pk__in=[idle.pk, account.pk]).update(active_on=today - timedelta(days=91))
        Profile.objects.filter(pk=back.pk).update(active_on=today - timedelta(days=89))
        assert "1 idle guests" in run_command("prune_guests")
        assert set(Profile.objects.all()) == {back, account}
        assert "0 idle guests" in run_command("prune_guests")

    def test_removes_sessions_that_ran_out(self, run_command, guest):
        Session.objects.create(session_key="gone", session_data="", expire_date=OLD)
        assert "1 sessions" in run_command("prune_guests")
        assert Session.objects.get().session_key == guest.session.session_key

    @pytest.mark.parametrize("days", [0, -1, 10**9])
    def test_days_are_sensible(self, run_command, days):
        with pytest.raises(CommandError, match="from 1 to 3650"):
            run_command("prune_guests", days=days)


@pytest.mark.django_db
class TestSessions:
    def test_know_whose_they_are_and_go_with_the_account(self, person):
        assert Session.objects.get().user == person.user
        person.user.delete()
        assert not Session.objects.exists()

    def test_a_guests_session_is_nobodys(self, guest):
        assert Session.objects.get().user is None


@pytest.mark.django_db
def test_an_upgrade_forgets_the_sessions_of_the_release_before_and_lets_it_come_back():
    migration = import_module("careers.migrations.0003_people")
    with connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        migration.forget_old_sessions(None, editor)  # a new installation has none
        cursor.execute("CREATE TABLE django_session (session_key varchar(40))")
        cursor.execute("INSERT INTO django_session VALUES ('somebody')")
        migration.forget_old_sessions(None, editor)
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone() == (0,)
