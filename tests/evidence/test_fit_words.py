"""How a person stands beside a role, in sentences."""

from types import SimpleNamespace as Thing

import pytest

from careers.evidence.rules.gains import Gain
from careers.evidence.rules.gaps import Fit, Need
from careers.evidence.rules.matching import Band
from careers.evidence.selectors.fit_words import count_in_words, gist
from careers.evidence.selectors.helps import GainsShown


def need(has, *, level=3, essential=True):
    return Need("skill", level, essential, has)


@pytest.mark.parametrize(
    ("needs", "words"),
    [
        ([], "The guide names no skills for it."),
        ([need(None), need(None)], "You have not rated any of its 2 skills yet."),
        ([need(3)], "You have <strong>1 of 1</strong> essential skill."),
        (
            [need(3), need(2), need(None)],
            "You have <strong>1 of 3</strong> essential skills. 1 of its skills is not rated yet.",
        ),
        (
            [need(3, essential=False), need(None, essential=False), need(None, essential=False)],
            "The guide names no essential skill. 2 of its skills are not rated yet.",
        ),
    ],
)
def test_what_is_met_is_counted(needs, words):
    assert count_in_words(Fit(tuple(needs))) == words


def row(name, one):
    return Thing(asked=Thing(skill=Thing(pk=7, name=name)), need=one)


def gist_of(*rows):
    summary = Fit(tuple(one.need for one in rows))
    missing = [one for one in rows if one.need in summary.missing]
    return gist(Thing(summary=summary, missing=missing, unknown=[one for one in rows if not one.need.is_known]))


class TestGist:
    def test_names_two_that_are_missing_and_counts_the_rest(self):
        words = gist_of(row("A & B", need(1)), row("Excel", need(2, essential=False)), row("Chat", need(0, level=4)))
        missing = "A &amp; B (1 of 3), Excel (2 of 3, helpful) and 1 more"
        assert words == f"<strong>0 of 2</strong> essential skills. Missing: {missing}."

    def test_leads_to_one_that_is_not_rated_and_counts_more(self):
        rate = '<a href="/me/profile/skills/#id_skill_7">Rate &lt;Chat&gt;</a>'
        assert gist_of(row("<Chat>", need(None))) == f"<strong>0 of 1</strong> essential skill. {rate}"
        words = gist_of(row("Chat", need(None)), row("Mail", need(None, essential=False)))
        assert words.endswith("essential skill. 2 not rated.")


def test_gains_name_levels_and_say_an_arrow_aloud():
    pairs = [
        (Thing(name="A & B"), Gain(1, before=2, after=3, asked=3)),
        (Thing(name="Excel"), Gain(2, before=1, after=2, asked=4)),
        (Thing(name="Chat"), Gain(3, before=None, after=2, asked=3)),
    ]
    arrow = '<span aria-hidden="true">→</span><span class="visually-hidden">to</span>'
    by_hand = '<span class="visually-hidden">from </span>'
    assert GainsShown(pairs).in_words == (
        f"Closes the gap in A &amp; B ({by_hand}2 {arrow} 3). "
        f"Narrows the gap in Excel ({by_hand}1 {arrow} 2 of 4). Shows Chat (2 of 3), not rated yet."
    )


def test_a_band_has_words_for_each_place():
    assert [band.in_words for band in Band] == ["Fits now", "Within reach", "Cannot say yet", "Further away"]
    assert [band.after_role for band in Band] == ["fits now", "is within reach", *["is further away"] * 2]
    assert [band.after_role_if for band in Band] == [
        "would fit now",
        "would be within reach",
        *["would be further away"] * 2,
    ]
