"""Django's settings; what an operator may change is in config/environment.py."""

import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE

from config import embedded, environment, logging
from config.api.framework import REST_FRAMEWORK as REST_FRAMEWORK
from config.api.openapi import SPECTACULAR_SETTINGS as SPECTACULAR_SETTINGS
from config.beat import BEAT_SCHEDULE
from config.console import UNFOLD as UNFOLD
from config.mailbox import email_settings
from config.storages import release_storage

env = environment.read()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = env.var_dir

# The doors (config/edge.py, config/wsgi.py) say which one they are before they load settings.
DOOR = os.environ.get("HALFHOUR_DOOR", "")

# --- Services ---------------------------------------------------------------------------------

EMBEDDED_SERVICES = not (env.database_url and env.redis_url)
if EMBEDDED_SERVICES and os.environ.get("HALFHOUR_SERVICES") != "off":
    _local = embedded.start_or_exit(VAR_DIR)
else:
    _local = embedded.Connections("postgres://localhost/halfhour", "", "redis://localhost")

DATABASE_URL = env.database_url or _local.database_url
WEB_DATABASE_URL = env.web_database_url or ("" if env.database_url else _local.web_database_url)
REDIS_URL = env.redis_url or _local.redis_url

DATABASE_OWNER = urlsplit(DATABASE_URL).username or ""
_database: dict[str, Any] = dict(dj_database_url.parse(DATABASE_URL, conn_health_checks=True))
if DOOR:
    if not WEB_DATABASE_URL:
        sys.exit(
            "halfhour: setting WEB_DATABASE_URL is missing: the doors connect as the login "
            "halfhour_web, which sees no tenant's row (see docs/operations.md)"
        )
    _database = dict(dj_database_url.parse(WEB_DATABASE_URL, conn_health_checks=True))
    # A request that finds no connection in 5 seconds is told so (503), not kept for 30.
    _pool = {"min_size": 1, "max_size": 16, "timeout": 5}
    _database["OPTIONS"] = {**_database.get("OPTIONS", {}), "pool": _pool}
else:
    _database["CONN_MAX_AGE"] = 60
_database["ATOMIC_REQUESTS"] = True
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "halfhour",
        # A request never waits long for the cache; without it, it goes on where it can.
        "OPTIONS": {"SOCKET_CONNECT_TIMEOUT": 1, "SOCKET_TIMEOUT": 3},
    }
}

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "global_keyprefix": "celery:"}
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_TIMEZONE = "UTC"

# --- Application ------------------------------------------------------------------------------

SECRET_KEY = env.secret()
OWN_SECRET_KEY = bool(env.secret_key)
PRIVACY_KEY = env.privacy_key
DEBUG = env.debug
ALLOWED_HOSTS = env.allowed_hosts
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
CONSOLE_PATH = "/console/"
# Pages for people, who choose their workspace once and work in it.
SESSION_WORKSPACE_PATHS = (CONSOLE_PATH, "/studio/")
# Sign-in, sessions and health work before there is a workspace, as the web login.
TENANCY_EXEMPT_PATHS = (
    "/account/",
    "/_allauth/",
    "/console/login/",
    "/console/logout/",
    "/i18n/",
    "/static/",
    "/studio/fonts/",
    "/studio/images/",
    "/api/schema/",
    "/api/docs/",
    "/api/redoc/",
    "/livez",
    "/readyz",
)
SITES_DOMAIN = env.sites_domain
EDGE_PORT = env.edge_port
OFFICE_PORT = env.office_port
BIND = env.bind
PUBLIC_SITES_URL = env.public_sites_url or f"http://localhost:{EDGE_PORT}"
PUBLIC_OFFICE_URL = env.public_office_url or f"http://localhost:{OFFICE_PORT}"

INSTALLED_APPS = [
    "pgtrigger",
    "pghistory",
    "config",
    "accounts",
    "builder",
    "journeys",
    "personalization",
    "experiments",
    "conversations",
    "analytics",
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "config.console_app.ConsoleConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.mfa",
    "allauth.usersessions",
    "hijack",
    "django_htmx",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.logging.RequestLogMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "config.api.slashes.SlashMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    # After the person is known, before a scope: its banner and the factors are the web login's.
    "hijack.middleware.HijackUserMiddleware",
    "accounts.signin.SecondFactorMiddleware",
    "config.api.throttling.RateLimitMiddleware",
    "accounts.tenancy.middleware.TenancyMiddleware",
    # Within the tenancy's transaction: its record is committed with the request's effects.
    "config.api.idempotency.IdempotencyMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Hooks that lower floors define and higher floors fill.
BUILDER_PAGE_SCRIPTS = ["journeys.ingest.tracker.page_script"]
# Choose variants of dynamic blocks for each visitor (builder.serving.deciding).
BUILDER_PAGE_DECIDERS: list[str] = []
WORKFLOW_STEPS = [
    "journeys.workflows.steps.CreateOrUpdateLead",
    "journeys.workflows.steps.SendMail",
    "journeys.workflows.steps.NotifyMember",
    "journeys.workflows.steps.CallWebhook",
    "journeys.workflows.steps.Wait",
]
# What becomes of a guest who has accepted: (project_id, user_id, role) -> None.
INVITED_GUEST = "builder.collaboration.welcome"
# What the database knows of a workspace's use, for quotas: (workspace_id, since) -> int.
QUOTA_SOURCES = {
    "events": "journeys.ingest.usage.accepted_since",
    "projects": "builder.projects.count_of",
}
QUOTAS = env.quotas
WEBHOOK_ALLOWED_HOSTS = env.webhook_allowed_hosts
REQUESTS_PER_MINUTE = env.requests_per_minute
EVENTS_PER_MINUTE = env.events_per_minute
FORMS_PER_MINUTE = env.forms_per_minute
VERSION_WINDOW_SECONDS = env.version_window_seconds
BIN_DAYS = env.bin_days
IMAGE_MAX_BYTES = env.image_max_bytes
TRUSTED_PROXIES = env.trusted_proxies
SITES_ADDRESSES = env.sites_addresses
DNS_SERVERS = env.dns_servers
TLS_ASK_SECRET = env.tls_ask_secret
ENVIRONMENT_LABEL = env.environment_label

# --- People -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
] + [{"NAME": "accounts.breaches.BreachedPasswordValidator"}]
PWNED_PASSWORDS_URL = env.pwned_passwords_url
CREDENTIAL_KEYS = env.credential_keys
STAFF_NEEDS_MFA = env.behind_https if env.staff_needs_mfa is None else env.staff_needs_mfa
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
# Where members who are not staff work.
MEMBERS_START = "studio:sites"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "accounts.signin.AccountAdapter"
# Counted in Valkey; who is over a limit waits. Sign-in fails are counted by address and by account.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
}
HEADLESS_ONLY = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
USERSESSIONS_TRACK_ACTIVITY = True
HIJACK_PERMISSION_CHECK = "accounts.impersonation.may_impersonate"

SESSION_COOKIE_NAME = "halfhour_session"
CSRF_COOKIE_NAME = "halfhour_csrf"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.behind_https
CSRF_TRUSTED_ORIGINS = [PUBLIC_OFFICE_URL]
SECURE_SSL_REDIRECT = env.behind_https
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if env.behind_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.behind_https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.behind_https else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # Alpine, which the console's theme is built on, evaluates its attributes.
        "script-src": [SELF, NONCE, UNSAFE_EVAL],
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# --- Languages, times, mail, files, logs --------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ar", "العربية")]
# What the packages leave untranslated, or say badly, has a catalogue of its own.
LOCALE_PATHS = [BASE_DIR / "config" / "locale", BASE_DIR / "config" / "package_locale"]
FORMAT_MODULE_PATH = "config.formats"
LANGUAGE_COOKIE_NAME = "halfhour_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

MAILBOX = VAR_DIR / "mailbox"
globals().update(email_settings(env.email_url, mailbox=MAILBOX))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.default_from_email

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
_COLLECTED = (STATIC_ROOT / "staticfiles.json").exists()
# Collected files (images) are served by their hashed names; a checkout serves them where they lie.
WHITENOISE_USE_FINDERS = not _COLLECTED
if not _COLLECTED:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _COLLECTED or "collectstatic" in sys.argv
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
    # Archives of people's data, for a week each; nothing serves this folder.
    "exports": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": VAR_DIR / "exports",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    # Published files, where they are not kept in the database.
    **release_storage(env.builder_release_storage),
}

LOGGING_CONFIG = None
logging.configure(level=env.log_level, format=env.log_format)
