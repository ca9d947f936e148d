"""Texts with line breaks as browsers send them are stored with ours, as if they had been stored plain from the start.

Forms of before kept what the browser sent, so that a page which was saved untouched read as changed: to `load_guide`,
and to whoever had saved it. What they saw then (`seen`) is repaired with it.
"""

import re

from django.db import IntegrityError, migrations, models, transaction
from django.db.models.functions import Cast

RETURN = "\r"
RETURN_IN_JSON = r"\r"
AS_GIVEN = {("loadedrow", "fixture")}  # is compared with the file


def make_plain(apps, schema_editor):
    using = schema_editor.connection.alias
    for model in apps.get_app_config("careers").get_models():
        rows = model._base_manager.using(using)
        for row in in_doubt(rows, model).values():
            repaired = {name: plain(model._meta.get_field(name), value) for name, value in row.items()}
            changed = {name: value for name, value in repaired.items() if value != row[name]}
            if changed:
                write(rows.filter(pk=row[model._meta.pk.attname]), changed, using=using)


def in_doubt(rows, model):
    """The rows with such a line break in any of their texts; one look at each table."""
    found = models.Q(pk__in=[])
    for column in model._meta.concrete_fields:
        if is_text(column):
            found |= models.Q(**{f"{column.attname}__contains": RETURN})
        elif isinstance(column, models.JSONField):
            rows = rows.alias(**{f"{column.attname}_text": Cast(column.attname, models.TextField())})
            found |= models.Q(**{f"{column.attname}_text__contains": RETURN_IN_JSON})
    return rows.filter(found)


def is_text(column):
    return isinstance(column, models.CharField | models.TextField)


def plain(column, value):
    if (column.model._meta.model_name, column.attname) in AS_GIVEN:
        return value
    if isinstance(column, models.JSONField):
        return plain_json(value)
    if not isinstance(value, str) or RETURN not in value or not is_text(column):
        return value
    breaks, mended = ("[\r\n]+", " ") if isinstance(column, models.CharField) else ("\r\n|\r", "\n")
    return re.sub(breaks, mended, value).strip()


def plain_json(value):
    if isinstance(value, str):
        return re.sub("\r\n|\r", "\n", value)
    if isinstance(value, list):
        return [plain_json(one) for one in value]
    if isinstance(value, dict):
        return {plain_json(name): plain_json(one) for name, one in value.items()}
    return value


def write(row, changed, *, using):
    """A name that another row has already stays as it is: it is a person's own, and they can tell the two apart."""
    try:
        with transaction.atomic(using=using):
            row.update(**changed)
    except IntegrityError:
        pass


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0006_plans"),
    ]

    operations = [
        # What is plain is plain on the way back, too.
        migrations.RunPython(make_plain, migrations.RunPython.noop),
    ]
