from django.db import connection


def refresh_titles():
    """Bring SQLite's full-text side of the titles up to date, and tell PostgreSQL's planner how many there are now."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO careers_occupationtext(careers_occupationtext) VALUES ('rebuild')")
        else:
            cursor.execute("ANALYZE careers_occupationtitle")
