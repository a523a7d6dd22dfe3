"""Which programme a page is about when the address does not say."""

from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone

from programmes.models import Programme


def last_opened(request):
    """The id of the programme this person opened last in this organisation, in this session; None where there is none."""
    return request.session.get(_key(request))


def remember_opened(request, programme):
    """Pages that belong to no programme keep to the one opened last."""
    if request.session.get(_key(request)) != programme.pk:
        request.session[_key(request)] = programme.pk


def _key(request):
    return f"programme:{request.organisation.pk}"


def programmes_in_order(membership, today=None, *, last_opened=None):
    """Those the person may see: running ones first, then those to come, then what is over; the newest of each first.

    last_opened: the id of one to put before all others, unless it is over.
    """
    today = today or timezone.localdate()
    place = Case(
        When(closed_at__isnull=False, then=Value(3)),
        When(ends_on__lt=today, then=Value(2)),
        When(pk=last_opened, then=Value(-1)),
        When(starts_on__gt=today, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    return Programme.objects.visible_to(membership).annotate(place=place).order_by("place", "-starts_on", "-pk")
