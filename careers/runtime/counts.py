"""Where limits are counted: in Redis, and in the database as long as Redis is away or full.

The `default` cache. Whatever limits what somebody may do (sign-ins, sign-ups, guests, uploads, codes that open once)
keeps its counts in it, so it has to take them always: who cannot be counted would go unlimited. A Redis that stopped,
hangs, is full or takes no writes costs one request a fraction of a second; then nobody asks it for a few seconds, until
one tries again by writing. Counts are not carried over: who was near a limit has it once more, never more often.
"""

import base64
import hashlib
import logging
import pickle
from functools import cache
from threading import Lock
from time import monotonic

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache
from django.db import transaction
from django.utils import timezone
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as Lost
from redis.exceptions import RedisError
from redis.retry import Retry

from careers.lib.asking import AskAgain
from careers.runtime.models import Count

log = logging.getLogger(__name__)
FAILURES = (RedisError, OSError)
AGAIN = 5  # seconds until one request tries again
SAID = 60  # seconds between two lines in the log
MOST_COUNTS = 100_000  # rows, of some 200 bytes each
# A connection that was kept over a restart is opened anew at once; who does not answer is asked no second time.
TIMEOUTS = {
    "socket_timeout": 0.3,
    "socket_connect_timeout": 0.3,
    "retry": Retry(NoBackoff(), 1, supported_errors=(Lost,)),
}


class Breaker:
    """Asks nothing of what has just failed. Shared by all threads."""

    def __init__(self):
        self.lock, self.again = Lock(), AskAgain(AGAIN)
        self.said_at, self.is_said = None, False

    def lets(self, try_it):
        """Whether to ask. After a while one caller finds out, with `try_it`; meanwhile the others do not ask."""
        if not self.again.lets():
            return False
        if not self.again.has_failed:
            return True
        try:
            try_it()
        except FAILURES as error:
            self.trip(error)
            return False
        self.again.answered()
        with self.lock:
            was_said, self.is_said = self.is_said, False
        if was_said:
            log.warning("The cache takes counts again.")
        return True

    def trip(self, error):
        self.again.failed()
        with self.lock:
            if self.said_at is not None and monotonic() - self.said_at < SAID:
                return
            self.said_at, self.is_said = monotonic(), True
        log.error("The cache takes no counts, so limits are counted in the database: %s", reason_of(error))


def reason_of(error):
    """One short line."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


@cache
def breaker_of(server):
    """Django makes a cache for each thread; they share what they found out."""
    return Breaker()


class RedisCounts(BaseCache):
    """`CACHE_URL` of Redis."""

    def __init__(self, server, params):
        super().__init__(params)
        options = {**TIMEOUTS, **params.get("OPTIONS", {})}
        self.redis = RedisCache(server, {**params, "OPTIONS": options})
        self.database = DatabaseCounts()
        self.breaker = breaker_of(str(server))

    def probe(self):
        """Raises one of `FAILURES` where Redis takes no counts; a full one still answers who only reads."""
        self.redis.set("probe", 1, AGAIN)

    def ask(self, name, *args, **kwargs):
        if self.breaker.lets(self.probe):
            try:
                return getattr(self.redis, name)(*args, **kwargs)
            except FAILURES as error:
                self.breaker.trip(error)
        return getattr(self.database, name)(*args, **kwargs)

    def add(self, *args, **kwargs):
        return self.ask("add", *args, **kwargs)

    def get(self, *args, **kwargs):
        return self.ask("get", *args, **kwargs)

    def set(self, *args, **kwargs):
        return self.ask("set", *args, **kwargs)

    def touch(self, *args, **kwargs):
        return self.ask("touch", *args, **kwargs)

    def delete(self, *args, **kwargs):
        return self.ask("delete", *args, **kwargs)

    def incr(self, *args, **kwargs):
        return self.ask("incr", *args, **kwargs)

    def clear(self):
        self.ask("clear")
        self.database.clear()


class DatabaseCounts(DatabaseCache):
    """The rows of `Count`. They name nobody: of a key, which may have a network address, only the hash is kept."""

    def __init__(self):
        super().__init__(Count._meta.db_table, {"MAX_ENTRIES": MOST_COUNTS, "KEY_FUNCTION": hashed})

    def incr(self, key, delta=1, version=None):
        """For as long as it was kept before. Django's own keeps it for five more minutes, and loses others' counts."""
        with transaction.atomic():
            rows = Count.objects.filter(pk=self.make_and_validate_key(key, version=version), expires__gt=timezone.now())
            if rows.select_for_update().first() is None:
                raise ValueError("There is no such count.")
            value = self.get(key, version=version) + delta
            rows.update(value=base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode("ascii"))
        return value


def hashed(key, prefix, version):
    return hashlib.sha256(f"{prefix}:{version}:{key}".encode("utf-8", "surrogatepass")).hexdigest()
