"""Reading the record of one organisation."""

from .models import AccessLog, Event


def events_of(organisation_id, *, without=()):
    """What was done, newest first. ``without``: prefixes of object types to leave out ("checkins.concern")."""
    events = Event.objects.filter(organisation_id=organisation_id)
    for prefix in without:
        events = events.exclude(object_type__startswith=prefix)
    return events.order_by("-at", "-id")


def noted_of(organisation_id, verb, model, pk) -> dict | None:
    """What was noted with the newest event of this verb about this row, which may be gone by now; None where there is none."""
    events = Event.objects.filter(organisation_id=organisation_id, verb=verb, object_type=model._meta.label_lower, object_id=pk)
    return events.order_by("-id").values_list("data", flat=True).first()


def readings_of(organisation_id, *, without=()):
    """Who read what is sensitive, newest first."""
    readings = AccessLog.objects.filter(organisation_id=organisation_id)
    for prefix in without:
        readings = readings.exclude(object_type__startswith=prefix)
    return readings.order_by("-at", "-id")
