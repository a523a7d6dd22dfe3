"""Names under the agreement: in the app, by signed link, or signed elsewhere and noted by a coordinator."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from common.storage import save_private
from organisations.days import local_today
from post.services.outbox import drop_letters
from programmes.models import Participant

from ..models import Agreement, AgreementPaper, AgreementSignature, AgreementVersion
from ..names import is_name_of
from ..signals import agreement_signed
from .agreement_versions import keep_version
from .members import have_all, present_seats
from .refused import Refused


def sign_agreement(*, agreement, participant, signed_name, by, by_link=False, seen="", at=None) -> AgreementSignature:
    """Put a name under the newest version; the second time gives back the first.

    seen: the fingerprint of the text that was read. Refused when the text has changed since, when the name is somebody
    else's, for whoever has left, and once the mentorship has ended.
    """
    person = participant.membership
    if not is_name_of(signed_name, person.first_name, person.last_name):
        raise Refused(_("Please type your own full name as we know it: %(name)s.") % {"name": person.name})
    with transaction.atomic():
        agreement = _locked(agreement)
        _refuse_unless_open(agreement, [participant])
        signature = AgreementSignature.objects.filter(agreement=agreement, participant=participant, number=agreement.number).first()
        if signature:
            return signature
        version = keep_version(agreement)
        if seen and seen != version.sha256:
            raise Refused(_("The text has changed since you opened this page, so nothing was signed. Read what is new, then sign."))
        signature = _put(version, participant, " ".join(signed_name.split())[:300], by_link=by_link)
        record("agreement signed", by=by, about=agreement, side=participant.side, number=version.number)
        _complete(agreement, version, by, at or timezone.now())
    return signature


def record_signed_elsewhere(*, agreement, participants, signed_on, upload, by, seen="", at=None) -> AgreementPaper:
    """Note that some members signed the newest version on paper or in another system, with the file that shows it.

    upload: a common.uploads.Upload. Their letters and reminders stop at once. Refused for a day still to come, when all of
    them have signed already, and as for ``sign_agreement``.
    """
    with transaction.atomic():
        agreement = _locked(agreement)
        _refuse_unless_open(agreement, participants)
        if signed_on > local_today(agreement.mentorship.organisation, at):
            raise Refused(_("The day of the signature is still to come."))
        have = set(AgreementSignature.objects.filter(agreement=agreement, number=agreement.number).values_list("participant_id", flat=True))
        missing = [one for one in participants if one.pk not in have]
        if not missing:
            raise Refused(_("Their signatures stand here already. Nothing was changed."))
        version = keep_version(agreement)
        if seen and seen != version.sha256:
            raise Refused(_("The text has changed since you opened this page. Look whether the paper says what stands here now."))
        paper = AgreementPaper.objects.create(
            agreement=agreement,
            number=version.number,
            signed_on=signed_on,
            path=save_private(agreement.organisation_id, upload.name, upload.content),
            file_name=upload.name,
            file_size=upload.size,
            noted_by=by,
        )
        for participant in missing:
            _put(version, participant, participant.name, paper=paper)
        record("agreement signed elsewhere", by=by, about=agreement, names=len(missing), number=version.number)
        _complete(agreement, version, by, at or timezone.now())
    return paper


def complete_without(*, participant, by, at=None):
    """Somebody left: agreements that waited for their name alone are signed by everybody who is left."""
    for agreement in Agreement.objects.filter(mentorship__members__participant=participant, signed_at=None).order_by("pk"):
        with transaction.atomic():
            locked = _locked(agreement)
            drop_letters(locked, to_email=participant.membership.email)
            if locked.mentorship.is_active and locked.signatures.filter(number=locked.number).exists():
                _complete(locked, keep_version(locked), by, at or timezone.now())


def complete_with_who_is_left(*, mentorship, by, at=None):
    """Somebody's seat in a group was given up: the agreement may have waited for that name alone."""
    agreement = Agreement.objects.filter(mentorship=mentorship, signed_at=None).first()
    if agreement and agreement.signatures.filter(number=agreement.number).exists():
        locked = _locked(agreement)
        _complete(locked, keep_version(locked), by, at or timezone.now())


def complete_without_person(*, membership, by, at=None):
    """The same for every seat of somebody who leaves the organisation."""
    for participant in Participant.objects.filter(membership=membership).order_by("pk"):
        complete_without(participant=participant, by=by, at=at)


def _put(version, participant, name, **how):
    signature, _made = AgreementSignature.objects.get_or_create(
        agreement=version.agreement,
        participant=participant,
        number=version.number,
        defaults={"signed_name": name, "sha256": version.sha256, **how},
    )
    drop_letters(version.agreement, to_email=participant.membership.email)
    return signature


def _complete(agreement, version, by, at):
    """When the last name is there: note the time, and tell the apps above."""
    signed = agreement.signatures.filter(number=agreement.number).values_list("participant_id", flat=True)
    if agreement.signed_at or not have_all(present_seats(agreement.mentorship), signed):
        return
    agreement.signed_at = at
    agreement.save(update_fields=["signed_at"])
    AgreementVersion.objects.filter(pk=version.pk).update(signed_at=at)
    drop_letters(agreement)
    agreement_signed.send(sender=Agreement, agreement=agreement, by=by)


def _refuse_unless_open(agreement, participants):
    if not agreement.mentorship.is_active:
        raise Refused(_("This mentorship has ended, so there is nothing left to sign."))
    present = {seat.participant_id for seat in present_seats(agreement.mentorship)}
    if not participants or not {one.pk for one in participants} <= present:
        raise Refused(_("Only those who are in this mentorship now can sign."))


def _locked(agreement):
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("mentorship__programme", "mentorship__organisation")
    return rows.get(pk=agreement.pk)
