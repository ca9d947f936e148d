"""What the desk's forms show of many pages at once: the draft where there is one, else what readers see."""

from dataclasses import dataclass
from typing import Any

from careers.desk.selectors.states import drafts_by_page
from careers.desk.sheets.rules.values import CellKind
from careers.desk.sheets.selectors.columns import row_columns
from careers.guide.models.desk.drafts import Draft
from careers.guide.models.publishing import GuideModel
from careers.guide.rules.snapshots import content_digest
from careers.guide.selectors.snapshots import contents_of, fields_of, hanging_rows, many_of

AT_ONCE = 500  # pages that are read together


@dataclass
class Standing:
    """A page with what it says at the desk; `digest` is that of the version that an editor would go on from."""

    page: Any
    content: dict[str, Any]
    digest: str
    draft: Draft | None

    @property
    def is_shown(self):
        return self.page.status in GuideModel.KNOWN


def standings_of(model, keys, slugs):
    """{key: Standing}. Some fifteen queries. `slugs` are {noun: {key: slug}} of what there is: rows about a page that
    is gone are left out.
    """
    pages, contents, drafts = model._base_manager.in_bulk(keys), contents_of(model, keys), drafts_by_page(model, keys)
    found = {}
    for key, page in pages.items():
        content, draft = contents[key], drafts.get(key)
        digest = content_digest(content)
        if draft and draft.head and page.status in GuideModel.KNOWN:
            content, digest = with_draft(model, content, draft.head.content), draft.head.digest
        found[key] = Standing(page, whole_rows(model, content, slugs), digest, draft)
    return found


def with_draft(model, present, drafted):
    """A field that the draft does not know is as it is now, one that the page no longer has is left out."""
    fields = {name: value for name, value in drafted["fields"].items() if name in fields_of(model)}
    many = {name: keys for name, keys in drafted["many"].items() if name in many_of(model)}
    rows = {name: rows for name, rows in drafted["rows"].items() if name in hanging_rows(model)}
    return {
        "fields": {**present["fields"], **fields},
        "many": {**present["many"], **many},
        "rows": {**present["rows"], **rows},
        "names": {**present["names"], **drafted["names"]},
    }


def whole_rows(model, content, slugs):
    rows = {}
    for relation, entries in content["rows"].items():
        named = [
            (one.name, slugs[one.noun]) for one in row_columns(model, relation).values() if one.kind is CellKind.PAGE
        ]
        rows[relation] = [row for row in entries if all(row["fields"].get(name) in there for name, there in named)]
    many = {}
    for name, keys in content["many"].items():
        there = slugs[many_of(model)[name].related_model._meta.label_lower]
        many[name] = [key for key in keys if key in there]
    return {**content, "rows": rows, "many": many}
