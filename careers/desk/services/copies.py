"""New drafts made of what other pages say: a page once more, or one that was deleted."""

from django.db import IntegrityError, transaction
from django.db.models import Q

from careers.desk.services.drafts import head_of, note_action, start_page
from careers.guide.models.desk.drafts import DeskAction
from careers.guide.models.old_slugs import OldSlug
from careers.guide.models.publishing import GuideModel
from careers.guide.selectors.snapshots import fields_of, hanging_rows, many_of, page_model
from careers.guide.services.snapshots import write_content
from careers.people.services.refusing import Refused

NAMES = ("title", "name", "question")  # what a page is called, by noun: each is of one page only
LEFT_OUT = ("alternate_titles",)  # rows by which a search would find both pages
FROM_SOURCE = "checked_on"  # somebody has to compare the copy with its source
NOTHING_HANGS = {"fields": {}, "many": {}, "rows": {}, "names": {}}
THERE_ALREADY = "There is a page at this address by now: “{page}”. Look there first."
LEADS_ELSEWHERE = "The address leads to another page by now, which had it before."
NAMED_ALREADY = "Another page has the same name, or the same ends, by now. Rename that one first."
NEEDS_OTHERS = "A page that this one cannot do without was deleted, too. Make that one again first."


def can_be_copied(model):
    """Of a move the ends make what it is: a second one between them is none."""
    return name_field(model) is not None and "slug" in fields_of(model)


def name_field(model):
    return next((fields_of(model)[name] for name in NAMES if name in fields_of(model)), None)


def copy_page(*, page, by):
    """A new page with a draft of the content that the form of `page` shows, rows included; readers see nothing of it.

    It has a name and an address of its own, nobody has compared it with its source, and other titles stay where they
    are. Call it inside `editing()`. Returns the page and what could not be copied.
    """
    content = head_of(page).content
    model, fields = type(page), dict(content["fields"])
    column = name_field(model)
    fields[column.name] = name_of_copy(model, column, fields[column.name])
    fields["slug"] = slug_of_copy(model, page.slug)
    if FROM_SOURCE in fields:
        fields[FROM_SOURCE] = None
    rows = {relation: [] if relation in LEFT_OUT else entries for relation, entries in content["rows"].items()}
    copy, written = made(model, {**content, "fields": fields, "rows": rows})
    start_page(page=copy, by=by)
    return copy, written


def make_again(*, version, by):
    """The page that was deleted as a new draft at its old address; raises `Refused` where that cannot be.

    Said twice it is made once: the second time there is a page at the address. Call it inside `editing()`.
    """
    model = page_model(version.model)
    slug = version.content["fields"].get("slug")
    if slug and (there := model._base_manager.filter(slug=slug).first()):
        raise Refused(THERE_ALREADY.format(page=there))
    if slug and OldSlug.page_at(model, slug):
        raise Refused(LEADS_ELSEWHERE)
    if lacks_others(model, version.content):
        raise Refused(NEEDS_OTHERS)
    try:
        with transaction.atomic():
            page, written = made(model, version.content)
    except IntegrityError:
        raise Refused(NAMED_ALREADY) from None
    draft = start_page(page=page, by=by)
    note = f"Made again from version {version.number} of the page that was deleted."
    note_action(DeskAction.What.RESTORED, page, by=by, version=draft.head, note=note)
    return page, written


def made(model, content):
    """A page of a noun with this content, in which no row has a key yet. Raises the database's error."""
    known = {
        "fields": {name: value for name, value in content["fields"].items() if name in fields_of(model)},
        "many": {name: keys for name, keys in content["many"].items() if name in many_of(model)},
        "rows": {
            name: [{**row, "pk": -number} for number, row in enumerate(rows, start=1)]
            for name, rows in content["rows"].items()
            if name in hanging_rows(model)
        },
        "names": content["names"],
    }
    page = model()
    present = {
        **NOTHING_HANGS,
        "many": {name: [] for name in many_of(model)},
        "rows": {name: [] for name in hanging_rows(model)},
    }
    written = write_content(page, known, status=GuideModel.Status.DRAFT, present=present)
    return page, written


def lacks_others(model, content):
    """Whether a page that it cannot do without is gone, and none stands under its slug."""
    for name, column in fields_of(model).items():
        key = content["fields"].get(name)
        if column.is_relation and not column.null and key is not None:
            slug = content["names"].get(column.related_model._meta.label_lower, {}).get(str(key), [""])[0]
            if not column.related_model._base_manager.filter(Q(pk=key) | Q(slug=slug)).exists():
                return True
    return False


def name_of_copy(model, column, name):
    """“Team leader (copy)”, or “(copy 2)” where there is one; cut to what fits."""
    for ending in endings():
        found = f"{name[: column.max_length - len(ending)].rstrip()}{ending}" if column.max_length else name + ending
        if not model._base_manager.filter(**{f"{column.name}__iexact": found}).exists():
            return found
    raise AssertionError


def slug_of_copy(model, slug):
    """Neither a page's, nor one that leads to a page which had it."""
    longest = model._meta.get_field("slug").max_length
    for number, _ in enumerate(endings(), start=1):
        ending = "-copy" if number == 1 else f"-copy-{number}"
        found = f"{slug[: longest - len(ending)].rstrip('-')}{ending}"
        is_old = OldSlug.objects.filter(model=model._meta.label_lower, slug=found).exists()
        if not is_old and not model._base_manager.filter(slug=found).exists():
            return found
    raise AssertionError


def endings():
    yield " (copy)"
    yield from (f" (copy {number})" for number in range(2, 10_000))
