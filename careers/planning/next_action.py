"""What helps a person most right now: one action, the first that applies.

Who has a plan goes on with it. Else the order follows the way up: know where you want to go, know what you can do,
close the largest gap. What can wait comes after what the rest depends on.
"""

from dataclasses import dataclass
from enum import Enum


class Action(Enum):
    DO_A_STEP = "do_a_step"  # their plan has one that is open
    BEGIN = "begin"  # nothing is known of them yet
    FIND_A_ROLE = "find_a_role"  # neither a target nor anything saved to choose one from
    CHOOSE_A_TARGET = "choose_a_target"
    RATE_SKILLS = "rate_skills"  # the target asks for skills nobody has said anything about
    SEE_CHANGES = "see_changes"  # HR changed roles they saved
    CLOSE_A_GAP = "close_a_gap"
    GO_ON = "go_on"  # a step of the profile is open
    LOOK_FURTHER = "look_further"  # all that the target asks for is there


@dataclass(frozen=True)
class Standing:
    """What decides. `unrated` and `gaps` count essential skills of the target, `ahead` open steps of the plan."""

    is_known: bool
    saved: int = 0
    changed: int = 0
    has_target: bool = False
    unrated: int = 0
    gaps: int = 0
    open_steps: int = 0
    ahead: int = 0


def next_action(standing: Standing) -> Action:
    rules = (
        (standing.ahead > 0, Action.DO_A_STEP),
        (not standing.is_known, Action.BEGIN),
        (not standing.has_target and not standing.saved, Action.FIND_A_ROLE),
        (not standing.has_target, Action.CHOOSE_A_TARGET),
        (standing.unrated > 0, Action.RATE_SKILLS),
        (standing.changed > 0, Action.SEE_CHANGES),
        (standing.gaps > 0, Action.CLOSE_A_GAP),
        (standing.open_steps > 0, Action.GO_ON),
    )
    return next((action for applies, action in rules if applies), Action.LOOK_FURTHER)
