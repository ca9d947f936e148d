"""What the portal needs of other programs and of the disk, and whether it is there: for `/readyz`."""

import tempfile
from pathlib import Path
from threading import Lock
from time import monotonic

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from careers.runtime.lock_timeout import brief_lock_timeout

FRESH = 2  # seconds that an answer is kept, so that nobody makes work by asking often
OK = "ok"


class Readiness:
    """`readiness()` is `{"database": "ok", …}`, or in words what is missing. It names no host and no secret."""

    def __init__(self):
        self.lock = Lock()
        self.forget()

    def __call__(self):
        with self.lock:
            if self.looked_at is None or monotonic() - self.looked_at > FRESH:
                self.found = {**database(), "cache": cache(), "storage": storage()}
                self.looked_at = monotonic()
            return self.found

    def forget(self):
        self.looked_at = None


readiness = Readiness()


def is_ready(found):
    """The portal goes on without its cache (`careers.runtime.counts`): to take every machine away for it would stop
    all.
    """
    return all(found[name] == OK for name in ("database", "migrations", "storage"))


def database():
    try:
        with brief_lock_timeout():
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            return {"database": OK, "migrations": migrations()}
    except (DatabaseError, OSError):
        return {"database": "does not answer", "migrations": "not known without the database"}


def migrations():
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return f"{waiting} wait: manage.py migrate" if waiting else OK


def cache():
    """A cache that is not Redis is this process's own, or a kind that says by itself what it lacks."""
    counts = caches["default"]
    try:
        counts.probe() if hasattr(counts, "probe") else counts.set("probe", 1, 5)
    except Exception:  # each kind of cache has errors of its own
        return "takes no counts; limits are counted in the database"
    return OK


def storage():
    """Whether a file of somebody could be kept. The folder is made with the first one, so its parent may do for it."""
    place = Path(settings.STORAGES["private"]["OPTIONS"]["location"])
    there = next((folder for folder in (place, *place.parents) if folder.exists()), place)
    try:
        with tempfile.TemporaryFile(dir=there) as file:
            file.write(b"1")
            file.flush()
    except OSError:
        return "takes no files"
    return OK
