"""Where no mail is sent, nothing says that one comes: every page, read as a guest and with an account."""

import re
from html import unescape

import pytest
from django.urls import NoReverseMatch, reverse

from careers.people.views.requests import GUEST
from careers.reminders.models import Reminder, ReminderMail
from careers.reminders.selectors.text import token_of
from careers.reminders.services.making import remind
from tests import factories as make
from tests.accounts.test_account_pages import PAGES
from tests.own_pages import own_addresses, pages_of, public_addresses
from tests.reminders.test_reminders import NOON, lapsing
from tests.whole_person import fill

MAIL = re.compile(r"\be-?mail|\bmail(s|ed|ing|box)?\b|\bsends? (you )?reminders?\b", re.IGNORECASE)
# What may be said of mail where none is sent: that it is not, where a link is instead, and other people's mail.
PLAIN = re.compile(
    r"(This site|It) sends no e-mail\b.*|It needs no e-mail .*|.* on the server’s console and in its mail folder\."
    r"|(Your |New |Present )?e-mail( addresses)?( · BPO Careers)?|[^ ]+@example\.org|http://testserver/.*"
    r"|Reminder mails|Reminders by e-mail( · BPO Careers)?|No more of these mails"
    r"|If it sends e-mail one day, .*|If it does one day, .*|They are counted by .*"
    r"|.*a chat or mail app makes of a link.*|.*chat, e-mail or data.*"
    r"|.*\bchat(,| and) e-mail\b.*|.* in the e-mail\.|E-mail of a customer\.",  # of what one practises to answer
    re.IGNORECASE,
)


def texts_of(page):
    """All that a page says: each run of text between two tags, and what its fields hold."""
    page = re.sub(r"<(script|style|svg)\b.*?</\1>", "", page, flags=re.DOTALL)
    fields = re.findall(r' (?:value|placeholder|content|aria-label|title)="([^"]*)"', page)
    texts = {" ".join(unescape(text).split()) for text in [*re.findall(r">([^<]+)", page), *fields]}
    return {sentence for text in texts for sentence in re.split(r"(?<=[.!?]) ", text)}


def promises_of(page):
    return sorted(text for text in texts_of(page) if MAIL.search(text) and not PLAIN.fullmatch(text))


def address_of(name):
    """None for what needs a key."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


@pytest.fixture(params=["guest", "account"])
def whole(request, client):
    """A client of somebody about whom there is every kind of row."""
    if request.param == "guest":
        client.profile = fill(make.make_profile(), mark="x")
        session = client.session
        session[GUEST] = client.profile.pk
        session.save()
    else:
        client.profile = fill(make.make_profile(user=make.make_user()), mark="x")
        client.force_login(client.profile.user)
    return client


@pytest.mark.django_db
class TestWithoutMail:
    def test_no_page_promises_one(self, whole):
        addresses = own_addresses(whole.profile)
        if not whole.profile.user:  # public pages are the same for all
            addresses += [(one, one) for one in public_addresses()]
        addresses += [(name, address) for name in PAGES if (address := address_of(name))]
        addresses += [("stop", reverse("reminder-stop", args=[token_of(whole.profile.pk)]))]
        found, read = {}, set()
        for name, address, page in pages_of(whole, addresses):
            read.add(name)
            if promises := promises_of(page.text):
                found[address] = promises
        assert len(read) > 40
        assert found == {}
        assert {"me-dashboard", "plan-read", "reminder-settings", "calendar-read", "data-read", "stop"} <= read
        whole.profile.reminder_settings.update(by_email=True)
        stop = addresses[-1][1]
        page = whole.get(stop).text
        assert promises_of(page) == []
        assert "Stop these mails" not in page
        assert "So are links to a new password asked for, files sent" in whole.get(reverse("data-read")).text
        assert "none of these comes to you" in whole.post(stop).text

    def test_tracking_and_the_choice_offer_the_calendar(self, guest):
        page = guest.post(
            reverse("plan-track", args=[make.make_certification().slug]),
            headers={"Sec-Fetch-Site": "same-origin"},
            follow=True,
        ).text
        assert promises_of(page) == []
        assert "To be reminded of its dates, put them into your calendar." in page
        page = guest.get(reverse("reminder-settings")).text
        assert "This site sends no e-mail." in page
        assert reverse("calendar-read") in page
        assert 'name="by_email"' not in page

    def test_none_is_made_and_one_that_waited_goes_unsent(self, person, mailoutbox):
        person.profile.reminder_mails.create(created_at=NOON, try_at=NOON)
        lapsing(person.profile)
        assert remind(clock=lambda: NOON).sent == 0
        assert (Reminder.objects.count(), ReminderMail.objects.count(), mailoutbox) == (1, 0, [])

    def test_the_choice_that_was_made_stays_for_the_day_when_mail_is_sent(self, person):
        person.profile.reminder_settings.create(by_email=False, exam_offsets=[3])
        person.post(reverse("reminder-settings"), {"in_portal": "on", "exam_offsets": "5"})
        row = person.profile.reminder_settings.get()
        assert (row.by_email, row.exam_offsets) == (False, [5])


@pytest.mark.django_db
def test_with_mail_it_is_offered(guest, with_mail):
    page = guest.get(reverse("reminder-settings")).text
    assert "By e-mail, once you have an account" in page
    assert "E-mail needs an account." in page
    slug = make.make_certification().slug
    page = guest.post(reverse("plan-track", args=[slug]), headers={"Sec-Fetch-Site": "same-origin"}, follow=True).text
    assert "an account keeps it safe and sends reminders." in page
