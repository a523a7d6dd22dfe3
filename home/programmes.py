"""Which programme a page is about when the address does not say."""

from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone

from programmes.models import Programme


def programmes_in_order(membership, today=None):
    """Those the person may see: running ones first, then those to come, then what is over; the newest of each first."""
    today = today or timezone.localdate()
    place = Case(
        When(closed_at__isnull=False, then=Value(3)),
        When(ends_on__lt=today, then=Value(2)),
        When(starts_on__gt=today, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    return Programme.objects.visible_to(membership).annotate(place=place).order_by("place", "-starts_on", "-pk")
