"""Settings every environment shares. dev, test and production import this and say what differs."""

import os
from pathlib import Path

import bootstrap_wrapper
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("ALONGSIDE_VAR", BASE_DIR / "var")).resolve()
VAR.mkdir(parents=True, exist_ok=True)

# Apps, roof first: an app may import only what stands below it here (docs/house.md, tests/house).
LOCAL_APPS = [
    "mentoring",
    "home",
    "documents",
    "evaluation",
    "checkins",
    "goals",
    "matching",
    "training",
    "programmes",
    "organisations",
    "accounts",
    "post",
    "audit",
    "common",
]

INSTALLED_APPS = [
    *LOCAL_APPS,
    "mentoring.operators.apps.OperatorsAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "lucide",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "mentoring.middleware.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # Last: opens the organisation's scope around the view.
    "organisations.middleware.OrganisationMiddleware",
]

ROOT_URLCONF = "mentoring.urls"
WSGI_APPLICATION = "mentoring.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.navigation.navigation",
            ],
        },
    }
]

if "DATABASE_URL" not in os.environ:
    from mentoring.embedded import postgres_settings

    DATABASES = {"default": postgres_settings(os.environ.get("ALONGSIDE_DB_ROLE", "app"))}
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
else:
    from .addresses import database_from_url

    # Empty when production.py has found it wrong and is about to say so.
    DATABASES = {"default": database_from_url(os.environ["DATABASE_URL"])} if os.environ["DATABASE_URL"] else {}

if "REDIS_URL" not in os.environ:
    from mentoring.embedded import redis_url

    REDIS_URL = redis_url()
else:
    REDIS_URL = os.environ["REDIS_URL"]

CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in [
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
    ]
]
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
USERSESSIONS_TRACK_ACTIVITY = False

# Owners and coordinators must use a second factor (off in the demo).
ALONGSIDE_MFA_REQUIRED = True
ALONGSIDE_DEMO = False
# Progress of long work is written on a second connection, so that it shows before the work is done.
ALONGSIDE_PROGRESS_BESIDE = True
# Tables that only ever grow: everyone but the owner may insert and read, never change.
APPEND_ONLY_TABLES = ["audit_event", "audit_accesslog", "checkins_concernnote"]
# Where a row's own page is, for apps below the one that shows it (Mentorship.get_absolute_url).
ABSOLUTE_URL_OVERRIDES = {
    "organisations.organisation": lambda organisation: f"/o/{organisation.slug}/",
    "programmes.placement": lambda placement: f"/o/{placement.organisation.slug}/placements/{placement.pk}/objectives/",
    "programmes.reminderrule": lambda rule: f"/o/{rule.organisation.slug}/programmes/{rule.programme_id}/rules/",
    "matching.mentorship": lambda mentorship: f"/o/{mentorship.organisation.slug}/mentorships/{mentorship.pk}/",
}
# Where links in letters point when there is no request.
ALONGSIDE_BASE_URL = os.environ.get("ALONGSIDE_BASE_URL", "http://localhost:8000")

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "common.webfont.WebFontFinder",
]
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", bootstrap_wrapper.get_bootstrap_dir()),
]
MEDIA_ROOT = VAR / "media"  # private files; nothing serves this folder
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Alongside <no-reply@alongside.example>")
EMAIL_TIMEOUT = 20
ALONGSIDE_RETURN_ADDRESS = ""  # where mail servers report what did not arrive; empty: to the sender's address
ALONGSIDE_MAIL_HOOK_TOKEN = ""  # lets a mail service report by POST to /hooks/mail/; empty: no such page
ALONGSIDE_ANSWERS_TO = "organisations.services.letters.answers_to"
ALONGSIDE_MAIL_DOMAIN = os.environ.get("ALONGSIDE_MAIL_DOMAIN", "alongside.example")

# Kombu and redis-py name a socket's address differently.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_RESULT_BACKEND = None  # results are rows (organisations.Job), never Redis keys
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_PROC_ALIVE_TIMEOUT = 180  # a new process loads fonts first, which is slow on a busy machine
CELERY_TASK_TIME_LIMIT = 1800
CELERY_TASK_SOFT_TIME_LIMIT = 1700
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "UTC"
CELERY_DB_REUSE_MAX = 500
CELERY_BEAT_SCHEDULE = {
    "deliver letters": {"task": "post.tasks.deliver_letters", "schedule": 30},
    "send reminders": {"task": "checkins.tasks.send_reminders", "schedule": crontab(minute="*/10")},
    "clock of concerns": {"task": "checkins.tasks.escalate_concerns", "schedule": crontab(minute="*/5")},
    "lapse proposals": {"task": "matching.tasks.lapse_proposals", "schedule": crontab(minute=5)},
    "settle consents": {"task": "matching.tasks.settle_consents", "schedule": crontab(minute=10, hour=2)},
    "open surveys": {"task": "evaluation.tasks.open_surveys", "schedule": crontab(minute=15)},
    "remind of events": {"task": "training.tasks.remind_of_events", "schedule": crontab(minute=25)},
    "clear up files": {"task": "documents.tasks.clear_up_files", "schedule": crontab(minute=40, hour=3)},
    "restart lost jobs": {"task": "organisations.tasks.restart_lost_jobs", "schedule": 60},
}

SILENCED_SYSTEM_CHECKS = []
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
