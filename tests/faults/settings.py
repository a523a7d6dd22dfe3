"""The product's own settings for the programs that are to be killed: real SMTP, and a beat that looks every second."""

import os

from mentoring.settings.addresses import email_from_url
from mentoring.settings.base import *  # noqa: F403  settings modules build on one another
from mentoring.settings.base import CELERY_BEAT_SCHEDULE

SECRET_KEY = "tests-only-not-a-secret-tests-only-not-a-secret"
ALLOWED_HOSTS = ["*"]
globals().update(email_from_url(os.environ["EMAIL_URL"]))
EMAIL_TIMEOUT = 5
OFTEN = ("deliver letters", "restart lost jobs")
CELERY_BEAT_SCHEDULE = {name: CELERY_BEAT_SCHEDULE[name] | {"schedule": 1} for name in OFTEN}
