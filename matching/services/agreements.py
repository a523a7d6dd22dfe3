"""The agreement: what the two settle together, and their names under it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from post.services.outbox import drop_letters

from ..agreement_text import SETTLED_TOGETHER
from ..models import Agreement, AgreementSignature
from ..names import is_name_of
from ..signals import agreement_signed
from .refused import Refused

FIELDS = [one.field for one in SETTLED_TOGETHER]


def settle_together(*, agreement, settled, by) -> Agreement:
    """Keep the five answers. Refused once somebody has signed: nobody's text changes over their name."""
    with transaction.atomic():
        agreement = _locked(agreement)
        if not agreement.mentorship.is_active:
            raise Refused(_("This mentorship has ended, so these answers stand."))
        if agreement.signatures.exists():
            raise Refused(
                _("One of you has signed already, so these answers stand. Ask your coordinator if they must change.")
            )
        for name in FIELDS:
            setattr(agreement, name, settled[name].strip())
        agreement.save(update_fields=FIELDS)
        record("agreement filled in", by=by, about=agreement)
    return agreement


def sign_agreement(*, agreement, participant, signed_name, by, by_link=False, at=None) -> AgreementSignature:
    """Put a name under the agreement; the second time gives back the first. Refused when the name is somebody else's."""
    person = participant.membership
    if not is_name_of(signed_name, person.first_name, person.last_name):
        raise Refused(_("Please type your own full name as we know it: %(name)s.") % {"name": person.name})
    with transaction.atomic():
        agreement = _locked(agreement)
        if not agreement.mentorship.is_active:
            raise Refused(_("This mentorship has ended, so there is nothing left to sign."))
        signature, made = AgreementSignature.objects.get_or_create(
            agreement=agreement,
            participant=participant,
            defaults={"signed_name": " ".join(signed_name.split())[:300], "by_link": by_link},
        )
        if made:
            record("agreement signed", by=by, about=agreement, side=participant.side)
            _complete(agreement, by, at or timezone.now())
    return signature


def _complete(agreement, by, at):
    """When the last name is there: note the time, and tell the apps above."""
    if agreement.signatures.count() < agreement.mentorship.members.count():
        return
    agreement.signed_at = at
    agreement.save(update_fields=["signed_at"])
    drop_letters(agreement)
    agreement_signed.send(sender=Agreement, agreement=agreement, by=by)


def _locked(agreement):
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("mentorship__programme")
    return rows.get(pk=agreement.pk)
