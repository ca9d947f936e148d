"""What of a certification plan is still waited for: the one rule for everything that speaks of days or of what is left.

Steps are of one of two times. Those that prepare for the certificate are open until it is earned; then they are not
needed any more, whether they were done or not. Those of its renewal are open from then on, and only then. Both come
back with the status: nothing of this is stored but what a person ticked and what a step is for.
"""

from enum import StrEnum

from careers.plans.rules.status import Status

OVER = (Status.PASSED, Status.DROPPED)  # nothing is prepared any more


class StepState(StrEnum):
    DONE = "done"  # ticked by the person, whatever became of the plan
    OPEN = "open"
    NOT_NEEDED = "not_needed"  # the certificate was earned without it
    LATER = "later"  # it is for the renewal of a certificate that is not earned yet
    RESTS = "rests"  # the plan is dropped


def step_state(status: str, *, is_done: bool, is_renewal: bool) -> StepState:
    """
    >>> [str(step_state(status, is_done=False, is_renewal=False)) for status in ("booked", "passed", "dropped")]
    ['open', 'not_needed', 'rests']
    >>> [str(step_state(status, is_done=False, is_renewal=True)) for status in ("booked", "passed")]
    ['later', 'open']
    """
    if is_done:
        return StepState.DONE
    if status == Status.DROPPED:
        return StepState.RESTS
    if is_renewal == (status == Status.PASSED):
        return StepState.OPEN
    return StepState.LATER if is_renewal else StepState.NOT_NEEDED


def awaits_readiness(status: str) -> bool:
    """Whether the day to be ready by, and the hours a week until then, still count."""
    return status not in OVER


def awaits_study(status: str, *, has_open_step: bool) -> bool:
    """Whether the clock and the log are offered: also for the work of a renewal."""
    return awaits_readiness(status) or (status == Status.PASSED and has_open_step)
