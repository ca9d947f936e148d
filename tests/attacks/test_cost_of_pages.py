"""One person's data decides how long their own pages take: each grows no faster than what they have, to the most.

Pages are found in the list of URLs, so a new one is measured without being named here.
"""

from datetime import date, timedelta
from time import process_time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from careers.accounts.models.sessions import GUEST
from careers.calendars.services import make_feed
from careers.evidence.models.evidence import HeldCertificate
from careers.people.services.deleting import delete_guest
from careers.plans.certificates.services.held import MOST_OWN_CERTIFICATES
from careers.plans.models import CertificationPlan, PlanStep
from careers.plans.services.plans import MOST_PLANS, MOST_STEPS_OF_ALL
from careers.plans.study.models import StudyEntry
from careers.plans.study.services.log import MOST_ENTRIES
from careers.reminders.models import Reminder
from careers.saved.models import SavedRole
from tests import factories as make
from tests import own_pages
from tests.own_pages import FORMS_ONLY, own_addresses

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DEAR = {"me-pdf"}  # has its own tests: what takes long is made by a process beside
SECONDS = 1  # of an idle processor
BUSY = 3  # how much slower one may be whose other half somebody else uses
STEPS, ENTRIES = MOST_STEPS_OF_ALL // MOST_PLANS, MOST_ENTRIES // MOST_PLANS


def fill(profile, *, plans):
    """What so many plans bring with them at the most: steps with days, notes, study time, certificates, saved roles."""
    day = TODAY + timedelta(days=7)
    certifications = [make.make_certification(steps=[("Read", 4)]) for _ in range(min(plans, 20))]
    rows = [
        CertificationPlan(profile=profile, certification=one, title=one.title, issuer=one.issuer)
        for one in certifications
    ]
    rows += [CertificationPlan(profile=profile, title=f"Plan {number}") for number in range(plans - len(rows))]
    rows = CertificationPlan.objects.bulk_create(rows)
    steps = PlanStep.objects.bulk_create(
        PlanStep(plan=plan, position=place, title=f"Step {place}", hours=4, due_on=day)
        for plan in rows
        for place in range(1, STEPS + 1)
    )
    StudyEntry.objects.bulk_create(
        StudyEntry(plan=plan, minutes=5, studied_on=TODAY - timedelta(days=back), note="Read some")
        for plan in rows
        for back in range(ENTRIES)
    )
    Reminder.objects.bulk_create(Reminder(profile=profile, step=step, event_on=day, offset=7) for step in steps)
    HeldCertificate.objects.bulk_create(
        HeldCertificate(profile=profile, title=f"Held {number}", earned_on=date(2026, 5, 12), expires_on=day)
        for number in range(plans * MOST_OWN_CERTIFICATES // MOST_PLANS)
    )
    SavedRole.objects.bulk_create(
        SavedRole(profile=profile, role=make.make_role(), note="One to think about") for _ in range(min(plans, 60))
    )


def measured(plans, *, only=None):
    """{what: seconds of this process} of each page of a new person, of their calendar, and of their leaving."""
    client, profile = Client(), make.make_profile()
    session = client.session
    session[GUEST] = profile.pk
    session.save()
    fill(profile, plans=plans)
    seconds, feed = {}, make_feed(profile=profile)[0]
    first = {}
    for name, address in [(name, reverse(name)) for name in only] if only else own_addresses(profile):
        first.setdefault(name, []).append(address)
    for name, addresses in first.items():
        if name not in FORMS_ONLY | DEAR:
            taken = page_cost(client, name, addresses)
            if taken is not None:
                seconds[name] = taken
    seconds["calendar-feed"] = cost(lambda: client.get(reverse("calendar-feed", args=[feed.token])))
    seconds["deleting"] = cost(lambda: delete_guest(profile=profile))
    return seconds


def ends_of(model):
    """The keys of its first and its last row: one of them is this person's."""
    keys = model._default_manager.order_by("pk").values_list("pk", flat=True)
    return [pk for pk in (keys.first(), keys.last()) if isinstance(pk, int)]


def page_cost(client, name, addresses):
    """The second time, when what a process keeps is kept; None where no row of it shows a page."""
    for address in addresses[-1:] + addresses[:1]:
        response = client.get(address)
        if response.status_code == 405:
            FORMS_ONLY.add(name)
        if response.status_code == 200:
            return cost(lambda: read(client, address))  # noqa: B023, called here
    return None


def read(client, address):
    response = client.get(address)
    return b"".join(response.streaming_content) if response.streaming else response.content


def cost(call):
    begun = process_time()
    call()
    return process_time() - begun


@pytest.mark.soak
def test_no_page_of_a_person_grows_faster_than_what_they_have_or_takes_long(monkeypatch):
    monkeypatch.setattr(own_pages, "keys_of", ends_of)
    by_plans = {plans: measured(plans) for plans in (1, 50, MOST_PLANS)}
    few, some, most = by_plans.values()
    for name in sorted(most, key=most.get, reverse=True):
        print(f"{name:28}", *(f"{seconds.get(name, 0):7.3f}" for seconds in (few, some, most)))
    assert len(most) > 30
    steep = {name: most[name] for name in most if most[name] > 0.3 and most[name] > 8 * some.get(name, most[name])}
    assert not steep
    assert not {name: taken for name, taken in most.items() if taken > SECONDS * BUSY}


def test_what_is_all_about_a_person_costs_as_much_as_they_have():
    """Five times as much: not 25 times the work, as what grows with the square would be; machines are noisy."""
    names = ("me-dashboard", "plan-list", "data-download", "calendar-download", "me-print")
    few, many = (measured(plans, only=names) for plans in (6, 30))
    assert set(many) == {*names, "calendar-feed", "deleting"}
    assert not {name: (few[name], many[name]) for name in many if many[name] > 15 * few[name] and many[name] > 0.2}
