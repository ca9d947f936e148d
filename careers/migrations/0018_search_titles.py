"""The titles of occupations as the search of the guide reads texts: in the singular, and with what they deny as one word.

`import_onet` writes them so from now on; those that are there are read anew.
"""

from django.db import migrations

from careers.search.rules.texts import normalise, searchable

MOST_AT_ONCE = 500


def as_searched(apps, schema_editor):
    read_anew(apps, schema_editor, searchable)


def as_normalised(apps, schema_editor):
    read_anew(apps, schema_editor, normalise)


def read_anew(apps, schema_editor, read):
    """The short form is known as it was read before only, which is as good: it is a word or two."""
    rows = apps.get_model("careers", "OccupationTitle").objects.using(schema_editor.connection.alias)
    changed = []
    for row in rows.only("title", "title_text", "short_text").order_by("pk").iterator():
        before = row.title_text, row.short_text
        row.title_text, row.short_text = read(row.title)[:400], read(row.short_text)[:200]
        if before != (row.title_text, row.short_text):
            changed.append(row)
    rows.bulk_update(changed, ["title_text", "short_text"], batch_size=MOST_AT_ONCE)
    if changed and schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("INSERT INTO careers_occupationtext(careers_occupationtext) VALUES ('rebuild')")


class Migration(migrations.Migration):
    dependencies = [("careers", "0017_changes")]

    operations = [migrations.RunPython(as_searched, as_normalised)]
