"""Lists at the desk that grow with people: mails by their day, and accounts by how their e-mail begins."""

from django.db import migrations, models

# SQLite looks it up in the index that says that each is there once; PostgreSQL's own order may be a language's.
BY_BEGINNING = 'CREATE INDEX user_email_begins ON careers_user (LOWER("email") text_pattern_ops)'


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(BY_BEGINNING)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX user_email_begins")


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0028_typing_and_remarks"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="remindermail",
            index=models.Index(fields=["created_at"], name="careers_rem_created_2142ae_idx"),
        ),
        migrations.RunPython(forwards, backwards),
    ]
