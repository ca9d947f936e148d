from django.db import connection


def refresh_titles():
    """Bring SQLite's full-text side of the titles up to date. PostgreSQL's indexes follow by themselves."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO careers_occupationtext(careers_occupationtext) VALUES ('rebuild')")
