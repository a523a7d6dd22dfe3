from django.shortcuts import render
from django.views.decorators.http import require_GET

from ..access import requires
from ..roles import LEAD_CAN, POSTER, Can


@requires(Can.SEE_OWN_PAGES)
@require_GET
def poster(request):
    """Who can do what, straight from organisations/roles.py."""
    roles = [{"label": role.label, "description": sheet.description} for role, sheet in POSTER.items()]
    rows = [
        {"text": can.value, "cells": [*(can in sheet.can for sheet in POSTER.values()), can in LEAD_CAN]} for can in Can
    ]
    return render(request, "organisations/roles.html", {"roles": roles, "rows": rows})
