"""All settings, from the environment (or a `.env` file that git ignores). README, "Settings", lists them."""

from pathlib import Path

import django_stubs_ext
import environ
from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured

from safeguarding.core.ckeditor import CKEDITOR_CONFIGS as CKEDITOR_CONFIGS
from safeguarding.core.csp import SITE_POLICY
from safeguarding.core.languages import INTERFACE, SOURCE, language_of

# Lets classes be written as ModelAdmin[School] and ModelForm[Pupil], as their types are.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)

SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Set it in the environment to a long random text that nobody else knows "
        "(`make run` writes one to .env for a trial)."
    )

LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=sorted(LOOPBACK))
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Where links lead in e-mails that no request asked for.
OWN_NAMES = [host.removeprefix(".") for host in ALLOWED_HOSTS if host not in LOOPBACK and host != "*"]
SITE_URL = env.str("SITE_URL", default=f"https://{OWN_NAMES[0]}" if OWN_NAMES else "http://127.0.0.1:8000").rstrip("/")

# Whatever needs HTTPS is on, unless nobody but this machine can reach the site.
HTTPS = not set(ALLOWED_HOSTS) <= LOOPBACK
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT

# Nothing to other hosts. “no-referrer” would do that too, but then browsers send forms with the origin "null", and the
# check against forms from other sites refuses them.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = SITE_POLICY
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "safeguarding.core.views.csrf_failure"

INSTALLED_APPS = [
    "safeguarding.core.apps.CoreConfig",
    "safeguarding.accounts.apps.AccountsConfig",
    "safeguarding.schools.apps.SchoolsConfig",
    "safeguarding.audit.apps.AuditConfig",
    "lessons.evidence.apps.EvidenceConfig",
    "lessons.library.apps.LibraryConfig",
    "lessons.editorial.apps.EditorialConfig",
    "lessons.teaching.apps.TeachingConfig",
    "lessons.dashboards.apps.DashboardsConfig",
    "lessons.guidance.apps.GuidanceConfig",
    "lessons.demo.apps.DemoConfig",
    "safeguarding.core.apps.OperatorsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "safeguarding.core.static_config.StaticFilesConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "ckeditor",
    "django_filters",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "safeguarding.core.middleware.PermissionsPolicyMiddleware",
    "safeguarding.core.middleware.PrivateUnlessPublicMiddleware",
    "safeguarding.core.middleware.OwnSessionCookieMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "safeguarding.core.middleware.LanguageOfTheAddressMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "safeguarding.core.middleware.RefusalIsAPageMiddleware",
]

ROOT_URLCONF = "safeguarding.urls"
WSGI_APPLICATION = "safeguarding.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "safeguarding.core.context_processors.site",
                "safeguarding.schools.context_processors.roles",
            ],
        },
    },
]

# --- data -----------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        # A transaction that will write takes its lock at once, so that it waits instead of failing half-way.
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
REDIS = {
    "BACKEND": "safeguarding.core.cache.ForgivingRedisCache",
    "LOCATION": REDIS_URL,
    "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
}
# Pages are not kept in the database: building one anew costs no more than asking for it there.
PAGES_ARE_KEPT = bool(REDIS_URL) and not DEBUG
CACHES = {
    "default": (
        REDIS
        if REDIS_URL
        # Counters must be shared by all processes, so not in memory.
        else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    ),
    "pages": (
        {**REDIS, "KEY_PREFIX": "pages"}
        if PAGES_ARE_KEPT
        else {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    ),
}

# --- files ----------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR_DIR / "media"))
# Documents are not under the media folder, which a proxy may serve: a view says who reads them.
DOCUMENTS_ROOT = env.path("DOCUMENTS_ROOT", default=str(VAR_DIR / "documents"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "documents": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DOCUMENTS_ROOT)},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- people ---------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# Accounts keep Django's own; the last is for what pupils of a named class show, and is named where it is used.
PASSWORD_HASHERS = [*global_settings.PASSWORD_HASHERS, "lessons.teaching.hashers.PupilSecretHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "safeguarding.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_SESSION_REMEMBER = False
# A whole school signs in from one address: the limit on the address is high, the one on the account stays low.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "300/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Safeguarding lessons"
SESSION_COOKIE_AGE = 60 * 60 * 12

# A mail server that does not answer must hold up neither a page nor a run of reminders.
EMAIL_TIMEOUT = 30
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="safeguarding-lessons@localhost")

# --- language and place ---------------------------------------------------

LANGUAGE_CODE = SOURCE
LANGUAGES = [(code, language_of(code).name) for code in INTERFACE]
LOCALE_PATHS = [BASE_DIR / "safeguarding" / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="Europe/London")
USE_I18N = True
USE_TZ = True
DEFAULT_COUNTRY = env.str("DEFAULT_COUNTRY", default="GB")
# Where "Leave this page now" goes: a page that says nothing about where one was.
EXIT_URL = env.str("EXIT_URL", default="https://www.bbc.co.uk/weather")
# Who runs this site, and where to write to them: for the privacy notice and the accessibility statement. Where they are
# empty, those pages lead readers to their school.
OPERATOR_NAME = env.str("OPERATOR_NAME", default="").strip()
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="").strip()

# CKEditor 4.22.1 has reached its end of life, which this check reports. It stays because it was asked for; it is
# contained (docs/decisions.md) and what it posts is cleaned on the server.
SILENCED_SYSTEM_CHECKS = ["ckeditor.W001"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_keys": {"()": "safeguarding.core.logs.WithoutKeys"}},
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    # A request for a host that is not ours is somebody else's mistake: it needs no page of traceback.
    # Making a PDF tells of each rule that it leaves out, of pictures that mean nothing, and of the glyphs it takes.
    "loggers": {
        "django.request": {"filters": ["without_keys"]},
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        "weasyprint": {"level": "CRITICAL"},
        "fontTools": {"level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
