"""Pay says with what it was compared and when, as every other statement of the guide does."""

from django.db import migrations, models

PAY = ("careers.rolepay", "careers.countrypay")
FIELDS = ("checked_on", "checked_against")
AGAINST = [
    ("live", "The live page of the source"),
    ("copy", "A stored copy of the source"),
    ("file", "A file of a release"),
    ("own", "Nothing: the editors’ own words"),
]


def as_it_was_loaded(apps, schema_editor):
    """Who goes back before this and forward again finds what the fixtures had said, and not an editor's change."""
    for record in apps.get_model("careers", "LoadedRow").objects.filter(model__in=PAY, written__has_key="checked_on"):
        row = apps.get_model(record.model)._base_manager.filter(pk=record.object_pk)
        row.update(**{name: record.written[name] for name in FIELDS})


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0040_sheets_in_parts"),
    ]

    operations = [
        *(
            migrations.AddField(model, name, field)
            for model in ("rolepay", "countrypay")
            for name, field in (
                (
                    "checked_on",
                    models.DateField(null=True, help_text="The day somebody last compared this with the source."),
                ),
                (
                    "checked_against",
                    models.CharField(
                        choices=AGAINST,
                        default="",
                        help_text="What you had before you on that day. Readers are told.",
                        max_length=4,
                        verbose_name="compared with",
                    ),
                ),
            )
        ),
        migrations.RunPython(as_it_was_loaded, migrations.RunPython.noop),
    ]
