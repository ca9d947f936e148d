"""Answers to messages: read by everybody, written by one person, checked by themselves."""

import pytest
from django.urls import reverse
from django.utils import timezone

from careers.people.models.profiles import Profile
from careers.personal_data.services.claiming import claim_guest
from careers.practice.messages.rules.texts import MESSAGES
from careers.practice.messages.services import MOST_OF_ONE, write_answer
from tests import factories as make
from tests.queries import queries_of_page

PAGE = "answer-write"
LATE = MESSAGES["late-parcel"]
TEXT = "Hello, I am sorry. Kindly wait, it comes soon."


def write(client, text=TEXT, **fields):
    return client.post(reverse(PAGE), {"message": LATE.key, "text": text, **fields}, follow=True)


def read(client, message=LATE):
    return client.get(reverse(PAGE), {"message": message.key})


@pytest.mark.django_db
class TestReading:
    def test_everybody_reads_all_messages_without_an_example(self, client):
        page = client.get(reverse("message-list"))
        assert "public" in page["Cache-Control"]
        assert page.text.count('class="panel exercise"') == len(MESSAGES)
        assert LATE.good[:40] not in page.text
        assert LATE.bad[:40] not in page.text

    @pytest.mark.parametrize("key", MESSAGES)
    def test_a_visitor_sees_each_message_and_no_example_before_an_answer(self, client, key):
        page = read(client, MESSAGES[key])
        assert "Keep it and see the examples" in page.text
        assert "Two examples" not in page.text
        assert not Profile.objects.exists()

    def test_what_is_no_message_shows_all(self, client):
        assert "You have answered 0 of" in client.get(reverse(PAGE), {"message": "nothing"}).text


@pytest.mark.django_db
class TestWriting:
    def test_the_first_answer_makes_a_guest_and_shows_the_examples(self, client):
        page = write(client)
        assert Profile.objects.get().written_answers.get().text == TEXT
        assert "Two examples" in page.text
        assert "<mark>Kindly</mark>" in page.text
        assert "9 words" in page.text

    @pytest.mark.parametrize("text", ["", "Too short", "word " * 201, "x" * 3001, "\u200b" * 9])
    def test_what_cannot_be_taken_is_told_stays_and_begins_no_guest(self, client, text):
        page = write(client, text)
        assert "One thing to fix" in page.text
        assert text.strip()[:50] in page.text
        assert not Profile.objects.exists()

    def test_what_was_typed_is_text_and_never_markup(self, guest):
        page = write(guest, "<script>alert(1)</script> kindly <b>one two three four")
        assert "<script>alert" not in page.text
        assert "&lt;b&gt;one" in page.text

    def test_the_same_twice_is_one(self, guest):
        write(guest)
        write(guest)
        assert guest.profile.written_answers.count() == 1

    def test_earlier_answers_stay_up_to_an_end_that_is_said(self, guest):
        for number in range(MOST_OF_ONE + 2):
            page = write(guest, f"{TEXT} Number {number}.")
        assert guest.profile.written_answers.count() == MOST_OF_ONE
        assert not guest.profile.written_answers.filter(text__endswith="Number 1.").exists()
        assert f"The last {MOST_OF_ONE} answers" in page.text

    def test_the_cost_does_not_grow_with_the_answers(self, guest):
        write(guest)
        few = [queries_of_page(guest, reverse(PAGE)), queries_of_page(guest, f"{reverse(PAGE)}?message={LATE.key}")]
        for message in MESSAGES.values():
            for number in range(5):
                text = f"{TEXT} {number}"
                write_answer(profile=guest.profile, message=message, text=text, now=timezone.now())
        many = [queries_of_page(guest, reverse(PAGE)), queries_of_page(guest, f"{reverse(PAGE)}?message={LATE.key}")]
        assert many <= few


@pytest.mark.django_db
class TestChecking:
    def check(self, client, ticks, **fields):
        row = client.profile.written_answers.get()
        return client.post(reverse("answer-check", args=[row.pk]), {"ticks": ticks, **fields}, follow=True)

    def test_ticks_are_kept(self, guest):
        write(guest)
        page = self.check(guest, ["next", "greeting"])
        assert guest.profile.written_answers.get().ticks == ["greeting", "next"]
        assert "Your ticks are kept." in page.text

    @pytest.mark.parametrize("ticks", [["agreed"], ["<b>"], ["x" * 10_000]])
    def test_what_is_not_on_the_list_is_refused(self, guest, ticks):
        write(guest)
        assert "Choose from the list." in self.check(guest, ticks).text
        assert guest.profile.written_answers.get().ticks == []

    def test_another_tab_is_told(self, guest):
        write(guest)
        guest.profile.written_answers.update(ticks=["empathy"])
        page = self.check(guest, ["greeting"], **{"initial-": ""})
        assert "This changed in another window" in page.text
        assert guest.profile.written_answers.get().ticks == ["empathy"]

    def test_an_answer_can_be_deleted_after_a_question(self, guest):
        write(guest)
        address = reverse("answer-delete", args=[guest.profile.written_answers.get().pk])
        assert "It cannot come back." in guest.get(address).text
        assert guest.profile.written_answers.exists()
        assert "Your answer is deleted." in guest.post(address, follow=True).text
        assert not guest.profile.written_answers.exists()

    def test_an_answer_to_a_message_that_is_gone_stays_and_can_be_deleted(self, person):
        row = person.profile.written_answers.create(message="of-old", text="What I wrote.", ticks=["gone"])
        assert "What I wrote." in person.get(reverse(PAGE)).text
        assert person.get(reverse("answer-check", args=[row.pk])).status_code == 404
        assert person.post(reverse("answer-delete", args=[row.pk]), follow=True).status_code == 200


@pytest.mark.django_db
def test_a_guests_answers_come_along_once_with_the_later_ticks():
    now, guest, user = timezone.now(), make.make_profile(), make.make_user()
    profile = make.make_profile(user=user)
    for owner, text in ((guest, "Both"), (profile, "Both"), (guest, "Guest’s")):
        write_answer(profile=owner, message=LATE, text=text, now=now)
    guest.written_answers.filter(text="Both").update(ticks=["next"], checked_at=now)
    claim_guest(user=user, guest_pk=guest.pk)
    assert dict(profile.written_answers.values_list("text", "ticks")) == {"Both": ["next"], "Guest’s": []}
