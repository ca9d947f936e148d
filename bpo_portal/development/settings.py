"""Settings of `make dev`: the portal's with DEBUG, a debug toolbar, and a database that nothing else uses.

Nothing is read from `.env` or the environment: demo people with a password that everybody knows never get into the
database of a portal that is in use, and no mail leaves. The Content-Security-Policy is the one of production.
"""

import os

from bpo_portal.env import BASE_DIR, env

FOLDER = BASE_DIR / "var" / "dev"

for name in env.scheme:
    os.environ.pop(name, None)
os.environ |= {
    "ENV_FILE": os.devnull,
    "DEBUG": "1",
    "DATABASE_URL": f"sqlite:///{FOLDER / 'portal.sqlite3'}",
    "MAIL_DIR": str(FOLDER / "mail"),
    "PRIVATE_ROOT": str(FOLDER / "private"),
    "STATIC_ROOT": str(FOLDER / "static"),
}
FOLDER.mkdir(parents=True, exist_ok=True)

from bpo_portal.settings import *

ROOT_URLCONF = "bpo_portal.development.urls"
INSTALLED_APPS += ["debug_toolbar"]
DEBUG_TOOLBAR_CONFIG = {"SHOW_COLLAPSED": True}
INTERNAL_IPS = ["127.0.0.1", "::1"]
# Inside the policy's own middleware, where a page still has its nonce to give.
within = MIDDLEWARE.index("csp.middleware.CSPMiddleware") + 1
MIDDLEWARE[within:within] = [
    "debug_toolbar.middleware.DebugToolbarMiddleware",
    "bpo_portal.development.middleware.whole_and_fresh",
]
# What is kept of a page would hide what was just written into its template.
KEPT_PAGES_BYTES = 0
