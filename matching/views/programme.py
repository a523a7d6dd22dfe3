"""The matching of a programme: proposals, rules, students without a mentor, one student."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisations.access import fetch_visible, redirect_in, requires
from organisations.models import Job
from organisations.roles import Can
from programmes.models import Participant

from .. import presenters, words
from ..enums import ProposalStatus
from ..fit_presenter import cards_for_coordinator
from ..forms import RulesForm
from ..models import MatchRun, Proposal, UnmatchedStudent
from ..run_rules import RunRules, rules_from_json
from ..services import publishing, runs
from ..services.pairing import rank_mentors
from .common import open_programme

PAGE = 50
BEST_MENTORS = 12


@requires(Can.RUN_PROGRAMMES)
@require_GET
def programme(request, programme_id):
    programme = open_programme(request, programme_id)
    run = runs.latest_run(programme)
    job = open_job(request, programme, run)
    is_done = job is not None and job.status == Job.Status.DONE
    context = {
        "programme": programme,
        "run": run,
        "job": None if is_done else job,
        "left_out": job.result.get("left_out") if is_done else None,
    }
    if job and not job.is_over:
        return render(request, "matching/running.html", context)
    if run is None:
        people = Participant.objects.visible_to(request.membership).filter(programme=programme).active()
        return render(
            request,
            "matching/empty.html",
            context | {"students": people.students().count(), "mentors": people.mentors().count()},
        )
    counts = presenters.counts_of(run)
    proposals, chosen = _filtered(request, run)
    page = Paginator(presenters.with_people(proposals), PAGE).get_page(request.GET.get("page"))
    students = Participant.objects.visible_to(request.membership).filter(proposals_as_student__run=run)
    return render(
        request,
        "matching/programme.html",
        context
        | {
            "is_draft": run.status == MatchRun.Status.DRAFT,
            "headline": presenters.headline(run, counts),
            "lead": presenters.lead(run, counts),
            "counts": counts,
            "unmatched_count": counts["unmatched"],
            "groups": presenters.unmatched_groups(run) if counts["unmatched"] else [],
            "page": page,
            "rows": [presenters.row(one) for one in page],
            "courses": sorted(set(students.exclude(course="").values_list("course", flat=True))),
            "chosen": chosen,
            "states": _states(run),
        },
    )


@requires(Can.RUN_PROGRAMMES)
@require_POST
def run(request, programme_id):
    """Match with the rules of the last run, or the programme's own at first."""
    programme = open_programme(request, programme_id)
    runs.start_run(programme=programme, rules=rules_of(programme), by=request.membership)
    return redirect_in(request, "matching:programme", programme.pk)


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request, programme_id):
    programme = open_programme(request, programme_id)
    form = RulesForm(request.POST or None, rules=rules_of(programme))
    if request.method == "POST" and form.is_valid():
        runs.start_run(programme=programme, rules=form.rules(), by=request.membership)
        return redirect_in(request, "matching:programme", programme.pk)
    return render(request, "matching/rules.html", {"programme": programme, "form": form})


@requires(Can.RUN_PROGRAMMES)
@require_GET
def unmatched(request, programme_id):
    programme = open_programme(request, programme_id)
    run = runs.latest_run(programme)
    rows = UnmatchedStudent.objects.visible_to(request.membership).filter(run=run)
    code, industry = request.GET.get("why", "")[:40], request.GET.get("in", "")[:100]
    if code:
        rows = rows.filter(code=code)
    if industry:
        rows = rows.filter(student__industry=industry)
    page = Paginator(rows.select_related("student__membership"), PAGE).get_page(request.GET.get("page"))
    names = presenters.mentor_names(page)
    context = {"programme": programme, "run": run, "code": code, "industry": industry, "page": page}
    context["tabs_of_reasons"] = presenters.reason_tabs(run) if run else []
    return render(
        request, "matching/unmatched.html", context | {"rows": [presenters.unmatched_row(one, names) for one in page]}
    )


@requires(Can.RUN_PROGRAMMES)
@require_GET
def student(request, programme_id, participant_id):
    """Why this mentor, or why none; and who else."""
    programme = open_programme(request, programme_id)
    people = Participant.objects.select_related("membership")
    person = fetch_visible(Participant, request.membership, people, pk=participant_id, programme=programme, side="student")
    run = runs.latest_run(programme)
    proposals = Proposal.objects.visible_to(request.membership).filter(student=person).order_by("-pk")
    proposals = proposals.select_related("student__membership", "mentor__membership").prefetch_related("answers", "fit_cards")
    mine = [one for one in proposals if run is None or one.run_id == run.pk or one.published_at]
    now = next(
        (one for one in mine if one.status in {ProposalStatus.DRAFT, ProposalStatus.PUBLISHED, ProposalStatus.ACCEPTED}),
        None,
    )
    without = (
        UnmatchedStudent.objects.visible_to(request.membership).filter(run=run, student=person).first()
        if run and not now
        else None
    )
    if without:
        without.student = person  # fetched already
    judged, everybody = rank_mentors(programme, person, run)
    names = {pk: one.name for pk, one in everybody.items()}
    return render(
        request,
        "matching/student.html",
        {
            "programme": programme,
            "person": person,
            "row": presenters.row_without_placement(now) if now else None,
            "fit": cards_for_coordinator(now) if now else [],
            "without": presenters.unmatched_row(without, names) if without else None,
            "before": [presenters.row_without_placement(one) for one in mine if one != now],
            "ranked": [_ranked(one, everybody, now) for one in judged[:BEST_MENTORS]],
            "may_pair": now is None or now.status == ProposalStatus.DRAFT,
        },
    )


def rules_of(programme) -> RunRules:
    last = runs.latest_run(programme)
    if last is None:
        return RunRules(require_background_check=programme.requires_background_check)
    return rules_from_json(last.settings)


def open_job(request, programme, run):
    """The newest matching of this programme, or publishing of this run, for the box on top; None when there is nothing to say."""
    wanted = Q(kind=runs.JOB, target_id=programme.pk)
    if run:
        wanted |= Q(kind=publishing.JOB, target_id=run.pk)
    job = Job.objects.visible_to(request.membership).filter(wanted).first()
    is_old_news = job and job.is_over and run and job.created_at < run.made_at
    return None if is_old_news else job


def _filtered(request, run):
    """The run's proposals as searched and filtered, and what was chosen."""
    chosen = {key: request.GET.get(key, "").strip()[:200] for key in ("q", "course", "state")}
    rows = Proposal.objects.visible_to(request.membership).filter(run=run)
    if chosen["state"] in ProposalStatus.values:
        rows = rows.filter(status=chosen["state"])
    elif run.status == MatchRun.Status.DRAFT:
        rows = rows.filter(status=ProposalStatus.DRAFT)
    if chosen["state"] == "locked":
        rows = rows.filter(is_locked=True)
    if chosen["course"]:
        rows = rows.filter(student__course=chosen["course"])
    for word in chosen["q"].split()[:6]:
        rows = rows.filter(
            Q(student__membership__first_name__icontains=word)
            | Q(student__membership__last_name__icontains=word)
            | Q(mentor__membership__first_name__icontains=word)
            | Q(mentor__membership__last_name__icontains=word)
        )
    return rows, chosen


def _states(run):
    """What the list can be narrowed to."""
    if run.status == MatchRun.Status.DRAFT:
        return [("locked", _("Locked")), (ProposalStatus.REMOVED.value, ProposalStatus.REMOVED.label)]
    hidden = {ProposalStatus.DRAFT}
    return [choice for choice in ProposalStatus.choices if choice[0] not in hidden]


def _ranked(judged, people, now):
    return {
        "mentor": people[judged.pair.mentor_id],
        "score": judged.pair.score,
        "axes": words.axes(judged.pair.axes),
        "fors": [words.reason(one.code, one.params) for one in judged.pair.reasons_for],
        "against": [words.rule(one) for one in judged.refused + judged.warnings]
        + [words.reason(one.code, one.params) for one in judged.pair.reasons_against],
        "is_refused": bool(judged.refused),
        "is_now": now is not None and now.mentor_id == judged.pair.mentor_id,
    }
