"""The organisation's own day: what is today where it is."""

from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone


def local_today(organisation, at=None) -> date:
    """The day at this moment (now, if none is given) by the organisation's clock."""
    return timezone.localdate(at, ZoneInfo(organisation.time_zone))


def zone_of(membership) -> ZoneInfo:
    """The clock a person goes by: their own where they chose one that is still known, else the organisation's."""
    try:
        return ZoneInfo(membership.time_zone or membership.organisation.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(membership.organisation.time_zone)
