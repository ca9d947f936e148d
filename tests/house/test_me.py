"""Every address under /me/, for whoever asks: own things only, kept by nobody's cache; and the first of its pages."""

import re
from datetime import date, timedelta
from itertools import takewhile

import pytest
from django.db import connection, transaction
from django.template.backends.django import Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils.timezone import localdate, now

from careers.accounts.models.sessions import Session
from careers.accounts.models.users import User
from careers.guide.models.roles import Role
from careers.people.models.profiles import Profile
from careers.people.models.submissions import Submission
from careers.web.stale import StaleForm
from tests import factories as make
from tests.queries import queries_of_page

OWN = [p for p in get_resolver("careers.urls").url_patterns if str(p.pattern).startswith("me/")]
PLAIN = [p.name for p in OWN if not p.pattern.converters]
OF_A_THING = [p.name for p in OWN if p.pattern.converters]


FIRST_WORDS = {f"profile-{part}" for part in ("about", "working-life", "skills", "certificates", "target")}
FIRST_WORDS |= {"goal-adopt", "plan-add", "group-add", "cv-edit", "job-add", "schooling-add"}
TOKEN = re.compile(r'value="[^"]{64}"')
# Cleaning a file takes seconds in which nothing may be locked; the others are pages without a form of their own.
LONG_BEFORE = {"plan-file-add", "plan-arrange", "plan-entries"}
PROPOSED = {"plan-fail", "plan-log", "share-add"}  # of which nothing is kept yet
OF_THE_PERSON = {model._meta.db_table for model in (Profile, Session, Submission, User)}


def one_of_each(profile):
    """Give a person one of everything, as open as can be, so that each form about it can be sent; returns the key of
    each by the noun in the names of its addresses. `tests.whole_person` makes somebody with all that can be kept, also
    what is over, withdrawn and closed: a form about that is refused, as it should be.
    """
    role, skill = make.make_role(), make.make_skill()
    saved = profile.saved_roles.create(role=role, group=profile.saved_groups.create(name="Near"), note="Bus 12")
    held = profile.certificates.create(certification=make.make_certification(), earned_on=date(2026, 5, 12))
    held.evidence.create(profile=profile, skill=skill, kind="certificate", proficiency=3, shown_on=held.earned_on)
    share = profile.shares.create(sections=["skills"], expires_on=localdate() + timedelta(days=30))
    goal = profile.goals.create(role=role, criterion="fastest")
    step = goal.steps.create(kind="move", leg=1, position=1, title=role.title, role=role)
    plan = make.make_plan(profile, steps=[("Read the handbook", 6, None)])
    item = plan.exam_items.create(title="Photo ID")
    attempt = plan.attempts.create(taken_on=date(2026, 5, 11), outcome="not_passed")
    entry = plan.entries.create(minutes=30, studied_on=date(2026, 5, 12))
    reminder = profile.reminders.create(plan=plan, event_on=localdate() + timedelta(days=7), offset=7)
    job = profile.jobs.create(position="Clerk", began_on=date(2024, 5, 1))
    return {
        "plan": plan.pk,
        "job": job.pk,
        "schooling": profile.schoolings.create(qualification="Class 12").pk,
        "step": plan.steps.get().pk,
        "item": item.pk,
        "attempt": attempt.pk,
        "entry": entry.pk,
        "reminder": reminder.pk,
        "saved": saved.role.slug,
        "goal": step.pk,
        "group": saved.group.pk,
        "certificate": held.pk,
        "evidence": make.rate(profile, skill, 2).pk,
        "share": share.pk,
        "result": make.make_timed_result(profile).pk,
        "file": make.make_file(plan).pk,
        "card": make.make_card(profile).pk,
        "answer": profile.written_answers.create(message="late-parcel", text="We look at once.").pk,
        "score": profile.call_scores.create(call="no-internet", played_on=date(2026, 5, 12)).pk,
    }


def state_of(profile):
    """All that hangs on a profile, as text."""
    lists = [relation for relation in Profile._meta.related_objects if relation.one_to_many]
    rows = [list(relation.related_model.objects.filter(profile=profile).values()) for relation in lists]
    return repr((Profile.objects.filter(pk=profile.pk).values().get(), rows))


def address(name, things):
    return reverse(name, args=[things[name.partition("-")[0]]])


def is_private(response):
    return {"private", "no-store"} <= set(response["Cache-Control"].split(", ")) and "Cookie" in response["Vary"]


def make_other(kind):
    return make.make_profile(user=make.make_user() if kind == "account" else None)


@pytest.fixture(params=["nobody", "guest", "account"])
def reader(request, client):
    """Each who may ask: a visitor without a profile, a guest, somebody signed in."""
    return (
        client
        if request.param == "nobody"
        else request.getfixturevalue({"account": "person"}.get(request.param, "guest"))
    )


@pytest.fixture(autouse=True)
def pdfs_at_once(monkeypatch):
    """A real one takes seconds, and on a busy machine longer than anybody waits (tests/dashboard/test_print.py)."""
    monkeypatch.setattr("careers.runtime.pdfs.typeset", lambda html, sheet: b"%PDF- made")


@pytest.fixture
def undrawn(monkeypatch):
    """Answers are not drawn, which takes most of the time of a walk that asks for their status and their headers."""
    monkeypatch.setattr(Template, "render", lambda *_, **__: "")


@pytest.mark.django_db
class TestEveryAddress:
    def test_is_kept_by_no_cache(self, reader, undrawn):
        for name in PLAIN:
            for method in ("get", "post", "head"):
                response = getattr(reader, method)(reverse(name))
                assert response.status_code in (200, 302, 303, 403, 405), (name, method)
                assert is_private(response), (name, method)

    @pytest.mark.parametrize("address", ["/me/nothing/", "/me/saved/no-such-role/edit/"])
    def test_that_is_not_there_is_kept_by_no_cache_either(self, reader, address):
        assert is_private(reader.get(address))

    @pytest.mark.parametrize("owner", ["guest", "account"])
    def test_of_another_persons_thing_finds_nothing_and_changes_nothing(self, reader, owner, undrawn):
        other = make_other(owner)
        things = one_of_each(other)
        before = state_of(other)
        for name in OF_A_THING:
            for method in ("get", "post"):
                response = getattr(reader, method)(address(name, things))
                refused = 404 if "_auth_user_id" in reader.session else 403
                assert response.status_code in (refused, 405), (name, method)  # 405 comes before anything is looked for
                assert is_private(response), (name, method)
        assert state_of(other) == before

    @pytest.mark.parametrize("who", ["nobody", "guest"])
    def test_asks_who_is_not_signed_in_to_sign_in_and_says_not_whether_it_is_there(self, request, client, who):
        reader = request.getfixturevalue("guest") if who == "guest" else client
        owner = make.make_profile(user=make.make_user())
        things = one_of_each(owner)
        addresses = {name: address(name, things) for name in OF_A_THING}
        of_each_noun = {name.partition("-")[0]: target for name, target in addresses.items()}.values()
        # Every address by every method takes seconds: one asks to read each, the other to change each.
        most = "post" if who == "guest" else "get"
        asked = [(target, most) for target in addresses.values()]
        asked += [(target, method) for target in of_each_noun for method in sorted({"get", "head", "post"} - {most})]

        def answers():
            return [
                (target, method, response.status_code, TOKEN.sub("", response.text), response["Cache-Control"])
                for target, method in asked
                if (response := getattr(reader, method)(target)).status_code != 405
            ]

        there = answers()
        assert all(status == 403 for _, _, status, _, _ in there)
        for target, _, _, text, _ in (answer for answer in there if answer[1] == "get"):
            assert "Sign in to open it" in text
            assert f'href="/account/login/?next={target}"' in text
        assert "Nothing was saved" in next(text for _, method, _, text, _ in there if method == "post")
        owner.delete()
        Role.objects.all().delete()
        assert answers() == there
        assert Profile.objects.count() == (who == "guest")

    def test_that_only_takes_forms_says_so_to_who_follows_it(self, person):
        things = one_of_each(person.profile)
        for target in [*map(reverse, PLAIN), *(address(name, things) for name in OF_A_THING)]:
            page = person.get(target)
            if page.status_code == 405:
                assert "Nothing has changed" in page.text, target

    def test_begins_a_guest_only_with_what_can_be_a_first_word(self, client):
        """A choice about what somebody has, made on a browser that holds nothing of theirs, would be nobody's."""
        skill = make.make_skill()
        make.make_role(skills={skill: 3})
        for name in PLAIN:
            everything = {"on": "yes", "by_email": "on", "what": "step-plan-1", "offsets": ["7"], "mode": "1"}
            client.post(reverse(name), everything)
            assert Profile.objects.exists() <= (name in FIRST_WORDS), name
            Profile.objects.all().delete()

    @pytest.mark.parametrize("name", ["reminder-settings", "calendar-make", "calendar-read", "calendar-download"])
    def test_about_what_one_has_asks_who_has_nothing_to_sign_in(self, client, name):
        for method in ("get", "post"):
            response = getattr(client, method)(reverse(name))
            assert response.status_code in (403, 405)
        assert "ign in" in response.text
        assert not Profile.objects.exists()

    @pytest.mark.parametrize("name", ["reminder-settings", "calendar-read", "calendar-download"])
    def test_without_anything_of_theirs_says_so_and_how_to_begin(self, client, name):
        page = client.get(reverse(name)).text
        assert "Nothing of yours is kept on this browser yet." in page
        assert f'href="/account/login/?next={reverse(name)}"' in page
        assert "belongs to a plan" not in page
        assert "note-info" not in page

    def test_leads_who_has_nothing_to_no_page_that_asks_them_to_sign_in(self, client):
        for name in PLAIN:
            page = client.get(reverse(name), follow=True)
            if page.status_code == 200 and page["Content-Type"].startswith("text/html"):
                for target in set(re.findall(r'href="(/me/[^"#]*)', page.text)):
                    assert client.get(target.replace("&amp;", "&")).status_code != 403, (name, target)

    @pytest.mark.parametrize("name", OF_A_THING)
    def test_of_a_thing_of_ones_own_answers(self, person, name):
        """Else the test above would pass on addresses that never answer."""
        things = one_of_each(person.profile)
        answers = {getattr(person, method)(address(name, things)).status_code for method in ("get", "post")}
        assert answers & {200, 302, 303}

    def test_that_takes_a_form_looks_for_its_thing_once_the_person_is_locked(self, person, monkeypatch):
        """What is read before may have changed by the time it is written, and is paid for twice.

        Its page is drawn when the lock is gone: others wait to write meanwhile.
        """
        things, found, drawn = one_of_each(person.profile), {}, []
        monkeypatch.setattr(Template, "render", lambda *_, **__: drawn.append(len(connection.savepoint_ids)) or "")
        for name in set(OF_A_THING) - LONG_BEFORE:
            with transaction.atomic(), CaptureQueriesContext(connection) as captured:
                response = person.post(address(name, things), {"done": "yes", "on": "yes"})
                transaction.set_rollback(True)
            asked = [query["sql"] for query in captured][1:]
            before = takewhile(lambda sql: not sql.startswith("SAVEPOINT"), asked)
            tables = set(re.findall(r'(?:FROM|JOIN) "(\w+)"', " ".join(before)))
            if response.status_code != 405 and not tables <= OF_THE_PERSON:
                found[name] = tables - OF_THE_PERSON
        assert not found
        assert set(drawn) == {1}, "a page was drawn within a write"

    def test_that_shows_what_is_kept_in_a_form_knows_later_what_it_showed(self, person):
        """Or a page left open in another tab takes back what was written since."""
        things, found = one_of_each(person.profile), {}
        everything = [
            *((name, reverse(name)) for name in PLAIN),
            *((name, address(name, things)) for name in OF_A_THING),
        ]
        for name, target in everything:
            page = person.get(target)
            form = (page.context or {}).get("form") if page.status_code == 200 else None
            if form and any(form[field].value() for field in form.fields) and name not in PROPOSED:
                found[name] = isinstance(form, StaleForm) and 'name="initial-' in page.text
        assert [name for name, knows in found.items() if not knows] == []
        assert set(found) >= {"step-edit", "entry-edit", "certificate-edit", "saved-edit", "group-rename"}

    def test_of_a_thing_that_never_was_is_not_found(self, person, undrawn):
        things = dict.fromkeys(one_of_each(person.profile), 2**62) | {"saved": "no-such-role"}
        for name in OF_A_THING:
            answers = {getattr(person, method)(address(name, things)).status_code for method in ("get", "post")}
            assert 404 in answers <= {404, 405}, name

    def test_takes_no_post_without_the_token(self, undrawn):
        client, things = Client(enforce_csrf_checks=True), one_of_each(make.make_profile())
        client.force_login(make.make_user())
        # Its form stands on the planner's page, which has no token; tests/routes/test_goals.py says what guards it.
        names = [name for name in PLAIN if name != "goal-adopt"]
        for target in [*map(reverse, names), *(address(name, things) for name in OF_A_THING)]:
            response = client.post(target, headers={"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"})
            assert response.status_code in (403, 405), target
            assert is_private(response), target


@pytest.mark.django_db
class TestDashboard:
    def next_step(self, client):
        return client.get("/me/").context["next"]["title"]

    def test_asks_a_visitor_who_they_are(self, client):
        page = client.get("/me/")
        assert "Say where you are now" in page.text
        assert "You need no account." in page.text

    def test_says_to_a_guest_where_it_is_kept(self, guest):
        assert "Kept on this browser only." in guest.get("/me/").text

    def test_says_to_an_account_whose_it_is(self, person):
        page = person.get("/me/").text
        assert person.user.email in page
        assert "Kept on this browser only." not in page

    def test_leads_from_a_saved_role_to_its_gap_and_beyond(self, guest):
        excel = make.make_skill(name="Excel")
        role = make.make_role(title="Team Leader", skills={excel: 3})
        guest.profile.saved_roles.create(role=role, seen=role.facts)
        assert self.next_step(guest) == "Choose your target"
        Profile.objects.update(target_role=role)
        assert self.next_step(guest) == "Say what you can do today"
        make.rate(guest.profile, excel, 1)
        assert self.next_step(guest) == "Raise Excel from 1 to 3"
        make.rate(guest.profile, excel, 3, on=date(2026, 11, 23))
        assert self.next_step(guest).startswith("Go on with")

    @pytest.mark.parametrize(
        ("essential", "title"),
        [
            (0, "The guide names no essential skill of Team Leader"),
            (1, "You have the essential skill of Team Leader"),
            (2, "You have the essential skills of Team Leader"),
        ],
    )
    def test_says_what_is_there_when_nothing_is_left(self, guest, essential, title):
        skills = [make.make_skill() for _ in range(3)]
        role = make.make_role(title="Team Leader", skills=dict.fromkeys(skills, 3))
        role.role_skills.filter(skill__in=skills[essential:]).update(is_essential=False)
        for skill in skills[:2]:
            make.rate(guest.profile, skill, 3)
        guest.profile.languages.create(name="Hindi", level="C2")
        given = {"no_certificate": now().isoformat()}
        Profile.objects.update(target_role=role, display_name="Asha", answered_at=given)
        assert self.next_step(guest) == title

    def test_has_one_primary_button_and_links_that_say_where_they_go(self, guest):
        Profile.objects.update(target_role=make.make_role(), display_name="Asha")
        page = guest.get("/me/").text
        assert page.count("btn-primary") == 1
        assert page.count('Go on<span class="visually-hidden"> with working life</span>') == 2
        assert 'Change it<span class="visually-hidden">, your target</span>' in page

    def test_tells_what_hr_changed_in_a_saved_role(self, guest):
        role = make.make_role(title="Team Leader", summary="You lead.")
        guest.profile.saved_roles.create(role=role, seen={**role.facts, "summary": "You led."})
        assert "The guide changed 1 of them." in guest.get("/me/").text

    def test_keeps_a_target_and_a_saved_role_that_are_no_longer_published(self, guest):
        role = make.make_role(title="Team Leader", status="archived")
        Profile.objects.update(target_role=role)
        guest.profile.saved_roles.create(role=role, seen=role.facts)
        page = guest.get("/me/").text
        assert page.count("No longer published") == 2
        assert role.get_absolute_url() not in page

    @pytest.mark.parametrize("path", ["/me/", "/me/saved/", "/me/evidence/", "/me/profile/", "/me/data/"])
    def test_queries_do_not_grow_with_what_a_person_has(self, person, path):
        def add(number):
            for _ in range(number):
                skill = make.make_skill()
                role = make.make_role(skills={skill: 3})
                fill_one(person.profile, role, skill)

        add(1)
        Profile.objects.update(target_role=make.make_role(skills={make.make_skill(): 2}))
        few = queries_of_page(person, path)
        add(49)
        assert queries_of_page(person, path) <= few


def fill_one(profile, role, skill):
    group = profile.saved_groups.first() or profile.saved_groups.create(name="Near")
    profile.saved_roles.create(role=role, group=group, seen={**role.facts, "summary": "Before."})
    certification = make.make_certification(skills={skill: 2})
    held = profile.certificates.create(certification=certification, earned_on=date(2026, 5, 12))
    held.evidence.create(profile=profile, skill=skill, kind="certificate", proficiency=2, shown_on=held.earned_on)
    make.rate(profile, skill, 2)
