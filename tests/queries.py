"""How many queries something costs, so that a test can say that the cost does not grow with the rows."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.guide.models.roles import Role
from careers.guide.selectors.kept import KeptInStep, everything_kept


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
    """{address: queries} of public pages at a new revision of the guide, when the process keeps none of its objects.

    The pages to `settle` are asked first and pay for what is brought in step with a revision, such as the search index.
    """
    Role.objects.update(team_size="a new revision")
    for address in settle:
        client.get(address)
    return {address: queries_of_first(client, address) for address in addresses}


def queries_of_first(client, address):
    """Of a page that is asked for when this process keeps no object of the guide."""
    for kept in everything_kept:
        if not isinstance(kept, KeptInStep):
            kept.forget()
    return queries_of_page(client, address)
