"""A visitor's first write that comes to nothing leaves them who they were: walked over every form that can be one."""

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.template.backends.django import Template
from django.test import Client

from careers.accounts.models.sessions import GUEST
from careers.people.models.profiles import Profile
from careers.people.services.refusing import Refused
from careers.people.views import writing
from tests.house.test_me import FIRST_WORDS
from tests.house.test_once import EXAMPLES, OURS, SHARED, World

ABOUT_WHAT_THERE_IS = {"role-unsave"}
ERRORS = (Refused("There is no room."), Http404("It is gone."), PermissionDenied)


def visitor(*, has_session):
    """Nobody yet; with a session that says something else, or without one."""
    client = Client()
    if has_session:
        session = client.session
        session["seen"] = "yes"
        session.save()
    return client


@pytest.fixture
def undrawn(monkeypatch):
    monkeypatch.setattr(Template, "render", lambda *_, **__: "")


@pytest.mark.django_db
def test_is_answered_like_any_other_and_no_session_leads_to_the_guest_that_it_began(monkeypatch, undrawn):
    world, reached = World(), set()

    def stop(request, profile):
        """As anything that raises once the person is locked."""
        reached.add(name)
        raise error

    def send(client):
        try:
            return client.post(world.address(name), data, headers=OURS)
        except Refused:  # where nothing is refused that late
            return None

    for name, example in EXAMPLES.items():
        with transaction.atomic(), monkeypatch.context() as patched:
            data, guests = example(world), Profile.objects.guests().count()
            patched.setattr(writing, "take_zone", stop)
            for error, has_session in product(ERRORS, (False, True)):
                client = visitor(has_session=has_session)
                response = send(client)
                if name not in reached:
                    break
                assert response is None or response.status_code in {200, 302, 303, 403, 404}, (name, error)
                assert GUEST not in client.session, (name, error)
                assert Profile.objects.guests().count() == guests, (name, error)
            transaction.set_rollback(True)
    assert reached >= FIRST_WORDS | SHARED - ABOUT_WHAT_THERE_IS
