"""What the desk does with a search that found nothing."""

from django.db.models import F, Q

from careers.desk.services.drafts import head_of, key_of_new_row, save_draft
from careers.guide.models.publishing import lines
from careers.people.services.refusing import Refused
from careers.search.models.misses import SearchMiss
from careers.search.rules.misses import MissGroup

LONGEST_TITLE = 80
TOO_LONG = f"Another title has at most {LONGEST_TITLE} characters."
THERE = "“{page}” has “{text}” already."
CHANGED = "Somebody else changed “{page}” just now. Nothing was added. Try again."


def rows_of(group: MissGroup):
    if group.spellings:
        return SearchMiss.objects.filter(words__in=group.spellings)
    return SearchMiss.objects.filter(words="", filters__in=group.filters)


def take_off(*, group: MissGroup) -> None:
    """It leaves the list, and comes back with whoever asks it again."""
    rows_of(group).update(answered=F("count"))


def put_back(*, group: MissGroup) -> None:
    """With all that was asked of it, also what was dealt with earlier."""
    rows_of(group).filter(~Q(answered=0)).update(answered=0)


def add_search_word(*, page, text, by) -> None:
    """Into the page's draft. Call it inside `editing()`. Raises `Refused` with a sentence, and adds nothing then."""
    head = head_of(page)
    words = lines(head.content["fields"]["search_words"])
    refuse_second(page, text, words)
    fields = {**head.content["fields"], "search_words": "\n".join([*words, text])}
    keep(page, head, {**head.content, "fields": fields}, by)


def add_alternate_title(*, page, text, by) -> None:
    """As `add_search_word`, as another title of a role, which readers see."""
    if len(text) > LONGEST_TITLE:
        raise Refused(TOO_LONG)
    head = head_of(page)
    rows = head.content["rows"]["alternate_titles"]
    refuse_second(page, text, [str(page), *(row["fields"]["title"] for row in rows)])
    row = {"pk": key_of_new_row(), "fields": {"title": text}}
    content = {**head.content, "rows": {**head.content["rows"], "alternate_titles": [*rows, row]}}
    keep(page, head, content, by)


def refuse_second(page, text, there):
    if text.casefold() in map(str.casefold, there):
        raise Refused(THERE.format(page=page, text=text))


def keep(page, head, content, by):
    if save_draft(page=page, content=content, opened=head, by=by).aside:
        raise Refused(CHANGED.format(page=page))
