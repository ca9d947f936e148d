"""What the guide's own fixtures hold, so that tests name no number that a new page changes."""

import json
from functools import cache

from careers.guide.services.loading import FILES, FIXTURES


@cache
def fields_in_fixtures(noun):
    """The fields of each row of a model, such as “role”, in the order of the fixtures."""
    rows = [row for name in FILES for row in json.loads((FIXTURES / f"{name}.json").read_text())]
    return [row["fields"] for row in rows if row["model"] == f"careers.{noun}"]
