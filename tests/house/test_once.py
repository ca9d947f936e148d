"""Every form that is sent twice is done once and answered as before: walked over every address that takes one."""

import re
from collections import Counter
from datetime import timedelta
from threading import Event
from time import sleep
from unittest.mock import Mock

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from django.utils.crypto import get_random_string

from careers.accounts.models.sessions import Session
from careers.accounts.models.users import User, trust_email
from careers.guide.models.desk.drafts import DeskAction
from careers.guide.models.roles import Role
from careers.people.models.profiles import Profile
from careers.people.models.submissions import Submission
from careers.people.services.submissions import MOST
from careers.people.views.once import Sending
from careers.personal_data.services import claiming
from careers.personal_data.services.claiming import claim_guest
from careers.personal_data.views.guests import ANSWERED
from careers.personal_data.views.signing_in import CLAIMED
from careers.plans.files import services as files
from careers.plans.files.rules.kinds import Clean
from careers.practice.calls.rules.scoring import CRITERIA
from careers.reminders.selectors.text import token_of
from careers.web.guest_cookie import COOKIE, Parked
from tests import factories as make
from tests.desk.forms import as_sent_of_act, asked_of_many, opened, url_of
from tests.house.test_concurrency import at_once
from tests.house.test_me import one_of_each
from tests.plans.test_files import picture
from tests.practice.typed import a_test

NAMES = {pattern.name: pattern for pattern in get_resolver("careers.urls").url_patterns}
PASSWORD = "correct horse battery"
TODAY = timezone.localdate
OURS = {"Sec-Fetch-Site": "same-origin"}
# Forms that stand on pages that are the same for everybody, without a nonce. Their rows are what makes them one.
SHARED = {"role-save", "role-unsave", "paper-tick", "match-rate", "plan-track", "goal-adopt"}
# Of whom nothing is known yet: tests/site/test_votes.py and tests/desk/test_invitations.py send them twice.
OF_NOBODY = {"vote-add", "invitation-accept"}
# They answer a POST as they answer a GET.
ONLY_READ = {
    "evidence-list",
    "goal-read",
    "plan-arrange",
    "plan-entries",
    "profile-read",
    "saved-compare",
    "saved-list",
}


class World:
    """Somebody with an account and one of everything, in a browser that checks tokens."""

    def __init__(self):
        self.client = Client(enforce_csrf_checks=True)
        self.user = make.make_user()
        self.profile = make.make_profile(user=self.user)
        self.client.force_login(self.user)
        self.things = one_of_each(self.profile)
        self.plan = self.profile.certification_plans.get()
        self.skill = make.make_skill()
        self.role, self.goal_role = (make.make_role(skills={self.skill: 3}) for _ in range(2))
        make.make_move(self.role, self.goal_role)
        self.certification = make.make_certification(skills={self.skill: 3}, steps=[("Read", 4)])

    def address(self, name):
        args = {
            "role-save": self.role.slug,
            "role-unsave": self.things["saved"],
            "plan-track": self.certification.slug,
            "certificate-have": self.certification.slug,
            "reminder-stop": token_of(self.profile.pk),
        }
        if name in args:
            return reverse(name, args=[args[name]])
        if not NAMES[name].pattern.converters:
            return reverse(name)
        noun = name.partition("-")[0]
        return reverse(name, args=[self.things.get(noun, self.role.slug)])

    def send(self, name, **data):
        """A form of another page: what it needs is there before the form of the test is opened."""
        return send(self.client, self.address(name), data, nonce_of(self.client))

    def studying(self, **fields):
        type(self.plan).objects.filter(pk=self.plan.pk).update(status="studying", started_on=TODAY(), **fields)

    def passed(self):
        self.studying()
        self.send("plan-pass", earned_on="2026-05-12", expires_on="2029-05-12")

    def removed(self, name, field):
        self.send(name)
        return {field: self.things[name.partition("-")[0]]}

    def clock(self):
        self.send("plan-clock-start")
        return {"clock": self.profile.study_clocks.get().pk}

    def discarded(self):
        clock = self.clock()
        self.send("clock-discard", **clock)
        return clock

    def second_step(self):
        step = self.plan.steps.create(position=2, title="Sit a mock exam")
        self.things["step"] = step.pk
        return {"by": "up", "up": self.plan.steps.get(position=1).pk, "down": step.pk}

    def parked(self):
        """A guest's work waits on this browser."""
        guest = make.make_profile(display_name="Guest")
        guest.saved_groups.create(name="Of the guest")
        self.client.cookies[COOKIE] = signing.dumps(Parked(guest.pk), salt=COOKIE)
        return {"guest": guest.pk}

    def paper(self):
        make.make_section(slug="getting-hired", body="Bring the papers they ask for: your CV, a photo identity card.")
        return {"paper": "A photo identity card", "done": "yes"}

    def asked(self, question):
        return make.make_interview_questions(f"{question}: It tests whether you know the work.")

    def adopted(self):
        self.send("goal-adopt", **ROUTE(self))


def ROUTE(world):
    return {"from": world.role.slug, "to": world.goal_role.slug, "by": "fewest"}


def in_days(days):
    return (TODAY() + timedelta(days=days)).isoformat()


# {the address's name: what its form says, once what it needs is there}. A new address that takes a form comes here.
EXAMPLES = {
    "role-save": lambda w: {},
    "role-unsave": lambda w: {},
    "match-rate": lambda w: {f"skill_{w.skill.pk}": "3"},
    "plan-track": lambda w: {},
    "certificate-have": lambda w: {"earned_on": "2026-05-12", "expires_on": "2029-05-12"},
    "me-put-off": lambda w: {"what": f"finish-plan-{w.plan.pk}"},
    "profile-about": lambda w: {"display_name": "Asha", "now": "new"},
    "profile-working-life": lambda w: {"shifts": "day", "language_0": "Hindi", "level_0": "C2"},
    "profile-skills": lambda w: {f"skill_{w.skill.pk}": "4"},
    "profile-certificates": lambda w: {"certification": w.certification.pk, "earned_on": "2026-05-12"},
    "certificate-edit": lambda w: {"earned_on": "2026-05-10", "expires_on": "2029-05-10"},
    "certificate-remove": lambda w: {},
    "certificate-track": lambda w: {},
    "profile-target": lambda w: {"target_role": w.role.pk},
    "evidence-withdraw": lambda w: {},
    "evidence-restore": lambda w: w.removed("evidence-withdraw", "row"),
    "goal-adopt": ROUTE,
    "goal-step-tick": lambda w: {"done": "yes"},
    "goal-step-confirm": lambda w: {},
    "goal-accept-guide-change": lambda w: {"facts": "older"},
    "goal-dismiss-guide-change": lambda w: {"facts": "older"},
    "goal-drop": lambda w: {},
    "plan-add": lambda w: {"title": "Yellow Belt", "issuer": "ASQ"},
    "plan-edit": lambda w: {"title": "Other"},
    "plan-target": lambda w: {"target_on": in_days(90)},
    "plan-remove": lambda w: {},
    "plan-accept-guide-change": lambda w: {"change": "older"},
    "plan-dismiss-guide-change": lambda w: {"change": "older"},
    "plan-step-add": lambda w: {"title": "Sit a mock exam", "hours": "2"},
    "plan-step-restore": lambda w: w.removed("step-remove", "step"),
    "step-edit": lambda w: {"title": "Read all of it", "hours": "3"},
    "step-tick": lambda w: {"done": "yes"},
    "step-move": lambda w: w.second_step(),
    "step-remove": lambda w: {},
    "plan-start": lambda w: {},
    "plan-book": lambda w: {
        "day": in_days(30), "clock": "09:30", "zone": "Asia/Manila", "minutes": "90", "place": "Centre", "url": ""
    },
    "plan-unbook": lambda w: w.studying() or (w.send("plan-book", **EXAMPLES["plan-book"](w)) and {}),
    "plan-fail": lambda w: w.studying() or {"taken_on": TODAY().isoformat(), "score": "61", "note": ""},
    "attempt-remove": lambda w: {},
    "plan-item-add": lambda w: {"title": "Water"},
    "plan-item-restore": lambda w: w.removed("item-remove", "item"),
    "item-tick": lambda w: {"done": "yes"},
    "item-remove": lambda w: {},
    "plan-pass": lambda w: w.studying() or {"earned_on": "2026-05-12", "expires_on": "2029-05-12"},
    "plan-certificate": lambda w: w.passed() or {
        "earned_on": "2026-05-11", "expires_on": "2029-05-12", "credential_number": "A-1", "credential_url": ""
    },
    "plan-renew": lambda w: w.passed() or {"renewed_on": TODAY().isoformat(), "expires_on": in_days(900)},
    "plan-withdraw": lambda w: w.passed() or {},
    "plan-drop": lambda w: w.studying() or {},
    "plan-take-up": lambda w: w.studying() or (w.send("plan-drop") and {}),
    "plan-file-add": lambda w: {"file": SimpleUploadedFile("proof.png", picture()), "name": ""},
    "file-remove": lambda w: {},
    "calendar-make": lambda w: {},
    "calendar-alarms": lambda w: {"wanted": "on"},
    "calendar-revoke": lambda w: w.send("calendar-make") and {},
    "reminder-settings": lambda w: {
        "expiry_offsets": "90, 14", "exam_offsets": "7", "step_offsets": "", "in_portal": "on",
        "quiet_from": "21:00", "quiet_to": "8:00", "time_zone": "Asia/Manila",
    },
    "reminder-dismiss": lambda w: {},
    "plan-log": lambda w: {"minutes": "45", "studied_on": TODAY().isoformat(), "step": "", "note": "Chapter 2"},
    "plan-entry-restore": lambda w: w.removed("entry-remove", "entry"),
    "plan-clock-start": lambda w: {},
    "plan-clock-restore": lambda w: w.discarded(),
    "entry-edit": lambda w: {"minutes": "50", "studied_on": "2026-05-12", "step": "", "note": "Longer"},
    "entry-remove": lambda w: {},
    "clock-stop": lambda w: w.clock(),
    "clock-discard": lambda w: w.clock(),
    "streak-switch": lambda w: {"on": "no"},
    "saved-edit": lambda w: {"group": "", "new_group": "Far", "note": "Bus 14"},
    "saved-remove": lambda w: {},
    "saved-restore": lambda w: w.send("saved-remove") and {},
    "saved-accept-guide-change": lambda w: {},
    "group-add": lambda w: {"name": "Far"},
    "group-rename": lambda w: {"name": "Nearest"},
    "group-delete": lambda w: {},
    "data-guest-claim": lambda w: w.parked(),
    "data-guest-leave": lambda w: w.parked(),
    "data-guest-delete": lambda w: w.parked(),
    "data-delete": lambda w: {"password": PASSWORD},
    "cv-edit": lambda w: {"name": "Asha Rao", "phone": "+91 98765 43210", "parts": ["summary", "work"]},
    "job-add": lambda w: {"position": "Sales assistant", "began_on": "2024"},
    "job-edit": lambda w: {"position": "Teller", "began_on": "May 2024"},
    "job-remove": lambda w: {},
    "schooling-add": lambda w: {"qualification": "BCom", "ended_on": "2023"},
    "schooling-edit": lambda w: {"qualification": "Class 10"},
    "schooling-remove": lambda w: {},
    "paper-tick": lambda w: w.paper(),
    "result-add": lambda w: a_test(),
    "result-check": lambda w: a_test(),
    "result-count": lambda w: make.make_skill(slug="typing") and {},
    "result-withdraw": lambda w: make.make_skill(slug="typing") and w.send("result-count") and {},
    "result-delete": lambda w: {},
    "result-goal": lambda w: {"tests": "3"},
    "card-answer": lambda w: w.asked("What is BPO?") and {"card": "what-is-bpo", "seen": "1", "answer": "3"},
    "card-undo": lambda w: {"seen": "1"},
    "answer-write": lambda w: {"message": "late-parcel", "text": "I am sorry, I ask the driver now. " * 4},
    "answer-check": lambda w: {"ticks": ["greeting"]},
    "answer-delete": lambda w: {},
    "score-add": lambda w: {
        "call": "no-internet", "played_on": TODAY().isoformat(), **{f"score_{name}": "2" for name in CRITERIA}
    },
    "score-delete": lambda w: {},
    "share-add": lambda w: {"sections": ["skills"], "expires_on": in_days(30), "label": "For Acme"},
    "share-revoke": lambda w: {},
    "share-delete": lambda w: w.send("share-revoke") and {},
    "reminder-stop": lambda w: {},
}  # fmt: skip
# Each leaves one row more than there was; those with no row of its own for the same words twice come first.
MAKE_ROWS = [
    "share-add", "group-add", "plan-log", "plan-step-add", "plan-file-add", "plan-item-add", "plan-add", "plan-fail",
    "profile-certificates", "profile-skills", "plan-track", "calendar-make", "plan-clock-start", "result-add",
    "answer-write", "score-add",
]  # fmt: skip


def nonce_on_page(client):
    page = client.get(reverse("group-add")).text
    return re.search(r'name="csrfmiddlewaretoken" value="(\w{64})"', page).group(1)


def nonce_of(client):
    """As it stands on every page of this browser, another one on each; without the page, which takes longer."""
    if "csrftoken" not in client.cookies:
        client.cookies["csrftoken"] = get_random_string(32)
    request = HttpRequest()
    request.META["CSRF_COOKIE"] = client.cookies["csrftoken"].value
    return get_token(request)


def send(client, address, data, nonce):
    for value in data.values():
        if hasattr(value, "seek"):
            value.seek(0)
    fields = {**data, "csrfmiddlewaretoken": nonce} if nonce else data
    return client.post(address, fields, headers=OURS)


def twin_of(client):
    """The same browser, whose second tap goes out before the first answer has come in."""
    twin = Client(enforce_csrf_checks=True)
    twin.cookies.load({name: morsel.value for name, morsel in client.cookies.items()})
    return twin


def rows():
    """How many there are of each, what sessions and answers take left out."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ROWS)
        return Counter(dict(cursor.fetchall()))


# One query, as each test asks several times.
COUNT_ROWS = " UNION ALL ".join(
    f"SELECT '{model._meta.label}', COUNT(*) FROM \"{model._meta.db_table}\""
    for model in apps.get_models()
    if model not in (Session, Submission)
)


def all_of(profile):
    """Every value of every row that hangs on a person, and of their plans."""
    found = {}
    for relation in [*Profile._meta.related_objects]:
        if relation.related_model is not Submission:
            found[relation.name] = list(relation.related_model.objects.filter(profile=profile).order_by("pk").values())
    for plan in profile.certification_plans.all():
        for name in ("steps", "attempts", "exam_items", "entries", "files"):
            found[name, plan.pk] = list(getattr(plan, name).order_by("pk").values())
    return found


def answer_of(response):
    said = [(message.level, str(message)) for message in response.wsgi_request._messages.said()]
    return response.status_code, response.headers.get("Location"), said


@pytest.fixture(autouse=True)
def files_are_clean(monkeypatch):
    """Cleaning them takes a second."""
    monkeypatch.setattr(files, "run_cleaner", Clean)


@pytest.fixture
def world(db):
    return World()


@pytest.mark.any_database
@pytest.mark.django_db
def test_every_address_that_takes_a_form_has_an_example(world):
    client = Client()
    client.force_login(world.user)
    takes = set()
    for name in NAMES:
        others = {
            "calendar-feed": ["x" * 43],
            "share-read": ["x" * 43],
            "invitation-accept": ["x" * 43],
            "occupation-detail": ["43-4051.00"],
        }
        address = reverse(name, args=others[name]) if name in others else world.address(name)
        if client.post(address, headers=OURS).status_code != 405:
            takes.add(name)
    assert takes == set(EXAMPLES) | ONLY_READ | OF_NOBODY


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_form_that_is_sent_twice_is_done_once_and_answered_as_before(world, name):
    data, address = EXAMPLES[name](world), world.address(name)
    client, nonce = world.client, nonce_of(world.client)
    twin = twin_of(client)
    first = answer_of(send(client, address, data, nonce))
    assert first[0] < 400
    once, kept = rows(), all_of(world.profile)
    second = answer_of(send(twin, address, data, nonce))
    assert (rows(), all_of(world.profile)) == (once, kept)
    if name == "data-delete":  # nobody is there who could be told
        return
    assert second == first

    # Much later, by the back button: something else was written since.
    world.send("streak-switch", on="yes")
    before = rows()
    late = send(client, address, data, nonce)
    assert late.status_code < 400 or late.status_code == 404, "what it names is gone"
    assert rows() == before
    if name in MAKE_ROWS[:5]:
        assert late.headers["Location"] == first[1]


@pytest.mark.parametrize("name", sorted(SHARED))
def test_a_form_without_a_nonce_is_done_once_too(world, name):
    data, address = EXAMPLES[name](world), world.address(name)
    client, twin = world.client, twin_of(world.client)
    first = answer_of(send(client, address, data, ""))
    once, kept = rows(), all_of(world.profile)
    assert answer_of(send(twin, address, data, "")) == first
    assert (rows(), all_of(world.profile)) == (once, kept)
    Submission.objects.update(sent_at=timezone.now() - timedelta(minutes=2))
    assert send(client, address, data, "").status_code < 400
    assert rows() == once


@pytest.mark.django_db(transaction=True)
def test_forms_that_are_sent_three_times_at_once_make_one_row_and_get_one_answer():
    world = World()
    for name in MAKE_ROWS:
        data, address, nonce = EXAMPLES[name](world), world.address(name), nonce_of(world.client)
        content = data["file"].read() if "file" in data else b""

        def tap(_, data=data, address=address, nonce=nonce, content=content):
            own = {**data, "file": SimpleUploadedFile("proof.png", content)} if content else data
            return answer_of(send(twin_of(world.client), address, own, nonce))

        before = rows()
        answers = at_once(3, tap)
        assert answers == [answers[0]] * 3, name
        assert answers[0][0] in (302, 303), name
        more = rows() - before
        assert set(more.values()) == {1}, (name, more)


@pytest.mark.django_db(transaction=True)
def test_what_is_said_of_a_guests_work_three_times_at_once_gets_one_answer():
    world = World()
    for name in ("data-guest-leave", "data-guest-claim", "data-guest-delete"):
        data, address, nonce = world.parked(), reverse(name), nonce_of(world.client)

        def tap(_, data=data, address=address, nonce=nonce):
            return answer_of(send(twin_of(world.client), address, data, nonce))

        answers = at_once(3, tap)
        assert answers == [answers[0]] * 3, name
        assert ANSWERED not in str(answers), name


@pytest.mark.django_db(transaction=True)
def test_two_first_forms_at_once_of_a_browser_without_a_session_make_one_guest_who_is_known_in_both():
    browser = Client(enforce_csrf_checks=True)
    nonce, twins = nonce_on_page(browser), [twin_of(browser) for _ in range(2)]
    assert "sessionid" not in browser.cookies
    address = reverse("group-add")
    answers = at_once(2, lambda number: answer_of(send(twins[number], address, {"name": "Near"}, nonce)))
    assert answers[0] == answers[1]
    assert Profile.objects.get().saved_groups.get().name == "Near"
    for twin in twins:
        assert "Near" in twin.get(reverse("saved-list")).text
    late = send(twin_of(browser), address, {"name": "Near"}, nonce)
    assert answer_of(late) == answers[0]
    assert Profile.objects.count() == 1


@pytest.mark.django_db
class TestForm:
    def test_that_was_refused_uses_nothing_up(self, world):
        nonce = nonce_of(world.client)
        for _ in range(2):
            page = send(world.client, reverse("group-add"), {"name": ""}, nonce)
            assert (page.status_code, page.context["form"].errors.keys()) == (200, {"name"})
        assert send(world.client, reverse("group-add"), {"name": "Far"}, nonce).status_code == 302
        assert world.profile.saved_groups.filter(name="Far").exists()

    def test_that_was_changed_after_going_back_is_another_one(self, world):
        nonce = nonce_of(world.client)
        for name in ("Far", "Farther", "Far"):
            assert send(world.client, reverse("group-add"), {"name": name}, nonce).status_code == 302
        assert world.profile.saved_groups.count() == 3  # with the one that was there

    def test_that_is_open_in_two_tabs_is_two(self, world):
        data, nonces = EXAMPLES["share-add"](world), [nonce_on_page(world.client) for _ in range(2)]
        for nonce in nonces:
            send(world.client, reverse("share-add"), data, nonce)
        assert world.profile.shares.count() == 3  # with the one that was there

    def test_is_done_anew_where_what_it_made_is_gone(self, world):
        data, nonce = EXAMPLES["share-add"](world), nonce_of(world.client)
        send(world.client, reverse("share-add"), data, nonce)
        world.profile.shares.all().delete()
        assert "ready" in str(answer_of(send(world.client, reverse("share-add"), data, nonce)))
        assert world.profile.shares.count() == 1

    def test_is_done_anew_where_the_link_that_it_made_is_closed(self, world):
        data, nonce = EXAMPLES["share-add"](world), nonce_of(world.client)
        send(world.client, reverse("share-add"), data, nonce)
        world.things["share"] = world.profile.shares.first().pk
        world.send("share-revoke")
        assert "ready" in str(answer_of(send(world.client, reverse("share-add"), data, nonce)))
        assert world.profile.shares.first().is_open_on(TODAY())

    def test_is_obeyed_again_after_the_link_of_a_mail_said_otherwise(self, world, with_mail):
        trust_email(world.user)
        data, nonce = EXAMPLES["reminder-settings"](world) | {"by_email": "on"}, nonce_of(world.client)
        for _ in range(2):
            send(world.client, reverse("reminder-settings"), data, nonce)
            assert world.profile.reminder_settings.get().by_email
            Client().post(reverse("reminder-stop", args=[token_of(world.profile.pk)]))
            assert not world.profile.reminder_settings.get().by_email

    def test_is_judged_again_after_a_guests_work_has_come(self, world):
        nonce, address = nonce_of(world.client), reverse("profile-target")
        for _ in range(2):
            send(world.client, address, {"target_role": world.role.pk}, nonce)
            world.profile.refresh_from_db()
            assert world.profile.target_role == world.role
            said = {"target_role": timezone.now().isoformat()}
            guest = make.make_profile(target_role=world.goal_role, answered_at=said)
            claim_guest(user=world.user, guest_pk=guest.pk)
            world.profile.refresh_from_db()
            assert world.profile.target_role == world.goal_role

    def test_is_judged_again_after_a_moment(self, world):
        """Whatever wrote meanwhile, past every view."""
        nonce, step = nonce_of(world.client), world.plan.steps.get()
        for _ in range(2):
            send(world.client, world.address("step-tick"), {"done": "yes"}, nonce)
            step.refresh_from_db()
            assert step.is_done
            world.plan.steps.update(done_on=None)
            Submission.objects.update(sent_at=timezone.now() - timedelta(minutes=2))

    def test_that_is_older_than_a_day_is_done_anew_though_nothing_was_cleared_away(self, world):
        data, nonce = EXAMPLES["share-add"](world), nonce_of(world.client)
        for number in range(2):
            send(world.client, reverse("share-add"), data, nonce)
            assert world.profile.shares.count() == 2 + number  # with the one that was there
            Submission.objects.update(sent_at=timezone.now() - timedelta(hours=25))

    def test_that_brings_a_guests_work_in_tries_again_where_it_failed(self, world, monkeypatch):
        data, nonce, address = world.parked(), nonce_of(world.client), reverse("data-guest-claim")
        twin = twin_of(world.client)
        with monkeypatch.context() as patch:
            patch.setattr(claiming, "merge", Mock(side_effect=IntegrityError))
            assert "could not" in str(answer_of(send(world.client, address, data, nonce)))
        assert CLAIMED in str(answer_of(send(twin, address, data, nonce)))

    def test_that_says_what_is_so_is_obeyed_again_where_something_else_was_said_since(self, world):
        step, nonce = world.plan.steps.get(), nonce_of(world.client)
        for done in ("yes", "no", "yes"):
            send(world.client, reverse("step-tick", args=[step.pk]), {"done": done}, nonce)
        step.refresh_from_db()
        assert step.is_done

    def test_says_once_what_waits_to_be_shown(self, world):
        data, nonce = EXAMPLES["share-add"](world), nonce_of(world.client)
        for _ in range(2):
            page = send(world.client, reverse("share-add"), data, nonce)
        assert world.client.get(page.headers["Location"]).text.count("The link is ready.") == 1

    def test_of_somebody_else_is_theirs(self, world):
        """The same nonce and words in another account's browser: nothing of the first one is told."""
        data, nonce = EXAMPLES["share-add"](world), nonce_of(world.client)
        send(world.client, reverse("share-add"), data, nonce)
        other = make.make_user()
        make.make_profile(user=other)
        stranger = twin_of(world.client)
        stranger.force_login(other)
        stranger.cookies["csrftoken"] = world.client.cookies["csrftoken"].value
        send(stranger, reverse("share-add"), data, nonce)
        assert other.profile.shares.count() == 1

    def test_is_forgotten_after_a_day_and_one_person_has_few(self, world, run_command):
        made = f"careers.profile:{world.profile.pk}"
        for number in range(MOST + 5):
            submission = world.profile.submissions.create(key=str(number), location="/", made=made)
        world.profile.submissions.create(key="ticked", location="/")
        world.send("streak-switch", on="yes")
        assert set(world.profile.submissions.values_list("key", flat=True)) >= {submission.key}
        assert world.profile.submissions.count() == MOST
        Submission.objects.exclude(pk=submission.pk).update(sent_at=timezone.now() - timedelta(hours=25))
        assert f"{MOST - 1} answers" in run_command("prune_guests")
        assert Submission.objects.get() == submission


@pytest.mark.django_db
def test_a_form_of_the_hr_desk_is_done_once(guide):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.make_user(is_staff=True, is_superuser=True))
    nonce, role = nonce_of(client), make.make_role(summary="Old.")
    change, add = reverse("admin:careers_role_change", args=[role.pk]), reverse("admin:careers_user_add")
    account = {"email": "new@example.org", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    page = {**opened(client, role), "summary": "New.", "_save": "Save draft"}
    for address, data in ((change, page), (add, account)):
        twin, first = twin_of(client), answer_of(send(client, address, data, nonce))
        assert first[0] == 302
        log = LogEntry.objects.count(), DeskAction.objects.count()
        assert answer_of(send(twin, address, data, nonce)) == first
        assert (LogEntry.objects.count(), DeskAction.objects.count()) == log


@pytest.mark.django_db
def test_whoever_deletes_their_own_account_at_the_desk_leaves_no_answer_behind():
    client = Client(enforce_csrf_checks=True)
    user = make.make_user(is_staff=True, is_superuser=True)
    client.force_login(user)
    send(client, reverse("streak-switch"), {"on": "yes"}, nonce_of(client))
    profile = Profile.objects.get(user=user)
    delete = reverse("admin:careers_user_delete", args=[user.pk])
    assert send(client, delete, {"post": "yes"}, nonce_of(client)).status_code in (302, 400)
    assert not User.objects.filter(pk=user.pk).exists()
    assert not Submission.objects.filter(profile_id=profile.pk).exists()
    connection.check_constraints()


@pytest.mark.django_db
def test_a_form_of_the_hr_desk_is_judged_again_after_somebody_else_wrote_there(publisher):
    mine, theirs = Client(enforce_csrf_checks=True), publisher
    mine.force_login(make.make_user(is_staff=True, is_superuser=True))
    role, nonce = Role.objects.get(slug="team-leader"), nonce_of(mine)
    change, every = reverse("admin:careers_role_change", args=[role.pk]), reverse("admin:careers_role_changelist")
    saved = {**opened(mine, role), "summary": "Mine.", "_save": "Save draft"}
    assert send(mine, change, saved, nonce)["Location"] == change
    newer = {**opened(theirs, role), "summary": "Theirs.", "_save": "Save draft"}
    assert theirs.post(change, newer).status_code == 302
    assert "clash" in send(mine, change, saved, nonce)["Location"]

    chosen = {"action": "publish_selected", "index": "0", "select_across": "0", "_selected_action": role.pk}
    publish = asked_of_many(send(mine, every, chosen, nonce_of(mine)))
    assert "is published" in str(answer_of(send(mine, every, publish, nonce)))
    archive = url_of(role, "act", "archive")
    assert theirs.post(archive, as_sent_of_act(theirs, archive)).status_code == 302
    said = str(answer_of(send(mine, every, publish, nonce)))
    role.refresh_from_db()
    assert ("is published" in said) == (role.status == "published")


@pytest.mark.django_db
def test_nobody_waits_while_a_password_of_the_desk_is_hashed(monkeypatch):
    client, user, hashed = Client(), make.make_user(), []
    client.force_login(make.make_user(is_staff=True, is_superuser=True))
    set_password = User.set_password

    def noted(user, password):
        hashed.append(len(connection.savepoint_ids))
        set_password(user, password)

    monkeypatch.setattr(User, "set_password", noted)
    new = "a quite different passphrase"
    data = {"usable_password": "true", "password1": new, "password2": new}
    address, outside = reverse("admin:auth_user_password_change", args=[user.pk]), len(connection.savepoint_ids)
    assert client.post(address, data).status_code == 302
    assert hashed == [outside]


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_sent_again_while_it_is_checked_waits_and_is_answered_as_the_first(monkeypatch):
    world, began, washed_files = World(), Event(), []

    def slowly(content):
        washed_files.append(content)
        began.set()
        sleep(0.5)
        return Clean(content)

    def remember_late(sending, response):
        sleep(0.3)  # its answer is not there yet, while the file is kept
        remember(sending, response)

    remember = Sending.remember
    monkeypatch.setattr(Sending, "remember", remember_late)
    monkeypatch.setattr(files, "run_cleaner", slowly)
    nonce, address, content = nonce_of(world.client), world.address("plan-file-add"), picture()

    def tap(number, content=content):
        if number:
            began.wait(10)
        own = {"file": SimpleUploadedFile("proof.png", content), "name": ""}
        return send(twin_of(world.client), address, own, nonce)

    first, second = at_once(2, tap)
    assert answer_of(first) == answer_of(second)
    assert "is kept" in str(answer_of(first))
    assert len(washed_files) == 1
    assert world.plan.files.count() == 2  # with the one that was there

    began.clear()
    other = at_once(2, lambda number: tap(number, picture(size=(9, 9 + number))))[1]
    assert files.ONE_AT_A_TIME in other.text
