"""What one can do with a page at the desk, in the order in which one does it."""

from enum import StrEnum


class Step(StrEnum):
    """Each by the words of its link."""

    PREVIEW = "Preview"
    SHOW = "Show it to somebody"
    IMPACT = "What changes for readers"
    ASK = "Ask for a review"
    APPROVE = "Approve"
    SEND_BACK = "Send back"
    PUBLISH = "Publish"
    PUBLISH_LATER = "Publish later"
    PUT_INTO_SET = "Put into a change set"
    CORRECT = "Correct the published page"
    DUPLICATE = "Duplicate"
    DISCARD = "Discard the draft"
    ARCHIVE = "Take offline"
    ARCHIVE_LATER = "Take offline later"


# What one does next with a draft in this state, if one may.
NEXT = {
    "editing": (Step.PREVIEW, Step.ASK, Step.PUBLISH),
    "sent_back": (Step.PREVIEW, Step.ASK),
    "in_review": (Step.PREVIEW, Step.APPROVE, Step.SEND_BACK),
    "approved": (Step.PREVIEW, Step.PUBLISH),
}
LOOK, READERS, MORE = "Look at it", "For readers", "More"
GROUPS = {
    LOOK: (Step.PREVIEW, Step.IMPACT, Step.SHOW),
    READERS: (Step.ASK, Step.SEND_BACK, Step.PUBLISH, Step.PUBLISH_LATER, Step.PUT_INTO_SET, Step.CORRECT),
    MORE: (Step.DUPLICATE, Step.DISCARD, Step.ARCHIVE, Step.ARCHIVE_LATER),
}


def next_steps(offered: set[Step], state: str, *, is_in_set: bool = False) -> list[Step]:
    """Those of `offered` that come next, for a draft in this state. What is in a change set goes live with that.

    >>> [str(one) for one in next_steps({Step.ASK, Step.PREVIEW, Step.DISCARD}, "editing")]
    ['Preview', 'Ask for a review']
    >>> next_steps({Step.PUBLISH}, "approved", is_in_set=True), next_steps({Step.DUPLICATE}, "")
    ([], [])
    """
    return [one for one in NEXT.get(state, ()) if one in offered and not (is_in_set and one == Step.PUBLISH)]


def other_steps(offered: set[Step], following: list[Step]) -> dict[str, list[Step]]:
    """{what a group is called: its steps}, without those that come next; what takes something away is last.

    >>> [str(one) for one in other_steps({Step.ARCHIVE, Step.IMPACT, Step.DUPLICATE}, [Step.PREVIEW])[MORE]]
    ['Duplicate', 'Take offline']
    """
    rest = offered - {*following}
    groups = {name: [one for one in steps if one in rest] for name, steps in GROUPS.items()}
    return {name: steps for name, steps in groups.items() if steps}
