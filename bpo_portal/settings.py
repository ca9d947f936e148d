"""All settings, from the environment (`bpo_portal.env`). The defaults run one small machine over plain HTTP."""

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from bpo_portal.build import build_id
from bpo_portal.env import BASE_DIR, env, is_site, read_env_file
from bpo_portal.static import weak_etag
from careers.lib.zones import is_zone

NO_SECRET = (
    "SECRET_KEY is not set. `make run` writes it into a .env where there is none; into yours put a line "
    "SECRET_KEY=, with what this says: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
)

read_env_file()

BUILD = build_id(BASE_DIR)
DEBUG = env("DEBUG")
SECRET_KEY = env("SECRET_KEY")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(NO_SECRET)
    SECRET_KEY = "insecure-for-debugging-only"
SECRET_KEY_FALLBACKS = env("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "bpo_portal.apps.HRAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "careers",
]

MIDDLEWARE = [
    "careers.web.public_pages.kept_pages_first",
    "bpo_portal.middleware.headers_everywhere",
    "bpo_portal.middleware.host_cookies",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "bpo_portal.static.StaticFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "bpo_portal.middleware.OwnPasswordFirst",
    "bpo_portal.middleware.private_account_pages",
    "careers.personal_data.views.middleware.ProfileMiddleware",
]

ROOT_URLCONF = "bpo_portal.urls"
WSGI_APPLICATION = "bpo_portal.wsgi.application"
AUTH_USER_MODEL = "careers.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "me-dashboard"
LOGOUT_REDIRECT_URL = "account_signed_out"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "careers.templatetags.icons",
                "careers.templatetags.drawn_once",
                "careers.templatetags.explained",
                "careers.templatetags.oneline",
                "careers.templatetags.words",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "careers.people.views.requests.person",
                "careers.reminders.context.reminders",
            ],
        },
    }
]
MESSAGE_STORAGE = "careers.people.views.once.Messages"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DATABASES = {"default": env.db_url("DATABASE_URL")}
if not DATABASES["default"]["ENGINE"].endswith(("sqlite3", "postgresql")):
    raise ImproperlyConfigured("DATABASE_URL names a database that the portal does not know: sqlite or postgres.")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # To open and close it takes longer than most that is asked of it. Whether the file is still the same is looked at
    # in `careers.runtime.outages`.
    DATABASES["default"]["CONN_MAX_AGE"] = None
    # Immediate transactions queue for the lock at their start, where SQLite can wait; WAL lets readers go on meanwhile.
    # Who only opens it never waits long: a page that is kept already needs no more of it.
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA busy_timeout=50; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA busy_timeout=5000",
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
    }
else:
    DATABASES["default"].update(ENGINE="careers.postgresql", CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
    # Who cannot be reached is given up soon, also half-way through: seconds, and milliseconds.
    unreachable = {"connect_timeout": 3, "keepalives_idle": 10, "keepalives_interval": 3, "tcp_user_timeout": 15_000}
    DATABASES["default"]["OPTIONS"] = {**unreachable, **DATABASES["default"].get("OPTIONS", {})}

# It holds limits and counts. Pages have a memory of their own in each process (`careers.web.public_pages`), so that no
# flood of them pushes a count out of a Redis that is full, and no Redis that is away stops them.
CACHES = {"default": {**env.cache_url("CACHE_URL"), "KEY_PREFIX": "counts"}}
KEPT_PAGES_BYTES = 32_000_000  # of some 10 kB each, compressed
if CACHES["default"]["BACKEND"].endswith("LocMemCache"):
    CACHES["default"].update(LOCATION="counts", OPTIONS={"MAX_ENTRIES": 100_000})
elif CACHES["default"]["BACKEND"].endswith("RedisCache"):
    CACHES["default"]["BACKEND"] = "careers.runtime.counts.RedisCounts"

STATIC_URL = "/static/"
STATIC_ROOT = env("STATIC_ROOT")
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ADD_HEADERS_FUNCTION = weak_etag
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # pages name no others, and to compress each twice doubles a first start
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # What people upload. Never served by a web server: `file-read` gives each to its owner only.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": env("PRIVATE_ROOT"),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "bpo_portal.static.WholeSheets"},
}

# Whatever somebody sends: never more of it in memory than a file may have, nothing on the disk.
FILE_UPLOAD_HANDLERS = ["careers.plans.files.forms.BoundedUpload"]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en-gb"
LOCALE_PATHS = [BASE_DIR / "careers" / "locale"]  # what Django and others say, in the words of this portal
TIME_ZONE = env("TIME_ZONE")
if not is_zone(TIME_ZONE):
    raise ImproperlyConfigured(f"TIME_ZONE={TIME_ZONE} is no time zone. Write one as Asia/Kolkata.")
USE_I18N = True
USE_TZ = True

# Security. Nothing inline, nothing evaluated, nothing from another host.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "careers.people.views.lost_forms.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "careers.accounts.models.sessions"
SESSION_COOKIE_AGE = 90 * 24 * 3600  # as long as an idle guest is kept; each day of use begins it anew
STAFF_SESSION_HOURS = env("STAFF_SESSION_HOURS")  # unused for as long, that of somebody of the desk ends
if not 1 <= STAFF_SESSION_HOURS <= SESSION_COOKIE_AGE // 3600:
    raise ImproperlyConfigured(
        f"STAFF_SESSION_HOURS={STAFF_SESSION_HOURS} is not from 1 to {SESSION_COOKIE_AGE // 3600}."
    )
STAFF_SECOND_FACTOR = env("STAFF_SECOND_FACTOR")
SESSION_COOKIE_HTTPONLY = True
HTTPS = env("HTTPS")
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = ["^(healthz|readyz)$"]  # a balancer asks from inside, in plain HTTP
COOKIE_PREFIX = "__Host-" if HTTPS else ""  # of all but the time zone's: `bpo_portal.middleware.host_cookies`
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = env("BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# E-mail. Without a server every mail becomes a file, and the console says its link.
EMAIL_URL = env("EMAIL_URL")
SENDS_EMAIL = bool(EMAIL_URL)
EMAIL_BACKEND = "careers.accounts.mail.MailFiles"
MAIL_DIR = env("MAIL_DIR")  # what was written before there was a server is still there
EMAIL_TIMEOUT = 10  # seconds: somebody waits for the page meanwhile
if SENDS_EMAIL:
    vars().update(env.email_url("EMAIL_URL"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("EMAIL_FROM")
# For what is sent without a request that knows it.
SITE_URL_SET = env("SITE_URL").rstrip("/")  # empty where the operator says none
if SITE_URL_SET and not is_site(SITE_URL_SET):
    raise ImproperlyConfigured(f"SITE_URL={SITE_URL_SET} is no address. Write one as https://careers.example.org.")
SITE_URL = SITE_URL_SET or f"{'https' if HTTPS else 'http'}://localhost:8000"

# Work beside the pages: tasks wait in the database, so that one machine needs no broker.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Accounts (django-allauth). The e-mail is the login; Django's own backend finds it in any case and hashes once.
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
ACCOUNT_ADAPTER = "careers.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_FORMS = {
    "login": "careers.accounts.forms.accounts.SignInForm",
    "signup": "careers.accounts.forms.accounts.SignUpForm",
    "add_email": "careers.accounts.forms.accounts.ChangeEmailForm",
    "change_password": "careers.accounts.forms.accounts.ChangePasswordForm",
    "set_password": "careers.accounts.forms.accounts.SetPasswordForm",
    "reset_password": "careers.accounts.forms.accounts.ForgottenPasswordForm",
    "reset_password_from_key": "careers.accounts.forms.accounts.NewPasswordForm",
    "reauthenticate": "careers.accounts.forms.accounts.ConfirmPasswordForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if SENDS_EMAIL else "none"
ACCOUNT_EMAIL_NOTIFICATIONS = SENDS_EMAIL
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_CONFIRMATION_AUTHENTICATED_REDIRECT_URL = "account_email"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # only in the browser that has just signed up
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# None of them runs for more than a quarter of an hour: 429.html says so.
ACCOUNT_RATE_LIMITS = {
    "login": "60/15m/ip",
    "login_failed": "40/15m/ip,8/15m/key",
    "signup": "60/15m/ip",  # a class of a school sits behind one address
    "reset_password": "20/15m/ip,5/15m/key",
    "reset_password_from_key": "20/15m/ip",
    "reauthenticate": "10/5m/user",
    "change_password": "10/5m/user",
    "manage_email": "10/5m/user",
    "confirm_email": "1/3m/key",
}
MFA_ADAPTER = "careers.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "BPO Careers"
MFA_TOTP_TOLERANCE = 1  # codes of half a minute before and after: clocks of phones differ
MFA_ALLOW_UNVERIFIED_EMAIL = not SENDS_EMAIL  # nobody can confirm an address then
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_RATE_LIMITS = {"webauthn_login": "20/5m/ip"}
MFA_FORMS = {
    "authenticate": "careers.accounts.forms.second_factors.CodeForm",
    "reauthenticate": "careers.accounts.forms.second_factors.ConfirmCodeForm",
    "activate_totp": "careers.accounts.forms.second_factors.AppForm",
    "add_webauthn": "careers.accounts.forms.second_factors.AddPasskeyForm",
    "edit_webauthn": "careers.accounts.forms.second_factors.RenamePasskeyForm",
    "login_webauthn": "careers.accounts.forms.second_factors.PasskeySignInForm",
    "authenticate_webauthn": "careers.accounts.forms.second_factors.PasskeyForm",
    "reauthenticate_webauthn": "careers.accounts.forms.second_factors.ConfirmPasskeyForm",
}

LOG_LEVEL = env("LOG_LEVEL").upper()
if LOG_LEVEL not in ("DEBUG", "INFO", "WARNING", "ERROR"):
    raise ImproperlyConfigured(f"LOG_LEVEL={LOG_LEVEL} is not understood. Write DEBUG, INFO, WARNING or ERROR.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"outages": {"()": "careers.runtime.outages.OutagesInBrief"}},
    "formatters": {
        "line": {
            "()": "bpo_portal.logs.Line",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["outages"]},
        "quiet": {"class": "logging.NullHandler"},
    },
    # Anybody can send a wrong host name; that is not worth a traceback each time.
    "loggers": {"django.security.DisallowedHost": {"handlers": ["quiet"], "propagate": False}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
