"""What makes the pages installable: the service worker, and the page it shows where there is no signal."""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.safestring import mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from ..forms import BlankCheckIn

# What the page without signal needs. Nothing of a person is ever kept by the service worker.
ASSETS = (
    "bootstrap/css/bootstrap.min.css",
    "css/tokens.css",
    "css/base.css",
    "css/layout.css",
    "css/components.css",
    "css/forms.css",
    "css/charts.css",
    "css/print.css",
    "webfont/inter.woff2",
    "img/favicon.svg",
    "img/site.webmanifest",
    "img/caret.svg",
    "js/theme.js",
    "js/house.js",
    "js/forms.js",
    "js/kept.js",
    "django_htmx/htmx-2.min.js",
)


@require_GET
@cache_control(no_cache=True)
def service_worker(request):
    """Under / so that it may stand in for every page; a new version of an asset makes a new worker."""
    context = {"version": _version(), "assets": mark_safe(json.dumps([static(name) for name in ASSETS]))}  # noqa: S308  our own names
    return render(request, "home/sw.js", context, content_type="text/javascript; charset=utf-8")


@require_GET
@cache_control(no_cache=True)
def offline(request):
    """Asked for by the service worker without cookies, so that it holds nobody's name."""
    return render(request, "home/offline.html", {"form": BlankCheckIn()})


@cache
def _version() -> str:
    digest = hashlib.sha256()
    for name in ASSETS:
        found = finders.find(name)
        digest.update(Path(found).read_bytes() if found else static(name).encode())
    return digest.hexdigest()[:16]
