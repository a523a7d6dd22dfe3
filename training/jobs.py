"""Many invitations at once, as a job."""

from django.utils.translation import gettext_lazy, ngettext

from organisations.services.jobs import JobError, register

from .models import Gathering
from .services.guests import INVITE_JOB, send_invitations
from .services.refused import TrainingError


@register(INVITE_JOB, title=gettext_lazy("Writing the invitations"))
def run_invitations(job, progress):
    gathering = Gathering.objects.select_related("programme__organisation").get(pk=job.target_id)
    try:
        sent = send_invitations(gathering=gathering, by=job.started_by, progress=progress)
    except TrainingError as refused:
        raise JobError(str(refused)) from refused
    words = ngettext("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", sent) % {"n": sent}
    return {"sent": sent, "message": words}
