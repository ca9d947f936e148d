"""The portal's settings with what tests want otherwise: sources instead of collected static files, a fast hasher."""

from bpo_portal.settings import *  # noqa: F403  (a settings file is read by its names)

STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
