"""The environment: what may be set, what it is when it is not, and the `.env` that a first `make run` writes."""

import fcntl
import os
import re
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import environ
from django.core.exceptions import ImproperlyConfigured

from careers.lib.whole_files import write_whole

BASE_DIR = Path(__file__).resolve().parent.parent

YES, NO = environ.Env.BOOLEAN_TRUE_STRINGS, ("false", "off", "n", "no", "0", "")


class Environment(environ.Env):  # type: ignore[misc]  # django-environ has no types
    """Raises ImproperlyConfigured, in words, for a yes or no that is neither; elsewhere it would silently be no."""

    def get_value(self, var: str, *arguments: Any, **options: Any) -> Any:
        if self.scheme.get(var, ("",))[0] is bool:
            said = self.ENVIRON.get(var, "")
            if said.strip().lower() not in (*YES, *NO):
                raise ImproperlyConfigured(f"{var}={said} is not understood. Write 1 for yes or 0 for no.")
        return super().get_value(var, *arguments, **options)


env = Environment(
    ENV_FILE=(str, str(BASE_DIR / ".env")),
    DEBUG=(bool, False),
    SECRET_KEY=(str, ""),
    SECRET_KEY_FALLBACKS=(list, []),
    ALLOWED_HOSTS=(list, ["localhost", "127.0.0.1", "[::1]"]),
    CSRF_TRUSTED_ORIGINS=(list, []),
    HTTPS=(bool, False),
    BEHIND_PROXY=(bool, False),
    DATABASE_URL=(str, f"sqlite:///{quote(str(BASE_DIR / 'var' / 'portal.sqlite3'))}"),
    CACHE_URL=(str, "locmemcache://"),
    EMAIL_URL=(str, ""),
    EMAIL_FROM=(str, "BPO Careers <careers@localhost>"),
    MAIL_DIR=(str, str(BASE_DIR / "var" / "mail")),
    PRIVATE_ROOT=(str, str(BASE_DIR / "var" / "private")),
    SITE_URL=(str, ""),
    STAFF_SECOND_FACTOR=(bool, False),
    STAFF_SESSION_HOURS=(int, 12),
    STATIC_ROOT=(str, str(BASE_DIR / "var" / "static")),
    TIME_ZONE=(str, "UTC"),
    LOG_LEVEL=(str, "INFO"),
)

FIRST_ENV = """\
# Written by the first `make run`, for this machine. .env.example explains every variable.
SECRET_KEY={secret}
"""


def is_site(url: str) -> bool:
    """Whether it is where a site begins, without a path: https://careers.example.org."""
    return bool(re.fullmatch(r"https?://(\[[0-9a-fA-F:.]+\]|[^\s/?#@:\[\]]+)(:\d{1,5})?", url))


def read_env_file() -> None:
    """Read `.env`, or the file that `ENV_FILE` names. What the environment already says wins over the file."""
    environ.Env.read_env(env("ENV_FILE"))


def write_env_file(path: Path) -> bool:
    """Write a first `.env` with a fresh secret, readable by its owner only; False when there is one already.

    One that a full disk cut off has no secret in it, and is written anew.
    """
    path = path.resolve()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)  # two first runs at once write one secret
        if path.exists() and not was_cut_off(path.read_text()):
            return False
        write_whole(path, FIRST_ENV.format(secret=secrets.token_urlsafe(50)), mode=0o600)
        return True
    finally:
        os.close(folder)


def was_cut_off(text: str) -> bool:
    """Whether it is the beginning of a first `.env` and not all of it. Whatever else somebody wrote is theirs."""
    head = FIRST_ENV.partition("{secret}")[0]
    secret = text.removeprefix(head)
    return not text.strip() or head.startswith(text) or (secret != text and len(secret) < 50 and "\n" not in secret)


if __name__ == "__main__":
    try:
        written = write_env_file(BASE_DIR / ".env")
    except OSError as error:
        sys.exit(f"Cannot write .env: {error.strerror}.")
    if written:
        print("Wrote .env with a fresh secret.")
