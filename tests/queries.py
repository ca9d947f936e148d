"""How many queries something costs, so that a test can say that the cost does not grow with the rows."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.guide.models.roles import Role


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


def queries_of_pages(client, addresses, *, settle=("/search/?q=settle", "/roles/", "/paths/plan/?from=x")):
    """{address: queries} of public pages at a new revision of the guide, when none is kept.

    The pages to `settle` are asked first and pay for what the process keeps of a revision: index, facets and network.
    """
    Role.objects.update(team_size="a new revision")
    for address in settle:
        client.get(address)
    return {address: queries_of_page(client, address) for address in addresses}
