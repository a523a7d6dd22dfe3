"""People as the engine reads them."""

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from matching.enums import MentorshipStatus
from matching.models import Exclusion, Mentorship, Proposal
from matching.services.records import build_pool
from tests import factories as make
from tests.matching import people
from training.services.overrides import override_training


def test_a_student_and_a_mentor_become_records(northfield):
    with northfield.scope():
        programme = make.ProgrammeFactory()
        student = make.StudentFactory(
            programme=programme,
            town="Hull",
            wants_skills=["sound", "sound", " "],
            availability=["thu am"],
            interests=["chess"],
        )
        placement = make.PlacementFactory(student=student, starts_on=dt.date(2026, 10, 1), ends_on=dt.date(2026, 12, 1))
        make.PlacementFactory(student=student, starts_on=dt.date(2027, 1, 1), ends_on=dt.date(2027, 3, 1), line_manager=None)
        mentor = people.mentor(programme, town="Online only", capacity=2, years_experience=None)
        Exclusion.objects.create(programme=programme, student=student, mentor=mentor)
        pool = build_pool(programme)
        [one], [other] = pool.students, pool.mentors
        assert (one.id, one.town, one.wants, one.availability, one.interests) == (
            student.pk, "Hull", frozenset({"sound"}), frozenset({"thu am"}), frozenset({"chess"}),
        )  # fmt: skip
        assert one.line_manager_emails == {placement.line_manager.email}
        assert (one.placement_start, one.placement_end) == (dt.date(2026, 10, 1), dt.date(2027, 3, 1))
        assert one.excluded_mentors == {mentor.pk}
        assert (other.id, other.town, other.online_only, other.capacity) == (mentor.pk, "", True, 2)
        assert (other.email, other.trained, other.training_overridden) == (mentor.membership.email, True, False)
        assert other.years_experience is None


def test_training_finished_overridden_or_neither(northfield):
    with northfield.scope():
        programme = make.ProgrammeFactory()
        ready, let_in, not_ready = (
            people.mentor(programme),
            make.MentorFactory(programme=programme),
            make.MentorFactory(programme=programme),
        )
        override_training(mentor=let_in, reason="Long experience", by=northfield.people["coordinator"])
        seen = {one.id: (one.trained, one.training_overridden) for one in build_pool(programme).mentors}
        assert seen == {ready.pk: (True, False), let_in.pk: (False, True), not_ready.pk: (False, False)}


def test_students_with_a_mentorship_or_an_open_proposal_are_out_and_take_places(northfield):
    with northfield.scope():
        programme = make.ProgrammeFactory(students_per_mentor=3)
        students = [make.StudentFactory(programme=programme) for _ in range(6)]
        mentor = people.mentor(programme, capacity=9)
        make.MentorshipFactory(programme=programme, student=students[0], mentor=mentor)
        for student, status in zip(students[1:3], ["completed", "ended_by_agreement"], strict=True):
            ended = make.MentorshipFactory(programme=programme, student=student, mentor=mentor)
            Mentorship.objects.filter(pk=ended.pk).update(status=MentorshipStatus(status))
        for student, status in zip(students[3:5], ["published", "lapsed"], strict=True):
            Proposal.objects.create(programme=programme, student=student, mentor=mentor, status=status)
        pool = build_pool(programme)
        # Not the matched one, not the one who completed, not the one who was asked; the ratio of the format is 3, two are in use.
        assert [one.id for one in pool.students] == [students[2].pk, students[4].pk, students[5].pk]
        assert pool.mentors[0].capacity == 1


def test_who_left_is_out_and_who_said_no_is_not_asked_again(northfield):
    with northfield.scope():
        programme = make.ProgrammeFactory()
        stays, withdrawn, left = (make.StudentFactory(programme=programme) for _ in range(3))
        mentor = people.mentor(programme)
        type(withdrawn).objects.filter(pk=withdrawn.pk).update(withdrawn_at="2026-01-01T00:00Z")
        type(left.membership).objects.filter(pk=left.membership.pk).update(left_at="2026-01-01T00:00Z")
        Proposal.objects.create(programme=programme, student=stays, mentor=mentor, status="declined")
        Proposal.objects.create(programme=programme, student=left, mentor=mentor, status="withdrawn")
        pool = build_pool(programme)
        assert [one.id for one in pool.students] == [stays.pk]
        assert pool.forbidden == {(stays.pk, mentor.pk)}


def test_nobody_is_their_own_mentor(northfield):
    with northfield.scope():
        programme = make.ProgrammeFactory()
        student = make.StudentFactory(programme=programme)
        both = people.mentor(programme, membership=student.membership)
        [one] = build_pool(programme).students
        assert one.excluded_mentors == {both.pk}


def test_the_other_organisation_is_never_in_it(northfield, riverside):
    with riverside.scope():
        theirs = people.crowd(2, 2)
    with northfield.scope():
        pool = build_pool(theirs)
        assert (pool.students, pool.mentors, pool.present) == ((), (), frozenset())


def test_as_many_queries_for_thirty_as_for_three(northfield):
    with northfield.scope():
        counts = []
        for size in (3, 30):
            programme = people.crowd(size, size)
            with CaptureQueriesContext(connection) as captured:
                build_pool(programme)
            counts.append(len(captured.captured_queries))
        assert counts[0] == counts[1] <= 15
