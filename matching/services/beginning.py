"""A mentorship begins: of a pair once both have said yes, of a group once nobody in it has still to answer."""

from collections import defaultdict

from django.utils.translation import gettext as _

from audit.services import record
from organisations.days import local_today
from programmes.enums import Side

from ..agreement_text import version_for
from ..enums import MentorshipStatus, ProposalStatus, Stage
from ..models import Agreement, Mentorship, MentorshipMember, ProposalAnswer
from ..signals import match_confirmed
from . import letters
from .refused import Refused
from .seats import add_member
from .settling import settle, together, with_people


def begin_if_ready(proposal, *, by, at=None) -> Mentorship | None:
    """Begin the group of a proposal with whoever has a yes from both sides; None while somebody has still to answer.

    Call with the proposal locked. A pair that stands alone is begun by its two answers.
    """
    if proposal.group is None:
        return None
    rows = together(proposal).filter(status=ProposalStatus.PUBLISHED)
    ready, waiting = _by_readiness(with_people(rows).order_by("pk"))
    return begin(ready, by=by, at=at) if ready and not waiting else None


def has_both(proposal) -> bool:
    """Whether both sides have said yes, also where the others of the group have still to answer."""
    yes = proposal.answers.filter(decision=ProposalAnswer.Decision.ACCEPT)
    return yes.count() == len(Side)


def begin(proposals, *, by, at=None) -> Mentorship:
    """One mentorship for these proposals, with its seats and its agreement; everybody is told. Call with them locked.

    Where one of their mentors leads a group that has room, the students join that one. Refused for a pair whose student has a
    mentor already; in a group such a student is left out.
    """
    programme = proposals[0].programme
    busy = _busy(proposals)
    if busy and len(proposals) == 1:
        raise Refused(_("The student has a running mentorship already."))
    for one in [one for one in proposals if one.student_id in busy]:
        settle(one, ProposalStatus.WITHDRAWN, at=at)
    proposals = [one for one in proposals if one.student_id not in busy]
    if not proposals:
        return None
    students = [one.student for one in proposals]
    mentors = list({one.mentor_id: one.mentor for one in proposals}.values())
    running = _with_room(programme, len(students), mentors) if programme.spec.is_group else None
    if running:
        _join(running, proposals, mentors, by=by, at=at)
        return running
    mentorship = _create(programme, students, at)
    for person in [*students, *mentors]:
        MentorshipMember.objects.create(mentorship=mentorship, participant=person, side=person.side)
    agreement = Agreement.objects.create(mentorship=mentorship, version=version_for(programme))
    for one in proposals:
        settle(one, ProposalStatus.ACCEPTED, at=at, mentorship=mentorship)
    letters.send_started(mentorship, [*students, *mentors])
    letters.send_agreement(agreement, [*students, *mentors])
    record("mentorship started", by=by, about=mentorship)
    match_confirmed.send(sender=Mentorship, mentorship=mentorship, by=by)
    return mentorship


def _create(programme, students, at):
    """Of one student: with their placement, to its end. A group has its programme's end; each student their own placement."""
    today = local_today(programme.organisation, at)
    alone = students[0] if len(students) == 1 and not programme.spec.is_group else None
    placement = alone.placements.filter(ends_on__gte=today).order_by("starts_on").first() if alone else None
    return Mentorship.objects.create(
        programme=programme,
        placement=placement,
        stage=Stage.RAPPORT,
        stage_since=today,
        started_on=today,
        ends_on=max(today, placement.ends_on if placement else programme.ends_on),
    )


def _join(mentorship, proposals, mentors, *, by, at):
    seated = set(mentorship.members.values_list("participant", flat=True))
    for person in [*(one.student for one in proposals), *mentors]:
        if person.pk not in seated:
            add_member(mentorship=mentorship, participant=person, by=by, at=at)
    for one in proposals:
        settle(one, ProposalStatus.ACCEPTED, at=at, mentorship=mentorship)


def _by_readiness(proposals):
    """(those with a yes from both sides, those with an answer to come). Who has left the programme answers no more."""
    ready, waiting = [], []
    for one in proposals:
        here = not any(person.withdrawn_at or person.membership.left_at for person in (one.student, one.mentor))
        (ready if here and has_both(one) else waiting).append(one)
    return ready, waiting


def _busy(proposals) -> set[int]:
    seats = MentorshipMember.objects.filter(participant__in=[one.student_id for one in proposals])
    return set(seats.filter(mentorship__status=MentorshipStatus.ACTIVE).values_list("participant", flat=True))


def _with_room(programme, more, mentors):
    """The running group of one of these mentors that may take so many students more, with these mentors in it."""
    seats = MentorshipMember.objects.filter(participant__in=mentors, mentorship__status=MentorshipStatus.ACTIVE)
    rows = Mentorship.objects.select_for_update(of=("self",), no_key=True).select_related("programme", "organisation")
    for one in rows.filter(pk__in=seats.values("mentorship"), programme=programme).order_by("pk"):
        sides = defaultdict(set)
        for participant, side in one.members.values_list("participant", "side"):
            sides[side].add(participant)
        leading = sides[Side.MENTOR] | {mentor.pk for mentor in mentors}
        spec, students = programme.spec, len(sides[Side.STUDENT]) + more
        if students <= min(spec.max_students, len(leading) * spec.max_students_per_mentor) and len(leading) <= spec.max_mentors:
            return one
    return None
