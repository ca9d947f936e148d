"""The registry of the profile's steps: whoever adds one is told what is still to say of it."""

import pytest
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone

from careers.people.models.profiles import Profile
from careers.people.selectors.steps import ASKED_ELSEWHERE, STEPS, check_answers, of_each_step
from careers.sharing.models import Share
from tests import factories as make

WHOLE = dict.fromkeys((step.key for step in STEPS), "…")


def test_a_table_that_forgets_a_step_is_refused_with_its_name():
    assert of_each_step("what it costs", WHOLE) is WHOLE
    without = {key: value for key, value in WHOLE.items() if key != "skills"}
    with pytest.raises(LookupError, match="Say what it costs of the step “skills”"):
        of_each_step("what it costs", without)


def test_a_table_that_knows_a_step_that_is_not_there_is_refused():
    with pytest.raises(LookupError, match="There is no step “hobbies” to say what it costs of"):
        of_each_step("what it costs", {**WHOLE, "hobbies": "…"})


def test_an_answer_is_asked_for_in_one_place():
    asked = [*(name for step in STEPS for name in step.answers), *ASKED_ELSEWHERE]
    check_answers(asked, Profile.ANSWERS)
    for wrong in ([*asked, "hobbies"], [*asked, "education"], asked[1:]):
        with pytest.raises(LookupError, match="One step asks for the answer"):
            check_answers(wrong, Profile.ANSWERS)


@pytest.mark.django_db
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
class TestEachStep:
    def test_has_its_page_and_its_template(self, guest, step):
        page = guest.get(reverse(step.url_name))
        assert (page.status_code, page.context["here"].key) == (200, step.key)
        assert get_template(f"careers/people/profile/{step.section}.html").template.name in [
            one.name for one in page.templates
        ]

    def test_stands_on_the_profile_by_its_name(self, guest, step):
        page = guest.get(reverse("profile-read")).text
        assert f'id="step-{step.key}">{step.name}<' in page
        assert step.buys.split(",")[0] in page

    def test_can_be_shared_alone(self, client, step):
        profile = make.make_profile(user=make.make_user())
        share = profile.shares.create(sections=[step.section], expires_on=timezone.localdate())
        page = client.get(reverse("share-read", args=[share.token])).text
        assert [other.key for other in STEPS if f'id="{other.key}"' in page] == [step.key]
        assert share.section_labels == [step.shared]


def test_sections_of_a_link_are_the_steps():
    assert Share.Section.choices == [(step.section, step.shared) for step in STEPS]
