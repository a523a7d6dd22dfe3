"""Matching and publishing as jobs."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from organisations.services.jobs import JobError, register
from programmes.models import Programme

from .models import MatchRun
from .run_rules import rules_from_json
from .services import choosing, publishing, questionnaire_asking, runs
from .services.refused import Refused
from .services.storing import drop_half_made
from .services.waves import Choice

_STAGES = {
    "reading": lambda: _("Reading everybody’s answers"),
    "scoring": lambda: _("Comparing every student with every mentor"),
    "matching": lambda: _("Finding the best pairs"),
    "explaining": lambda: _("Writing down the reasons"),
    "done": lambda: _("Saving the proposals"),
}
SOLVED = 70  # per cent of the work when the pairs are found; the rest is saving them


def take_half_made_away(job):
    drop_half_made(Programme.objects.get(pk=job.target_id))


@register(runs.JOB, title=gettext_lazy("Matching"), undo=take_half_made_away)
def run_match(job, progress):
    """In parts: what is saved shows while the rest is being saved."""
    programme = Programme.objects.get(pk=job.target_id)
    making = runs.make_run_in_parts(
        programme=programme, rules=rules_from_json(job.params), by=job.started_by, progress=_in_words(progress)
    )
    try:
        run = yield from making
    except Refused as refused:
        raise JobError(str(refused)) from refused
    matched, students = run.totals["matched"], run.totals["students"]
    words = ngettext("%(matched)d of %(all)d student has a proposal.", "%(matched)d of %(all)d students have a proposal.", students)
    return {"run": run.pk, "matched": matched, "students": students, "message": words % {"matched": matched, "all": students}}


def _in_words(progress):
    def tell(stage, share, stored=0, total=0):
        if stage == "saving":
            words = ngettext("%(n)d proposal saved", "%(n)d proposals saved", stored) % {"n": stored}
            progress(SOLVED + round((99 - SOLVED) * stored / max(1, total)), 100, words)
        else:
            progress(round(SOLVED * share), 100, _STAGES[stage]())

    return tell


@register(publishing.JOB, title=gettext_lazy("Publishing the proposals"))
def run_publish(job, progress):
    run = MatchRun.objects.get(pk=job.target_id)
    try:
        published = publishing.publish_run(
            run=run, by=job.started_by, only=job.params.get("only"), choice=Choice.from_json(job.params.get("choice", {})), progress=progress
        )
    except Refused as refused:
        raise JobError(str(refused)) from refused
    return {"run": run.pk, "published": published.count, "left_out": published.left_out}


@register(questionnaire_asking.ASK_JOB, title=gettext_lazy("Writing to everybody who is to answer"))
def run_questionnaire_ask(job, progress):
    return _letters(job, progress, questionnaire_asking.ask)


@register(questionnaire_asking.NUDGE_JOB, title=gettext_lazy("Reminding whoever has not answered"))
def run_questionnaire_nudge(job, progress):
    return _letters(job, progress, questionnaire_asking.nudge)


def _letters(job, progress, write):
    try:
        sent = write(programme=Programme.objects.get(pk=job.target_id), by=job.started_by, progress=progress)
    except Refused as refused:
        raise JobError(str(refused)) from refused
    return {"sent": sent, "message": ngettext("%(n)s letter is on its way.", "%(n)s letters are on their way.", sent) % {"n": sent}}


@register(choosing.JOB, title=gettext_lazy("Choosing candidates for everybody"))
def run_choosing_round(job, progress):
    programme = Programme.objects.get(pk=job.target_id)
    last = runs.latest_run(programme)
    rules = rules_from_json(last.settings if last else {"require_background_check": programme.requires_background_check})
    try:
        begun = choosing.make_round(
            programme=programme, plan=choosing.Plan.from_json(job.params), rules=rules, by=job.started_by, progress=progress
        )
    except Refused as refused:
        raise JobError(str(refused)) from refused
    return {"round": begun.pk, "message": _("The round is ready, and the letters are on their way.")}
