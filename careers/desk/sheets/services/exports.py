"""What was taken out is noted where staff cannot change it."""

from careers.desk.sheets.selectors.columns import title_of
from careers.guide.models.drafts import DeskAction
from careers.lib.words import counted


def note_export(*, model, count, ending, by):
    nouns = f"{model._meta.verbose_name},{model._meta.verbose_name_plural}"
    DeskAction.objects.create(
        what=DeskAction.What.EXPORTED,
        model=model._meta.label_lower,
        page_pk=0,
        page_name=title_of(model),
        by=by,
        note=f"{counted(count, nouns)} as {ending.upper()}.",
    )
