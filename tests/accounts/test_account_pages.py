"""Every page of django-allauth is ours: our frame, nothing inline, kept by nobody."""

import re
from pathlib import Path

import allauth
import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.template.loader import get_template
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from tests.factories import make_user

THEIRS = Path(allauth.__file__).parent / "templates"
# Bases and pieces of allauth's own pages, and pages of what we do not offer.
NEVER_SHOWN = re.compile(
    r"base_\w+\.html|/base\.html|snippets/|_code|phone|login_code|by_passkey|account/email\.html|signup_form|trust|"
    r"email/base_\w+\.txt"
)
TEMPLATES = sorted(
    str(path.relative_to(THEIRS))
    for folder in ("account", "mfa")
    for path in (THEIRS / folder).rglob("*.*")
    if not NEVER_SHOWN.search(str(path.relative_to(THEIRS)))
)


def names(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name
        else:
            yield from names(pattern.url_patterns)


PAGES = sorted({name for name in names(get_resolver("allauth.urls").url_patterns) if name})


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_of_allauth_shows(name):
    assert Path(get_template(name).origin.name).is_relative_to(settings.BASE_DIR / "templates")


def address(name):
    for arguments in ([], ["abc"], ["abc", "def"], [key_of_passkey()]):
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    raise AssertionError(f"{name} wants something unknown")


def key_of_passkey():
    return Authenticator.objects.filter(type="webauthn").values_list("pk", flat=True).first() or 1


def is_ours(response):
    assert "no-store" in response["Cache-Control"] or "private" in response["Cache-Control"]
    if response.status_code != 200 or response["Content-Type"].startswith("text/plain"):
        return response.status_code in (200, 302)
    page = response.text
    inline = re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=", page)
    return 'class="site-header"' in page and 'name="robots" content="noindex"' in page and not inline


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_a_visitor_meets_our_pages_only(client, name):
    assert is_ours(client.get(address(name))), name


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_a_person_meets_our_pages_only(client, name):
    user = make_user(password="a long passphrase")
    client.force_login(user)
    confirm(client)
    assert is_ours(client.get(address(name))) or name in ONLY_WITH_A_SECOND_STEP, name


ONLY_WITH_A_SECOND_STEP = {
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
}


def confirm(client):
    client.post(reverse("account_reauthenticate"), {"password": "a long passphrase"})
