"""What the desk's first page and the list of all nouns say of sheets."""

from dataclasses import dataclass

from django.urls import reverse

from careers.desk.selectors.first_page import MOST_SHOWN, Task, TaskList
from careers.desk.selectors.health import nouns_for
from careers.desk.sheets.selectors.columns import page_columns, title_of
from careers.desk.sheets.selectors.reports import line_of, waiting_sheets
from careers.guide.selectors.snapshots import page_model
from careers.lib.words import counted
from careers.occupations.models import Collection


@dataclass(frozen=True)
class NounSheets:
    title: str
    line: str
    url: str


def url_of_sheet(sheet):
    return reverse(
        f"admin:{page_model(sheet.model)._meta.label_lower.replace('.', '_')}_sheets_import", args=[sheet.pk]
    )


def sheets_for(user, now):
    """[TaskList] of the sheets that wait for this person, with the way to all others."""
    found = waiting_sheets(user, now)
    rows = list(found[:MOST_SHOWN])
    tasks = [Task(one.file_name, one.get_state_display(), url_of_sheet(one), line_of(one)) for one in rows]
    more = max(found.count() - len(rows), 0)
    url, text = reverse("admin:sheets"), "Take out or bring in a sheet"
    return [TaskList("Sheets", tasks, more, url, text)]


def nouns_with_sheets(user):
    """[NounSheets] of the nouns that this person may see."""
    return [
        NounSheets(
            title_of(model),
            f"{counted(model._base_manager.count(), 'page')}, {counted(len(page_columns(model)), 'column')}",
            reverse(f"admin:careers_{model._meta.model_name}_sheets"),
        )
        for model in nouns_for(user)
        if model is not Collection
    ]
