"""Lists at the HR desk that grow with people: none reads, counts or does more than a page leads to."""

import pytest
from django.db import connection

from careers.accounts.models.users import User
from careers.people.admin import many
from careers.reminders.models import ReminderMail
from tests import factories as make
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
ACCOUNTS, MAILS, FACTORS = "/admin/careers/user/", "/admin/careers/remindermail/", "/admin/mfa/authenticator/"


@pytest.fixture
def people():
    emails = ("anna@a.example", "Anna.Lee@b.example", "joanna@a.example", "an_a@a.example", "zoé@a.example")
    return [make.make_user(email=email) for email in emails]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("anna", {"anna@a.example", "Anna.Lee@b.example"}),
        (" ANNA.l", {"Anna.Lee@b.example"}),
        ("an_", {"an_a@a.example"}),
        ("an%", set()),
        ("*anna", {"anna@a.example", "Anna.Lee@b.example", "joanna@a.example"}),
        ("@B.", {"Anna.Lee@b.example"}),
        ("zoé", {"zoé@a.example"}),
    ],
)
def test_an_account_is_found_by_how_its_email_begins(admin_client, people, words, found):
    page = admin_client.get(ACCOUNTS, {"q": words})
    assert {user.email for user in page.context["cl"].result_list} == found
    assert b"How an e-mail begins." in page.content


def test_who_begins_so_is_looked_up_in_an_index(people):
    index = "user_email_once_in_any_case"
    if connection.vendor == "postgresql":
        index = "user_email_begins"
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # as with more of them than a test has
    assert index in many.begins(User.objects.order_by(), "email", "anna").explain()


def test_a_list_is_counted_and_led_through_so_far_and_no_farther(admin_client, people, monkeypatch):
    whole = admin_client.get(ACCOUNTS)
    assert "6 users" in whole.content.decode()
    monkeypatch.setattr(many, "MOST_COUNTED", 3)
    cut = admin_client.get(ACCOUNTS)
    assert "The first 3. There are more" in cut.content.decode()
    counts = queries_of(lambda: admin_client.get(ACCOUNTS))
    assert counts == queries_of(lambda: admin_client.get(ACCOUNTS, {"q": "an"}))


def test_all_of_what_is_not_counted_is_not_deleted_by_one_press(admin_client, people, monkeypatch):
    form = {"action": "delete_selected", "select_across": "1", "index": "0", "_selected_action": people[0].pk}
    monkeypatch.setattr(many, "MOST_COUNTED", 3)
    answer = admin_client.post(ACCOUNTS, form, follow=True)
    assert "nothing was done" in answer.content.decode()
    assert User.objects.count() == 6
    asked = admin_client.post(f"{ACCOUNTS}?q=anna", form)  # so few that they are all counted
    assert "Anna.Lee@b.example" in asked.content.decode()


def test_mails_come_newest_first_and_by_their_day(admin_client):
    profile = make.make_profile()
    first, second = (ReminderMail.objects.create(profile=profile) for _ in range(2))
    page = admin_client.get(MAILS)
    assert list(page.context["cl"].result_list) == [second, first]
    assert "created_at__gte" in page.content.decode()
    assert admin_client.get(FACTORS, {"q": "anna"}).status_code == 200
