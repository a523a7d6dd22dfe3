"""Reading and bringing in a roster as jobs."""

from django.utils.translation import gettext_lazy as _

from organisations.services.jobs import JobError, register

from .roster import RosterError
from .services import imports


@register(imports.READING, title=_("Reading the file"))
def run_roster_reading(job, progress):
    return imports.read_ahead(import_id=job.target_id, progress=progress)


@register(imports.JOB, title=_("Bringing in the roster"))
def run_roster_import(job, progress):
    try:
        return imports.apply_import(import_id=job.target_id, by=job.started_by, progress=progress)
    except RosterError as error:
        raise JobError(error.message) from error
