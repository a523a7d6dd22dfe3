"""The matching of a programme: proposals, rules, students without a mentor, one student."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisations.access import fetch_visible, redirect_in, requires
from organisations.models import Job
from organisations.roles import Can
from programmes.models import Participant

from .. import group_list, presenters, proposal_list, words
from ..enums import ProposalStatus
from ..fit_presenter import cards_for_coordinator
from ..forms import RulesForm
from ..models import MatchRun, Proposal, UnmatchedStudent
from ..run_rules import RunRules, rules_from_json
from ..services import publishing, runs
from ..services.chosen import has_chosen
from ..services.looking import looking_after
from ..services.pairing import rank_mentors
from ..tabs import tabs_of
from .common import open_programme

PAGE = 50
GROUPS = 15
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
        return render(request, "matching/running.html", context | _so_far(request, programme, job))
    if run is None:
        people = Participant.objects.visible_to(request.membership).filter(programme=programme).active()
        return render(
            request,
            "matching/empty.html",
            context | {"students": people.students().count(), "mentors": people.mentors().count()},
        )
    counts = presenters.counts_of(run)
    wanted = proposal_list.wanted_from(request.GET)
    proposals = proposal_list.proposals_of(run, request.membership, wanted)
    return render(
        request,
        "matching/programme.html",
        context
        | {
            "is_draft": run.status == MatchRun.Status.DRAFT,
            "matching_pages": tabs_of(programme, "programme"),
            "headline": presenters.headline(run, counts),
            "lead": presenters.lead(run, counts),
            "counts": counts,
            "unmatched_count": counts["unmatched"],
            "looking": None if run.status == MatchRun.Status.DRAFT else looking_after(run, programme),
            "groups": presenters.unmatched_groups(run) if counts["unmatched"] else [],
            **_list(request, run, proposals, wanted),
            "courses": proposal_list.courses_of(programme),
            "chosen": wanted,
            "states": proposal_list.states_of(run),
            "orders": [(key, label) for key, (label, _columns) in proposal_list.ORDERS.items()],
        },
    )


def _list(request, run, proposals, wanted):
    """One page of the proposals: as groups where the run proposes groups, else as pairs."""
    if request.programme.spec.is_group and group_list.has_groups(run):
        page = Paginator(group_list.numbers_of(proposals, wanted.order), GROUPS).get_page(request.GET.get("page"))
        return {"page": page, "rows": [], "cards": group_list.groups_of(run, request.membership, page, wanted.state)}
    ids = proposals.values_list("pk", flat=True)
    page = Paginator(list(ids) if wanted.q else ids, PAGE).get_page(request.GET.get("page"))  # searching once, not to count as well
    shown = proposal_list.in_order(presenters.with_people(Proposal.objects.visible_to(request.membership)), list(page))
    return {"page": page, "rows": [presenters.row(one) for one in shown], "cards": []}


@requires(Can.RUN_PROGRAMMES)
@require_GET
def so_far(request, programme_id):
    """What a run under way has stored: the part of the page that htmx asks for again and again."""
    programme = open_programme(request, programme_id)
    job = open_job(request, programme, runs.latest_run(programme))
    return render(request, "matching/_so_far.html", {"programme": programme, "job": job} | _so_far(request, programme, job))


def _so_far(request, programme, job):
    """The first page of a run that is being stored; empty before, and for other work."""
    stored = proposal_list.stored_so_far(programme, request.membership)
    rows = presenters.with_people(stored)[:PAGE] if job and job.kind == runs.JOB else []
    return {"rows": [presenters.row(one) for one in rows], "stored": stored.count() if rows else 0}


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
    form = RulesForm(request.POST or None, rules=rules_of(programme), with_choices=has_chosen(programme))
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
    q = proposal_list.wanted_from(request.GET).q
    if code:
        rows = rows.filter(code=code)
    if industry:
        rows = rows.filter(student__industry=industry)
    rows = proposal_list.with_students_like(rows, q)
    page = Paginator(rows.select_related("student__membership"), PAGE).get_page(request.GET.get("page"))
    names = presenters.mentor_names(page)
    context = {"programme": programme, "run": run, "code": code, "industry": industry, "q": q, "page": page}
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
    judged = rank_mentors(programme, person, run)[:BEST_MENTORS]
    named = {one.pair.mentor_id for one in judged} | (presenters.mentors_in([without]) if without else set())
    mentors = people.visible_to(request.membership).in_bulk(named)
    names = {pk: one.name for pk, one in mentors.items()}
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
            "ranked": [_ranked(one, mentors, now) for one in judged],
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
