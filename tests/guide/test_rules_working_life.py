"""Shift, work type and degree beside what somebody said of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.guide.rules.working_life import FactStanding, covers, degree_fact, rotates, shift_fact, work_fact

SCHOOL, BACHELOR = "a school certificate", "a bachelor's degree"
shifts = st.lists(st.sampled_from(["day", "night", "rotational"]), unique=True)
often = st.sampled_from(["never", "possible", "usual", "always", "not_known"])


@pytest.mark.parametrize(
    ("nights", "days", "accepted", "standing", "text"),
    [
        ("never", "always", ["day"], "fits", "Shift: fits (nights never, days always)"),
        ("possible", "possible", ["day"], "ask", "Nights are possible: you accept day only; ask first."),
        ("not_known", "usual", ["day"], "ask", "No source says whether nights come: you accept day only; ask first."),
        ("usual", "possible", ["day"], "partly", "Nights are usual: you accept day only; many employers will say no."),
        ("always", "never", ["day"], "conflict", "Nights always come: you accept day only."),
        ("never", "always", ["night"], "conflict", "Nights never come: you accept night only."),
        ("never", "always", ["rotational"], "conflict", "Days always come: you accept rotational only."),
        ("never", "usual", ["rotational"], "conflict", "Shifts do not rotate: you accept rotational only."),
        ("usual", "possible", ["night", "day"], "ask", "Shifts may rotate: you accept day and night only; ask first."),
        (
            "usual",
            "possible",
            ["day", "rotational"],
            "ask",
            "Nights are usual: you accept day and rotational only; ask first.",
        ),
        ("usual", "possible", ["rotational", "night", "day"], "fits", "Shift: fits (nights usual, days possible)"),
        ("usual", "not_known", [], "not_known", "Shift: nights usual, days not known"),
    ],
)
def test_how_shifts_stand_to_what_is_accepted(nights, days, accepted, standing, text):
    fact = shift_fact(nights=nights, days=days, accepted=accepted)
    assert (fact.standing, fact.text) == (standing, text)


@given(often, often, shifts)
def test_who_accepts_all_fits_and_of_who_said_nothing_nothing_is_known(nights, days, accepted):
    fact = shift_fact(nights=nights, days=days, accepted=accepted)
    assert fact.is_said == bool(accepted)
    if len(accepted) == 3:
        assert fact.fits
    if not accepted:
        assert fact.standing == FactStanding.NOT_KNOWN


@given(often, often, shifts.filter(bool))
def test_to_accept_the_rest_is_never_worse_for_what_comes(nights, days, accepted):
    order = ["fits", "ask", "partly", "conflict"]
    now = shift_fact(nights=nights, days=days, accepted=accepted)
    then = shift_fact(nights=nights, days=days, accepted=["day", "night", "rotational"])
    assert order.index(then.standing) <= order.index(now.standing)


@pytest.mark.parametrize(
    ("nights", "days", "found"),
    [
        ("usual", "possible", True),
        ("never", "always", False),
        ("not_known", "usual", None),
        ("never", "not_known", False),
    ],
)
def test_shifts_may_rotate_where_both_come(nights, days, found):
    assert rotates(nights=nights, days=days) is found


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
        ("no_rule", SCHOOL, FactStanding.ASK, f"Degree, no rule found: you have {SCHOOL}; ask first."),
        ("no_rule", BACHELOR, FactStanding.FITS, f"Degree, no rule found: you have {BACHELOR}."),
        ("no_rule", "", FactStanding.NOT_KNOWN, "Degree: no rule found"),
        ("needed", SCHOOL, FactStanding.CONFLICT, f"Degree needed: you have {SCHOOL}."),
        ("needed", BACHELOR, FactStanding.FITS, f"Degree needed: you have {BACHELOR}."),
        ("needed", "", FactStanding.NOT_KNOWN, "Degree needed: not known what you have"),
    ],
)
def test_degree_that_is_preferred_fits_only_in_part_without_one(asked, finished, standing, text):
    fact = degree_fact(asked=asked, finished=finished, is_degree=finished == BACHELOR)
    assert (fact.standing, fact.text, fact.is_said) == (standing, text, bool(finished))
