"""The full-text side of the search index: FTS5 on SQLite, a stored tsvector with a GIN index on PostgreSQL."""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE careers_searchtext USING fts5("
    "title_text, alternate_text, summary_text, body_text, "
    "content='careers_searchentry', content_rowid='id', tokenize='unicode61', prefix='2 3')"
]
POSTGRESQL = [
    "ALTER TABLE careers_searchentry ADD COLUMN document tsvector GENERATED ALWAYS AS "
    "(to_tsvector('simple', title_text || ' ' || alternate_text || ' ' || summary_text || ' ' || body_text)) STORED",
    "CREATE INDEX careers_searchentry_document ON careers_searchentry USING gin (document)",
]
BACK = {
    "sqlite": ["DROP TABLE careers_searchtext"],
    "postgresql": ["ALTER TABLE careers_searchentry DROP COLUMN document"],
}


def run(schema_editor, statements):
    for statement in statements:
        schema_editor.execute(statement)


def forwards(apps, schema_editor):
    run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor])


def backwards(apps, schema_editor):
    run(schema_editor, BACK[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("careers", "0001_guide")]
    operations = [migrations.RunPython(forwards, backwards)]
