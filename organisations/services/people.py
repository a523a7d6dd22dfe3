"""People of an organisation: added, changed, taken out, brought back. Every rule about who may do so is checked here."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.services.sign_in import rename
from audit.services import record
from common.refused import Refused

from ..enums import Purpose, Role
from ..models import Membership, SignedLink
from ..rights import may_change, may_name_lead, roles_to_give
from ..signals import asked_what_goes, person_taken_out
from . import invitations, unreached

DETAILS = ["first_name", "last_name", "email", "phone"]


class CannotChange(Refused):
    """The message says why, for the person who asked."""


@transaction.atomic
def add_person(*, by, first_name, email, last_name="", phone="", roles=(), is_safeguarding_lead=False) -> Membership:
    """Put somebody on the organisation's list (they are not invited yet). Raises CannotChange for an address that is there."""
    person = Membership(
        organisation_id=by.organisation_id, first_name=first_name, last_name=last_name, email=email, phone=phone
    )
    _check_rights(by, person, roles, is_safeguarding_lead)
    person.roles, person.is_safeguarding_lead = _ordered(roles), is_safeguarding_lead
    _save(person)
    record("person added", by=by, about=person, roles=person.roles)
    return person


@transaction.atomic
def update_person(*, membership, by, roles=None, is_safeguarding_lead=None, **details) -> Membership:
    """Change a person's details and rights. None: leave as it is. A new address makes open invitations useless.

    Raises PermissionDenied where ``by`` may not, CannotChange where nobody may.
    """
    person = _locked(membership)
    if not may_change(by, person):
        raise PermissionDenied
    before = {
        **{name: getattr(person, name) for name in DETAILS},
        "roles": person.roles,
        "lead": person.is_safeguarding_lead,
    }
    if roles is not None or is_safeguarding_lead is not None:
        _change_rights(by, person, roles, is_safeguarding_lead)
    for name in DETAILS:
        setattr(person, name, details.get(name, getattr(person, name)))
    after = {**{name: getattr(person, name) for name in DETAILS}, "roles": person.roles, "lead": person.is_safeguarding_lead}
    changed = [name for name in before if before[name] != after[name]]
    if not changed:
        return person
    _save(person)
    if "email" in changed:
        invitations.revoke_invitation(membership=person, by=by)
        unreached.address_changed(old=before["email"], person=person, by=by)
    rights = {"roles": person.roles, "lead": person.is_safeguarding_lead} if {"roles", "lead"} & set(changed) else {}
    record("person changed", by=by, about=person, changed=changed, **rights)
    return person


@transaction.atomic
def name_deputy(*, membership, is_deputy, by) -> Membership:
    """Make somebody the lead's deputy, or no longer. Raises PermissionDenied where ``by`` may not: nobody names themselves."""
    person = _locked(membership)
    if not (may_change(by, person) and may_name_lead(by)):
        raise PermissionDenied
    if person.is_safeguarding_deputy != is_deputy:
        person.is_safeguarding_deputy = is_deputy
        person.save(update_fields=["is_safeguarding_deputy"])
        record("person changed", by=by, about=person, changed=["deputy"])
    return person


@transaction.atomic
def update_own_details(*, membership, first_name, last_name, phone, time_zone=""):
    """What everybody may change about themselves. time_zone: the clock they live by, "" for the organisation's."""
    person = _locked(membership)
    person.first_name, person.last_name, person.phone, person.time_zone = first_name, last_name, phone, time_zone
    person.save()
    if person.user_id:
        rename(user=person.user, name=person.name)
    record("person changed", by=person, about=person, changed=["name, phone, time zone"])
    return person


@transaction.atomic
def take_out(*, membership, by, at=None):
    """Take somebody out: they can no longer open the organisation's pages, nor use a link sent to them. Nothing is deleted."""
    person = _locked(membership)
    if not may_change(by, person):
        raise PermissionDenied
    if person.left_at:
        return
    if Role.OWNER in person.roles:
        _check_another_owner(person)
    now = at or timezone.now()
    person.left_at = now
    person.save(update_fields=["left_at"])
    invitations.revoke_invitation(membership=person, by=by, at=now)
    links = SignedLink.objects.filter(Q(membership=person) | Q(purpose=Purpose.JOIN, target_id=person.pk), revoked_at=None)
    links.update(revoked_at=now)
    record("person taken out", by=by, about=person)
    person_taken_out.send(sender=Membership, membership=person, by=by)


@transaction.atomic
def bring_back(*, membership, by):
    """Undo take_out. Links sent before stay closed."""
    person = _locked(membership)
    if not may_change(by, person):
        raise PermissionDenied
    if person.left_at is None:
        return
    person.left_at = None
    person.save(update_fields=["left_at"])
    record("person brought back", by=by, about=person)


def what_goes(person) -> list[str]:
    """What taking this person out does, in sentences; the apps above add theirs."""
    lines = [
        _("They can no longer open the pages of this organisation."),
        _("Links in letters sent to them stop working."),
        _("What they wrote stays, with their name."),
    ]
    if person.is_safeguarding_lead:
        lines.append(_("They are the named lead for concerns. Name somebody else, or nobody will read new ones."))
    for _receiver, more in asked_what_goes.send(sender=Membership, membership=person):
        lines += more
    return lines


def is_last_owner(person) -> bool:
    return Role.OWNER in person.roles and not _other_owners(person).exists()


def _change_rights(by, person, roles, is_lead):
    new_roles = person.roles if roles is None else roles
    new_lead = person.is_safeguarding_lead if is_lead is None else is_lead
    _check_rights(by, person, new_roles, new_lead)
    if Role.OWNER in person.roles and Role.OWNER not in new_roles:
        _check_another_owner(person)
    person.roles, person.is_safeguarding_lead = _ordered(new_roles), new_lead


def _check_rights(by, person, roles, is_lead):
    """What is newly given or taken away must be ``by``'s to give."""
    touched = set(roles) ^ set(person.roles)
    if touched - set(roles_to_give(by)):
        raise PermissionDenied
    if is_lead != person.is_safeguarding_lead and not may_name_lead(by):
        raise PermissionDenied


def _check_another_owner(person):
    """Locks the owners first, so that two of them cannot take each other out at the same moment."""
    list(Membership.objects.with_role(Role.OWNER).present().order_by("pk").select_for_update())
    if not _other_owners(person).exists():
        raise CannotChange(_("%(name)s is the last owner. Make somebody else owner first.") % {"name": person.name})


def _other_owners(person):
    """Owners who can really open the door: they are here and have signed in."""
    return Membership.objects.with_role(Role.OWNER).present().exclude(pk=person.pk).exclude(user=None)


def _ordered(roles):
    return [role.value for role in Role if role in set(roles)]


def _save(person):
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        raise CannotChange(_("Somebody with this address is on the list already."))


def _locked(membership):
    return Membership.objects.select_related("organisation").select_for_update(of=("self",)).get(pk=membership.pk)
