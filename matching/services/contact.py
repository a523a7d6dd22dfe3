"""Contact in a mentorship paused and resumed. Its members are told that, in neutral words, and never why."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from common.refused import Refused
from organisations.services import links
from post.services.outbox import drop_letters, queue_letter

from ..models import ContactPause, Mentorship, MentorshipMember
from ..signals import contact_paused, contact_resumed

LEAD, CONSENT = ContactPause.Why.LEAD, ContactPause.Why.CONSENT


def pause_contact(*, mentorship, why, by, at=None, tell=True) -> bool:
    """Pause from now on. False when it is paused for this already, or over. ``by`` goes into the record of events: no name of a lead's."""
    now = at or timezone.now()
    with transaction.atomic():
        row = _locked(mentorship)
        if not row.is_active or row.pauses.standing().filter(why=why).exists():
            return False
        pause = ContactPause.objects.create(mentorship=row, why=why, since=now)
        record("contact paused", by=by, about=row)
        drop_letters(row)
        if tell:
            _tell("contact_paused", row, pause)
        contact_paused.send(sender=Mentorship, mentorship=row)
    mentorship.__dict__.pop("pause", None)
    return True


def resume_contact(*, mentorship, why, by, at=None, tell=True) -> bool:
    """End the pause for this reason. False when there is none. Contact goes on once no other pause stands."""
    with transaction.atomic():
        row = _locked(mentorship)
        pause = row.pauses.standing().filter(why=why).first()
        if pause is None:
            return False
        pause.ended_at = at or timezone.now()
        pause.save(update_fields=["ended_at"])
        drop_letters(pause)
        record("contact pause ended", by=by, about=row)
        if row.is_in_contact:
            if tell:
                _tell("contact_resumed", row, pause)
            contact_resumed.send(sender=Mentorship, mentorship=row)
    mentorship.__dict__.pop("pause", None)
    return True


def require_contact(mentorship):
    """Refused while contact is paused."""
    if mentorship.pause is not None:
        raise Refused(_("Contact is paused in this mentorship. Nothing was changed."))


def _tell(name, mentorship, pause):
    seats = MentorshipMember.objects.filter(mentorship=mentorship, participant__withdrawn_at=None, participant__membership__left_at=None)
    for seat in seats.select_related("participant__membership"):
        person = seat.participant.membership
        context = {
            "first_name": person.first_name,
            "organisation": mentorship.organisation.name,
            "programme": mentorship.programme.name,
            "url": links.absolute(mentorship.get_absolute_url()),
        }
        if name == "contact_paused":
            context["waits_for_consent"] = pause.why == CONSENT
        key = f"{name}:{pause.pk}:{person.pk}"
        queue_letter(name, to_email=person.email, to_name=person.name, context=context, dedupe_key=key, about=pause)


def _locked(mentorship):
    rows = Mentorship.objects.select_for_update(of=("self",), no_key=True).select_related("organisation", "programme")
    return rows.get(pk=mentorship.pk)
