"""The worker of the fault rig: the product's own, with a shorter lease, and known by its process to mail server and database.

A process says its number where SMTP asks for a host's name (EHLO) and where PostgreSQL asks for an application's. So of a
process that was killed it can be told which letter it handed over last, and when its last statement had ended.
"""

import os
from datetime import timedelta

from celery.signals import worker_process_init
from django.conf import settings
from django.core.mail.utils import DNS_NAME

from mentoring.settings import base
from tests.faults.program import app

from post.services import delivery  # isort: skip  needs the apps, which the line above readies

__all__ = ["app"]

# A fifth of the product's lease, half its margin, a thirtieth of its first wait; and the product's patience with a mail server.
delivery.LEASE = timedelta(seconds=60)
delivery.MARGIN = timedelta(seconds=30)
delivery.FIRST_WAIT = timedelta(seconds=2)
settings.EMAIL_TIMEOUT = base.EMAIL_TIMEOUT


@worker_process_init.connect
def say_who(**_signal):
    DNS_NAME._fqdn = f"worker-{os.getpid()}.example"
    os.environ["PGAPPNAME"] = f"worker-{os.getpid()}"
