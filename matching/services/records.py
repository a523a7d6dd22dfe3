"""People as the engine reads them. The same few queries, however many people there are."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace

from programmes.enums import Side
from programmes.models import Participant, Placement
from training.services.readiness import readiness_of

from ..engine import Mentor, Student
from ..enums import MentorshipStatus, ProposalStatus
from ..models import Exclusion, MentorshipMember, Proposal

ONLINE_ONLY = "online only"  # what rosters write instead of a town
# A student with one of these looks for nobody; the other ways to end send them back.
TAKEN = [MentorshipStatus.ACTIVE, MentorshipStatus.COMPLETED, MentorshipStatus.COMPLETED_EARLY]


@dataclass(frozen=True)
class Pool:
    """Who takes part in a run. people: participant id -> Participant with its membership, both sides.

    students are those who look for a mentor now; mentors carry the places they have left. forbidden: (student, mentor)
    pairs that were removed or declined. by_id gives any student's or mentor's record.
    """

    students: tuple[Student, ...]
    mentors: tuple[Mentor, ...]
    forbidden: frozenset[tuple[int, int]]
    people: dict[int, Participant]
    by_id: dict[int, Student | Mentor] = field(repr=False)

    @property
    def places(self):
        return sum(one.capacity for one in self.mentors)


def build_pool(programme, *, in_person_only=False, also=()) -> Pool:
    """Everybody of a programme who can be matched today.

    in_person_only: nobody is counted as ready to meet online instead. also: ids of students to keep although they have a
    proposal or mentorship already, so that theirs can be explained.
    """
    people = _participants(programme)
    asked = _asked(programme)
    taken, used = _taken(programme, asked[ProposalStatus.PUBLISHED])
    readiness = readiness_of([one for one in people if one.side == Side.MENTOR])
    placements, exclusions = _placements(programme), _exclusions(programme)
    for student, mentor in _same_person(people):
        exclusions[student].add(mentor)
    students = [one for one in people if one.side == Side.STUDENT and (one.pk not in taken or one.pk in also)]
    records = tuple(_student(one, placements[one.pk], exclusions[one.pk], in_person_only=in_person_only) for one in students)
    mentors = tuple(
        _mentor(one, programme, used[one.pk], readiness[one.pk], in_person_only=in_person_only)
        for one in people
        if one.side == Side.MENTOR
    )
    return Pool(
        students=records,
        mentors=mentors,
        forbidden=frozenset(asked[ProposalStatus.REMOVED] + asked[ProposalStatus.DECLINED]),
        people={one.pk: one for one in people},
        by_id={one.id: one for one in [*records, *mentors]},
    )


def with_places(mentor: Mentor, least: int) -> Mentor:
    """The same mentor with at least so many places."""
    return replace(mentor, capacity=max(mentor.capacity, least))


def _participants(programme):
    rows = Participant.objects.filter(programme=programme, membership__left_at=None).active()
    return list(rows.select_related("membership").order_by("pk"))


def _asked(programme):
    """Status -> (student, mentor) pairs that were out, or ruled out."""
    found = defaultdict(list)
    wanted = [ProposalStatus.PUBLISHED, ProposalStatus.REMOVED, ProposalStatus.DECLINED]
    rows = Proposal.objects.filter(programme=programme, status__in=wanted)
    for status, student, mentor in rows.values_list("status", "student_id", "mentor_id"):
        found[status].append((student, mentor))
    return found


def _taken(programme, out) -> tuple[set[int], Counter]:
    """Students who have somebody (or have been asked), and places in use per mentor."""
    taken, used = set(), Counter()
    mentors_of, students_of = defaultdict(list), Counter()
    seats = MentorshipMember.objects.filter(mentorship__programme=programme, mentorship__status__in=TAKEN)
    for mentorship, participant, side, status in seats.values_list(
        "mentorship_id", "participant_id", "side", "mentorship__status"
    ):
        if side == Side.STUDENT:
            taken.add(participant)
        if status == MentorshipStatus.ACTIVE:
            students_of[mentorship] += side == Side.STUDENT
            if side == Side.MENTOR:
                mentors_of[mentorship].append(participant)
    for mentorship, mentors in mentors_of.items():
        used.update(dict.fromkeys(mentors, students_of[mentorship]))
    for student, mentor in out:
        taken.add(student)
        used[mentor] += 1
    return taken, used


def _placements(programme):
    found = defaultdict(list)
    for one in Placement.objects.filter(programme=programme).select_related("line_manager"):
        found[one.student_id].append(one)
    return found


def _exclusions(programme):
    found = defaultdict(set)
    for student, mentor in Exclusion.objects.filter(programme=programme).values_list("student_id", "mentor_id"):
        found[student].add(mentor)
    return found


def _same_person(people):
    """(student, mentor) where one person takes part on both sides: nobody mentors themselves."""
    mentors = {one.membership_id: one.pk for one in people if one.side == Side.MENTOR}
    both = [one for one in people if one.side == Side.STUDENT and one.membership_id in mentors]
    return [(one.pk, mentors[one.membership_id]) for one in both]


def _student(person, placements, excluded, *, in_person_only):
    return Student(
        id=person.pk,
        goals=_names([person.career_goal]),
        wants=_names(person.wants_skills),
        line_manager_emails=_names(one.line_manager.email for one in placements if one.line_manager),
        placement_start=min((one.starts_on for one in placements), default=None),
        placement_end=max((one.ends_on for one in placements), default=None),
        excluded_mentors=frozenset(excluded),
        **_both_sides(person, in_person_only),
    )


def _mentor(person, programme, used, readiness, *, in_person_only):
    return Mentor(
        id=person.pk,
        capacity=max(0, min(person.capacity, programme.students_per_mentor) - used),
        years_experience=person.years_experience,
        skills=_names(person.skills),
        email=person.membership.email,
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
