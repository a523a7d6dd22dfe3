"""Reading the record of one organisation."""

from .models import AccessLog, Event


def events_of(organisation_id, *, without=()):
    """What was done, newest first. ``without``: prefixes of object types to leave out ("checkins.concern")."""
    events = Event.objects.filter(organisation_id=organisation_id)
    for prefix in without:
        events = events.exclude(object_type__startswith=prefix)
    return events.order_by("-at", "-id")


def readings_of(organisation_id, *, without=()):
    """Who read what is sensitive, newest first."""
    readings = AccessLog.objects.filter(organisation_id=organisation_id)
    for prefix in without:
        readings = readings.exclude(object_type__startswith=prefix)
    return readings.order_by("-at", "-id")
