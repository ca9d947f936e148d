"""One start, sent by several people at the same moment."""

import pytest
from django.utils import timezone

from careers.people.services.refusing import Refused
from careers.practice.timed.forms import finish_of
from careers.practice.timed.models import TimedResult
from careers.practice.timed.services import add_result
from tests import factories as make
from tests.house.test_concurrency import at_once
from tests.practice.typed import a_test


@pytest.mark.django_db(transaction=True)
def test_the_same_start_sent_by_four_people_at_once_is_one_result():
    people, data = [make.make_profile() for _ in range(4)], a_test()

    class Sent(dict):
        def getlist(self, name):
            return self[name]

    def add(number):
        finish = finish_of(Sent(data), now=timezone.now())
        try:
            return add_result(profile=people[number], finish=finish, now=timezone.now())[1]
        except Refused:
            return False

    assert sorted(at_once(4, add)) == [False, False, False, True]
    assert TimedResult.objects.count() == 1
