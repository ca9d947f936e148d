"""Change sets, filled and published without a browser."""

from careers.desk.services.drafts import editing
from careers.desk.services.sets.drafts import put_drafts
from careers.desk.services.sets.publishing import publish_set
from careers.guide.services.versions import current_version


def content_with(page, rows=None, many=None, **fields):
    content = current_version(page).content
    return {
        **content,
        "fields": {**content["fields"], **fields},
        "rows": {**content["rows"], **(rows or {})},
        "many": {**content["many"], **(many or {})},
    }


def put(change_set, *pages, by=None):
    """`pages` are (page, what it is to say in other words)."""
    with editing():
        entries = [(page, content_with(page, **changes), current_version(page)) for page, changes in pages]
        return put_drafts(change_set, entries, by=by)


def publish(change_set, by=None, **options):
    with editing():
        return publish_set(change_set, by=by, **options)
