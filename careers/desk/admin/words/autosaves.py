"""The form of a page that is sent by itself while somebody writes, and what a lost one says when it is back."""

from django.http import HttpResponseBadRequest, JsonResponse
from django.utils.timezone import localtime

from careers.desk.admin.acts import CORRECT
from careers.desk.admin.words.parsing import write_form
from careers.desk.services.autosaves import Outcome, autosave
from careers.desk.services.drafts import editing, laid_over, read_here
from careers.desk.services.typed_forms import Typing
from careers.guide.selectors.merging import known_part

AUTOSAVE = "autosave"  # the field by which such a form is known
SAID = {
    Outcome.KEPT: "Saved at {time}",
    Outcome.UNCHANGED: "Saved at {time}",
    Outcome.LATE: "Saved already",
    Outcome.GONE: "This draft was published or discarded meanwhile. Save to go on with what you wrote.",
    Outcome.CLASH: "Somebody else changed the same. Save, and you are shown both.",
}
NOT_KNOWN = "This form is not known any more. Copy what you wrote, and open the page again."


def take_typed(model_admin, request, page, version):
    """Keep what was typed into the form that shows `version`; the answer is for the script that sent it."""
    typing = Typing.sent(request.POST)
    if not typing.form or CORRECT in request.GET:
        return HttpResponseBadRequest("Only the form of a draft saves itself, and says which one it is.")
    if version is None:
        return JsonResponse({"outcome": "gone", "said": NOT_KNOWN, "left": []})
    request.POST = without_search(request.POST)
    with editing():
        with laid_over(page, known_part(page, version.content)) as (working, _):
            left = write_form(model_admin, request, working)
            content = read_here(working, before=version.content)
        kept = autosave(page=page, content=content, opened=version, by=request.user, typing=typing)
    at = kept.version.at if kept.version else version.at
    said = SAID[kept.outcome].format(time=f"{localtime(at):%H:%M}")
    return JsonResponse({"outcome": str(kept.outcome), "said": said, "left": left})


def without_search(data):
    """The words of “Look for what is not listed” are no part of the page."""
    data = data.copy()
    for name in ("look_for", "_look"):
        data.pop(name, None)
    return data
