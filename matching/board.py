"""The board for pairing by hand: students on one side, the mentors that fit on the other, what a pair breaks and what it costs."""

from collections import defaultdict
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.words import days
from programmes.models import Participant, Placement

from . import words
from .enums import ProposalStatus
from .models import MentorshipMember, Proposal, UnmatchedStudent
from .proposal_list import WORDS_MOST
from .services.records import holding

WITHOUT, WITH = "without", "with"


@dataclass(frozen=True)
class Offer:
    """One mentor for the chosen student, in words. cost: what the pair costs at least, "" where nothing is known or lost."""

    mentor: Participant
    score: int
    axes: list
    fors: list
    against: list
    never: list  # rules nobody may set aside
    warnings: list  # rules that need a reason
    places: str
    cost: str
    is_now: bool
    group: str = ""  # who is in the mentor's group already, or proposed for it


def students_of(programme, membership, run):
    """Students who can be paired by hand, by name; ``is_drafted``: whether the draft proposes somebody to them."""
    mine = Proposal.objects.filter(student=OuterRef("pk"))
    drafted = mine.filter(run=run, status=ProposalStatus.DRAFT) if run and run.status == run.Status.DRAFT else mine.none()
    seats = MentorshipMember.objects.filter(holding("mentorship__"), participant=OuterRef("pk"))
    rows = Participant.objects.visible_to(membership).filter(programme=programme, membership__left_at=None).active().students()
    rows = rows.filter(~Exists(mine.filter(status=ProposalStatus.PUBLISHED)), ~Exists(seats)).annotate(is_drafted=Exists(drafted))
    return rows.order_by("membership__first_name", "membership__last_name", "pk")


class Found(Paginator):
    """Pages of rows that have been counted already."""

    def __init__(self, rows, per_page, count):
        super().__init__(rows, per_page)
        self._counted = count

    @property
    def count(self):
        return self._counted


def students_page(students, which, q, number, per_page):
    """One page of the students' side, and how many there are {WITHOUT, WITH}: two queries."""
    is_drafted = Q(is_drafted=which == WITH)
    counts = students.aggregate(
        **{WITHOUT: Count("pk", filter=Q(is_drafted=False)), WITH: Count("pk", filter=Q(is_drafted=True))},
        found=Count("pk", filter=is_drafted & words_in(q)),
    )
    rows = students.filter(is_drafted & words_in(q)).select_related("membership")
    return Found(rows, per_page, counts.pop("found")).get_page(number), counts


def words_in(q) -> Q:
    """Participants in whose name, course, employer or town every word stands."""
    found = Q()
    for word in q.split()[:WORDS_MOST]:
        found &= (
            Q(membership__first_name__icontains=word)
            | Q(membership__last_name__icontains=word)
            | Q(course__icontains=word)
            | Q(employer_name__icontains=word)
            | Q(town__icontains=word)
        )
    return found


def proposals_of(run, students) -> dict[int, list[Proposal]]:
    """Student id -> their proposals of the run, with the mentor: one query."""
    found = defaultdict(list)
    for one in Proposal.objects.filter(run=run, student__in=students).select_related("mentor__membership").order_by("pk"):
        found[one.student_id].append(one)
    return found


def drafts_in(proposals):
    """Those of a student's proposals that stand in the draft."""
    return [one for one in proposals if one.status == ProposalStatus.DRAFT]


def placement_of(student):
    return Placement.objects.filter(student=student).select_related("site__employer").order_by("starts_on").first()


def why_without(student, run):
    """Why the run found nobody, and what would change it; "" where it does not say."""
    one = UnmatchedStudent.objects.filter(run=run, student=student).first() if run else None
    return words.unmatched_why(one.code, one.params) if one else ""


def groups_of(programme, run, mentors) -> dict[int, list[str]]:
    """Mentor -> names of the students in their running group, and of those the draft proposes for it. {} without groups."""
    if not programme.spec.is_group:
        return {}
    found = {one: [] for one in mentors}
    seats = MentorshipMember.objects.filter(mentorship__programme=programme, mentorship__status="active").select_related("participant__membership")
    led = {seat.mentorship_id: seat.participant_id for seat in seats.filter(participant__in=found).order_by("pk")}
    for seat in seats.filter(mentorship__in=led, side="student").order_by("pk"):
        found[led[seat.mentorship_id]].append(seat.participant.name)
    drafts = Proposal.objects.filter(run=run, status=ProposalStatus.DRAFT, mentor__in=found).select_related("student__membership")
    for one in drafts.order_by("pk"):
        found[one.mentor_id].append(one.student.name)
    return found


def offer(judged, ranking, mentor, *, now, cost=None, group=()) -> Offer:
    """One row of the mentors' side. now: the student's proposal of the draft, or None. cost: pair_costs.Cost, or None.

    group: names of who is with this mentor already.
    """
    record, student = ranking.mentors[mentor.pk], ranking.student
    pair = judged.pair
    return Offer(
        mentor=mentor,
        score=pair.score,
        axes=words.axes(pair.axes),
        fors=words.phrases(pair.reasons_for),
        against=words.phrases(pair.reasons_against),
        never=[_("%(rule)s: never possible") % {"rule": words.rule(rule)} for rule in judged.refused],
        warnings=[_warning(rule, student, record, mentor) for rule in judged.warnings],
        places=_places(record, mentor),
        cost=cost_words(cost) if cost else "",
        is_now=now is not None and now.mentor_id == mentor.pk,
        group=_("In the group: %(names)s.") % {"names": words.some(group)} if group else "",
    )


def cost_words(cost) -> str:
    """What a pair takes from all proposals together, as a sentence; said to be a bound where it is one."""
    points, students = _points(cost.points), cost.students
    if students > 0:
        return ngettext(
            "%(n)d student more would go without a mentor.", "%(n)d students more would go without a mentor.", students
        ) % {"n": students}
    if students < 0:
        return ngettext(
            "%(n)d student more would have a mentor.", "%(n)d students more would have a mentor.", -students
        ) % {"n": -students}
    if cost.points <= 0:
        gained = _points(-cost.points)
        if not gained or not cost.is_exact:
            return _("The programme loses nothing.") if cost.is_exact else ""
        return ngettext("The programme gains %(n)d point.", "The programme gains %(n)d points.", gained) % {"n": gained}
    if not points:
        return _("The programme loses less than a point.")
    if cost.is_exact:
        return ngettext("The programme loses %(n)d point.", "The programme loses %(n)d points.", points) % {"n": points}
    return ngettext("Costs at least %(n)d point in all.", "Costs at least %(n)d points in all.", points) % {"n": points}


def _points(hundredths):
    return (hundredths + 50) // 100


def _places(record, mentor):
    if record.capacity <= 0:
        return _("No place free")
    return ngettext("%(free)d place free", "%(free)d places free", record.capacity) % {"free": record.capacity}


def _warning(rule, student, record, mentor):
    """A rule in this pair's own numbers where that says more than the rule."""
    ends = student.placement_end or student.placement_start
    if rule == "check_too_short" and ends and record.check_valid_until:
        gap = (ends - record.check_valid_until).days
        return _("background check ends %(time)s before the placement") % {"time": _weeks(gap)}
    if rule == "no_places":
        return _("no place left: all that %(name)s has are taken") % {"name": mentor.membership.first_name}
    return words.rule(rule)


def _weeks(gap):
    if gap < 14:
        return days(gap)
    return ngettext("%(n)d week", "%(n)d weeks", gap // 7) % {"n": gap // 7}
