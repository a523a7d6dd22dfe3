"""Long work of this app: reading a roster, bringing it in, inviting every student."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from organisations.services.jobs import JobError, register

from .models import Programme
from .roster import RosterError
from .services import imports, people


@register(imports.READING, title=_("Reading the file"))
def run_roster_reading(job, progress):
    return imports.read_ahead(import_id=job.target_id, progress=progress)


@register(imports.JOB, title=_("Bringing in the roster"))
def run_roster_import(job, progress):
    try:
        return imports.apply_import(import_id=job.target_id, by=job.started_by, progress=progress)
    except RosterError as error:
        raise JobError(error.message) from error


@register(people.INVITE, title=_("Inviting the students"))
def run_invite_students(job, progress):
    programme = Programme.objects.get(pk=job.target_id)
    sent = people.invite_students(programme=programme, by=job.started_by, progress=progress)
    words = ngettext("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", sent)
    return {"invited": sent, "message": words % {"n": sent}}
