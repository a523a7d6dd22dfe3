"""The product's Celery application, started quickly: what is killed anew in each test need not load its fonts first."""

import django
from celery.signals import worker_process_init

from mentoring.celery import app

django.setup()

from organisations.services import heartbeat  # noqa: E402  needs the apps

heartbeat.EVERY = 0.2
worker_process_init.disconnect(dispatch_uid="documents.warm_up_paper")

__all__ = ["app"]
