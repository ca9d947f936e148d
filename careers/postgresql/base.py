"""Django's PostgreSQL, which does not wait again and again for a server that does not answer.

A stopped server refuses at once. One that is unreachable or hangs lets each request wait for `connect_timeout`, and
soon every thread, those for pages that need no database, too. So once one has waited in vain, only one at a time does.
"""

from time import monotonic

from django.db.backends.postgresql import base

SLOW = 1  # seconds: who is told sooner waits for nobody
AGAIN = 3  # seconds until the next one tries; as long as it may wait
asked_until = {}  # by server: until when nobody else asks


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params):
        server, begun = (conn_params.get("host"), conn_params.get("port")), monotonic()
        if begun < asked_until.get(server, 0):
            raise self.Database.OperationalError("The server did not answer a moment ago.")
        if server in asked_until:
            asked_until[server] = begun + AGAIN
        try:
            connection = super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            if monotonic() - begun > SLOW:
                asked_until[server] = monotonic() + AGAIN
            raise
        asked_until.pop(server, None)
        return connection
