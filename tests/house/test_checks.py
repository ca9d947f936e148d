"""What `check --deploy` says of settings that do not go together."""

import pytest

from careers.checks import site_is_named


@pytest.mark.parametrize(
    ("sends", "site", "warnings"),
    [
        (True, "https://localhost:8000", 1),
        (True, "https://careers.example.org", 0),
        (False, "http://localhost:8000", 0),
    ],
)
def test_mails_need_the_portals_address(settings, sends, site, warnings):
    settings.SENDS_EMAIL, settings.SITE_URL = sends, site
    assert len(site_is_named(None)) == warnings
