"""Who is asked about which mentorship."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Q

from checkins.services.members import people_of
from matching.enums import MentorshipStatus
from matching.models import Mentorship
from programmes.models import Placement

from ..models import Survey, SurveyRequest

SETTLED = timedelta(days=7)  # whoever began after a survey opened is asked once there is something to say
NOT_ASKED = [MentorshipStatus.NO_SHOW, MentorshipStatus.ENDED_WITH_CONCERN]  # nothing to say; not the moment for a form


def due_mentorships(survey, today):
    """Those a survey is about now: running ones, and for the exit survey those that ended."""
    running = Q(status=MentorshipStatus.ACTIVE) & (Q(started_on__lte=survey.opens_on) | Q(started_on__lte=today - SETTLED))
    rows = Mentorship.objects.filter(programme=survey.programme_id)
    if survey.kind == Survey.Kind.EXIT:
        return rows.filter(running | ~Q(status__in=[MentorshipStatus.ACTIVE, *NOT_ASKED]))
    return rows.filter(running)


def make_requests(survey, mentorships, *, without_managers=False) -> int:
    """Make the missing requests of these mentorships: students, mentors, line managers. Nobody is written to yet."""
    rows = sorted(mentorships, key=lambda row: (not row.is_active, -row.started_on.toordinal(), row.pk))
    people = people_of([row.pk for row in rows])
    managers = {} if without_managers else managers_of(rows, people)
    known, answered_for = _known(survey)
    made = []
    for row in rows:
        seats = people[row.pk]
        who = [("student", one.pk, None) for one in seats.students] + [("mentor", one.pk, None) for one in seats.mentors]
        for placement in managers.get(row.pk, []):
            pair = (placement.line_manager_id, placement.pk)
            if pair not in answered_for:  # the student changed mentors, not the placement: ask once
                answered_for.add(pair)
                who.append(("line_manager", None, placement.line_manager_id))
        for voice, participant_id, manager_id in who:
            key = (row.pk, voice, participant_id, manager_id)
            if key not in known:
                known.add(key)
                made.append(_request(survey, key))
    SurveyRequest.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def managers_of(mentorships, people) -> dict[int, list[Placement]]:
    """{mentorship id: placements with a line manager}: the mentorship's own, or its students' where it names none."""
    own = {row.placement_id: row.pk for row in mentorships if row.placement_id}
    of_student = defaultdict(list)
    for row in mentorships:
        if not row.placement_id:
            for student in people[row.pk].students:
                of_student[student.pk].append(row.pk)
    rows = Placement.objects.filter(Q(pk__in=own) | Q(student__in=of_student), line_manager__isnull=False)
    by_placement = defaultdict(list)
    for row in mentorships:
        if row.placement_id:
            by_placement[row.placement_id].append(row.pk)
    found = defaultdict(list)
    for placement in rows.select_related("student__membership"):
        for mentorship_id in by_placement[placement.pk] or of_student[placement.student_id]:
            found[mentorship_id].append(placement)
    return found


def _known(survey):
    """(keys of the survey's requests, (line manager, placement) pairs that were asked)."""
    rows = SurveyRequest.objects.filter(survey=survey).values_list(
        "mentorship_id", "voice", "participant_id", "line_manager_id", "mentorship__placement_id"
    )
    rows = list(rows)
    pairs = {(manager, placement) for _m, _v, _p, manager, placement in rows if manager and placement}
    return {row[:4] for row in rows}, pairs


def _request(survey, key):
    mentorship_id, voice, participant_id, manager_id = key
    return SurveyRequest(
        organisation_id=survey.organisation_id,
        survey=survey,
        mentorship_id=mentorship_id,
        voice=voice,
        participant_id=participant_id,
        line_manager_id=manager_id,
    )


def mentorship_of_request(request_id) -> int | None:
    """The id of the mentorship a request is about; None where there is no such request."""
    return SurveyRequest.objects.filter(pk=request_id).values_list("mentorship_id", flat=True).first()
