"""Making papers in the worker."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.models import Mentorship
from organisations.services.jobs import JobError, register
from programmes.models import Programme

from .rendering import PaperUnavailableError
from .services import action_plans, batches


@register(action_plans.JOB, title=gettext_lazy("Making the action plan"))
def run_action_plan(job, progress):
    mentorship = Mentorship.objects.get(pk=job.target_id)
    progress(0, 1, _("Laying out the pages"))
    with timezone.override(job.organisation.time_zone):
        try:
            document = action_plans.make_asked_plan(mentorship=mentorship)
        except PaperUnavailableError as error:
            raise JobError(str(error)) from error
    progress(1, 1, _("The action plan is ready."))
    return {"document": document.pk, "version": document.version} if document else {}


@register(batches.JOB, title=gettext_lazy("Packing all action plans"))
def run_batch(job, progress):
    programme = Programme.objects.get(pk=job.target_id)
    with timezone.override(job.organisation.time_zone):
        try:
            batch = batches.make_batch(programme=programme, by=job.started_by, progress=progress)
        except PaperUnavailableError as error:
            raise JobError(str(error)) from error
    return {"batch": batch.pk, "count": batch.count}
