"""Django's PostgreSQL, which keeps no page waiting for a server that does not answer.

A stopped server refuses at once. One that is unreachable or frozen lets each request wait for `connect_timeout`, or in
a query for ever, as the limits that PostgreSQL itself keeps are frozen with it; soon every thread waits. So what is
asked for a page has an end on this side, too, and once one has waited in vain only one at a time asks.

A connection that was not opened for a page has no such limits: what a command does may take long.
"""

from contextlib import contextmanager
from functools import cache

from django.db.backends.postgresql import base
from psycopg.errors import _WaitTimeout as NoAnswer  # of `Connection.wait(timeout=…)`, which has no public name for it

from careers.lib.asking import AskAgain

LOCK, STATEMENT = 4, 5  # seconds that PostgreSQL gives a page: for the lock of somebody else, and for a query in all
ANSWER = 6  # seconds in which it says so, or it is frozen
AGAIN = 3  # seconds until the next one tries; as long as it may wait
NOT_NOW = "The server did not answer a moment ago."


@cache
def asking(host, port):
    """By server, for all threads."""
    return AskAgain(AGAIN)


class DatabaseWrapper(base.DatabaseWrapper):
    is_for_page = False  # whether a request is being answered: `careers.runtime.outages`
    answer_timeout = ANSWER

    def get_new_connection(self, conn_params):
        again = asking(conn_params.get("host"), conn_params.get("port"))
        if not self.answer_timeout or not again.lets():
            raise self.Database.OperationalError(NOT_NOW)
        try:
            connection = super().get_new_connection(conn_params)
        except self.Database.errors.ConnectionTimeout:
            again.failed()
            raise
        again.answered()
        if self.is_for_page:
            connection.wait = self.patiently(connection, connection.wait, again)
        return connection

    def init_connection_state(self):
        super().init_connection_state()
        if self.is_for_page:
            self.connection.execute(f"SET lock_timeout = '{LOCK}s'; SET statement_timeout = '{STATEMENT}s'")

    def patiently(self, connection, wait, again):
        """`wait` for whatever psycopg asks over this connection, with an end, after which the connection is closed."""

        def wait_patiently(asked, **options):
            if not again.lets():
                raise self.Database.OperationalError(NOT_NOW)
            try:
                result = wait(asked, **{**options, "timeout": self.answer_timeout})
            except NoAnswer:
                connection.close()
                if self.answer_timeout < ANSWER:  # who looks only for a moment proves nothing, and goes on without it
                    self.answer_timeout = 0
                else:
                    again.failed()
                raise
            again.answered()
            return result

        return wait_patiently

    @contextmanager
    def looking(self, *, seconds):
        """For who goes on without an answer."""
        self.answer_timeout = seconds
        try:
            yield
        finally:
            self.answer_timeout = ANSWER
