"""How tests with transactions of their own leave the database empty: without truncating what is empty already.

Django truncates every table and then fills in again what migrating leaves. That takes longer than most such tests.
"""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test import TransactionTestCase

from careers.guide.models.revisions import Change, Revision

LEFT_BY_MIGRATING = (ContentType, Permission)  # and one row of Revision
KEPT = {model._meta.db_table for model in (*LEFT_BY_MIGRATING, Revision, Change, MigrationRecorder.Migration)}

begin, empty_as_django_does = TransactionTestCase.__dict__["_fixture_setup"], TransactionTestCase._fixture_teardown


def patch(monkeypatch):
    monkeypatch.setattr(TransactionTestCase, "_fixture_setup", classmethod(remember))
    monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", empty)


def remember(case):
    begin.__func__(case)
    case.left_by_migrating = left_by_migrating()


def empty(self):
    """As it was after migrating. Where a test has changed what migrating leaves, Django puts it there again."""
    if left_by_migrating() != self.left_by_migrating:
        empty_as_django_does(self)
        return
    with transaction.atomic(), connection.cursor() as cursor:  # keys are looked at when it ends
        for table in tables_with_rows(cursor):
            cursor.execute(f'DELETE FROM "{table}"')


def left_by_migrating():
    rows = [list(model._base_manager.order_by("pk").values_list()) for model in LEFT_BY_MIGRATING]
    return rows, Revision.objects.filter(pk=1).exists()


def tables_with_rows(cursor):
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - KEPT
    cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in tables))
    return [name for (name,) in cursor.fetchall()]
