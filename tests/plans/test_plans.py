"""The plan's page: steps that are ticked, edited, arranged, removed; what the guide changed; the plan as a whole."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from careers.lib.days import day_in_words
from careers.plans.models import CertificationPlan
from tests import factories as make
from tests.queries import queries_of_page
from tests.sending import send

OURS = {"Sec-Fetch-Site": "same-origin"}


def plan_of(client, *titles, **fields):
    return make.make_plan(client.profile, steps=[(title, 2, None) for title in titles], **fields)


def titles(plan):
    return list(plan.steps.values_list("title", flat=True))


def post(client, name, pk, **fields):
    return client.post(reverse(name, args=[pk]), fields)


def read(client, plan):
    return client.get(reverse("plan-read", args=[plan.pk]))


def hidden(page):
    """The fields that a form carries unseen, as the page would send them."""
    return dict(page.context["form"].hidden_inputs)


@pytest.mark.django_db
class TestTracking:
    def test_begins_one_plan_with_the_guides_steps(self, client):
        certification = make.make_certification(steps=[("Read", 4), ("Sit the exam", None)])
        for _ in range(2):
            response = send(client, reverse("plan-track", args=[certification.slug]), headers=OURS)
        plan = CertificationPlan.objects.get()
        assert response.headers["Location"] == reverse("plan-read", args=[plan.pk])
        assert titles(plan) == ["Read", "Sit the exam"]
        assert "You track" in read(client, plan).text

    def test_says_to_a_person_on_the_certifications_page_that_they_do(self, guest):
        certification = make.make_certification()
        address = certification.get_absolute_url()
        assert "Track this" in guest.get(address).text
        plan = make.make_plan(guest.profile, certification)
        page = guest.get(address).text
        assert reverse("plan-read", args=[plan.pk]) in page
        assert "Track this" not in page

    def test_leaks_nothing_into_pages_that_are_the_same_for_everybody(self, guest, client):
        certification = make.make_certification()
        make.make_plan(guest.profile, certification)
        guest.get(certification.get_absolute_url())
        client.cookies.clear()
        page = client.get(certification.get_absolute_url())
        assert "Open your plan" not in page.text
        assert "csrfmiddlewaretoken" not in page.text

    @pytest.mark.parametrize("noun", ["role", "skill"])
    def test_begins_where_a_certificate_is_named(self, client, noun):
        skill = make.make_skill()
        certification, role = make.make_certification(skills={skill: 3}), make.make_role()
        role.role_certifications.create(certification=certification)
        page = client.get({"role": role, "skill": skill}[noun].get_absolute_url()).text
        assert reverse("plan-track", args=[certification.slug]) in page

    def test_begins_on_a_route_and_at_the_step_of_a_goal(self, guest):
        skill = make.make_skill()
        belt = make.make_certification(slug="belt", skills={skill: 3})
        start, end = make.make_role(slug="start"), make.make_role(slug="end", skills={skill: 3})
        make.make_move(start, end, certifications=[belt])
        track, wish = reverse("plan-track", args=["belt"]), {"from": "start", "to": "end", "by": "fewest"}
        assert track in guest.get(reverse("route-find"), wish).text
        guest.post(reverse("goal-adopt"), wish, headers=OURS)
        assert track in guest.get(reverse("goal-read")).text
        plan = make.make_plan(guest.profile, belt)
        for address in (reverse("route-find", query=wish), reverse("goal-read")):
            page = guest.get(address).text
            assert track not in page
            assert reverse("plan-read", args=[plan.pk]) in page

    def test_takes_any_other_certification_by_its_name_once(self, guest):
        for title in ("Own thing", "OWN Thing"):
            guest.post(reverse("plan-add"), {"title": title, "issuer": "Me"})
        plan = CertificationPlan.objects.get()
        assert (plan.title, plan.issuer, plan.certification) == ("Own thing", "Me", None)
        assert "Add the first step" in read(guest, plan).text

    @pytest.mark.parametrize("issuer", ["asq", ""])
    def test_of_the_guide_takes_over_ones_own_of_its_name(self, guest, issuer):
        belt = make.make_certification(title="Yellow Belt", issuer="ASQ", steps=[("Read", 4)])
        own = make.make_plan(guest.profile, title="yellow belt", issuer=issuer, steps=[("Mine", 2, date(2026, 1, 5))])
        guest.post(reverse("plan-track", args=[belt.slug]), headers=OURS)
        plan = guest.profile.certification_plans.get()
        assert (plan.pk, plan.certification, titles(plan)) == (own.pk, belt, ["Mine"])
        assert [one.change.name for one in read(guest, plan).context["steps"].differences] == ["Read"]

    def test_of_the_guide_takes_over_ones_own_certificate_of_its_name(self, guest):
        skill = make.make_skill()
        belt = make.make_certification(title="Yellow Belt", issuer="ASQ", skills={skill: 3})
        held = make.make_held(guest.profile, title="Yellow Belt", issuer="ASQ")
        make.make_plan(guest.profile, title="Yellow Belt", issuer="ASQ", held_certificate=held, status="passed")
        guest.post(reverse("plan-track", args=[belt.slug]), headers=OURS)
        held.refresh_from_db()
        assert (held.certification, held.evidence.get().skill) == (belt, skill)
        assert guest.profile.certification_plans.get().certification == belt

    def test_knows_one_of_the_guide_by_its_name(self, guest):
        certification = make.make_certification(title="Yellow Belt", issuer="ASQ", steps=[("Read", 4)])
        guest.post(reverse("plan-add"), {"title": "yellow belt"})
        guest.post(reverse("plan-add"), {"title": "Yellow Belt", "issuer": "IASSC"})
        assert guest.profile.certification_plans.get(certification=certification).steps.count() == 1
        assert guest.profile.certification_plans.get(certification=None).issuer == "IASSC"

    def test_takes_one_of_the_guide_from_the_form(self, guest):
        certification = make.make_certification(steps=[("Read", 4)])
        guest.post(reverse("plan-add"), {"certification": certification.pk})
        assert titles(CertificationPlan.objects.get()) == ["Read"]

    @pytest.mark.parametrize(
        "fields", [{}, {"issuer": "Me"}, {"title": "a" * 10_000}, {"title": "\0"}, {"certification": "9" * 30}]
    )
    def test_asks_again_where_nothing_can_be_tracked(self, guest, fields):
        page = guest.post(reverse("plan-add"), fields)
        assert page.status_code == 200
        assert page.context["form"].errors
        assert not CertificationPlan.objects.exists()

    def test_is_refused_in_words_where_there_are_as_many_as_can_be(self, guest, monkeypatch):
        monkeypatch.setattr("careers.plans.services.plans.MOST_PLANS", 2)
        certification, held = make.make_certification(), make.make_held(guest.profile)
        first, _ = [make.make_plan(guest.profile, title=title, issuer="ASQ") for title in ("Yellow Belt", "Green Belt")]
        said = "as many as there can be"
        page = guest.post(reverse("plan-track", args=[certification.slug]), follow=True, headers=OURS)
        assert said in page.text
        page = guest.post(reverse("plan-add"), {"title": "Black Belt", "issuer": "ASQ"})
        assert said in page.text
        assert "Black Belt" in page.text
        assert said in guest.post(reverse("certificate-track", args=[held.pk]), follow=True).text
        assert guest.profile.certification_plans.count() == 2
        page = guest.post(reverse("plan-add"), {"title": "yellow belt", "issuer": "ASQ"})
        assert page.url == reverse("plan-read", args=[first.pk])


@pytest.mark.django_db
class TestSteps:
    def test_are_ticked_and_unticked_said_not_switched(self, guest):
        plan = plan_of(guest, "Read", "Sit the exam")
        step = plan.steps.first()
        for _ in range(2):
            post(guest, "step-tick", step.pk, done="yes")
        step.refresh_from_db()
        assert (step.done_on, step.version) == (localdate(), 1)
        for _ in range(2):
            post(guest, "step-tick", step.pk, done="no")
        step.refresh_from_db()
        assert (step.done_on, step.version) == (None, 2)

    @pytest.mark.parametrize("done", ["", "toggle", "\0", None])
    def test_are_not_ticked_by_nonsense(self, guest, done):
        plan = plan_of(guest, "Read")
        post(guest, "step-tick", plan.steps.get().pk, **({} if done is None else {"done": done}))
        assert plan.steps.get().done_on is None

    def test_start_a_planned_plan_with_the_first_tick(self, guest):
        plan = plan_of(guest, "Read", target_on=localdate() - timedelta(days=3))
        post(guest, "step-tick", plan.steps.get().pk, done="yes")
        plan.refresh_from_db()
        day = localdate() - timedelta(days=3)  # theirs stays, and nobody starts after it
        assert (plan.status, plan.started_on, plan.target_on) == ("studying", day, day)

    def test_are_added_at_the_end(self, guest):
        plan = plan_of(guest, "Read")
        post(guest, "plan-step-add", plan.pk, title="  Practise \n", hours="1,5", due_on="2099-01-02")
        step = plan.steps.last()
        assert (step.title, step.hours, step.due_on) == ("Practise", Decimal("1.5"), date(2099, 1, 2))

    @pytest.mark.parametrize(
        "fields",
        [
            {"title": ""},
            {"title": "a" * 10_000},
            {"title": "a\0b", "hours": "-1"},
            {"title": "a", "hours": "0"},
            {"title": "a", "hours": "1e400"},
            {"title": "a", "hours": "NaN"},
            {"title": "a", "hours": "Infinity"},
            {"title": "a", "hours": "0.05"},
            {"title": "a", "hours": "9" * 400},
            {"title": "a", "hours": "two"},
            {"title": "a", "due_on": "0001-01-01"},
            {"title": "a", "due_on": "9999-12-31"},
            {"title": "a", "due_on": "yesterday"},
        ],
    )
    def test_that_cannot_be_are_asked_for_again_with_what_was_typed(self, guest, fields):
        plan = plan_of(guest, "Read")
        page = guest.post(reverse("plan-step-add", args=[plan.pk]), fields)
        assert page.status_code == 200
        assert page.context["form"].errors
        assert titles(plan) == ["Read"]

    def test_take_an_emoji(self, guest):
        plan = plan_of(guest)
        post(guest, "plan-step-add", plan.pk, title="Read 📚")
        assert titles(plan) == ["Read 📚"]

    def test_keep_a_due_day_that_has_passed(self, guest):
        plan = plan_of(guest, "Read")
        plan.steps.update(due_on=date(2020, 1, 1))
        step = plan.steps.get()
        form = hidden(guest.get(reverse("step-edit", args=[step.pk])))
        assert post(guest, "step-edit", step.pk, **form, title="Read all", due_on="2020-01-01").status_code == 302
        assert "was due 1 January 2020" in read(guest, plan).text
        assert titles(plan) == ["Read all"]

    def test_say_what_another_tab_changed_and_take_it_the_second_time(self, guest):
        plan = plan_of(guest, "Read")
        step = plan.steps.get()
        seen = hidden(guest.get(reverse("step-edit", args=[step.pk])))
        post(guest, "step-edit", step.pk, **seen, title="Read it all", hours="2")
        page = post(guest, "step-edit", step.pk, **seen, title="My own", hours="7")
        assert page.status_code == 200
        assert "“What there is to do” is now Read it all. What you wrote stands below" in page.text
        assert page.context["form"]["title"].value() == "My own"
        assert page.context["form"]["hours"].value() == "7"
        post(guest, "step-edit", step.pk, **hidden(page), title="My own", hours="7")
        step.refresh_from_db()
        assert (step.title, step.hours) == ("My own", 7)

    def test_edited_in_one_tab_while_ticked_in_another_lose_nothing(self, guest):
        plan = plan_of(guest, "Read")
        step = plan.steps.get()
        seen = hidden(guest.get(reverse("step-edit", args=[step.pk])))
        post(guest, "step-tick", step.pk, done="yes")
        assert post(guest, "step-edit", step.pk, **seen, title="Read all", hours="2").status_code == 302
        step.refresh_from_db()
        assert (step.title, step.is_done) == ("Read all", True)

    @pytest.mark.parametrize("hours", ["", "-1", "9" * 30, "\0", "²"])
    def test_take_no_nonsense_for_what_stood_on_the_page(self, guest, hours):
        step = plan_of(guest, "Read").steps.get()
        seen = {"initial-": "", "initial-title": "Read", "initial-hours": hours}
        page = post(guest, "step-edit", step.pk, **seen, title="New", hours="3")
        assert "“Hours it takes” is now 2" in page.text
        assert post(guest, "step-edit", step.pk, **hidden(page), title="New", hours="3").status_code == 302

    def test_removed_come_back_as_they_were(self, guest):
        plan = make.make_plan(guest.profile, steps=[("A", 1, None), ("B", 2, date(2026, 1, 5)), ("C", None, None)])
        step = plan.steps.get(title="B")
        entry = plan.entries.create(minutes=30, studied_on=date(2026, 1, 5), step=step)
        page = guest.get(post(guest, "step-remove", step.pk).headers["Location"])
        assert titles(plan) == ["A", "C"]
        assert "“B” is removed." in page.text
        for _ in range(2):
            post(guest, "plan-step-restore", plan.pk, step=step.pk)
        assert titles(plan) == ["A", "B", "C"]
        back = plan.steps.get(title="B")
        assert (back.uid, back.done_on, back.hours) == (step.uid, date(2026, 1, 5), 2)
        assert back.version > step.version
        entry.refresh_from_db()
        assert entry.step == back

    @pytest.mark.parametrize("key", ["", "1", "nonsense", "\0"])
    def test_that_were_never_removed_do_not_come_back(self, guest, key):
        plan = plan_of(guest, "Read")
        assert post(guest, "plan-step-restore", plan.pk, step=key).status_code == 302
        assert titles(plan) == ["Read"]

    def test_cost_no_query_each(self, guest):
        few, many = plan_of(guest, "A", "B"), plan_of(guest, *"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        costs = {queries_of_page(guest, reverse("plan-read", args=[plan.pk])) for plan in (few, many)}
        assert len(costs) == 1

    def test_removed_in_another_tab_keeps_what_was_typed(self, guest):
        plan = plan_of(guest, "Read")
        step = plan.steps.get()
        post(guest, "step-remove", step.pk)
        page = post(guest, "step-edit", step.pk, plan=plan.pk, title="Read all of it", hours="3")
        assert "removed in another window" in page.text
        assert 'value="Read all of it"' in page.text
        assert reverse("plan-step-add", args=[plan.pk]) in page.text
        page = guest.post(reverse("step-tick", args=[step.pk]), {"done": "yes", "plan": plan.pk}, follow=True)
        assert "removed in another window" in page.text
        assert "Bring it back" in page.text or "Undo" in page.text
        for named in ("", "x", make.make_plan().pk):
            assert post(guest, "step-tick", step.pk, done="yes", plan=named).status_code == 403


@pytest.mark.django_db
class TestArranging:
    def move(self, client, plan, title, **fields):
        return post(client, "step-move", plan.steps.get(title=title).pk, **fields)

    def button(self, client, plan, title, by):
        """What the button beside a step sends."""
        rows = client.get(reverse("plan-arrange", args=[plan.pk])).context["steps"]
        return {"by": by} | next({"up": up, "down": down} for step, up, down in rows if step.title == title)

    def press(self, client, plan, title, by):
        return self.move(client, plan, title, **self.button(client, plan, title, by))

    def test_by_one_button_pressed_twice_goes_one_place(self, guest):
        plan = plan_of(guest, "A", "B", "C", "D")
        for title, by, after in (("D", "up", ["A", "B", "D", "C"]), ("A", "down", ["B", "A", "D", "C"])):
            button = self.button(guest, plan, title, by)
            for _ in range(2):
                self.move(guest, plan, title, **button)
                assert titles(plan) == after

    def test_goes_up_and_down_and_stops_at_the_ends(self, guest):
        plan = plan_of(guest, "A", "B", "C")
        self.press(guest, plan, "C", "up")
        assert titles(plan) == ["A", "C", "B"]
        self.press(guest, plan, "A", "up")
        self.press(guest, plan, "B", "down")
        assert titles(plan) == ["A", "C", "B"]
        page = guest.get(self.press(guest, plan, "A", "down").headers["Location"])
        assert titles(plan) == ["C", "A", "B"]
        assert "“A” is step 2 of 3 now" in page.text

    def test_puts_one_before_another_or_at_the_end(self, guest):
        plan = plan_of(guest, "A", "B", "C")
        self.move(guest, plan, "C", before=plan.steps.get(title="A").pk)
        assert titles(plan) == ["C", "A", "B"]
        self.move(guest, plan, "C", before="")
        assert titles(plan) == ["A", "B", "C"]

    @pytest.mark.parametrize("before", ["x", "-1", "9" * 18, "9" * 50, "\0", "²"])
    def test_moves_nothing_before_what_is_not_there(self, guest, before):
        plan = plan_of(guest, "A", "B")
        self.move(guest, plan, "B", before=before)
        assert titles(plan) == ["A", "B"]

    def test_in_two_tabs_adds_up(self, guest):
        plan = plan_of(guest, "A", "B", "C", "D")
        self.move(guest, plan, "D", before=plan.steps.get(title="A").pk)  # both tabs saw A B C D
        self.move(guest, plan, "B", before="")
        assert titles(plan) == ["D", "A", "C", "B"]

    def test_makes_no_open_form_older(self, guest):
        plan = plan_of(guest, "A", "B")
        step = plan.steps.get(title="A")
        seen = hidden(guest.get(reverse("step-edit", args=[step.pk])))
        self.press(guest, plan, "B", "up")
        assert post(guest, "step-edit", step.pk, **seen, title="Again", hours="2").status_code == 302
        assert titles(plan) == ["B", "Again"]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_two_tabs_that_tick_edit_and_move_at_once_lose_nothing(guest, seed):
    """What was said last and taken stands; an older form is told before it takes the place of what it did not see."""
    chance, plan = random.Random(seed), plan_of(guest, "A", "B", "C", "D")
    keys = list(plan.steps.values_list("pk", flat=True))
    done, words = dict.fromkeys(keys, False), dict(zip(keys, "ABCD", strict=True))
    tabs = [{}, {}]  # {step: the hidden fields and the title of the form that stands open}
    for turn in range(40):
        tab, key, act = chance.choice(tabs), chance.choice(keys), chance.choice(["open", "save", "tick", "move"])
        if act == "open":
            tab[key] = (hidden(guest.get(reverse("step-edit", args=[key]))), words[key])
        elif act == "save" and key in tab:
            fields, seen = tab[key]
            answer = post(guest, "step-edit", key, **fields, title=f"Turn {turn}", hours="2")
            assert (answer.status_code == 200) == (seen != words[key])
            if answer.status_code == 200:
                assert f"“What there is to do” is now {words[key]}." in answer.text
                tab[key] = (hidden(answer), words[key])
            else:
                words[key] = f"Turn {turn}"
                del tab[key]
        elif act == "tick":
            done[key] = chance.choice([True, False])
            post(guest, "step-tick", key, done="yes" if done[key] else "no")
        elif act == "move":
            post(guest, "step-move", key, before=chance.choice([*keys, ""]))
    rows = {step.pk: step for step in plan.steps.all()}
    assert {key: row.title for key, row in rows.items()} == words
    assert {key: row.is_done for key, row in rows.items()} == done
    assert [row.position for row in rows.values()] == [1, 2, 3, 4]


@pytest.mark.django_db
class TestTheWholePlan:
    def test_has_a_day_to_be_ready_by(self, guest):
        plan = plan_of(guest, "Read")
        day = localdate() + timedelta(days=40)
        post(guest, "plan-target", plan.pk, target_on=day.isoformat())
        plan.refresh_from_db()
        assert plan.target_on == day
        assert "Ready by" in read(guest, plan).text

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2020-01-01", "soon", "\0", "1e400"])
    def test_is_not_ready_by_a_day_that_cannot_be(self, guest, day):
        plan = plan_of(guest, "Read")
        page = post(guest, "plan-target", plan.pk, target_on=day)
        assert page.status_code == 200
        assert page.context["form"].errors
        plan.refresh_from_db()
        assert plan.target_on is None

    def test_says_that_the_day_was_changed_meanwhile(self, guest):
        plan = plan_of(guest, "Read")
        seen = hidden(guest.get(reverse("plan-target", args=[plan.pk])))
        first, second = (localdate() + timedelta(days=days) for days in (10, 20))
        post(guest, "plan-target", plan.pk, **seen, target_on=first.isoformat())
        page = post(guest, "plan-target", plan.pk, **seen, target_on=second.isoformat())
        assert f"“I want to be ready by” is now {day_in_words(first)}." in page.text
        post(guest, "plan-target", plan.pk, **hidden(page), target_on=second.isoformat())
        plan.refresh_from_db()
        assert plan.target_on == second

    def test_is_dropped_after_a_question_and_taken_up_again(self, guest):
        plan = plan_of(guest, "Read")
        assert "you can take it up again" in guest.get(reverse("plan-drop", args=[plan.pk])).text
        post(guest, "plan-drop", plan.pk)
        assert "Take it up again" in read(guest, plan).text
        post(guest, "plan-take-up", plan.pk)
        plan.refresh_from_db()
        assert plan.status == "planned"

    def test_goes_wholly_after_a_question_that_names_what_goes(self, guest):
        plan = make.make_plan(guest.profile, steps=[("A", 1, None), ("B", 2, date(2026, 1, 5))])
        plan.entries.create(minutes=90, studied_on=date(2026, 1, 5))
        page = guest.get(reverse("plan-remove", args=[plan.pk])).text
        assert "2 steps, 1 of them done" in page
        assert "1 entry of study time, 1 h 30 min in all" in page
        post(guest, "plan-remove", plan.pk)
        assert not CertificationPlan.objects.exists()

    def test_leaves_the_certificate_when_it_goes(self, guest):
        certification = make.make_certification()
        held = make.make_held(guest.profile, certification)
        plan = make.make_plan(guest.profile, certification, held_certificate=held, status="passed")
        post(guest, "plan-remove", plan.pk)
        assert guest.profile.certificates.get() == held

    def test_is_renamed_where_the_guide_does_not_list_it(self, guest):
        plan = make.make_plan(guest.profile, title="Mine")
        make.make_plan(guest.profile, title="Other")
        page = post(guest, "plan-edit", plan.pk, title="OTHER", issuer="")
        assert page.context["form"].errors
        post(guest, "plan-edit", plan.pk, title="Better", issuer="Me")
        plan.refresh_from_db()
        assert (plan.title, plan.issuer) == ("Better", "Me")

    def test_is_renamed_with_its_certificate(self, guest):
        held = make.make_held(guest.profile, title="Mine")
        plan = make.make_plan(guest.profile, title="Mine", held_certificate=held, status="passed")
        post(guest, "plan-edit", plan.pk, title="Better", issuer="Me")
        held.refresh_from_db()
        assert (held.title, held.issuer, held.version) == ("Better", "Me", 1)
        guest.post(reverse("plan-add"), {"title": "Mine"})
        post(guest, "certificate-track", held.pk)
        assert [plan.title for plan in guest.profile.certification_plans.all()] == ["Mine", "Better"]

    def test_does_not_take_the_name_of_another_certificate(self, guest):
        plan = make.make_plan(guest.profile, title="Mine")
        make.make_held(guest.profile, title="Other")
        page = post(guest, "plan-edit", plan.pk, title="OTHER", issuer="")
        assert "You hold another certificate of this name and issuer." in page.text
        plan.refresh_from_db()
        assert plan.title == "Mine"

    def test_is_found_by_its_certificate_whatever_that_is_called(self, guest):
        held = make.make_held(guest.profile, title="Former name")
        plan = make.make_plan(guest.profile, title="Mine", held_certificate=held, status="passed")
        assert post(guest, "certificate-track", held.pk).headers["Location"].startswith(f"/me/plans/{plan.pk}/")
        guest.post(reverse("plan-add"), {"title": "Former name"})
        assert guest.profile.certification_plans.count() == 2

    @pytest.mark.parametrize(
        ("status", "fields", "words"),
        [
            ("booked", {"exam_at": datetime(2030, 1, 2, tzinfo=UTC), "exam_zone": "UTC"}, "Take the exam off first"),
            ("passed", {}, "Take the certificate back first"),
        ],
    )
    def test_is_not_started_from_an_older_page_where_that_would_take_something(self, guest, status, fields, words):
        belt = make.make_certification()
        fields |= {"held_certificate": make.make_held(guest.profile, belt)} if status == "passed" else {}
        plan = make.make_plan(guest.profile, belt, status=status, **fields)
        page = guest.post(reverse("plan-start", args=[plan.pk]), follow=True)
        assert words in page.text
        assert "Nothing has changed." in page.text
        plan.refresh_from_db()
        assert (plan.status, plan.version) == (status, 0)

    @pytest.mark.parametrize(
        ("status", "word"), [("planned", "Planned"), ("not_passed", "Not passed"), ("dropped", "Dropped")]
    )
    def test_says_its_status(self, guest, status, word):
        assert word in read(guest, plan_of(guest, "Read", status=status)).text

    @pytest.mark.parametrize(("days", "word"), [(200, "Valid"), (20, "Renewal due"), (-1, "Lapsed")])
    def test_says_how_a_certificate_stands(self, guest, days, word):
        certification = make.make_certification()
        held = make.make_held(guest.profile, certification, expires_on=localdate() + timedelta(days=days))
        plan = make.make_plan(guest.profile, certification, held_certificate=held, status="passed")
        assert word in read(guest, plan).text


@pytest.mark.django_db
class TestWhatTheGuideChanged:
    @pytest.fixture
    def plan(self, guest):
        certification = make.make_certification(steps=[("Read the handbook", 4), ("Sit the exam", 2)])
        guest.post(reverse("plan-track", args=[certification.slug]), headers=OURS)
        return CertificationPlan.objects.get()

    def edit(self, plan, old, **fields):
        plan.certification.steps.filter(title=old).update(**fields)

    def digests(self, client, plan):
        return [one.change.digest for one in read(client, plan).context["steps"].differences]

    def test_is_nothing_at_first(self, guest, plan):
        assert self.digests(guest, plan) == []

    def test_is_shown_and_taken(self, guest, plan):
        self.edit(plan, "Read the handbook", title="Read the new handbook", hours=5)
        page = read(guest, plan)
        assert "The guide changed one step" in page.text
        assert titles(plan) == ["Read the handbook", "Sit the exam"]
        post(guest, "plan-accept-guide-change", plan.pk, change=self.digests(guest, plan))
        assert titles(plan) == ["Read the new handbook", "Sit the exam"]
        assert plan.steps.first().hours == 5
        assert self.digests(guest, plan) == []

    def test_is_left(self, guest, plan):
        self.edit(plan, "Read the handbook", title="Read the new handbook")
        post(guest, "plan-dismiss-guide-change", plan.pk, change=self.digests(guest, plan))
        assert titles(plan) == ["Read the handbook", "Sit the exam"]
        assert self.digests(guest, plan) == []

    def test_can_be_taken_after_it_was_left_once(self, guest, plan):
        self.edit(plan, "Read the handbook", title="Read the new handbook")
        post(guest, "plan-dismiss-guide-change", plan.pk, change=self.digests(guest, plan))
        self.edit(plan, "Read the new handbook", title="Read the newest handbook")
        post(guest, "plan-accept-guide-change", plan.pk, change=self.digests(guest, plan))
        assert titles(plan) == ["Read the newest handbook", "Sit the exam"]

    def test_that_changed_again_meanwhile_is_not_taken_unseen(self, guest, plan):
        self.edit(plan, "Read the handbook", hours=5)
        seen = self.digests(guest, plan)
        self.edit(plan, "Read the handbook", hours=6)
        page = guest.post(reverse("plan-accept-guide-change", args=[plan.pk]), {"change": seen}, follow=True)
        assert "The guide has changed again" in page.text
        assert plan.steps.first().hours == 4

    def test_takes_no_done_step_away(self, guest, plan):
        post(guest, "step-tick", plan.steps.first().pk, done="yes")
        plan.certification.steps.filter(title="Read the handbook").delete()
        post(guest, "plan-accept-guide-change", plan.pk, change=self.digests(guest, plan))
        assert titles(plan) == ["Read the handbook", "Sit the exam"]

    def test_is_not_told_of_a_page_that_is_a_draft(self, guest, plan):
        self.edit(plan, "Read the handbook", hours=5)
        type(plan.certification).objects.update(status="draft")
        assert self.digests(guest, plan) == []

    def test_says_that_they_had_reworded_it(self, guest, plan):
        plan.steps.filter(title="Read the handbook").update(title="My own reading")
        self.edit(plan, "Read the handbook", title="Read the new handbook")
        assert "You call it “My own reading”" in read(guest, plan).text

    @pytest.mark.parametrize("seen", [[], {}, None, [1], [{"title": 1}], [{"title": "a", "hours": "NaN"}]])
    def test_survives_a_damaged_snapshot(self, guest, plan, seen):
        CertificationPlan.objects.update(seen_steps=seen if seen is not None else 0)
        assert read(guest, plan).status_code == 200
