"""What the named lead for concerns sees on their day: how many, and how long they wait. Never what they say."""

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checkins.models import Concern
from common.words import ago
from organisations.services.letters import letters_about_concerns
from post.models import Letter

from ..addresses import page


def concerns_of(membership) -> dict:
    """{"open", "new", "title", "text", "failed", "url"} of the concerns this person looks after, in two queries."""
    rows = Concern.objects.worked_on_by(membership).open()
    found = rows.aggregate(open=Count("pk"), new=Count("pk", filter=Q(acknowledged_at=None)), oldest=Min("raised_at"))
    return {
        "open": found["open"],
        "new": found["new"],
        "title": _title(found),
        "text": _("The oldest was raised %(when)s.") % {"when": ago(found["oldest"])} if found["open"] else "",
        "failed": _failed(membership),
        "url": page(membership.organisation, "checkins:concerns"),
    }


def _failed(membership):
    """What to say of letters about concerns that did not reach their reader."""
    failed = letters_about_concerns(membership, status=Letter.Status.FAILED).count()
    words = ngettext("%(n)s letter could not be delivered", "%(n)s letters could not be delivered", failed)
    return words % {"n": failed} if failed else ""


def _title(found):
    if not found["open"]:
        return _("No concern is open")
    if not found["new"]:
        return ngettext("%(n)s concern is open", "%(n)s concerns are open", found["open"]) % {"n": found["open"]}
    return ngettext("%(n)s concern waits to be read", "%(n)s concerns wait to be read", found["new"]) % {"n": found["new"]}
