"""Noting what was taken out."""

from careers.desk.services.log import note_sheet
from careers.desk.sheets.selectors.columns import title_of
from careers.guide.models.desk.drafts import DeskAction
from careers.lib.words import counted


def note_export(*, model, count, ending, by):
    nouns = f"{model._meta.verbose_name},{model._meta.verbose_name_plural}"
    note = f"{counted(count, nouns)} as {ending.upper()}."
    note_sheet(DeskAction.What.EXPORTED, title_of(model), by=by, note=note)
