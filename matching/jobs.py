"""Matching and publishing as jobs."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.services.jobs import JobError, register
from programmes.models import Programme

from .models import MatchRun
from .run_rules import rules_from_json
from .services import publishing, runs
from .services.refused import Refused

_STAGES = {
    "reading": lambda: _("Reading everybody’s answers"),
    "scoring": lambda: _("Comparing every student with every mentor"),
    "matching": lambda: _("Finding the best pairs"),
    "explaining": lambda: _("Writing down the reasons"),
    "done": lambda: _("Saving the proposals"),
}


@register(runs.JOB, title=gettext_lazy("Matching"))
def run_match(job, progress):
    programme = Programme.objects.get(pk=job.target_id)
    try:
        run = runs.make_run(
            programme=programme,
            rules=rules_from_json(job.params),
            by=job.started_by,
            progress=lambda stage, share: progress(round(90 * share), 100, _STAGES[stage]()),
        )
    except Refused as refused:
        raise JobError(str(refused)) from refused
    progress(100, 100, _("Done"))
    return {"run": run.pk, "matched": run.totals["matched"], "students": run.totals["students"]}


@register(publishing.JOB, title=gettext_lazy("Publishing the proposals"))
def run_publish(job, progress):
    run = MatchRun.objects.get(pk=job.target_id)
    try:
        published = publishing.publish_run(run=run, by=job.started_by, progress=progress)
    except Refused as refused:
        raise JobError(str(refused)) from refused
    return {"run": run.pk, "published": published.count, "left_out": published.left_out}
