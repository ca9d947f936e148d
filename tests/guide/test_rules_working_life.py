"""Shift, work type and degree beside what somebody said of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.guide.rules.working_life import FactStanding, covers, degree_fact, shift_fact, work_fact

SCHOOL, BACHELOR = "a school certificate", "a bachelor's degree"
shifts = st.lists(st.sampled_from(["Day", "Night", "Rotational"]), unique=True)


def test_shift_that_is_not_accepted_is_stated():
    assert shift_fact(worked=["Night"], accepted=["Day"]).text == "Night shift: you accept day only."


def test_shifts_beside_an_accepted_one_are_stated_as_well():
    fact = shift_fact(worked=["Day", "Night", "Rotational"], accepted=["Day"])
    assert fact.text == "Night and rotational shifts too: you accept day only."


@given(shifts.filter(bool), shifts)
def test_shift_fits_where_all_that_is_worked_is_accepted_and_is_not_known_where_nobody_said(worked, accepted):
    fact = shift_fact(worked=worked, accepted=accepted)
    assert fact.is_said == bool(accepted)
    assert fact.fits == (bool(accepted) and set(worked) <= set(accepted))
    assert fact.is_against == (bool(accepted) and not fact.fits)


def test_blended_work_suits_whoever_accepts_both_its_parts():
    parts = ("voice", "non_voice")
    assert covers(["voice", "non_voice"], "blended", parts=parts)
    assert not covers(["non_voice"], "blended", parts=parts)
    assert covers(["blended"], "blended", parts=parts)
    assert not covers(["blended"], "voice")


def test_other_work_than_accepted_is_stated():
    fact = work_fact(kind="Voice", accepted=["Non-voice"], is_covered=False)
    assert fact.text == "Voice work: you accept non-voice only."
    assert work_fact(kind="Voice", accepted=[], is_covered=False).standing == FactStanding.NOT_KNOWN


@pytest.mark.parametrize(
    ("asked", "finished", "standing", "text"),
    [
        ("not_needed", SCHOOL, FactStanding.FITS, "Degree: not needed"),
        ("not_needed", "", FactStanding.NOT_KNOWN, "Degree: not needed"),
        ("preferred", SCHOOL, FactStanding.PARTLY, f"Degree preferred: you have {SCHOOL}; some employers will say no."),
        ("preferred", BACHELOR, FactStanding.FITS, f"Degree preferred: you have {BACHELOR}."),
        ("preferred", "", FactStanding.NOT_KNOWN, "Degree preferred: not known what you have"),
        ("needed", SCHOOL, FactStanding.CONFLICT, f"Degree needed: you have {SCHOOL}."),
        ("needed", BACHELOR, FactStanding.FITS, f"Degree needed: you have {BACHELOR}."),
        ("needed", "", FactStanding.NOT_KNOWN, "Degree needed: not known what you have"),
    ],
)
def test_degree_that_is_preferred_fits_only_in_part_without_one(asked, finished, standing, text):
    fact = degree_fact(asked=asked, finished=finished, is_degree=finished == BACHELOR)
    assert (fact.standing, fact.text, fact.is_said) == (standing, text, bool(finished))
