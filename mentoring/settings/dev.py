"""The demo and development: embedded servers, mail kept as files and read on a page."""

import os

from .base import *  # noqa: F403  settings modules build on one another
from .base import INSTALLED_APPS, VAR

DEBUG = os.environ.get("ALONGSIDE_DEBUG", "0") == "1"
SECRET_KEY = "demo-only-not-a-secret-demo-only-not-a-secret-demo"  # noqa: S105  production refuses to start with it
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
ALONGSIDE_MFA_REQUIRED = False
ALONGSIDE_DEMO = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
ALONGSIDE_BASE_URL = os.environ.get("ALONGSIDE_BASE_URL", f"http://localhost:{os.environ.get('PORT', '8000')}")
EMAIL_BACKEND = "post.backends.FolderBackend"
EMAIL_FILE_PATH = VAR / "mail"
STATIC_ROOT = VAR / "static"  # empty: files are served from where they are
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
INSTALLED_APPS = [*INSTALLED_APPS]
