"""Interview cards: read by everybody, answered by one person, once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careers.people.models.profiles import Profile
from careers.personal_data.services.claiming import claim_guest
from careers.practice.cards import selectors, services
from careers.practice.cards.models import CardState
from careers.practice.cards.rules.schedule import ENOUGH_NEW
from careers.practice.cards.selectors import deck_of
from tests import factories as make
from tests.queries import queries_of_page

PAGE = "card-answer"
GOOD = {"card": "what-is-bpo", "seen": "0", "answer": "3"}


@pytest.fixture(autouse=True)
def section(db):
    return make.make_interview_questions(
        "What is BPO?: It tests whether you know the work. Give an example.",
        "Find the errors: For data entry. Compare field by field.",
    )


def answer(client, **fields):
    return client.post(reverse(PAGE), {**GOOD, **fields}, follow=True)


def state(client):
    return client.profile.interview_cards.get()


class TestReading:
    def test_everybody_reads_all_cards_on_one_page_and_nothing_is_made(self, client):
        page = client.get(reverse("card-list"))
        assert "public" in page["Cache-Control"]
        assert not page.cookies
        assert page.text.count('<details class="fold" id="') == 2
        assert "Whether you know the work." in page.text
        assert "own source" in page.text

    def test_without_questions_all_pages_say_so(self, client, section):
        section.status = section.Status.ARCHIVED
        section.save()
        assert "no interview questions just now" in client.get(reverse("card-list")).text
        assert "There are no cards just now" in client.get(reverse(PAGE)).text
        assert client.get(reverse("practice-list")).status_code == 200

    def test_a_visitor_sees_the_first_card_and_no_profile_is_made(self, client):
        assert "What is BPO?" in client.get(reverse(PAGE)).text
        client.post(reverse(PAGE), {"card": "what-is-bpo"})
        client.post(reverse(PAGE), {"card": "never-asked", "answer": "3"})
        client.post(reverse(PAGE), {**GOOD, "note": "x" * 3000})
        assert not Profile.objects.exists()

    def test_the_page_of_practice_counts_for_whom_it_knows(self, guest):
        assert "2 cards for today: 2 are new" in guest.get(reverse("practice-list")).text
        answer(guest)
        assert "1 card for today: 1 is new" in guest.get(reverse("practice-list")).text


class TestAnswering:
    def test_the_first_answer_makes_a_guest_and_says_when_it_comes_again(self, client):
        page = answer(client, note="A shop in May")
        row = Profile.objects.get().interview_cards.get()
        assert (row.key, row.note, row.answers, row.last) == ("what-is-bpo", "A shop in May", 1, "good")
        assert row.due_at > timezone.now() + timedelta(days=1)
        assert "It comes again on" in page.text
        assert "Find the errors" in page.text, "the next card"

    def test_twice_or_in_two_tabs_counts_once(self, guest):
        answer(guest)
        before = state(guest)
        page = answer(guest, answer="1", note="Written in the other tab")
        after = state(guest)
        assert (after.answers, after.due_at, after.last) == (1, before.due_at, "good")
        assert after.note == "Written in the other tab", "nothing typed is lost"
        assert "answered this card in another window" in page.text

    def test_a_note_that_another_tab_changed_is_told_and_nothing_is_counted(self, guest):
        make.make_card(guest.profile, answer="", note="New")
        page = answer(guest, **{"initial-": "", "initial-note": "Old", "note": "Mine"})
        assert "This changed in another window" in page.text
        assert "Mine" in page.text
        assert (state(guest).note, state(guest).answers) == ("New", 0)

    def test_the_example_alone_can_be_kept(self, guest):
        page = answer(guest, answer="", note="A shop")
        assert "Your example is kept." in page.text
        assert (state(guest).note, state(guest).answers, state(guest).due_at) == ("A shop", 0, None)

    @pytest.mark.parametrize("fields", [{"answer": "9"}, {"answer": "good"}, {"note": "x" * 2001}, {"note": "\u200b"}])
    def test_what_cannot_be_taken_is_told_and_counts_nothing(self, guest, fields):
        page = answer(guest, **fields)
        assert "One thing to fix" in page.text
        assert not CardState.objects.exists()

    @pytest.mark.parametrize("seen", ["", "-1", "1e9", "9" * 5000, "\x00"])
    def test_who_does_not_say_what_they_saw_is_not_counted(self, guest, seen):
        page = answer(guest, seen=seen)
        assert page.status_code == 200
        assert not guest.profile.interview_cards.filter(answers__gt=0).exists()

    def test_a_question_that_went_meanwhile_is_said_and_what_was_done_stays(self, guest, section):
        answer(guest, note="A shop in May")
        section.points = "Find the errors: Compare."
        section.save()
        page = answer(guest, seen="1")
        assert "The guide does not ask that question any more." in page.text
        assert "Asked no more" in page.text
        assert "A shop in May" in page.text

    def test_a_question_that_goes_while_its_answer_waits_is_said_and_no_guest_is_made(self, client, monkeypatch):
        asked = iter([selectors.read_questions()])
        nothing = selectors.Questions(None, [])
        monkeypatch.setattr(selectors, "interview_questions", lambda: next(asked, nothing))
        assert "does not ask that question any more" in answer(client).text
        assert not Profile.objects.exists()

    def test_an_edited_answer_or_question_stays_the_same_card(self, guest, section):
        answer(guest)
        section.points = "What is a BPO?: Another answer."
        section.save()
        answer(guest, card="what-is-a-bpo", seen="1", answer="4")
        row = state(guest)
        assert (row.key, row.question, row.answers) == ("what-is-a-bpo", "What is a BPO?", 2)

    def test_so_many_and_no_more(self, guest, monkeypatch):
        monkeypatch.setattr(services, "MOST_CARDS", 0)
        assert "as many as there can be" in answer(guest).text
        assert not CardState.objects.exists()


class TestUndo:
    def undo(self, client, **fields):
        return client.post(reverse("card-undo", args=[state(client).pk]), {"seen": "1", **fields}, follow=True)

    def test_puts_it_back_as_it_was_once(self, guest):
        make.make_card(guest.profile, answer="")
        answer(guest, note="Stays")
        page = self.undo(guest)
        row = state(guest)
        assert (row.answers, row.due_at, row.stability, row.last, row.before) == (0, None, None, "", None)
        assert row.note == "Stays"
        assert "Turn the card over" in page.text
        assert "cannot be taken back any more" in self.undo(guest).text

    def test_of_the_second_answer_leaves_the_first(self, guest):
        answer(guest)
        first = state(guest)
        answer(guest, seen="1", answer="1")
        self.undo(guest, seen="2")
        row = state(guest)
        assert (row.answers, row.memory, row.started_at) == (1, first.memory, first.started_at)

    def test_of_what_another_tab_answered_again_is_refused(self, guest):
        answer(guest)
        answer(guest, seen="1")
        assert "cannot be taken back any more" in self.undo(guest).text
        assert state(guest).answers == 2


class TestToday:
    def test_those_that_come_again_stand_before_new_ones_and_one_just_not_known_after_them(self, guest):
        now = timezone.now()
        make.make_card(guest.profile, question="Find the errors", answer="good", now=now - timedelta(days=9))
        make.make_card(guest.profile, question="What is BPO?", answer="again", now=now - timedelta(minutes=1))
        asked = [one.card.question for one in deck_of(guest.profile, now=now).for_today]
        assert asked == ["Find the errors", "What is BPO?"]

    def test_only_so_many_are_begun_in_a_day_but_one_may_take_more(self, guest, section):
        section.points = "\n".join(f"Question number {letter * 9}: Say it." for letter in "abcdefghijklmnop")
        section.save()
        deck = deck_of(guest.profile, now=timezone.now())
        assert len(deck.for_today) == ENOUGH_NEW
        for one in deck.for_today:
            make.make_card(guest.profile, question=one.card.question)
        page = guest.get(reverse(PAGE)).text
        assert "Nothing is due today" in page
        assert "The next card comes on" in page
        assert "Begin another new card" in page

    def test_the_cost_does_not_grow_with_the_cards(self, guest, section):
        make.make_card(guest.profile)
        few = queries_of_page(guest, reverse(PAGE))
        for number in range(20):
            make.make_card(guest.profile, question=f"Question number {number}?")
        assert queries_of_page(guest, reverse(PAGE)) <= few


class TestMerging:
    """What a guest and an account both have: the later answer is how it is known, and both notes stay."""

    def both(self, *, guest_days, own_days):
        now, guest, user = timezone.now(), make.make_profile(), make.make_user()
        profile = make.make_profile(user=user)
        make.make_card(guest, answer="easy", now=now - timedelta(days=guest_days), note="Guest’s", noted_at=now)
        make.make_card(
            profile, answer="hard", now=now - timedelta(days=own_days), note="Own", noted_at=now - timedelta(days=2)
        )
        make.make_card(guest, question="Find the errors")
        claim_guest(user=user, guest_pk=guest.pk)
        claim_guest(user=user, guest_pk=guest.pk)
        return profile.interview_cards.get(key="what-is-bpo"), profile.interview_cards.count()

    def test_the_guests_later_answer_wins(self):
        row, count = self.both(guest_days=1, own_days=5)
        assert (row.last, row.note, row.before, count) == ("easy", "Guest’s\n\nOwn", None, 2)
        assert (timezone.now() - row.started_at).days == 5

    def test_the_accounts_later_answer_wins(self):
        row, _ = self.both(guest_days=5, own_days=1)
        assert row.last == "hard"

    def test_one_that_was_answered_wins_over_one_that_never_was(self):
        guest, user = make.make_profile(), make.make_user()
        profile = make.make_profile(user=user)
        make.make_card(guest, answer="", note="Only a note")
        make.make_card(profile, answer="good")
        claim_guest(user=user, guest_pk=guest.pk)
        row = profile.interview_cards.get()
        assert (row.answers, row.note) == (1, "Only a note")
