"""Long work of this app: writing to everybody."""

from django.utils.translation import gettext_lazy, ngettext

from matching.services.refused import Refused
from organisations.services.jobs import JobError, register

from .models import Survey
from .services import asking, nudging

OPEN = "survey-open"


@register(OPEN, gettext_lazy("Writing to everybody who is asked"))
def run_open(job, progress):
    asked = asking.ask_due(survey_id=job.target_id, limit=None, right_away=True)
    progress(asked, asked)
    return {"asked": asked, "message": _letters(asked)}


@register(nudging.JOB, gettext_lazy("Reminding whoever has not answered"))
def run_nudge(job, progress):
    try:
        sent = nudging.nudge(survey=Survey.objects.get(pk=job.target_id), by=job.started_by)
    except Refused as refused:
        raise JobError(str(refused)) from refused
    progress(sent, sent)
    return {"sent": sent, "message": _letters(sent)}


def _letters(count):
    return ngettext("%(n)s letter is on its way.", "%(n)s letters are on their way.", count) % {"n": count}
