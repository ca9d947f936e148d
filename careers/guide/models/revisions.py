"""What the guide is now, and what was loaded into it.

A trigger on every guide table (see `careers.guide.models.triggers`) raises the revision, so a cached page or a search
index can ask one cheap question: has anything changed?
"""

from datetime import UTC

from django.db import DatabaseError, connection, models
from django.db.models import Q
from django.utils import timezone

from careers.runtime.due import whoever_comes_by

NOW = "SELECT number, next_due FROM careers_revision WHERE id = 1"


class Revision(models.Model):
    """One row that counts the changes of the guide; database triggers raise it.

    It also says when the next change is to happen that somebody has planned. Whoever asks after that moment makes it
    first (`careers.runtime.due`), so nothing has to run at that minute.
    """

    number = models.PositiveBigIntegerField(default=0)
    next_due = models.DateTimeField(null=True, blank=True, help_text="When something is to happen next, if at all.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="revision_is_single",
                condition=Q(pk=1),
                violation_error_message="There is one revision row.",
            )
        ]

    def __str__(self):
        return f"Revision {self.number}"

    @classmethod
    def current(cls):
        """The number of the guide's revision, 0 before the first change. One query, in words that are there already.

        Where something is due it is done before, unless in a transaction or by somebody else at this moment.
        """
        number, is_due = cls.asked()
        if is_due and not connection.in_atomic_block and whoever_comes_by():
            number, _ = cls.asked()
        return number

    @classmethod
    def asked(cls):
        """(number, whether something is due)."""
        with connection.cursor() as cursor:
            cursor.execute(NOW)
            return read(cursor.fetchone())

    @classmethod
    def at_a_glance(cls):
        """The same, asked below Django, which takes longer for it than a page takes that is kept.

        A connection that broke while nobody used it is opened anew, so that it needs no question of its own whether it
        is still there. Raises Django's errors.
        """
        connection.ensure_connection()
        try:
            return glance()
        except DatabaseError:
            if connection.in_atomic_block or connection.is_usable():
                raise
            connection.close()
            connection.ensure_connection()
            return glance()

    @classmethod
    def lock(cls):
        """Wait for whoever else is changing the guide, and make others wait until this transaction ends.

        Taken before the first change: the triggers lock the same row after each, and two locks in two orders deadlock.
        """
        cls.objects.select_for_update().filter(pk=1).first()


class Change(models.Model):
    """For each object of the guide the revision of its latest change; the triggers write it.

    So what was built from the guide is brought up to date by what has changed since, however much there is. A row that
    hangs on an object (a skill of a role) counts as a change of that object. What is gone stays on record.
    """

    EVERYTHING = "*"  # as `noun`: a table was emptied

    noun = models.CharField(max_length=20)
    object_pk = models.PositiveBigIntegerField()
    number = models.PositiveBigIntegerField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["noun", "object_pk"],
                name="change_object_once",
                violation_error_message="This object is on record already.",
            )
        ]

    def __str__(self):
        return f"{self.noun} {self.object_pk} in revision {self.number}"

    @classmethod
    def since(cls, number):
        """{model name of a noun: keys of its objects} that changed after revision `number`; None where all may have.

        One query, of as many rows as there are changes.
        """
        changed = {}
        for noun, key in cls.objects.filter(number__gt=number).values_list("noun", "object_pk"):
            changed.setdefault(noun, set()).add(key)
        return None if not number or cls.EVERYTHING in changed else changed


def glance():
    with connection.wrap_database_errors:
        return read(connection.connection.execute(NOW).fetchone())


def read(row):
    number, due = row or (0, None)
    return number, due is not None and is_past(due)


def is_past(moment):
    """SQLite's moments say no zone; they are of UTC."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) <= timezone.now()


class LoadedRow(models.Model):
    """The last that `load_guide` wrote to one row, so that it can tell an editor's change from its own work."""

    model = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    object_pk = models.PositiveBigIntegerField()
    fixture = models.JSONField(help_text="The fields as the fixture gave them.")
    written = models.JSONField(help_text="The same fields as the row read after loading.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["model", "key"],
                name="loadedrow_model_key",
                violation_error_message="This row is on record already.",
            )
        ]

    def __str__(self):
        return f"{self.model} {self.key}"
