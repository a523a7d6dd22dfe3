"""A visit: the operator has chosen one organisation and said why; it ends after thirty minutes or when they leave.

Kept in the session. Opening and leaving stand in the organisation's own record, where its owners read them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from audit.services import record_reading
from common.tenancy import organisation_scope
from organisations.models import Organisation

KEY = "operator_visit"
LENGTH = timedelta(minutes=30)


@dataclass(frozen=True)
class Visit:
    organisation: Organisation
    reason: str
    until: datetime

    @property
    def minutes_left(self) -> int:
        return max(1, round((self.until - timezone.now()).total_seconds() / 60))


def open_visit(request, *, organisation, reason):
    """Begin a visit (ending any other) and write it to the organisation's record."""
    close_visit(request)
    with organisation_scope(organisation.pk):
        record_reading("organisation opened in Django admin", by=request.user, about=organisation, reason=reason)
    request.session[KEY] = {
        "organisation": organisation.pk,
        "user": request.user.pk,
        "reason": reason,
        "until": (timezone.now() + LENGTH).isoformat(),
    }


def close_visit(request):
    visit = current_visit(request)
    request.session.pop(KEY, None)
    if visit:
        with organisation_scope(visit.organisation.pk):
            record_reading("organisation left in Django admin", by=request.user, about=visit.organisation, reason=visit.reason)


def current_visit(request) -> Visit | None:
    """The visit that is open for the user who is signed in, else None. An expired one is forgotten."""
    kept = request.session.get(KEY)
    if not kept or kept["user"] != request.user.pk:
        return None
    until = datetime.fromisoformat(kept["until"])
    organisation = Organisation.objects.filter(pk=kept["organisation"]).first()
    if until <= timezone.now() or organisation is None:
        del request.session[KEY]
        return None
    return Visit(organisation=organisation, reason=kept["reason"], until=until)
