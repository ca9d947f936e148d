"""Which rows have the words that somebody looks for: FTS5 on SQLite, a tsvector on PostgreSQL, and both find alike."""

from django.db import connection, connections
from django.db.models import BooleanField, Func, Value

FINDS = {
    "postgresql": "%(table)s.document @@ to_tsquery('simple', %(expressions)s)",
    "sqlite": "%(table)s.id IN (SELECT rowid FROM %(index)s WHERE %(index)s MATCH %(expressions)s)",
}


def with_words(rows, terms, *, index, every=True):
    """The `rows` with every (or any) of `terms`, each a whole word or the beginning of one.

    `index` is SQLite's full-text table of theirs; on PostgreSQL they have a column `document`. Terms are normalised:
    letters and digits only, so they cannot carry an operator of either query language.
    """
    if not terms:
        return rows.none()
    if connection.vendor == "postgresql":
        query = (" & " if every else " | ").join(f"{term.word}:*" if term.begins else term.word for term in terms)
    else:
        query = (" AND " if every else " OR ").join(f'"{term.word}"' + "*" * term.begins for term in terms)
    names = {"table": rows.model._meta.db_table, "index": index}
    found = Func(Value(query), template=FINDS[connection.vendor], output_field=BooleanField(), **names)
    return rows.filter(found)


# SQLite's full-text table keeps no text of its own, so it has to be told the former one when a row goes.
COLUMNS = ("title_text", "alternate_text", "summary_text", "body_text")
FORMER = (
    "INSERT INTO careers_searchtext (careers_searchtext, rowid, {columns}) VALUES ('delete', OLD.id, {old_columns})"
)
NEW = "INSERT INTO careers_searchtext (rowid, {columns}) VALUES (NEW.id, {new_columns})"


def keep_full_text(*, using, **kwargs):
    """Triggers that keep SQLite's full text of the guide in step with its entries, put up after every `migrate`."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    if connection.vendor != "sqlite" or not {"careers_searchtext", "careers_change"} <= present:
        return  # before the migration from which on they are kept like this
    names = {
        "columns": ", ".join(COLUMNS),
        "old_columns": ", ".join(f"OLD.{name}" for name in COLUMNS),
        "new_columns": ", ".join(f"NEW.{name}" for name in COLUMNS),
    }
    former, new = FORMER.format(**names), NEW.format(**names)
    with connection.cursor() as cursor:
        for event, steps in {"INSERT": [new], "UPDATE": [former, new], "DELETE": [former]}.items():
            cursor.execute(
                f"CREATE TRIGGER IF NOT EXISTS careers_searchtext_{event.lower()} AFTER {event} ON careers_searchentry "
                f"BEGIN {'; '.join(steps)}; END"
            )
