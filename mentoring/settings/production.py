"""A real installation: everything from the environment, and no start while something is missing (docs/running.md)."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from .addresses import database_from_url, email_from_url

_problems = []


def _value(name: str, default: str | None = None) -> str:
    """The variable, or the content of the file NAME_FILE names (a container's secret). Notes it when neither is there."""
    value = os.environ.get(name, "")
    if not value and (file := os.environ.get(f"{name}_FILE")):
        try:
            value = Path(file).read_text().strip()
        except OSError as error:
            _problems.append(f"{name}_FILE cannot be read ({error.strerror})")
    if not value and default is None:
        _problems.append(f"{name} is not set")
    return value or default or ""


def _list(name: str, default: str | None = None) -> list[str]:
    return [word.strip() for word in _value(name, default).split(",") if word.strip()]


def _on(name: str, default: str) -> bool:
    return _value(name, default).lower() in {"1", "true", "yes", "on"}


def _parsed(function, url: str) -> dict:
    try:
        return function(url) if url else {}
    except ValueError as error:
        _problems.append(str(error).rstrip("."))
        return {}


# base.py reads these, and starts the embedded servers where they are missing; so they come first.
_database_url = _value("DATABASE_URL")
_database = _parsed(database_from_url, _database_url)
os.environ["DATABASE_URL"] = _database_url if _database else ""
os.environ["REDIS_URL"] = _value("REDIS_URL")

from .base import *  # noqa: E402, F403  settings modules build on one another

SECRET_KEY = _value("SECRET_KEY")
SECRET_KEY_FALLBACKS = _list("SECRET_KEY_FALLBACKS", "")
if SECRET_KEY and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 8):
    _problems.append("SECRET_KEY is too short or too regular (50 random characters or more)")
if any(word in SECRET_KEY.lower() for word in ("demo-only", "tests-only", "insecure", "change-me", "changeme")):
    _problems.append("SECRET_KEY is an example; make one of your own")

DEBUG = False
_problems += [
    f"{_name} is on; pages of errors would show settings and personal data"
    for _name in ("DEBUG", "ALONGSIDE_DEBUG", "DJANGO_DEBUG")
    if _on(_name, "0")
]

ALLOWED_HOSTS = _list("ALLOWED_HOSTS")
if "*" in ALLOWED_HOSTS:
    _problems.append("ALLOWED_HOSTS is *; name the hosts this installation answers to")
ALONGSIDE_BASE_URL = _value("ALONGSIDE_BASE_URL").rstrip("/")
if ALONGSIDE_BASE_URL and not ALONGSIDE_BASE_URL.startswith("https://"):
    _problems.append("ALONGSIDE_BASE_URL must begin with https://")
CSRF_TRUSTED_ORIGINS = _list("CSRF_TRUSTED_ORIGINS", ALONGSIDE_BASE_URL)

DATABASES = {"default": _database}
globals().update(_parsed(email_from_url, _value("EMAIL_URL")))
DEFAULT_FROM_EMAIL = _value("DEFAULT_FROM_EMAIL")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
ALONGSIDE_RETURN_ADDRESS = _value("ALONGSIDE_RETURN_ADDRESS", "")
ALONGSIDE_MAIL_HOOK_TOKEN = _value("ALONGSIDE_MAIL_HOOK_TOKEN", "")
if ALONGSIDE_MAIL_HOOK_TOKEN and len(ALONGSIDE_MAIL_HOOK_TOKEN) < 32:
    _problems.append("ALONGSIDE_MAIL_HOOK_TOKEN is too short (32 random characters or more)")
ALONGSIDE_MAIL_DOMAIN = _value("ALONGSIDE_MAIL_DOMAIN", DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "alongside.example")

# TLS ends at the proxy. Its word for it is only believed where there is one, else anybody could send that header.
ALONGSIDE_BEHIND_PROXY = _on("ALONGSIDE_BEHIND_PROXY", "0")
if ALONGSIDE_BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]  # asked from inside, without TLS
SECURE_HSTS_SECONDS = int(_value("SECURE_HSTS_SECONDS", str(365 * 24 * 3600)))
SECURE_HSTS_INCLUDE_SUBDOMAINS = _on("SECURE_HSTS_INCLUDE_SUBDOMAINS", "0")
SECURE_HSTS_PRELOAD = _on("SECURE_HSTS_PRELOAD", "0")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "mentoring.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": _value("LOG_LEVEL", "INFO").upper()},
    # Django would mail errors to ADMINS as well, with the request in them.
    "loggers": {"django": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

if _problems:
    raise ImproperlyConfigured("Refusing to start:\n- " + "\n- ".join(_problems))
