"""Pages that were deleted at the desk, with their last words, which stay in the history."""

from dataclasses import dataclass

from careers.desk.selectors.differences import content_differences
from careers.desk.selectors.states import moment_here, name_of_user
from careers.guide.models.desk.drafts import DeskAction
from careers.guide.models.versions import Version
from careers.guide.selectors.snapshots import page_model


@dataclass(frozen=True)
class DeletedPage:
    """`key` is that of its last version."""

    key: int
    name: str
    noun: str
    line: str


def deletions(nouns):
    """The deletions of pages of these nouns, the latest first, as rows of the log."""
    labels = [model._meta.label_lower for model in nouns]
    rows = DeskAction.objects.filter(what=DeskAction.What.DELETED, model__in=labels, version__isnull=False)
    return rows.select_related("by").order_by("-at", "-pk")


def deleted_pages(rows):
    return [
        DeletedPage(
            row.version_id,
            row.page_name,
            str(page_model(row.model)._meta.verbose_name),
            f"deleted by {name_of_user(row.by)}, {moment_here(row.at)}",
        )
        for row in rows
    ]


def last_version(key, nouns):
    """The last version of a page of these nouns that was deleted; None for any other key."""
    labels = [model._meta.label_lower for model in nouns]
    return Version.objects.filter(pk=key, kind=Version.Kind.DELETED, model__in=labels).first()


def name_of_deleted(version):
    row = DeskAction.objects.filter(version=version, what=DeskAction.What.DELETED).first()
    return row.page_name if row else f"number {version.page_pk}"


def last_words(version):
    """Its last content, place by place, against a page that says nothing."""
    content = version.content
    empty = {
        "fields": dict.fromkeys(content["fields"], ""),
        "many": {name: [] for name in content["many"]},
        "rows": {name: [] for name in content["rows"]},
        "names": {},
    }
    found = content_differences(page_model(version.model), empty, content)
    return [one for one in found if one.lines or one.before != one.after]
