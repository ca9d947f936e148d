"""The portal's settings with what tests want otherwise: sources instead of collected static files, a fast hasher.

Nothing is read from `.env`, so that no test meets the database of this machine. `DATABASE_URL` chooses another one.
"""

import os
import tempfile

os.environ.setdefault("ENV_FILE", os.devnull)
os.environ.setdefault("SECRET_KEY", "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz")

from bpo_portal.settings import *

STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
TIME_ZONE = "UTC"  # their days are written down in it
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
KEPT = tempfile.TemporaryDirectory(prefix="portal-tests-")  # goes with the process
STORAGES["private"]["OPTIONS"]["location"] = os.path.join(KEPT.name, "private")
MAIL_DIR = os.path.join(KEPT.name, "mail")  # deleting a person looks for their mails there
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in real life: threads of a test then meet its locks, which a database in memory does not have.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(KEPT.name, "tests.sqlite3")}
MIDDLEWARE.remove("bpo_portal.static.StaticFiles")
