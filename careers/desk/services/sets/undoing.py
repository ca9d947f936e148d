"""What a published change set changed is taken back, by another one."""

from django.db.models import Max

from careers.desk.services.drafts import action_of, key_of_new_row
from careers.desk.services.sets.change_sets import start_set
from careers.desk.services.sets.drafts import put_drafts
from careers.guide.models.desk.change_sets import ChangeSet
from careers.guide.models.desk.drafts import DeskAction
from careers.guide.models.publishing import GuideModel
from careers.guide.models.versions import Version
from careers.guide.selectors.merging import known_part
from careers.guide.selectors.snapshots import contents_of, page_model, pages_by_key
from careers.guide.services.snapshot_rows import BATCH
from careers.guide.services.snapshots import Writing, write_contents
from careers.guide.services.versions import keep_contents
from careers.people.services.refusing import Refused

Status, State, Kind, What = GuideModel.Status, ChangeSet.State, Version.Kind, DeskAction.What
NOT_PUBLISHED = "Only a change set that was published can be undone."
NOTHING = {"fields": {}, "many": {}, "rows": {}, "names": {}}


def undo_set(change_set, *, by):
    """A new open set of drafts that say what each page said before a published set; what was changed since stays.

    Returns it and the `Put` of its drafts. Pages that readers first saw with the set are taken offline when the new
    one is published (`pages_to_take_offline`). Raises `Refused`.
    """
    if change_set.state != State.PUBLISHED:
        raise Refused(NOT_PUBLISHED)
    entries = []
    for model, published in published_by(change_set).items():
        pages = pages_by_key(model, published)
        present, before = contents_of(model, pages, is_named=False), versions_before(model, published, pages)
        for key, page in pages.items():
            if key in before:
                content = known_part(page, before[key].content)
                entries.append((page, with_rows_of_now(content, present[key]), published[key]))
    undo = start_set(
        title=f"Undo: {change_set.title}"[: ChangeSet._meta.get_field("title").max_length], by=by, undoes=change_set
    )
    return undo, put_drafts(undo, entries, by=by, note=f"As it was before “{change_set.title}”.")


def published_by(change_set):
    """{model: {key: the version that the set published}}."""
    acts = change_set.actions.filter(what__in=(What.PUBLISHED, What.PUBLISHED_ALONE), version__isnull=False)
    found = {}
    for act in acts.select_related("version"):
        found.setdefault(page_model(act.model), {})[act.page_pk] = act.version
    return found


def versions_before(model, published, pages):
    """{key: version} that readers had before each of these, none of a page that nobody had seen."""
    shown = Version.objects.filter(model=model._meta.label_lower, page_pk__in=pages, kind__in=Version.OF_READERS)
    latest = {}
    for key, number, at in shown.order_by("number").values_list("page_pk", "number", "at"):
        if number < published[key].number and at >= pages[key].published_at:
            latest[key] = number
    found = shown.filter(number__in={*latest.values()})
    return {one.page_pk: one for one in found if latest.get(one.page_pk) == one.number}


def with_rows_of_now(content, present):
    """Rows that are no longer there come back under keys of their own."""
    there = {relation: {row["pk"] for row in rows} for relation, rows in present["rows"].items()}
    rows = {
        relation: [row if row["pk"] in there.get(relation, ()) else {**row, "pk": key_of_new_row()} for row in some]
        for relation, some in content["rows"].items()
    }
    return {**content, "rows": rows}


def pages_to_take_offline(change_set):
    """Pages that readers first saw with the set that this one undoes, as long as nobody has published them since."""
    if change_set.undoes is None:
        return []
    leaving = []
    for model, published in published_by(change_set.undoes).items():
        pages = {key: page for key, page in pages_by_key(model, published).items() if page.is_published}
        before = versions_before(model, published, pages)
        now = Version.objects.filter(model=model._meta.label_lower, page_pk__in=pages, kind__in=Version.OF_READERS)
        later = dict(now.order_by().values_list("page_pk").annotate(Max("number")))
        leaving += [
            page
            for key, page in pages.items()
            if later[key] == published[key].number and (key not in before or before[key].kind == Kind.ARCHIVED)
        ]
    return leaving


def take_offline(change_set, pages, *, by):
    by_noun, actions = {}, []
    for page in pages:
        by_noun.setdefault(page._meta.model, []).append(page)
    for model, some in by_noun.items():
        keys = [page.pk for page in some]
        present = contents_of(model, keys)
        writings = [Writing(page, NOTHING, present[page.pk]) for page in some]
        write_contents(writings, status=Status.ARCHIVED)
        contents = {one.page.pk: one.written.content for one in writings}
        versions = keep_contents(model, contents, Kind.ARCHIVED, by=by)
        actions += [
            action_of(What.ARCHIVED, one.page, by=by, version=versions[one.page.pk], change_set=change_set)
            for one in writings
        ]
    DeskAction.objects.bulk_create(actions, batch_size=BATCH)
