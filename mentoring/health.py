"""Two questions a load balancer or a container asks: is the process alive, and can it do its work now?"""

import logging
from functools import cache

import redis
from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .checks import database_problems

SECONDS = 2
log = logging.getLogger(__name__)


@require_safe
@never_cache
def livez(request):
    """200 as long as the process answers at all; asks nobody else."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request):
    """200 when database, migrations and broker are good, else 503; JSON with a sentence for each thing that is not."""
    problems = [*database(), *broker()]
    status = "unavailable" if problems else "ok"
    return JsonResponse({"status": status, "problems": problems}, status=503 if problems else 200)


def database() -> list[str]:
    """Asks on a connection of its own with short limits: a busy pool or a hung server must not hang the answer."""
    probe = connections["default"].copy()
    options = {key: value for key, value in probe.settings_dict["OPTIONS"].items() if key != "pool"}
    limits = {"connect_timeout": SECONDS, "options": f"-c statement_timeout={SECONDS}s"}
    probe.settings_dict = {**probe.settings_dict, "OPTIONS": {**options, **limits}}
    try:
        return [*database_problems(probe), *migrations(probe)]
    except DatabaseError as error:
        log.warning("database does not answer: %s", type(error).__name__)
        return [_("The database does not answer.")]
    finally:
        probe.close()


def migrations(connection) -> list[str]:
    """Each app's last migration must have run."""
    missing = last_migrations() - set(MigrationRecorder(connection).applied_migrations())
    return [_("Migration %(app)s.%(name)s has not run.") % {"app": app, "name": name} for app, name in sorted(missing)]


@cache
def last_migrations() -> frozenset[tuple[str, str]]:
    """(app, name) of what the code needs; the files cannot change under a running process."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes())


def broker() -> list[str]:
    client = redis.Redis.from_url(settings.CELERY_BROKER_URL, socket_connect_timeout=SECONDS, socket_timeout=SECONDS)
    try:
        client.ping()
    except redis.RedisError as error:
        log.warning("broker does not answer: %s", type(error).__name__)
        return [_("The broker (Redis) does not answer.")]
    finally:
        client.close()
    return []
