"""What one can do with a page at the desk, in the order in which one does it."""

from enum import StrEnum


class PageStep(StrEnum):
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
    "editing": (PageStep.PREVIEW, PageStep.ASK, PageStep.PUBLISH),
    "sent_back": (PageStep.PREVIEW, PageStep.ASK),
    "in_review": (PageStep.PREVIEW, PageStep.APPROVE, PageStep.SEND_BACK),
    "approved": (PageStep.PREVIEW, PageStep.PUBLISH),
}
LOOK, READERS, MORE = "Look at it", "For readers", "More"
GROUPS = {
    LOOK: (PageStep.PREVIEW, PageStep.IMPACT, PageStep.SHOW),
    READERS: (
        PageStep.ASK,
        PageStep.SEND_BACK,
        PageStep.PUBLISH,
        PageStep.PUBLISH_LATER,
        PageStep.PUT_INTO_SET,
        PageStep.CORRECT,
    ),
    MORE: (PageStep.DUPLICATE, PageStep.DISCARD, PageStep.ARCHIVE, PageStep.ARCHIVE_LATER),
}


def next_steps(offered: set[PageStep], state: str, *, is_in_set: bool = False) -> list[PageStep]:
    """Those of `offered` that come next, for a draft in this state. What is in a change set goes live with that.

    >>> [str(one) for one in next_steps({PageStep.ASK, PageStep.PREVIEW, PageStep.DISCARD}, "editing")]
    ['Preview', 'Ask for a review']
    >>> next_steps({PageStep.PUBLISH}, "approved", is_in_set=True), next_steps({PageStep.DUPLICATE}, "")
    ([], [])
    """
    return [one for one in NEXT.get(state, ()) if one in offered and not (is_in_set and one == PageStep.PUBLISH)]


def other_steps(offered: set[PageStep], following: list[PageStep]) -> dict[str, list[PageStep]]:
    """{what a group is called: its steps}, without those that come next; what takes something away is last.

    >>> offered = {PageStep.ARCHIVE, PageStep.IMPACT, PageStep.DUPLICATE}
    >>> [str(one) for one in other_steps(offered, [PageStep.PREVIEW])[MORE]]
    ['Duplicate', 'Take offline']
    """
    rest = offered - {*following}
    groups = {name: [one for one in steps if one in rest] for name, steps in GROUPS.items()}
    return {name: steps for name, steps in groups.items() if steps}
