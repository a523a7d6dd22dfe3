from django.utils.translation import gettext as _

from ..models import Gathering
from .refused import TrainingError


def locked(gathering) -> Gathering:
    """The event held until the transaction ends, with what services need of it: two people at the last place wait here."""
    rows = Gathering.objects.select_related("programme__organisation").select_for_update(of=("self",))
    return rows.get(pk=gathering.pk)


def refuse_cancelled(gathering):
    if gathering.cancelled_at:
        raise TrainingError(_("This event has been cancelled."))
