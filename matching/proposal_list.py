"""A run's proposals as one looks for them: by words, course and state, in an order of one's choice."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.enums import Side
from programmes.models import Participant, Placement

from .enums import ProposalStatus
from .models import MatchRun, Proposal

LOOK_AT = 60  # a proposal below this score is marked
WORDS_MOST = 6
TEXT_MOST = 200
_NAME = ("membership__first_name", "membership__last_name")
# What a choice of order means; each ends with the id, so that pages neither repeat nor lose a row.
ORDERS = {
    "": (gettext_lazy("Lowest score first"), ("score", "id")),
    "best": (gettext_lazy("Highest score first"), ("-score", "-id")),
    "student": (gettext_lazy("Students by name"), (*(f"student__{part}" for part in _NAME), "id")),
    "mentor": (gettext_lazy("Mentors by name"), (*(f"mentor__{part}" for part in _NAME), "id")),
}


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. q: words of names, employers and courses; state: a status, "locked", "low" or ""."""

    q: str = ""
    course: str = ""
    state: str = ""
    order: str = ""

    @property
    def is_narrowed(self):
        return bool(self.q or self.course or self.state)

    @property
    def order_label(self):
        return ORDERS[self.order][0]


def wanted_from(query) -> Wanted:
    """What an address asks for; what it cannot ask for counts as not asked."""
    text = {key: query.get(key, "").strip()[:TEXT_MOST] for key in ("q", "course", "state", "order")}
    return Wanted(**text | {"order": text["order"] if text["order"] in ORDERS else ""})


def proposals_of(run, membership, wanted):
    """The proposals of a run that fit, in order: those proposed for a draft, all for a published one, unless a state is asked for."""
    rows = Proposal.objects.visible_to(membership).filter(run=run)
    is_draft = run.status != MatchRun.Status.PUBLISHED
    if wanted.state in ProposalStatus.values:
        rows = rows.filter(status=wanted.state)
    elif is_draft:
        rows = rows.filter(status=ProposalStatus.DRAFT)
    if wanted.state == "locked":
        rows = rows.filter(is_locked=True)
    if wanted.state == "low":
        rows = rows.filter(score__lt=LOOK_AT)
    if wanted.course:
        rows = rows.filter(student__course=wanted.course)
    for word in wanted.q.split()[:WORDS_MOST]:
        rows = rows.filter(_has(word, run.programme_id))
    return rows.order_by(*ORDERS[wanted.order][1])


def in_order(rows, ids) -> list[Proposal]:
    """The proposals with these ids in this order, with all that a row shows: only those of one page are read whole."""
    found = rows.order_by().in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def stored_so_far(programme, membership):
    """The proposals of a run that is under way, in the order of the list."""
    rows = Proposal.objects.visible_to(membership).filter(programme=programme, run__status=MatchRun.Status.RUNNING)
    return rows.order_by(*ORDERS[""][1])


def with_students_like(rows, q):
    """Rows that have a student in whose name or course every word of ``q`` stands."""
    for word in q.split()[:WORDS_MOST]:
        named = Q(student__membership__first_name__icontains=word) | Q(student__membership__last_name__icontains=word)
        rows = rows.filter(named | Q(student__course__icontains=word))
    return rows


def courses_of(programme) -> list[str]:
    """The courses of a programme's students, in alphabetical order: one query."""
    students = Participant.objects.filter(programme=programme, side=Side.STUDENT).exclude(course="")
    return list(students.order_by("course").values_list("course", flat=True).distinct())


def states_of(run) -> list[tuple[str, str]]:
    """What a run's list can be narrowed to, beside all of it."""
    low = ("low", _("Score below %(score)d") % {"score": LOOK_AT})
    if run.status == MatchRun.Status.DRAFT:
        return [low, ("locked", _("Locked")), (ProposalStatus.REMOVED.value, ProposalStatus.REMOVED.label)]
    return [low, *(choice for choice in ProposalStatus.choices if choice[0] != ProposalStatus.DRAFT)]


def _has(word, programme_id):
    """One word stands in somebody's name, the mentor's or the placement's employer, or the course.

    Ids looked up apart: one pass over people and placements, instead of joining each of them to every proposal.
    """
    people = Participant.objects.filter(programme=programme_id).filter(
        Q(membership__first_name__icontains=word)
        | Q(membership__last_name__icontains=word)
        | Q(employer_name__icontains=word)
        | Q(course__icontains=word)
    )
    placed = Placement.objects.filter(programme=programme_id, site__employer__name__icontains=word)
    return Q(student__in=people.values("pk")) | Q(mentor__in=people.values("pk")) | Q(student__in=placed.values("student"))
