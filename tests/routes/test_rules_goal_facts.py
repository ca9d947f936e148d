"""What the guide says differently of a goal's route."""

from dataclasses import replace

from careers.guide.rules.changes import FactChange, SkillChange
from careers.routes.rules.goal_facts import OfferFacts, differences, gone, is_gone, move_facts

BELT = OfferFacts("Yellow Belt", fee="US$422")


def facts(**fields):
    return move_facts(
        **{
            "start": "Agent",
            "end": "Team Leader",
            "kind": "Promotion",
            "gained_by": "Interview",
            "how": "",
            "months": (18, 48),
            "skills": {"coaching": (3, True)},
            "names": {"coaching": "Coaching"},
            "offers": [BELT],
            **fields,
        }
    )


def told(**fields):
    return [change for one in differences([facts()], [facts(**fields)]) for change in one.changes]


def test_nothing_is_told_where_nothing_changed():
    assert differences([facts(), facts()], [facts(), facts()]) == []


def test_every_difference_is_told_in_words():
    assert told(months=None) == [FactChange("Months", "18–48 months", "")]
    assert told(end="Supervisor") == [FactChange("To", "Team Leader", "Supervisor")]
    assert told(skills={"coaching": (4, True)}) == [
        FactChange("Skills", skills=(SkillChange("Coaching", (3, True), (4, True)),))
    ]
    assert told(offers=[replace(BELT, fee="US$500")]) == [FactChange("Fee of Yellow Belt", "US$422", "US$500")]
    assert told(offers=[replace(BELT, hours="about 9 h")]) == [FactChange("Hours for Yellow Belt", "", "about 9 h")]
    assert told(offers=[]) == [FactChange("Certifications recommended for it", went=("Yellow Belt",))]
    assert told(is_estimate=True) == [FactChange("Months", "18–48 months", "18–48 months, our estimate")]
    assert told(months_note="One says more.") == [FactChange("About the months", "", "One says more.")]
    assert told(track=("quality", "Quality")) == [FactChange("Line", "", "Quality")]


def test_a_certificate_that_came_says_what_it_asks():
    assert told(offers=[BELT, OfferFacts("ITIL", fee="US$9", hours="about 30 h")]) == [
        FactChange("Certifications recommended for it", came=("ITIL, US$9, about 30 h",))
    ]
    assert told(offers=[BELT, OfferFacts("ITIL")])[0].came == ("ITIL, fee not known, hours not known",)


def test_a_new_name_of_a_skill_is_no_other_skill():
    assert told(names={"coaching": "Coaching others"}) == []


def test_what_the_start_asks_for_is_told_of_the_first_move():
    before, after = facts(start_skills={"coaching": (1, True)}), facts(start_skills={"coaching": (2, True)})
    assert differences([before], [after])[0].changes[0].label == "Skills asked where you start"


def test_a_move_that_left_the_guide_is_told_once_and_after_it_is_kept_no_more():
    after = gone(facts())
    assert [(one.changes, one.said) for one in differences([facts()], [after])] == [
        ((), "HR took this move out of the guide.")
    ]
    assert differences([after], [facts()])[0].said == "This move is in the guide again."
    assert is_gone(after)
    assert not is_gone(facts())
    assert differences([after], [gone(after)]) == []


def test_a_damaged_snapshot_tells_nothing():
    assert differences([{}, {"skills": 3, "months": []}], [facts(), facts()]) == []
