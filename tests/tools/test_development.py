"""`make dev`: with what helps whoever develops, and apart from every portal that is in use."""

import json
import os
import subprocess
import sys
import tomllib

from django.conf import settings

from bpo_portal.env import BASE_DIR

ASK = """
import django, json
django.setup()
from bpo_portal.development import settings
from bpo_portal.development.urls import urlpatterns
names = "DEBUG", "DATABASES", "MIDDLEWARE", "INSTALLED_APPS", "CONTENT_SECURITY_POLICY", "SENDS_EMAIL", "SITE_URL_SET"
folders = [settings.MAIL_DIR, settings.STORAGES["private"]["OPTIONS"]["location"]]
routes = [str(one.pattern) for one in urlpatterns]
found = {name: getattr(settings, name) for name in names} | {"folders": folders, "routes": routes}
print(json.dumps(found, default=str))
"""
IN_USE = {
    "DATABASE_URL": "postgres://portal:secret@db.example/portal",
    "EMAIL_URL": "smtp://mail.example",
    "PRIVATE_ROOT": "/srv/private",
    "MAIL_DIR": "/srv/mail",
    "SITE_URL": "https://careers.example",
    "HTTPS": "1",
    "SECRET_KEY": "of the portal in use",
}


def development(tmp_path):
    """Its settings where the environment and the .env are those of a portal in use."""
    of_use = tmp_path / ".env"
    of_use.write_text("".join(f"{name}={value}\n" for name, value in IN_USE.items()))
    known = {
        **os.environ,
        **IN_USE,
        "ENV_FILE": str(of_use),
        "DJANGO_SETTINGS_MODULE": "bpo_portal.development.settings",
    }
    done = subprocess.run([sys.executable, "-c", ASK], env=known, cwd=BASE_DIR, capture_output=True, check=True)
    return json.loads(done.stdout)


def test_developing_touches_nothing_of_a_portal_in_use_and_keeps_its_policy(tmp_path):
    asked, folder = development(tmp_path), str(BASE_DIR / "var" / "dev")
    assert asked["DEBUG"]
    assert asked["DATABASES"]["default"]["NAME"] == f"{folder}/portal.sqlite3"
    assert all(place.startswith(f"{folder}/") for place in asked["folders"])
    assert (asked["SENDS_EMAIL"], asked["SITE_URL_SET"]) == (False, "")
    assert asked["CONTENT_SECURITY_POLICY"] == settings.CONTENT_SECURITY_POLICY
    assert asked["INSTALLED_APPS"] == [*settings.INSTALLED_APPS, "debug_toolbar"]
    assert "__debug__/" in " ".join(asked["routes"])


def test_what_only_developers_need_is_in_no_portal():
    """Neither in what `make run` installs nor in its settings."""
    project = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]
    installed = {line.partition("==")[0] for line in (BASE_DIR / "requirements.txt").read_text().splitlines()}
    wanted = {name.partition("[")[0] for name in project["optional-dependencies"]["dev"]}
    assert {"django", "whitenoise", "pytest"} < installed, "pytest comes with pytest-django"
    assert "django-debug-toolbar" in wanted
    assert wanted & installed == {"pytest"}
    assert "debug_toolbar" not in " ".join([*settings.INSTALLED_APPS, *settings.MIDDLEWARE])
