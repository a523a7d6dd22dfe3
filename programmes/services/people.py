"""Participants by hand: one joins, one changes, one withdraws."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from organisations.enums import Role
from organisations.models import Membership
from organisations.services import invitations

from ..models import Participant
from ..signals import participant_withdrawn, participants_joined
from .programmes import ProgrammeError

INVITE = "student-invitations"
ROLE_OF_SIDE = {"student": Role.STUDENT, "mentor": Role.MENTOR}


@transaction.atomic
def add_participant(*, programme, side, first_name, last_name, email, by, **facts) -> Participant:
    """Take one person into a programme. Somebody the organisation knows by e-mail address is that person, with one role more."""
    email = email.strip().lower()
    person = _known(email) or _new_person(email=email, first_name=first_name, last_name=last_name, by=by)
    if person.left_at:
        raise ProgrammeError(_("This person has left the organisation. Bring them back first, under Everybody."))
    if ROLE_OF_SIDE[side] not in person.roles:
        person.roles = [*person.roles, ROLE_OF_SIDE[side].value]
        person.save(update_fields=["roles"])
    try:
        with transaction.atomic():
            participant = Participant.objects.create(
                organisation_id=by.organisation_id, programme=programme, membership=person, side=side, **facts
            )
    except IntegrityError as error:
        if "participant_ref_once" in str(error):
            raise ProgrammeError(_("Somebody else in this programme has this student number.")) from error
        raise ProgrammeError(_("%(name)s takes part already.") % {"name": person.name}) from error
    record("participant added", by=by, about=participant)
    participants_joined.send(sender=Participant, programme=programme, participants=[participant.pk], by=by)
    return participant


def _known(email):
    return Membership.objects.select_for_update().filter(email__iexact=email).first()


def _new_person(*, email, by, **names) -> Membership:
    """A membership without roles; the one that somebody else wrote in the same moment, if so."""
    try:
        with transaction.atomic():
            return Membership.objects.create(organisation_id=by.organisation_id, email=email, roles=[], **names)
    except IntegrityError:
        person = _known(email)
        if person is None:
            raise
        return person


def change_participant(*, participant, by, **facts) -> Participant:
    """Change what matching knows about somebody."""
    for name, value in facts.items():
        setattr(participant, name, value)
    participant.save(update_fields=list(facts))
    record("participant changed", by=by, about=participant, fields=sorted(facts))
    return participant


def withdraw_participant(*, participant, reason, by, at=None) -> Participant:
    """Somebody stops taking part. Their open proposals and mentorships are dealt with by the apps above."""
    if participant.withdrawn_at is None:
        participant.withdrawn_at, participant.withdrawn_reason = at or timezone.now(), reason.strip()[:300]
        participant.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        record("participant withdrawn", by=by, about=participant)
        participant_withdrawn.send(sender=Participant, participant=participant, by=by)
    return participant


def not_invited(*, programme, by):
    """Participants who have not joined and hold no invitation that works, as far as ``by`` may invite them."""
    return Participant.objects.active().filter(programme=programme, membership__in=invitations.waiting(by=by).values("pk"))


def invite_students(*, programme, by, progress, at=None) -> int:
    """Write to every student who is not invited; returns how many letters. Mentors are asked to train instead.

    Safe twice: who holds an invitation is passed over. progress(done, total, message) may raise to stop.
    """
    waiting = list(not_invited(programme=programme, by=by).students().select_related("membership").order_by("pk"))
    sent = 0
    for done, student in enumerate(waiting):
        progress(done, len(waiting), _("Writing to %(name)s") % {"name": student.name})
        try:
            sent += bool(invitations.invite(membership=student.membership, by=by, programme=programme.name, at=at))
        except invitations.CannotInvite:  # joined, or left, while the others were written to
            continue
        Participant.objects.filter(pk=student.pk).update(invited_at=at or timezone.now())
    progress(len(waiting), len(waiting), _("Done"))
    return sent
