"""Each number of the report from a small case counted by hand."""

import datetime as dt

import pytest

from evaluation import figures
from evaluation.figures import AnswerFact, CheckInFact, Facts, Figure, MentorshipFact, PlacementFact
from matching.enums import MentorshipStatus

TODAY = dt.date(2026, 11, 20)  # a Friday
START = dt.date(2026, 10, 5)


def day(n):
    return START + dt.timedelta(days=n)


def small():
    """Four students (one withdrew), three mentors, four mentorships."""
    return Facts(
        today=TODAY,
        first_meeting_days=10,
        people={1: True, 2: True, 3: True, 4: False, 11: True, 12: True, 13: True},
        students={1, 2, 3, 4},
        mentorships=[
            MentorshipFact(101, "active", START, (1,), (11,)),
            MentorshipFact(102, "completed_early", START, (2,), (11, 12)),
            MentorshipFact(103, "no_show", START, (3,), (13,)),
            MentorshipFact(104, "ended_with_concern", TODAY - dt.timedelta(days=3), (2,), (12,)),
        ],
        check_ins=[
            CheckInFact(101, "held", day(7), day(8), 60),
            CheckInFact(101, "held", day(21), day(20), 30),
            CheckInFact(101, "missed", day(35)),
            CheckInFact(101, "planned", day(42)),  # its day has passed
            CheckInFact(101, "planned", TODAY),  # it may still be held
            CheckInFact(102, "held", day(7), day(11), 45),  # first contact a day late
        ],
        moving={101, 103},
        placements=[PlacementFact(1, 200, 315), PlacementFact(1, 115, None), PlacementFact(2, 100, 315)],
        needs={11: {"start": 3, "end": 1}, 12: {"start": 2, "end": 2}, 13: {"start": 0, "end": 0}},
    )


def share(key, part, whole, **more):
    return Figure(key, "percent", 100 * part / whole, part, whole, **more)


def test_the_small_case_counted_by_hand():
    assert figures.all_figures(small()) == [
        share("participation", 4, 7),  # 1, 2, 11, 12 met
        share("matched", 2, 3),  # 1 and 2 of the three who are here; 3 never began
        share("first_contact", 1, 3),  # 101 in time; 102 and 103 not; 104 has days left
        share("check_ins_held", 3, 5),
        share("goal_progress", 1, 2),  # 103 never began, so its student is not counted
        Figure("satisfaction", "points"),
        Figure("mentor_skills", "percent", hidden=True, basis="checklist"),
        Figure("recommend", "percent", None, 0, 0),
        share("completion", 1, 3),
        Figure("hours", "hours", 415, 415, 630),
        Figure("mentor_hours", "hours", 3.0, 3.0, 2),  # 60 + 30 + 2 × 45 minutes by two mentors
    ]
    assert figures.students_with_hours(small()) == (1, 2)


def test_check_ins_by_week_leave_no_week_out():
    monday = dt.date(2026, 10, 12)
    weeks = [monday + dt.timedelta(weeks=n) for n in range(6)]
    assert figures.check_ins_by_week(small()) == [
        (weeks[0], 2, 2),
        (weeks[1], 0, 0),
        (weeks[2], 1, 1),
        (weeks[3], 0, 0),
        (weeks[4], 1, 0),
        (weeks[5], 1, 0),
    ]


def test_how_mentorships_ended_is_counted_by_state_and_running_ones_are_not():
    states = ["active", "no_show", "completed_early", "completed", "completed_early"]
    facts = Facts(day(60), 10, mentorships=[MentorshipFact(number, state, day(0)) for number, state in enumerate(states)])
    assert figures.endings(facts) == [("completed", 1), ("completed_early", 2), ("no_show", 1)]
    assert set(figures.ENDINGS) == set(MentorshipStatus.values) - {"active"}


def test_an_empty_programme_has_no_numbers_and_no_errors():
    found = figures.all_figures(Facts(today=TODAY, first_meeting_days=10))
    assert [(one.value, one.hidden) for one in found] == [(None, False)] * 11
    assert figures.check_ins_by_week(Facts(today=TODAY, first_meeting_days=10)) == []


def answers(voice, values, *, kind="exit", measure="relationship", first=0):
    return [AnswerFact(200 + n, voice, (first + n, None), kind, measure, value) for n, value in enumerate(values)]


def with_answers(*groups, **more):
    return Facts(today=TODAY, first_meeting_days=10, answers=[one for group in groups for one in group], **more)


def points(*values):
    return Figure("satisfaction", "points", sum(values) / len(values), len(values), len(values))


def test_the_newest_answer_of_each_person_counts_and_cannot_say_is_no_number():
    facts = with_answers(answers("student", [1, 1, 1, 2, 3, None], kind="review"), answers("student", [5, 4, None]))
    assert figures.satisfaction(facts) == points(5, 4, 1, 2, 3)


@pytest.mark.parametrize("count", [1, 4])
def test_fewer_than_five_answers_are_hidden_with_their_count(count):
    facts = with_answers(answers("student", [5] * count), answers("student", [5] * count, measure="recommend"))
    hidden = Figure("satisfaction", "points", hidden=True)
    assert figures.satisfaction(facts) == hidden
    assert figures.satisfaction_by_voice(facts) == [
        ("student", hidden), ("mentor", Figure("satisfaction", "points")), ("line_manager", Figure("satisfaction", "points")),
    ]  # fmt: skip
    assert figures.recommend(facts) == Figure("recommend", "percent", hidden=True)


def test_a_small_voice_cannot_be_worked_out_from_the_others():
    facts = with_answers(answers("student", [4] * 5), answers("mentor", [1, 1]), answers("line_manager", [5] * 5))
    assert figures.satisfaction(facts) == points(*[4] * 5, *[5] * 5)
    assert [figure.hidden for _voice, figure in figures.satisfaction_by_voice(facts)] == [False, True, False]
    spread = with_answers(answers("student", [4] * 3), answers("mentor", [1, 1]))
    assert figures.satisfaction(spread) == points(4, 4, 4, 1, 1)
    assert [figure.hidden for _voice, figure in figures.satisfaction_by_voice(spread)] == [True, True, False]


def test_would_recommend_counts_mostly_and_fully():
    facts = with_answers(answers("student", [5, 4, 3, 1, None, 4], measure="recommend"))
    assert figures.recommend(facts) == share("recommend", 3, 5)


def test_mentors_who_grew_by_checklist_or_else_by_what_they_say():
    needs = {n: {"start": 3, "end": 1 if n < 4 else 3} for n in range(5)}
    said = answers("mentor", [5, 5, 5, 4, 2, 1], measure="mentor_skills")
    starts_only = {n: {"start": 3} for n in range(9)}
    assert figures.mentor_skills(with_answers(said, needs=needs)) == share("mentor_skills", 4, 5, basis="checklist")
    assert figures.mentor_skills(with_answers(said, needs=starts_only)) == share("mentor_skills", 4, 6, basis="survey")
    assert figures.mentor_skills(with_answers(said[:4])) == Figure("mentor_skills", "percent", hidden=True, basis="survey")


def test_change_counts_only_people_who_gave_a_number_both_times():
    facts = with_answers(
        answers("student", [1, 2, 3, 2, 2, 1], kind="review", measure="goal"),
        answers("student", [3, 4, 5, 4, 4, None, 5], measure="goal"),
        answers("student", [1] * 4, kind="review", measure="work"),
        answers("student", [5] * 4, measure="work"),
        answers("mentor", [3] * 6, kind="review", measure="goal"),
    )
    [(voice, rows)] = figures.change_by_voice(facts)
    found = [(row.change.measure, row.change.before, row.change.after, row.change.difference, row.pairs, row.hidden) for row in rows]
    assert (voice, found) == (
        "student",
        [
            ("goal", 2.0, 4.0, 2.0, 5, False),
            ("objectives", None, None, None, 0, False),
            ("relationship", None, None, None, 0, False),
            ("work", None, None, None, None, True),
        ],
    )
