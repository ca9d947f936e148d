from django.db import migrations, models


def build_index_anew(apps, schema_editor):
    """What has changed since it was built was not on record."""
    apps.get_model("careers", "SearchIndex").objects.update(revision=0)


def take_triggers_down(apps, schema_editor):
    """They name the table that goes. Those of before are put up again when migrating is done."""
    if schema_editor.connection.vendor == "postgresql":
        for name in ("careers_note_change", "careers_note_everything"):
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' "
            "AND (sql LIKE '%careers_change%' OR sql LIKE '%careers_searchtext%')"
        )
        names = [name for (name,) in cursor.fetchall()]
    for name in names:
        schema_editor.execute(f'DROP TRIGGER "{name}"')


class Migration(migrations.Migration):
    dependencies = [("careers", "0016_removed")]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("noun", models.CharField(max_length=20)),
                ("object_pk", models.PositiveBigIntegerField()),
                ("number", models.PositiveBigIntegerField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["noun", "object_pk"],
                        name="change_object_once",
                        violation_error_message="This object is on record already.",
                    )
                ]
            },
        ),
        migrations.RunPython(build_index_anew, take_triggers_down),
    ]
