"""Asking for another mentor or student, or to stop. Asking changes nothing yet: a coordinator settles it."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record

from ..models import ChangeRequest, Mentorship
from . import letters
from .refused import Refused


def ask_for_change(*, mentorship, participant, wish, by, reason="", by_link=False) -> ChangeRequest:
    """A member asks; the coordinators are told, the others are not. Asking again while it waits changes what was asked."""
    asked = {"wish": wish, "reason": reason.strip(), "by_link": by_link}
    mine = ChangeRequest.objects.filter(mentorship=mentorship, participant=participant, settled_at=None)
    with transaction.atomic():
        if not Mentorship.objects.select_for_update(of=("self",)).get(pk=mentorship.pk).is_active:  # it may end just now
            raise Refused(_("This mentorship has ended already."))
        if mine.update(**asked):
            return mine.get()
        try:
            with transaction.atomic():
                request = ChangeRequest.objects.create(mentorship=mentorship, participant=participant, **asked)
        except IntegrityError:  # a double click
            return mine.get()
        record("change asked for", by=by, about=request)  # the reason stays on the row
        letters.send_change_asked(request)
    return request


def keep_going(*, asked, by, at=None):
    """The coordinator has spoken with them and the mentorship goes on as it is."""
    if not ChangeRequest.objects.filter(pk=asked.pk, settled_at=None).update(settled_at=at or timezone.now(), settled_by=by):
        raise Refused(_("This is settled already."))
    record("mentorship goes on", by=by, about=asked)


def settle_requests(mentorship, *, by, at=None):
    """The mentorship has ended or was handed over: what was asked for is answered."""
    open_ones = ChangeRequest.objects.filter(mentorship=mentorship, settled_at=None)
    open_ones.update(settled_at=at or timezone.now(), settled_by=by if hasattr(by, "pk") else None)
