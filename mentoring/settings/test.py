"""Tests: their own embedded servers, so a running demo is never touched."""

import os
from pathlib import Path

os.environ.setdefault("ALONGSIDE_VAR", str(Path(__file__).resolve().parent.parent.parent / "var" / "test"))
# The owner makes the test database; tests/conftest.py then signs in as the app role.
os.environ.setdefault("ALONGSIDE_DB_ROLE", "owner")
os.environ.setdefault("ALONGSIDE_EMBEDDED_FSYNC", "off")

from .base import *  # noqa: F403  the folder must be set before the servers start
from .base import DATABASES, TEMPLATES, VAR

DEBUG = False
SECRET_KEY = "tests-only-not-a-secret-tests-only-not-a-secret"  # noqa: S105
ALLOWED_HOSTS = ["*"]
ALONGSIDE_MFA_REQUIRED = False
ALONGSIDE_DEMO = True
ALONGSIDE_PROGRESS_BESIDE = False
ALONGSIDE_BASE_URL = "http://testserver"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"]["CONN_MAX_AGE"] = 0
CELERY_TASK_ALWAYS_EAGER = False
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""
