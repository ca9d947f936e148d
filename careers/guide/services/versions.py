"""What a page said is kept: by the desk at each save, and whenever something else is found to have written."""

from functools import cache
from pathlib import Path

from django.db import transaction
from django.db.models import Max

import careers
from careers.guide.models.publishing import GuideModel
from careers.guide.models.revisions import Revision
from careers.guide.models.versions import Version
from careers.guide.rules.snapshots import content_digest
from careers.guide.selectors.snapshots import content_of, contents_of

BATCH = 500


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
    last = versions_of(page).aggregate(last=Max("number"))["last"] or 0
    values = columns(page._meta.label_lower, page.pk, last + 1, content, kind, by)
    return Version.objects.create(**values, note=note, **typing)


def keep_versions(model, keys, kind, *, by=None):
    """The same for many pages of a noun as they are now. As many queries for a thousand as for one."""
    label = model._meta.label_lower
    known = Version.objects.filter(model=label, page_pk__in=keys).order_by()
    last = dict(known.values_list("page_pk").annotate(Max("number")))
    Version.objects.bulk_create(
        [
            Version(**columns(label, key, last.get(key, 0) + 1, content, kind, by))
            for key, content in contents_of(model, keys).items()
        ],
        batch_size=BATCH,
    )


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

    Of a page that readers know, drafts are no such version; what was saved while it was written never is.
    """
    content = content_of(page)
    if (last := latest_of_rows(page)) and last.digest == content_digest(content):
        return last
    with transaction.atomic():
        Revision.lock()
        content = content_of(page)
        if (last := latest_of_rows(page)) and last.digest == content_digest(content):
            return last
        return keep_version(page, content, Version.Kind.FOUND)


def latest_of_rows(page):
    known = versions_of(page).exclude(kind__in=(Version.Kind.ASIDE, Version.Kind.AUTOSAVED))
    if page.status in GuideModel.KNOWN:
        known = known.filter(kind__in=(*Version.SHOWN, Version.Kind.ARCHIVED))
    return known.first()
