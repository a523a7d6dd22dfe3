"""Which part of a draft goes out next: chosen on the page, kept as the very proposals that were seen there."""

import hashlib
from dataclasses import asdict, dataclass, fields

from django.db.models import Count, Max, Q

from programmes.models import Employer, Placement

from ..enums import ProposalStatus
from ..models import MatchRun, Proposal, Wave


@dataclass(frozen=True)
class Choice:
    """How a part of a draft is chosen; what is left empty narrows nothing. least: lowest score, 0 to 100.

    employer: id of the host of the student's placement. ticked: whether some of what remained was ticked off by hand.
    """

    course: str = ""
    employer: int | None = None
    least: int = 0
    ticked: bool = False

    @property
    def is_all(self):
        return self == Choice()

    def as_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, data):
        """As it was kept; what this version does not know is left aside."""
        return cls(**{one.name: data[one.name] for one in fields(cls) if one.name in data})


def chosen_drafts(run, choice):
    """The draft proposals of a run that a choice leaves, lowest score first."""
    rows = Proposal.objects.filter(run=run, status=ProposalStatus.DRAFT, score__gte=choice.least)
    if choice.course:
        rows = rows.filter(student__course=choice.course)
    if choice.employer:
        rows = rows.filter(student__in=Placement.objects.filter(site__employer=choice.employer).values("student"))
    return rows.order_by("score", "pk")


def digest_of(ids) -> str:
    """What a page says it has shown, so that nobody sends a part they have not seen."""
    return hashlib.sha256(",".join(map(str, sorted(ids))).encode()).hexdigest()[:16]


def courses_in(run) -> list[tuple[str, int]]:
    """Courses of the students in the draft, with how many proposals: one query."""
    rows = Proposal.objects.filter(run=run, status=ProposalStatus.DRAFT).exclude(student__course="").order_by()
    return list(rows.values_list("student__course").annotate(n=Count("pk")).order_by("student__course"))


def employers_in(run) -> list[tuple[int, str]]:
    """(id, name) of the hosts of those students' placements: one query."""
    students = Proposal.objects.filter(run=run, status=ProposalStatus.DRAFT).values("student")
    hosts = Employer.objects.filter(sites__placements__student__in=students).distinct().order_by("name", "pk")
    return list(hosts.values_list("pk", "name"))


def open_wave(*, run: MatchRun, choice: Choice, answer_by, by, at) -> Wave:
    """The next wave of the programme. Call with the run locked."""
    last = Wave.objects.filter(programme=run.programme_id).aggregate(last=Max("number"))["last"] or 0
    return Wave.objects.create(
        programme_id=run.programme_id,
        run=run,
        number=last + 1,
        chosen=choice.as_json(),
        answer_by=answer_by,
        by=by,
        published_at=at,
    )


def waves_of(programme) -> list[Wave]:
    """The waves of a programme, the newest first, each with counts ``sent``, ``agreed``, ``waiting``, ``back``: one query."""

    def count(*statuses):
        return Count("proposals", filter=Q(proposals__status__in=statuses))

    S = ProposalStatus  # noqa: N806  five of its values in one expression
    return list(
        Wave.objects.filter(programme=programme)
        .select_related("run", "by")
        .annotate(
            sent=Count("proposals"),
            agreed=count(S.ACCEPTED),
            waiting=count(S.PUBLISHED),
            back=count(S.DECLINED, S.LAPSED, S.WITHDRAWN),
        )
        .order_by("-number")
    )
