"""Pages of a noun as sheets: one for what they say, one for each kind of row that hangs on them."""

from django.template.defaultfilters import slugify

from careers.desk.sheets.rules.tables import write_csv, write_zip
from careers.desk.sheets.rules.values import CellKind, cell_of
from careers.desk.sheets.rules.workbooks import Sheet, write_workbook
from careers.desk.sheets.selectors.columns import (
    KEY,
    STATE_TITLE,
    WAS_TITLE,
    page_columns,
    row_columns,
    sheet_titles,
    slugs_to_write,
    title_of,
)
from careers.desk.sheets.selectors.standing import AT_ONCE, standings_of
from careers.guide.models.desk.drafts import Draft
from careers.guide.selectors.snapshots import hanging_rows, page_model
from careers.lib.words import capital

MOST_OFFERED = 5000  # pages in a list to choose from
YES_NO = ("yes", "no")


def keys_of(model):
    """Of all pages, in the order that editors gave."""
    return list(model._base_manager.order_by(*model._meta.ordering).values_list("pk", flat=True))


def sheets_of(model, keys):
    """[Sheet] of these pages. As many queries a page for a thousand as for five hundred."""
    slugs, columns = slugs_to_write(model), page_columns(model)
    pages, rows = [], {relation: [] for relation in hanging_rows(model)}
    for start in range(0, len(keys), AT_ONCE):
        part = keys[start : start + AT_ONCE]
        found = standings_of(model, part, slugs)
        for one in (found[key] for key in part if key in found):
            pages.append(page_row(columns, one, slugs))
            for relation, lines in rows.items():
                lines += rows_of(model, relation, one, slugs)
    first = Sheet(title_of(model), page_head(model), pages, frozen=2)
    return [first, *(Sheet(sheet_titles(model)[name], row_head(model, name), rows[name]) for name in rows)]


def page_head(model):
    return [*(column.title for column in page_columns(model).values()), WAS_TITLE, STATE_TITLE]


def row_head(model, relation):
    return [capital(str(model._meta.verbose_name)), *(one.title for one in row_columns(model, relation).values())]


def slug_of(standing):
    """As the draft has it; the slug of a move is made from its ends, and no draft has it."""
    return standing.content["fields"].get(KEY, standing.page.slug)


def page_row(columns, standing, slugs):
    content, slug = standing.content, slug_of(standing)
    said = {**content["fields"], **content["many"], KEY: slug}
    cells = [cell_of(column, said.get(name), slugs) for name, column in columns.items()]
    return [*cells, standing.page.slug if standing.page.slug != slug else None, state_of(standing)]


def state_of(standing):
    """“Published, draft in review”. Never read."""
    words = [standing.page.get_status_display()]
    if standing.draft and (standing.is_shown or standing.draft.state != Draft.State.EDITING):
        state = Draft.State(standing.draft.state)
        words.append("draft" if state is Draft.State.EDITING else f"draft {state.label.lower()}")
    return ", ".join(words)


def rows_of(model, relation, standing, slugs):
    columns = row_columns(model, relation)
    lines = [
        [cell_of(column, row["fields"].get(name), slugs) for name, column in columns.items()]
        for row in standing.content["rows"].get(relation, ())
    ]
    return [[slug_of(standing), *line] for line in sorted(lines, key=lambda line: [str(cell) for cell in line])]


def allowed_words(model):
    """[(heading, words)] of what a cell may choose from, and {(title of the sheet, title of the column): number}."""
    allowed, numbers = [], {}
    places = [(title_of(model), page_columns(model))]
    places += [(sheet_titles(model)[name], row_columns(model, name)) for name in hanging_rows(model)]
    known = {}
    for sheet, columns in places:
        for column in columns.values():
            words, about = words_of(column), column.noun or column.title
            if words and (about, words) not in known:
                known[about, words] = len(allowed)
                allowed.append((heading_of(column), words))
            if words and column.kind is not CellKind.PAGES:
                numbers[sheet, column.title] = known[about, words]
    return allowed, numbers


def heading_of(column):
    return capital(str(page_model(column.noun)._meta.verbose_name_plural)) if column.noun else column.title


def words_of(column):
    if column.kind is CellKind.YES_NO:
        return YES_NO
    if column.kind is CellKind.CHOICE:
        return tuple(label for value, label in column.choices if value != "")
    if column.noun:
        return tuple(
            page_model(column.noun)._base_manager.order_by("slug").values_list("slug", flat=True)[:MOST_OFFERED]
        )
    return ()


def workbook_of(model, sheets):
    """An XLSX. Raises `CellTooLong`."""
    allowed, numbers = allowed_words(model)
    for sheet in sheets:
        sheet.lists = {
            place: numbers[sheet.title, title]
            for place, title in enumerate(sheet.head)
            if (sheet.title, title) in numbers
        }
    return write_workbook(sheets, allowed)


def template_of(model):
    """The same without pages."""
    heads = [Sheet(title_of(model), page_head(model)[:-1], [], frozen=2)]
    heads += [Sheet(title, row_head(model, relation), []) for relation, title in sheet_titles(model).items()]
    return workbook_of(model, heads)


def csv_of(sheets):
    """(content, ending): of one sheet a CSV, of several a zip with one a sheet."""
    files = {str(slugify(sheet.title)): [sheet.head, *sheet.rows] for sheet in sheets}
    if len(files) == 1:
        return write_csv(*files.values()), "csv"
    return write_zip(files), "zip"


FORMATS = {"xlsx": "Excel workbook (XLSX)", "csv": "CSV"}


def file_of(model, keys, kind):
    """(content, ending) of the pages with these keys. Raises `CellTooLong`."""
    sheets = sheets_of(model, keys)
    return csv_of(sheets) if kind == "csv" else (workbook_of(model, sheets), "xlsx")
