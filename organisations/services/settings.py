"""The organisation itself: made from the command line or by operators, changed by its owners."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from audit.services import record
from common.tenancy import organisation_scope

from ..enums import Role
from ..models import Membership, Organisation
from . import invitations
from .people import update_person


@transaction.atomic
def create_organisation(*, name, slug, owner_email, owner_name="", time_zone="Europe/London", by) -> Organisation:
    """Make an organisation and invite its first owner. Raises ValidationError for a slug, name or zone that will not do."""
    organisation = Organisation(name=name, slug=slug, time_zone=time_zone)
    organisation.full_clean()
    organisation.save()
    first, _space, last = owner_name.strip().partition(" ")
    with organisation_scope(organisation.pk):
        record("organisation made", by=by, about=organisation)
        owner = Membership.objects.create(
            organisation=organisation,
            first_name=first or owner_email.split("@")[0],
            last_name=last,
            email=owner_email,
            roles=[Role.OWNER.value],
        )
        invitations.invite(membership=owner, by=by)
    return organisation


@transaction.atomic
def update_organisation(*, organisation, by, **fields):
    """Change name, time zone or contact address; notes which."""
    changed = [name for name, value in fields.items() if getattr(organisation, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(organisation, name, fields[name])
    organisation.save(update_fields=changed)
    record("settings changed", by=by, about=organisation, changed=changed)


@transaction.atomic
def name_leads(*, leads, by):
    """Make exactly these members the named leads for concerns. Nobody names themselves: what they would gain is not theirs to give."""
    present = list(Membership.objects.filter(is_safeguarding_lead=True))
    if (by in leads) != (by in present):
        raise PermissionDenied
    for person in {*present, *leads} - {by}:
        update_person(membership=person, by=by, is_safeguarding_lead=person in leads)
