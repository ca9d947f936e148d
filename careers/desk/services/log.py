"""Lines of the log that are about no page."""

from careers.guide.models.drafts import DeskAction


def note_sheet(what, name, *, by, note=""):
    """A line of the log on a sheet that went out or came in: `DeskAction.What.EXPORTED` or `IMPORTED`."""
    return DeskAction.objects.create(what=what, model="", page_pk=0, page_name=name[:200], by=by, note=note)
