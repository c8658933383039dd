"""Every setting of the product, read from the environment; the defaults run on a laptop with no service.

Environment:
    DESK_VAR            folder of everything that changes (database, pictures, broker, logs); default ./var
    MEDIA_DIR           folder of the pictures, shared by all web and default workers; default DESK_VAR/media
    DATABASE_URL        sqlite:///… or postgres://user:password@host/name
    BROKER_URL          redis://host:port/db of the message broker; default: the embedded Valkey
    CACHE_URL           redis://host:port/db of the cache, another database than the broker's
    SECRET_KEY          default: generated once and kept in DESK_VAR
    SEALING_KEYS        keys that seal stored passwords, comma-separated, the newest first; default: SECRET_KEY
    ALLOWED_HOSTS       comma-separated host names; default: this machine only
    SITE_NAME           what readers see as the name of the site
    PRIVATE_HOSTS       names or addresses inside your own network that sources, webhooks and destinations may lead
                        to, comma-separated; default: none
    PUBLIC_URL          address readers reach the site under; default http://127.0.0.1:8000
    DIGITS_AR           digits of Arabic texts: western (default), arabic-indic, or source (as in the source)
    TRUSTED_PROXIES     comma-separated addresses and networks of the proxies in front, whose X-Forwarded-For
                        is believed; default: this machine's own
    MODELS_DIR          folder of the translation models; default ./models
    FOUR_EYES           0 lets one person edit and approve; default 1
    AUTO_ASSIGN         0 leaves a translation whose draft is ready on the pile; default 1: to whoever fits best
    DEBUG               1 shows tracebacks in the browser
"""

import os
import secrets
from ipaddress import ip_network
from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from languages.digits import Digits
from workers.broker import embedded_url

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("DESK_VAR", ROOT / "var")).resolve()
VAR.mkdir(parents=True, exist_ok=True)


def _kept_secret(path: Path) -> str:
    """The secret of this installation: made at the first start, the same ever after."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    secret = secrets.token_urlsafe(50)
    with os.fdopen(descriptor, "w") as file:
        file.write(secret)
    return secret


SECRET_KEY = os.environ.get("SECRET_KEY") or _kept_secret(VAR / "secret_key")
# The first seals the secrets in the database (workflow/sealing.py), the others still open them.
SEALING_KEYS = [key for key in os.environ.get("SEALING_KEYS", "").split(",") if key] or [SECRET_KEY]
DEBUG = os.environ.get("DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
PRIVATE_HOSTS = [host.strip() for host in os.environ.get("PRIVATE_HOSTS", "").split(",") if host.strip()]
SITE_NAME = os.environ.get("SITE_NAME", "")
PUBLIC_URL = os.environ.get("PUBLIC_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PUBLIC_URL.startswith("https:") else None
TRUSTED_PROXIES = [
    ip_network(proxy.strip(), strict=False)
    for proxy in os.environ.get("TRUSTED_PROXIES", "127.0.0.0/8,::1").split(",")
    if proxy.strip()
]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https:")

INSTALLED_APPS = [
    "workflow.accounts",
    "workflow.articles",
    "workflow.checks",
    "glossaries",
    "workers",
    "workflow.drafting",
    "workflow.intake",
    "workflow.review",
    "workflow.publishing",
    "workflow.api",
    "workflow.demo",
    "allauth",
    "allauth.account",
    "django_htmx",
    "django_prometheus",
    "ninja",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "workflow.security.content_security_policy",
    "workflow.api.problems.as_problems",
    "workflow.security.refuse_nul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "workflow.accounts.language.SpeakTheBrowsersLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "workflow.accounts.language.speak_the_persons_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "workflow.urls"
WSGI_APPLICATION = "workflow.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "workflow" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", f"sqlite:///{VAR / 'desk.sqlite3'}"), conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Several processes write: wait for the lock, and take it at the start of a transaction
        # so that a read-then-write never fails half-way with "database is locked".
        "timeout": 30,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

BROKER_URL = os.environ.get("BROKER_URL") or embedded_url(VAR, database=0)
CACHE_URL = os.environ.get("CACHE_URL") or embedded_url(VAR, database=1)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_URL.replace("redis+socket://", "unix://").replace("virtual_host=", "db="),
    }
}

# Celery: the broker is a doorbell, the database holds the work.
CELERY_BROKER_URL = BROKER_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "tasks.draft": {"queue": "mt"},
    "tasks.publish_due": {"queue": "publish"},
    "tasks.deliver_webhook": {"queue": "publish"},
    "tasks.push_edition": {"queue": "publish"},
}
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Longer than the longest task, or a message would be handed out twice.
    "visibility_timeout": 3600,
    "socket_timeout": 30,
    "socket_connect_timeout": 5,
    "health_check_interval": 25,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "tasks.sweep", "schedule": 10.0, "options": {"expires": 10}},
    "route": {"task": "tasks.route", "schedule": 30.0, "options": {"expires": 30}},
    "publish": {"task": "tasks.publish_due", "schedule": 20.0, "options": {"expires": 20}},
    "deliveries": {"task": "tasks.plan_deliveries", "schedule": 15.0, "options": {"expires": 15}},
    "sources": {"task": "tasks.poll_due_sources", "schedule": 30.0, "options": {"expires": 30}},
    "mail": {"task": "tasks.mail_notices", "schedule": 60.0, "options": {"expires": 60}},
    "webhooks": {"task": "tasks.plan_webhooks", "schedule": 10.0, "options": {"expires": 10}},
}

# Drafting
MODELS_DIR = Path(os.environ.get("MODELS_DIR", ROOT / "models"))
TARGET_LOCALES = ["ar", "fr"]
DRAFT_LEASE_SECONDS = 120
DRAFT_BATCH = 16
OLDEST_WAITING_SECONDS = 1800
MODEL_MEMORY_BYTES = 2 * 1024**3
DRAFT_ATTEMPTS = 3
# Which digits numbers are written in, by language; drafts are written so, other texts get a finding.
DIGITS = {"ar": Digits(os.environ.get("DIGITS_AR", Digits.WESTERN))}
FOUR_EYES = os.environ.get("FOUR_EYES", "1") == "1"
# Whether a translation whose draft is ready is given to whoever fits best; 0 leaves it on the pile.
AUTO_ASSIGN = os.environ.get("AUTO_ASSIGN", "1") == "1"
# With its pictures; a text alone has a lower bound (intake/documents/refusals.py).
MAX_DOCUMENT_BYTES = 20 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_DOCUMENT_BYTES + 512 * 1024

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
ACCOUNT_ADAPTER = "workflow.accounts.adapter.ClosedSignup"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")

# Languages
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("ar", _("Arabic"))]
LOCALE_PATHS = [ROOT / "locales"]
USE_I18N = True
TIME_ZONE = os.environ.get("TIME_ZONE", "Africa/Casablanca")
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "workflow" / "static"]
MEDIA_ROOT = Path(os.environ.get("MEDIA_DIR", VAR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "structlog.stdlib.ProcessorFormatter",
            "processor": "ext://workflow.logs.renderer",
            "foreign_pre_chain": "ext://workflow.logs.shared_processors",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    "loggers": {"httpx": {"level": "WARNING"}, "django.request": {"level": "ERROR"}},
}
