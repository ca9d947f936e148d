"""How many queries something costs, so that a test can say that the cost does not grow with the rows."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(call):
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


def queries_of_page(client, address):
    """The same for a page, which has to be there."""
    statuses = []
    queries = queries_of(lambda: statuses.append(client.get(address).status_code))
    assert statuses == [200]
    return queries
