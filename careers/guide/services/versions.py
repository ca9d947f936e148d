"""What a page said is kept: by the desk at each save, and whenever something else is found to have written."""

from functools import cache
from pathlib import Path

from django.db import transaction
from django.db.models import Max, OuterRef, Subquery

import careers
from careers.guide.models.publishing import GuideModel
from careers.guide.models.revisions import Revision
from careers.guide.models.versions import Version
from careers.guide.rules.snapshots import content_digest
from careers.guide.selectors.snapshots import contents_of, name_references
from careers.guide.services.snapshot_rows import BATCH


@cache
def schema():
    """The latest migration, under which a content is made."""
    return max(path.stem for path in Path(careers.__path__[0]).glob("migrations/0*.py"))


def versions_of(page):
    return Version.objects.filter(model=page._meta.label_lower, page_pk=page.pk)


def keep_version(page, content, kind, *, by=None, note="", **typing):
    """Call it in a transaction that holds the guide's lock, so that no two have one number. `typing`: columns that say
    from which form it came.
    """
    values = columns(page._meta.label_lower, page.pk, last_number(page) + 1, content, kind, by)
    return Version.objects.create(**values, note=note, **typing)


def last_number(page):
    return versions_of(page).aggregate(last=Max("number"))["last"] or 0


def keep_versions(model, keys, kind, *, by=None):
    """The same for many pages of a noun as they are now."""
    keep_contents(model, contents_of(model, keys), kind, by=by)


def keep_contents(model, contents, kind, *, by=None, note=""):
    """{key: version} of `contents`, {key: content} of a noun. As many queries for a thousand as for one."""
    label = model._meta.label_lower
    known = Version.objects.filter(model=label, page_pk__in=contents).order_by()
    last = dict(known.values_list("page_pk").annotate(Max("number")))
    versions = [
        Version(**columns(label, key, last.get(key, 0) + 1, content, kind, by), note=note)
        for key, content in contents.items()
    ]
    return {one.page_pk: one for one in Version.objects.bulk_create(versions, batch_size=BATCH)}


def columns(label, key, number, content, kind, by):
    return {
        "model": label,
        "page_pk": key,
        "number": number,
        "kind": kind,
        "content": content,
        "digest": content_digest(content),
        "schema": schema(),
        "by": by,
    }


def current_version(page):
    """The version that the page's rows say; made now where something else than the desk has written them since.

    Of a page that readers know, drafts are no such version; what saved itself while it was written never is.
    """
    if found := said_by(unnamed_content(page), latest_of_rows(page)):
        return found
    with transaction.atomic():
        Revision.lock()
        version = version_of_rows(page, last=last_number(page))
        if version.pk is None:
            name_references(page._meta.model, [version.content])
            version.save()
        return version


def version_of_rows(page, *, last, known=None, is_latest=False):
    """As `current_version`, for who holds the guide's lock; one that is made now is not kept yet and names nothing.

    `last` is the number of the page's last version. `known` is a version that it may be, whether or not it `is_latest`
    of those that the rows may say.
    """
    content = unnamed_content(page)
    found = said_by(content, known) or (None if is_latest else said_by(content, latest_of_rows(page)))
    return found or Version(**columns(page._meta.label_lower, page.pk, last + 1, content, Version.Kind.FOUND, None))


def unnamed_content(page):
    return contents_of(page._meta.model, [page.pk], is_named=False)[page.pk]


def said_by(content, version):
    return version if version and version.digest == content_digest(content) else None


def current_versions(model, pages, contents):
    """{key: version} as `current_version`, of many `pages` of a noun whose `contents` somebody has read.

    Call it in a transaction that holds the guide's lock. A few queries for a thousand as for one.
    """
    found, label = {}, model._meta.label_lower
    for is_known in (True, False):
        keys = [page.pk for page in pages if (page.status in GuideModel.KNOWN) is is_known]
        if keys:
            same = of_rows(Version.objects.filter(model=label, page_pk=OuterRef("page_pk")), is_known=is_known)
            of_pages = Version.objects.filter(model=label, page_pk__in=keys).order_by()
            found |= {one.page_pk: one for one in of_pages.filter(pk=Subquery(same.values("pk")[:1]))}
    fresh = {page.pk: contents[page.pk] for page in pages if not said_by(contents[page.pk], found.get(page.pk))}
    if fresh:
        name_references(model, fresh.values())
        found |= keep_contents(model, fresh, Version.Kind.FOUND)
    return found


def latest_of_rows(page):
    return of_rows(versions_of(page), is_known=page.status in GuideModel.KNOWN).first()


def of_rows(versions, *, is_known):
    """Those that a page's rows may say, the latest first."""
    if is_known:
        return versions.filter(kind__in=Version.OF_READERS)
    return versions.exclude(kind__in=(Version.Kind.ASIDE, Version.Kind.AUTOSAVED))
