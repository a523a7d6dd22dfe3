"""Long work of this app."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .services import invitations
from .services.jobs import register

INVITE = "invitations"


@register(INVITE, gettext_lazy("Inviting people"))
def invite_waiting(job, progress):
    """Invite everybody who is on the list and was never invited; params: role, or "" for all. Safe twice: who has an invitation is passed over."""
    waiting = list(invitations.waiting(by=job.started_by, role=job.params.get("role", "")))
    for number, person in enumerate(waiting, 1):
        invitations.invite(membership=person, by=job.started_by)
        progress(number, len(waiting), _("Writing to %(name)s") % {"name": person.name})
    words = ngettext("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", len(waiting))
    return {"invited": len(waiting), "message": words % {"n": len(waiting)}}
