"""A form in one tab, and what another tab wrote since it was opened."""

from datetime import date, time
from decimal import Decimal

import pytest
from django import forms
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from careers.fields.forms import ClockField, DayField, OneOf, SomeOf
from careers.lib.about import About, Precision
from careers.plans.certificates.forms.held import HeldForm
from careers.plans.forms import StepForm, TargetDayForm
from careers.web.stale import StaleForm


class Answers(StaleForm):
    name = forms.CharField(required=False)
    years = forms.IntegerField(required=False, label="Years (optional)")
    by_email = forms.BooleanField(required=False, label="By e-mail")
    shifts = SomeOf(choices=[("day", "Day"), ("night", "Night")], label="Shifts")


class OneAnswer(Answers):
    is_whole = True


def page_of(form):
    """What a browser sends of the form as it stands on the page."""
    sent = QueryDict(mutable=True)
    for name, value in form.hidden_inputs:
        sent.appendlist(name, value)
    for name in form.fields:
        type_in(sent, name, form[name].value())
    return sent


def type_in(sent, name, value):
    every = value if isinstance(value, list) else [value]
    sent.setlist(name, ["on" if one is True else str(one) for one in every if not (one is None or one is False)])
    if not sent.getlist(name):
        del sent[name]


STATES = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["", "Asha", "Ravi"]),
        "years": st.sampled_from([None, 0, 7]),
        "by_email": st.booleans(),
        "shifts": st.sampled_from([[], ["day"], ["day", "night"]]),
    }
)


@pytest.mark.parametrize("kind", [Answers, OneAnswer])
@settings(deadline=None)
@given(then=STATES, now=STATES, typed=STATES)
def test_nothing_that_was_typed_is_lost_and_nothing_unseen_is_written_over(kind, then, now, typed):
    sent = page_of(kind(stored=then))
    for name, value in typed.items():
        type_in(sent, name, value)
    form = kind(sent, stored=now)
    touched = {name for name in typed if typed[name] != then[name]}
    told = [n for n in typed if now[n] not in (then[n], typed[n]) and (kind.is_whole or n in touched)]
    wanted = now | {name: typed[name] for name in touched}

    assert form.is_valid() == (not told)
    if told:
        assert form.is_stale
        (said,) = form.non_field_errors()
        assert [n for n in typed if f"“{form[n].label.removesuffix(' (optional)')}” is " in said] == told
        form = kind(page_of(form), stored=now)
        assert form.is_valid(), "what was told once is known"
    assert form.cleaned_data == wanted
    assert now | form.changed == wanted


def test_a_form_with_a_fault_compares_once_that_is_mended():
    """Else it would have told of one field, and taken the other one for seen."""
    then, now = {"name": "Asha", "years": 3}, {"name": "Ravi", "years": 4}
    sent = page_of(Answers(stored=then))
    type_in(sent, "name", "Mine")
    type_in(sent, "years", "seven")
    form = Answers(sent, stored=now)
    assert list(form.errors) == ["years"]
    sent = page_of(form)
    type_in(sent, "years", "7")
    form = Answers(sent, stored=now)
    assert form.non_field_errors() == [
        "This changed in another window since you opened the page: “Name” is now Ravi, “Years” is now 4. "
        "What you wrote stands below: save again to keep it."
    ]


def test_a_page_that_carries_nothing_saw_what_is_stored():
    sent = QueryDict("name=Mine&years=3")
    form = Answers(sent, stored={"name": "Ravi", "years": 3, "by_email": False, "shifts": []})
    assert form.is_valid()
    assert form.changed == {"name": "Mine"}


class Shown(StaleForm):
    day = DayField(label="Day")
    clock = ClockField(like="09:30", label="Time")
    role = OneOf(choices=[("Entry", [("4", "Agent")]), ("5", "Team Leader")], label="Role")
    hours = StepForm.base_fields["hours"]
    earned = HeldForm.base_fields["earned_on"]


@pytest.mark.parametrize(
    ("name", "then", "now", "typed", "said"),
    [
        ("day", date(2026, 5, 1), date(2026, 5, 2), "2026-05-03", "is now 2 May 2026."),
        ("clock", time(9), time(9, 30), "10:00", "is now 09:30."),
        ("role", "4", "5", "", "is now Team Leader."),
        ("role", "5", "4", "", "is now Agent."),
        ("role", "5", "", "4", "is empty now."),
        ("hours", Decimal("1.0"), Decimal("2.0"), "3", "is now 2."),
        ("earned", About(date(2026, 5, 1)), About(date(2026, 1, 1), Precision.YEAR), "May 2026", "is now about 2026."),
    ],
)
def test_what_is_kept_now_is_said_as_people_write_it(name, then, now, typed, said):
    class Form(Shown):
        field_order = ()

    for other in set(Form.base_fields) - {name}:
        Form.base_fields[other].required = False
    sent = page_of(Form(stored={name: then}))
    type_in(sent, name, typed)
    form = Form(sent, stored={name: now})
    assert not form.is_valid()
    assert said in form.non_field_errors()[0]
    assert form[name].value() == typed


def test_a_day_that_has_passed_may_stand_on_a_page_that_is_older():
    """They did not write it just now, so nothing is to be mended."""
    today, old, new = date(2026, 11, 29), date(2026, 11, 1), date(2026, 12, 24)
    step = {"title": "Read", "hours": None, "due_on": old, "is_renewal": False}
    sent = page_of(StepForm(stored=step, today=today))
    sent["title"] = "Read all"
    form = StepForm(sent, stored={**step, "due_on": new}, today=today)
    assert form.is_valid(), form.errors
    assert form.changed == {"title": "Read all"}
    assert form.cleaned_data["due_on"] == new
    target = page_of(TargetDayForm(stored={"target_on": old}, today=today, started_on=None))
    assert TargetDayForm(target, stored={"target_on": new}, today=today, started_on=None).is_valid()
