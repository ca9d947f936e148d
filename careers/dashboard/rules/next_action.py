"""What helps a person most right now: one action, the first that applies.

What has a day comes first: an exam that is over, a certificate about to lapse, an exam that is near. Then what HR
changed, then the steps of certification plans. Who has a goal goes on with it. Else the order follows the way up: know
where you want to go, know what you can do, close the largest gap. What can wait comes after what the rest depends on.
"""

from dataclasses import dataclass
from enum import Enum

from careers.plans.rules.urgency import Call


class Action(Enum):
    SAY_HOW_IT_WENT = "say_how_it_went"  # an exam is over
    RENEW = "renew"  # a certificate lapses within two weeks, or has just lapsed
    PREPARE = "prepare"  # an exam is within two weeks
    SEE_THE_DIFFERENCE = "see_the_difference"  # HR changed what the route of their goal rests on
    CONFIRM_THE_ROLE = "confirm_the_role"  # they made a move, and their profile does not know
    DO_A_PLAN_STEP = "do_a_plan_step"  # a certification plan has one that is open
    FINISH_A_PLAN = "finish_a_plan"  # every step of one is done, and no exam is booked
    RENEW_IN_TIME = "renew_in_time"  # a renewal is due, with weeks left
    DO_A_STEP = "do_a_step"  # their goal has one that is open
    PLAN_ON = "plan_on"  # every step of their goal is done
    BEGIN = "begin"  # nothing is known of them yet
    FIND_A_ROLE = "find_a_role"  # neither a target nor anything saved to choose one from
    CHOOSE_A_TARGET = "choose_a_target"
    RATE_SKILLS = "rate_skills"  # the target asks for skills nobody has said anything about
    SEE_CHANGES = "see_changes"  # HR changed roles they saved
    CLOSE_A_GAP = "close_a_gap"
    GO_ON = "go_on"  # a step of the profile is open
    LOOK_FURTHER = "look_further"  # all that the target asks for is there


FOR_PLANS = {
    Call.RESULT: Action.SAY_HOW_IT_WENT,
    Call.RENEW: Action.RENEW,
    Call.PREPARE: Action.PREPARE,
    Call.STEP: Action.DO_A_PLAN_STEP,
    Call.FINISH: Action.FINISH_A_PLAN,
    Call.RENEW_IN_TIME: Action.RENEW_IN_TIME,
}
PRESSING = (Call.RESULT, Call.RENEW, Call.PREPARE)


@dataclass(frozen=True)
class GoalStanding:
    """A goal, by what it may ask of the person."""

    differs: bool = False
    asks_for_role: bool = False
    open_steps: int = 0


@dataclass(frozen=True)
class PersonStanding:
    """A person's standing. `call` is what their plans ask first (`plans.rules.urgency.most_urgent`). `unrated` and
    `gaps` count essential skills of the target, `profile_steps` those not gone yet.
    """

    is_known: bool
    goal: GoalStanding | None = None
    call: Call | None = None
    saved: int = 0
    changed: int = 0
    has_target: bool = False
    unrated: int = 0
    gaps: int = 0
    profile_steps: int = 0


def next_action(standing: PersonStanding) -> Action:
    goal, call = standing.goal, standing.call
    for_plan = FOR_PLANS[call] if call else Action.LOOK_FURTHER
    rules = (
        (call in PRESSING, for_plan),
        (goal is not None and goal.differs, Action.SEE_THE_DIFFERENCE),
        (goal is not None and goal.asks_for_role, Action.CONFIRM_THE_ROLE),
        (call is not None, for_plan),
        (goal is not None and goal.open_steps > 0, Action.DO_A_STEP),
        (goal is not None, Action.PLAN_ON),
        (not standing.is_known, Action.BEGIN),
        (not standing.has_target and not standing.saved, Action.FIND_A_ROLE),
        (not standing.has_target, Action.CHOOSE_A_TARGET),
        (standing.unrated > 0, Action.RATE_SKILLS),
        (standing.changed > 0, Action.SEE_CHANGES),
        (standing.gaps > 0, Action.CLOSE_A_GAP),
        (standing.profile_steps > 0, Action.GO_ON),
    )
    return next((action for applies, action in rules if applies), Action.LOOK_FURTHER)
