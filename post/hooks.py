"""The mail service's door: what came back, by POST. Not for people; without a token in the settings it is not there."""

import json

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .returned_mail import TAG, Returned, read
from .services.returns import take_returned

LARGEST = 2_000_000  # bytes
EVENTS = {"bounced": "returned", "complained": "unwanted"}


@csrf_exempt
@require_POST
def returned(request):
    """A whole mail (any content type), or JSON: {"message_id", "event": "bounced" or "complained", "status", "reason"}, or a list of those.

    204 also for what is not about a letter of ours: mail services send again what is refused.
    """
    if not settings.ALONGSIDE_MAIL_HOOK_TOKEN:
        raise Http404
    if not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.ALONGSIDE_MAIL_HOOK_TOKEN}"):
        return HttpResponse(status=401)
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return HttpResponse(status=413)
    if request.content_type != "application/json":
        take_returned(read(request.body))
        return HttpResponse(status=204)
    try:
        reports = [_from_json(event) for event in _listed(json.loads(request.body))]
    except (ValueError, AttributeError):
        return HttpResponse("Send JSON as docs/running.md shows it.", status=400, content_type="text/plain")
    for report in reports:
        take_returned(report)
    return HttpResponse(status=204)


def _listed(data):
    return data if isinstance(data, list) else [data]


def _from_json(event) -> Returned:
    found = TAG.search(str(event.get("message_id", "")))
    kind = EVENTS.get(str(event.get("event", "")), "automatic")
    reason = " ".join(str(event.get("reason", "")).replace("\0", "").split())
    return Returned(kind, found[1] if found else "", str(event.get("status", ""))[:20].replace("\0", ""), reason)
