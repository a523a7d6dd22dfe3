"""Writing the record. Call these in the same transaction as the fact."""

from common.tenancy import current_organisation_id

from .models import AccessLog, Event


def record(verb, *, by=None, about=None, **data):
    """Write one audit event. ``by``: a membership, a user, a name, or None for the system; ``about``: a saved model."""
    Event.objects.create(verb=verb, data=data, **_who(by), **_what(about))


def record_reading(what, *, by, about=None, reason=""):
    """Write that ``by`` read something sensitive. Call before showing it."""
    AccessLog.objects.create(what=what, reason=reason, **_who(by), **_what(about))


def record_readings(what, *, by, about, reason=""):
    """The same for several rows read together."""
    AccessLog.objects.bulk_create(AccessLog(what=what, reason=reason, **_who(by), **_what(row)) for row in about)


def _who(by):
    if by is None or isinstance(by, str):
        actor_id, name = None, by or ""
    else:
        actor_id, name = getattr(by, "user_id", by.pk), str(by)
    return {"organisation_id": current_organisation_id(), "actor_id": actor_id, "actor_name": name[:300]}


def _what(about):
    if about is None:
        return {}
    return {"object_type": about._meta.label_lower, "object_id": about.pk}
