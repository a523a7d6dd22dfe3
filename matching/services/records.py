"""People as the engine reads them. The same few queries, however many people there are."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from itertools import product

from django.db.models import BooleanField, Case, F, Q, TextField, Value, When
from django.db.models.functions import Cast

from programmes.enums import Side
from programmes.models import LineManager, Participant, Placement
from training.services.readiness import readiness_of

from ..engine import Criterion, Mentor, Student
from ..enums import MentorshipStatus, ProposalStatus
from ..models import ChangeRequest, Exclusion, MatchRun, MentorshipMember, Proposal
from .chosen import Chosen, chosen
from .criteria import Answered, answered

ONLINE_ONLY = "online only"  # what rosters write instead of a town
# What the engine reads of a participant. Plain rows: making model instances of thousands took half of the reading's time.
COLUMNS = (
    "pk", "membership_id", "programme_id", "side", "industry", "town", "availability", "languages", "channel", "interests",
    "career_goal", "wants_skills", "skills", "capacity", "years_experience", "check_valid_until", "membership__email",
)  # fmt: skip
# A student with one of these looks for nobody; the other ways to end send them back.
TAKEN = [MentorshipStatus.ACTIVE, MentorshipStatus.COMPLETED, MentorshipStatus.COMPLETED_EARLY]


@dataclass(frozen=True)
class Pool:
    """Who takes part in a run. present: ids of everybody in the programme, both sides.

    students are those who look for a mentor now; mentors carry the places they have left. forbidden: (student, mentor)
    pairs that were removed or declined, whose mentorship ended early, or of whom one said "not this one" of the other. drafted: (student, mentor) pairs that the draft
    proposes. by_id gives any student's or mentor's record. taken: ids of the students who have somebody, or have been asked.
    criteria: what questionnaires count for.
    """

    students: tuple[Student, ...]
    mentors: tuple[Mentor, ...]
    forbidden: frozenset[tuple[int, int]]
    drafted: tuple[tuple[int, int], ...]
    present: frozenset[int]
    taken: frozenset[int]
    by_id: dict[int, Student | Mentor] = field(repr=False)
    criteria: tuple[Criterion, ...] = ()

    @property
    def places(self):
        return sum(one.capacity for one in self.mentors)


def build_pool(programme, *, in_person_only=False, repeat_unanswered=True, also=(), only=None, with_answers=True) -> Pool:
    """Everybody of a programme who can be matched today.

    in_person_only: nobody is counted as ready to meet online instead. repeat_unanswered: pairs whose proposal lapsed may be
    made again. also: ids of students to keep although they have a
    proposal or mentorship already, so that theirs can be explained. only: the id of the one student to read, with every mentor.
    with_answers: False where only the rules are asked, not how well two fit: neither questionnaires nor people's orders are read.
    """
    people = _participants(programme, only)
    asked, seats, exclusions = _pairs(programme)
    taken, used, over = _taken(seats, asked[ProposalStatus.PUBLISHED])
    _note_who_left(programme, seats, taken, over)
    seated = [one for one in people if one.side == Side.MENTOR]
    readiness = readiness_of(seated, programmes=[programme], with_decisions=False)
    placements = _placements(programme, only)
    said = answered(programme, people, only) if with_answers else Answered()
    orders = chosen(programme, only) if with_answers else Chosen()
    for student, mentor in _same_person(people):
        exclusions[student].add(mentor)
    students = [one for one in people if one.side == Side.STUDENT and (one.pk not in taken or one.pk in also)]
    records = tuple(
        _student(one, placements[one.pk], exclusions[one.pk], said, orders, in_person_only=in_person_only) for one in students
    )
    mentors = tuple(
        _mentor(one, programme, used[one.pk], readiness[one.pk], said, orders, in_person_only=in_person_only)
        for one in seated
    )
    by_id = {one.id: one for one in [*records, *mentors]}
    ruled_out = asked[ProposalStatus.REMOVED] + asked[ProposalStatus.DECLINED] + over + sorted(orders.noes)
    if not repeat_unanswered:
        ruled_out += asked[ProposalStatus.LAPSED]
    return Pool(
        students=records,
        mentors=mentors,
        # Those who have somebody by now, or have left, are not in the run, and the engine knows no strangers.
        forbidden=frozenset(pair for pair in ruled_out if pair[0] in by_id and pair[1] in by_id),
        drafted=tuple(asked[ProposalStatus.DRAFT]),
        present=frozenset(one.pk for one in people),
        taken=frozenset(taken),
        by_id=by_id,
        criteria=said.criteria,
    )


def with_places(mentor: Mentor, least: int) -> Mentor:
    """The same mentor with at least so many places."""
    return replace(mentor, capacity=max(mentor.capacity, least))


def names_of(participant_ids) -> dict[int, str]:
    """Participant id -> name: one query."""
    found = Participant.objects.filter(pk__in=participant_ids).select_related("membership")
    return {one.pk: one.name for one in found}


def _participants(programme, only=None):
    rows = Participant.objects.filter(programme=programme, membership__left_at=None).active()
    if only is not None:
        rows = rows.filter(Q(side=Side.MENTOR) | Q(pk=only))
    return list(rows.order_by("pk").values_list(*COLUMNS, named=True))


PROPOSED, SEATED, EXCLUDED = range(3)


def _pairs(programme):
    """One query for three things.

    Status -> (student, mentor) pairs that are out, were ruled out, or stand in the draft; rows (mentorship, participant, side,
    status, whether it holds its students) of mentorships; student -> ids of the mentors excluded for them.
    """
    asked, seats, excluded = defaultdict(list), [], defaultdict(set)
    wanted = Q(status__in=[ProposalStatus.PUBLISHED, ProposalStatus.REMOVED, ProposalStatus.DECLINED, ProposalStatus.LAPSED])
    in_draft = Q(status=ProposalStatus.DRAFT, run__status=MatchRun.Status.DRAFT)
    proposals = Proposal.objects.filter(wanted | in_draft, programme=programme)
    members = MentorshipMember.objects.filter(mentorship__programme=programme)
    members = members.annotate(holds=Case(When(holding("mentorship__"), then=True), default=False))
    ruled_out = Exclusion.objects.filter(programme=programme)
    parts = [
        _part(proposals, PROPOSED, "student_id", "mentor_id", F("status"), Value(""), Value(False)),
        _part(members, SEATED, "mentorship_id", "participant_id", F("mentorship__status"), F("side"), F("holds")),
        _part(ruled_out, EXCLUDED, "student_id", "mentor_id", Value(""), Value(""), Value(False)),
    ]
    for kind, first, second, status, side, holds in parts[0].union(*parts[1:], all=True):
        if kind == PROPOSED:
            asked[status].append((first, second))
        elif kind == SEATED:
            seats.append((first, second, side, status, holds))
        else:
            excluded[first].add(second)
    return asked, seats, excluded


def _part(rows, kind, first, second, status, side, holds):
    """These rows in the shape that all three have."""
    texts = {"_status": Cast(status, TextField()), "_side": Cast(side, TextField())}
    shaped = rows.order_by().annotate(_kind=Value(kind), _holds=Cast(holds, BooleanField()), **texts)
    return shaped.values_list("_kind", first, second, "_status", "_side", "_holds")


def holding(prefix="") -> Q:
    """Mentorships whose students look for nobody: running ones, and those that ended without looking again."""
    as_status_says = Q(**{f"{prefix}seeks_again": None, f"{prefix}status__in": TAKEN})
    return Q(**{f"{prefix}status": MentorshipStatus.ACTIVE}) | Q(**{f"{prefix}seeks_again": False}) | as_status_says


def _taken(seats, out) -> tuple[set[int], Counter, list[tuple[int, int]]]:
    """Students who have somebody (or have been asked), places in use per mentor, and pairs whose mentorship ended early."""
    taken, used, over = set(), Counter(), []
    members = defaultdict(lambda: {Side.STUDENT: [], Side.MENTOR: []})
    status_of = {}
    for mentorship, participant, side, status, holds in seats:
        members[mentorship][side].append(participant)
        status_of[mentorship] = status
        if holds and side == Side.STUDENT:
            taken.add(participant)
    for mentorship, sides in members.items():
        if status_of[mentorship] == MentorshipStatus.ACTIVE:
            used.update(dict.fromkeys(sides[Side.MENTOR], len(sides[Side.STUDENT])))
        elif status_of[mentorship] not in TAKEN:
            over += product(sides[Side.STUDENT], sides[Side.MENTOR])
    for student, mentor in out:
        taken.add(student)
        used[mentor] += 1
    return taken, used, over


def _note_who_left(programme, seats, taken, over):
    """Students who left a group: they look again, but not for its mentors, or look for nobody where they wanted to stop."""
    if not programme.spec.is_group:
        return
    members = defaultdict(lambda: {Side.STUDENT: [], Side.MENTOR: []})
    for mentorship, participant, side, _status, _holds in seats:
        members[mentorship][side].append(participant)
    rows = ChangeRequest.objects.filter(mentorship__programme=programme, participant__side=Side.STUDENT, settled_at__isnull=False)
    for mentorship, student, wish in rows.values_list("mentorship_id", "participant_id", "wish"):
        sides = members.get(mentorship)
        if sides is None or student in sides[Side.STUDENT]:
            continue
        over += product([student], sides[Side.MENTOR])
        if wish == ChangeRequest.Wish.STOP:
            taken.add(student)


def _placements(programme, only=None):
    """Student id -> (first day, last day, the line manager's address) of each placement.

    Two plain queries: joined, right after an import, the database knows no sizes yet and may try every pair. One student's
    placements are read with one.
    """
    found = defaultdict(list)
    rows = Placement.objects.filter(programme=programme).order_by()
    if only is not None:
        columns = ("starts_on", "ends_on", "line_manager__email")
        found[only] = [(start, end, email or "") for start, end, email in rows.filter(student=only).values_list(*columns)]
        return found
    rows = list(rows.values_list("student_id", "starts_on", "ends_on", "line_manager_id"))
    managers = {manager for *_rest, manager in rows if manager}
    emails = dict(LineManager.objects.filter(pk__in=managers).values_list("pk", "email"))
    for student, starts_on, ends_on, manager in rows:
        found[student].append((starts_on, ends_on, emails.get(manager, "")))
    return found


def _same_person(people):
    """(student, mentor) where one person takes part on both sides: nobody mentors themselves."""
    mentors = {one.membership_id: one.pk for one in people if one.side == Side.MENTOR}
    both = [one for one in people if one.side == Side.STUDENT and one.membership_id in mentors]
    return [(one.pk, mentors[one.membership_id]) for one in both]


def _student(person, placements, excluded, said, orders, *, in_person_only):
    return Student(
        id=person.pk,
        goals=_names([person.career_goal]),
        wants=_names(person.wants_skills),
        line_manager_emails=_names(email for _start, _end, email in placements),
        placement_start=min((start for start, _end, _email in placements), default=None),
        placement_end=max((end for _start, end, _email in placements), default=None),
        excluded_mentors=frozenset(excluded),
        answers=said.answers.get(person.pk, {}),
        ranks=orders.ranks.get(person.pk, ()),
        wishes=said.wishes.get(person.pk, {}),
        **_both_sides(person, in_person_only),
    )


def _mentor(person, programme, used, readiness, said, orders, *, in_person_only):
    return Mentor(
        id=person.pk,
        capacity=max(0, min(person.capacity, programme.places_per_mentor) - used),
        years_experience=person.years_experience,
        skills=_names(person.skills),
        goals=said.goals.get(person.pk, frozenset()),
        answers=said.answers.get(person.pk, {}),
        ranks=orders.ranks.get(person.pk, ()),
        background=said.background.get(person.pk, {}),
        email=person.membership__email,
        trained=readiness.trained,
        training_overridden=readiness.overridden,
        check_valid_until=person.check_valid_until,
        **_both_sides(person, in_person_only),
    )


def _both_sides(person, in_person_only):
    online_only = person.town.strip().casefold() == ONLINE_ONLY
    return {
        "industry": person.industry,
        "availability": _names(person.availability),
        "town": "" if online_only else person.town,
        "online_ok": not in_person_only,
        "online_only": online_only,
        "languages": _names(person.languages),
        "channel": person.channel,
        "interests": _names(person.interests),
    }


def _names(texts):
    return frozenset(text.strip() for text in texts if text and text.strip())
