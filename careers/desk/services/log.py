"""Lines of the log that are about no page."""

from careers.guide.models.desk.drafts import DeskAction


def note_sheet(what, name, *, by, note="", change_set=None):
    """A line of the log on a sheet that went out or came in: `DeskAction.What.EXPORTED` or `IMPORTED`."""
    about = {"model": "", "page_pk": 0, "page_name": name[:200], "change_set": change_set}
    return DeskAction.objects.create(what=what, **about, by=by, note=note)
