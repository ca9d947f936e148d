"""Which rows have the words that somebody looks for: FTS5 on SQLite, a tsvector on PostgreSQL, and both find alike."""

from django.db import connection
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
