"""The board: pairing by hand, with warnings and costs as one chooses, and a way back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.attempts import try_to
from organisations.access import fetch_visible, requires
from organisations.roles import Can
from programmes.enums import Side
from programmes.models import Participant

from .. import board
from ..forms import PairForm
from ..models import Proposal
from ..services import pair_costs, pairing, runs
from ..services.refused import Refused
from .common import open_programme

STUDENTS, MENTORS = 25, 12
KEPT = ("which", "q", "page", "student", "mq", "mpage")  # what stays in the address from choice to choice


@requires(Can.RUN_PROGRAMMES)
@require_http_methods(["GET", "HEAD", "POST"])
def pair(request, programme_id):
    programme = open_programme(request, programme_id)
    form = PairForm(request.POST or None, membership=request.membership, programme=programme)
    if request.method == "POST" and form.is_valid() and _paired(request, programme, form):
        return redirect(_address(request, programme, student=form.cleaned_data["student"].pk))
    status = 422 if request.method == "POST" else 200
    return render(request, "matching/board.html", {"programme": programme, "form": form, **_board(request, programme)}, status=status)


@requires(Can.RUN_PROGRAMMES)
@require_GET
def pair_cost(request, programme_id):
    """What the two chosen cost the programme, exactly: the part of the page that htmx asks for once they are chosen."""
    programme = open_programme(request, programme_id)
    student, mentor = _chosen(request, programme, "student"), _chosen(request, programme, "mentor")
    return render(request, "matching/_cost.html", {"cost": _cost(programme, student, mentor)})


@requires(Can.RUN_PROGRAMMES)
@require_POST
def pair_undo(request, proposal_id):
    rows = Proposal.objects.select_related("student__membership", "mentor__membership", "programme")
    proposal = fetch_visible(Proposal, request.membership, rows, pk=proposal_id)
    done = _("%(student)s and %(mentor)s are no longer paired by hand. What stood before is back.")
    names = {"student": proposal.student.name, "mentor": proposal.mentor.name}
    programme, student_id = proposal.programme, proposal.student_id
    try_to(request, done % names, pairing.undo_pairing, proposal=proposal, by=request.membership)
    return redirect(f"{reverse('matching:pair', args=[request.organisation.slug, programme.pk])}?student={student_id}")


def _asked(request, key):
    return request.POST.get(key, request.GET.get(key, "")).strip()[:200]


def _address(request, programme, **changed):
    """The board with what is chosen, changed in one thing."""
    query = QueryDict(mutable=True)
    query.update({key: value for key in KEPT if (value := changed.pop(key, _asked(request, key)))} | changed)
    return f"{reverse('matching:pair', args=[request.organisation.slug, programme.pk])}?{query.urlencode()}"


def _chosen(request, programme, key):
    """The participant whose id stands in the address, or None."""
    chosen = _asked(request, key)
    rows = Participant.objects.visible_to(request.membership).filter(programme=programme, side=key).active()
    return rows.select_related("membership").filter(pk=chosen).first() if chosen.isdecimal() and len(chosen) < 19 else None


def _board(request, programme):
    chosen = _asked(request, "student")
    student_id = int(chosen) if chosen.isdecimal() and len(chosen) < 19 else None
    run = runs.latest_run(programme, with_prices=student_id is not None)
    which = board.WITH if _asked(request, "which") == board.WITH else board.WITHOUT
    q, students = _asked(request, "q"), board.students_of(programme, request.membership, run)
    page, counts = board.students_page(students, which, q, request.GET.get("page"), STUDENTS)
    proposals = board.proposals_of(run, [*(one.pk for one in page), *([student_id] if student_id else [])])
    for one in page:
        one.drafts = board.drafts_in(proposals[one.pk])
    found = {
        "run": run,
        "which": which,
        "counts": counts,
        "q": q,
        "page": page,
        "student": None,
        "kept": _address(request, programme, mentor=""),
    }
    return found | (_side_of_mentors(request, programme, run, student_id, proposals[student_id]) if student_id else {})


def _side_of_mentors(request, programme, run, student_id, proposals):
    ranking, mq = pairing.rank(programme, student_id, run), _asked(request, "mq")
    now = next(iter(board.drafts_in(proposals)), None) if run and run.status == run.Status.DRAFT else None
    judged = ranking.judged
    visible = Participant.objects.visible_to(request.membership).filter(programme=programme).active()
    if mq:
        fitting = set(visible.mentors().filter(board.words_in(mq)).values_list("pk", flat=True))
        judged = [one for one in judged if one.pair.mentor_id in fitting]
    page = Paginator(judged, MENTORS).get_page(request.GET.get("mpage"))
    chosen = next((one for one in ranking.judged if str(one.pair.mentor_id) == _asked(request, "mentor")), None)
    shown = [*page, *([chosen] if chosen else [])]
    people = visible.select_related("membership").in_bulk({student_id, *(one.pair.mentor_id for one in shown)})
    student = people.get(student_id)
    if student is None or student.side != Side.STUDENT:
        return {}
    is_locked = any(one.is_locked for one in proposals) or programme.spec.min_students > 1  # prices do not bound groups of a least size
    costs = pair_costs.least_costs(run, student_id, page, is_locked=is_locked)
    groups = board.groups_of(programme, run, [one.pair.mentor_id for one in page])
    offers = [
        board.offer(one, ranking, people[one.pair.mentor_id], now=now, cost=costs.get(one.pair.mentor_id), group=groups.get(one.pair.mentor_id, ()))
        for one in page
    ]
    return {
        "student": student,
        "placement": board.placement_of(student),
        "now": now,
        "why": "" if now else board.why_without(student, run),
        "is_free": ranking.is_free,
        "mq": mq,
        "mentors_page": page,
        "offers": offers,
        "chosen": board.offer(chosen, ranking, people[chosen.pair.mentor_id], now=now) if chosen else None,
        "cost": _cost(programme, student, people[chosen.pair.mentor_id]) if chosen and request.GET.get("cost") else None,
    }


def _cost(programme, student, mentor):
    """In words; "" where the two cannot be paired."""
    if student is None or mentor is None:
        return ""
    try:
        return board.cost_words(pair_costs.exact_cost(programme, student, mentor))
    except Refused:
        return ""


def _paired(request, programme, form):
    data = form.cleaned_data
    try:
        pairing.pair_by_hand(
            programme=programme, student=data["student"], mentor=data["mentor"], reason=data["reason"], by=request.membership
        )
    except Refused as refused:
        form.add_error("reason" if not data["reason"].strip() and _only_warned(programme, data) else None, str(refused))
        return False
    messages.success(
        request,
        _("%(student)s and %(mentor)s are paired. They hear of it when you publish.")
        % {"student": data["student"].name, "mentor": data["mentor"].name},
    )
    return True


def _only_warned(programme, data):
    try:
        judged = pairing.judge_pair(programme, data["student"], data["mentor"])
    except Refused:
        return False
    return bool(judged.warnings) and not judged.refused
