"""The `Host` of a request is the visitor's own word: no mail and no page for others takes anything of it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from careers.web.public_pages import kept_by_path, kept_by_query
from careers.web.site_url import at_site, site_url_of
from tests.factories import make_user

LINK = re.compile(r"https?://\S+")
HOSTS = ["testserver:1234", "testserver:65535", "localhost:81", "127.0.0.1:22", "[::1]:9"]


def links_of_all_mails(mailoutbox):
    """Mails of accounts: of a forgotten password, of signing up with an address that is free and one that is taken."""
    return {link for mail in mailoutbox for link in LINK.findall(mail.body)}


@pytest.mark.django_db
@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("site", ["https://careers.example.org", ""])
def test_no_mail_leads_to_a_port_that_a_visitor_named(with_mail, settings, mailoutbox, host, site):
    settings.SITE_URL_SET, settings.ALLOWED_HOSTS = site, ["testserver", "localhost", "127.0.0.1", "[::1]"]
    user = make_user()
    client = Client(headers={"Host": host})
    client.post(reverse("account_reset_password"), {"email": user.email})
    for email in ("new@example.org", user.email):
        client.post(reverse("account_signup"), {"email": email, "password1": "a long phrase of words"})
    own = site or f"http://{host.rpartition(':')[0]}:80"
    links = links_of_all_mails(mailoutbox)
    assert len(mailoutbox) == 3
    assert len(links) >= 4
    assert {link for link in links if not link.startswith(f"{own}/")} == set()


@pytest.mark.parametrize(
    ("host", "options", "address"),
    [
        ("testserver", {}, "http://testserver"),
        ("testserver:8001", {"SERVER_PORT": "8001"}, "http://testserver:8001"),
        ("testserver:1234", {"SERVER_PORT": "8001"}, "http://testserver:8001"),
        ("testserver:1234", {"SERVER_PORT": "8001", "BEHIND_PROXY": True}, "http://testserver"),
        ("testserver:8001", {"SERVER_PORT": "8001", "BEHIND_PROXY": True}, "http://testserver"),
        ("testserver:9443", {"CSRF_TRUSTED_ORIGINS": ["http://testserver:9443"]}, "http://testserver:9443"),
        ("testserver:1234", {"SITE_URL_SET": "https://careers.example.org"}, "https://careers.example.org"),
    ],
)
def test_the_portals_address_is_what_can_be_believed(rf, settings, host, options, address):
    for name in {"BEHIND_PROXY", "CSRF_TRUSTED_ORIGINS", "SITE_URL_SET"} & set(options):
        setattr(settings, name, options[name])
    request = rf.get("/", HTTP_HOST=host, SERVER_PORT=options.get("SERVER_PORT", "80"))
    assert site_url_of(request) == address
    assert at_site(request, f"http://{host}/a/?b=http://{host}/") == f"{address}/a/?b=http://{host}/"
    assert at_site(request, "https://www.onetcenter.org/") == "https://www.onetcenter.org/"


PUBLIC = ["home", "role-list", "skill-list", "certification-list", "route-map", "question-list", "exit-list"]


@pytest.mark.django_db
@pytest.mark.parametrize("site", ["https://careers.example.org", ""])
def test_a_page_for_everybody_is_kept_once_whatever_a_visitor_makes_up(settings, site):
    settings.ALLOWED_HOSTS, settings.SITE_URL_SET = ["*"], site
    for name in PUBLIC:
        Client(headers={"Host": "first.example"}).get(reverse(name))
    at_first = {*kept_by_path, *kept_by_query}
    assert len(at_first) >= len(PUBLIC) - 1
    for name in PUBLIC:
        answers = set()
        for number in range(5):
            headers = {"Host": f"h{number}.example:{8000 + number}", "X-Forwarded-Host": f"x{number}.example"}
            response = Client(headers=headers).get(reverse(name), {f"unread{number}": "x", "utm_source": str(number)})
            assert response.status_code == 200
            answers.add(response.content)
        assert len(answers) == 1
        assert not re.search(rb"h\d\.example", answers.pop())
    assert {*kept_by_path, *kept_by_query} == at_first
