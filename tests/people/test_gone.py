"""A form about something that was removed meanwhile, as in another tab: it says so and keeps what was typed."""

import re
from datetime import date

import pytest
from django.urls import get_resolver, reverse

from tests import factories as make

OURS = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}
GONE = "It is not there any more"
OWN_ROWS = [
    (one.name, next(iter(one.pattern.converters)))
    for one in get_resolver("careers.urls").url_patterns
    if str(one.pattern).startswith("me/") and one.pattern.converters
]


def make_job(profile):
    return profile.jobs.create(position="Clerk", began_on=date(2024, 5, 1))


def send(client, name, argument, **fields):
    address = reverse(name, args=[{"pk": 987654, "slug": "nothing-of-it"}[argument]])
    return client.post(address, fields, headers=OURS)


def ways_on(page):
    main = page.text[page.text.index("<main") : page.text.index("</main>")]
    return re.findall(r'<a href="(/me/[^"]*)"', main)


@pytest.mark.parametrize(("name", "argument"), OWN_ROWS)
def test_every_form_about_a_row_that_is_gone_says_so_and_keeps_what_was_typed(person, name, argument):
    page = send(person, name, argument, note="Ask for day shifts <first>")
    if page.status_code == 405:  # it is only read
        return
    assert page.status_code == 404
    assert GONE in page.text
    assert "Ask for day shifts &lt;first&gt;" in page.text
    [way] = ways_on(page)
    assert person.get(way).status_code == 200


def test_what_two_tabs_remove_is_removed_and_the_second_is_told_where_the_rest_is(person):
    make_job(person.profile)
    job, other = make_job(person.profile), reverse("cv-read")
    address = reverse("job-remove", args=[job.pk])
    assert person.post(address, headers=OURS).status_code == 302
    page = person.post(address, headers=OURS)
    assert GONE in page.text
    assert ways_on(page) == [other]
    assert page["Cache-Control"] == "private, no-store"
    assert person.profile.jobs.count() == 1


def test_a_guest_is_told_too_and_what_is_somebody_elses_looks_the_same(guest):
    theirs = make_job(make.make_profile())
    pages = [guest.post(reverse("job-remove", args=[pk]), {"note": "Mine"}, headers=OURS) for pk in (theirs.pk, 987654)]
    for page in pages:
        assert "It is not kept on this browser" in page.text
        assert "removed" in page.text
        assert re.search(r"sign in\s+first", page.text)
    theirs.refresh_from_db()
